"""Where the topic and the addressee of a cue stand: complements, objects and prepositions, split where coordinated."""

from __future__ import annotations

from parley.components.positions import coordinated
from parley.components.positions.cues import Cue
from parley.components.positions.mend import FINITE
from parley.components.positions.reading import Reading
from parley.components.positions.tree import LIMIT, Range, Tree

QUESTIONS = frozenset({"if", "whether", "what", "how", "why", "who", "where", "which"})
WINDOW = 8
"""Tokens after a verb within which the other words of its wording stand."""


def match(tree: Tree, i: int, cue: Cue) -> int | None:
    """The last token of a cue's wording that begins at a token, or None."""
    if len(cue.words) == 1:
        particle = tree.child(i, "prt")
        return i if particle is None or cue.kind != "verb" else None
    at = i
    for word in cue.words[1:]:
        found = next(
            (
                j
                for j in range(at + 1, min(at + (2 if word == "no" else WINDOW), len(tree)))
                if (tree.lower[j] == word or tree.lemma[j] == word) and any(up in (i, at) for up in tree.up(j, 3))
            ),
            None,
        )
        if found is None:
            return None
        at = found
    return at


def heads(reading: Reading, i: int, cue: Cue, last: int) -> list[int]:
    """The heads of the topics of a cue at token ``i``, each conjunct its own; empty if it names none."""
    tree = reading.tree
    if last != i and tree.lower[last] in cue.topic and (under := _head(tree, i, tree.lower[last])) is not None:
        return tree.conjuncts(under)
    for source in cue.topic:
        head = _head(tree, i, source)
        if head is not None and (reading.parties.names(head) or tree.lower[tree.left[head]] in QUESTIONS):
            head = None
        if head is not None:
            found = [h for h in tree.conjuncts(head) if h == head or not _main(tree, head, h)]
            found += _joined(tree, head, source) if tree.dep[head] in ("pobj", "pcomp") else []
            return _strays(tree, i, head, found) if source == "clause" else found
    if cue.kind == "verb" and (shared := _shared(tree, i)) is not None:
        return tree.conjuncts(shared)
    if cue.kind == "noun" and tree.dep[i] == "dobj":  # "rejected its claim / to the strip": hung on the verb
        for c in tree.children[tree.head[i]]:
            if tree.dep[c] == "prep" and c == tree.right[i] and tree.lower[c] in cue.topic:
                under = tree.child(c, "pobj", "pcomp")
                return [] if under is None or tree.lower[tree.left[under]] in QUESTIONS else tree.conjuncts(under)
    return []


def _joined(tree: Tree, head: int, source: str) -> list[int]:
    """What stands under the same preposition repeated: "for a truce, for the return of refugees and for elections"."""
    preps = [c for c in tree.conjuncts(tree.head[head]) if c != tree.head[head] and tree.lower[c] == source]
    return [k for c in preps if (under := tree.child(c, "pobj", "pcomp")) is not None for k in tree.conjuncts(under)]


def _shared(tree: Tree, i: int) -> int | None:
    """The object that a verb shares with one joined to it: "Oslo backed, and Rome opposed, a ban"."""
    bare = i + 1 < len(tree) and tree.lower[i + 1] in (",", "and", "but", "or")
    after = next((c for c in tree.children[i] if c > i and tree.dep[c] == "conj" and tree.pos[c] == "VERB"), None)
    return tree.child(after, "dobj") if bare and after is not None and tree.tag[i] == tree.tag[after] else None


def _main(tree: Tree, head: int, h: int) -> bool:
    """Whether a conjunct of a topic is really a main clause: "demanded that it stop, and Oslo refused"."""
    if tree.tag[head] == "VB" and h and tree.lower[tree.left[h] - 1] == "but" and tree.tag[h] in FINITE:
        return True
    return tree.tag[head] == "VB" and tree.tag[h] in ("VBD", "VBZ") and tree.child(h, "nsubj") is not None


def _head(tree: Tree, i: int, source: str) -> int | None:
    if source == "clause":
        return clause(tree, i)
    if source == "object":
        return obj(tree, i)
    if source == "subject":
        return tree.subject(i)
    under = tree.prep(i, source)
    if under is not None and tree.lower[under] == "which" and tree.dep[i] == "relcl":
        return tree.antecedent(under)  # "a line to which both agreed"
    dated = under is not None and source != "for" and tree.doc[under].ent_type_ in ("DATE", "TIME")
    return None if dated else under


def clause(tree: Tree, i: int) -> int | None:
    """The clause that a cue takes: "that ...", "to ...", also one that hangs on its object ("asked Oslo to ...")."""
    for c in tree.children[i]:
        if tree.dep[c] in ("ccomp", "xcomp", "acl", "relcl") or (tree.dep[c] == "advcl" and _to(tree, c)):
            if tree.dep[c] == "relcl" and not _that(tree, c):
                continue
            if _asks(tree, c) or (tree.dep[c] == "ccomp" and c < i):
                continue
            if tree.dep[c] == "acl" and tree.pos[i] in ("VERB", "AUX"):
                continue
            return c
    for o in tree.all(i, "dobj", "dative", "pobj", "oprd"):
        for c in tree.children[o]:
            if tree.dep[c] in ("acl", "relcl") and _to(tree, c):
                return c
    for p in tree.all(i, "prep"):
        under = tree.child(p, "pobj")
        if under is not None and tree.lower[p] in ("on", "upon", "to", "with"):
            for c in tree.children[under]:
                if tree.dep[c] in ("acl", "relcl") and _to(tree, c):
                    return c
    if (named := tree.child(i, "acomp", "oprd")) is not None and tree.pos[named] == "VERB":
        return named
    return None


def _to(tree: Tree, i: int) -> bool:
    return any(tree.lower[c] == "to" and tree.dep[c] == "aux" for c in tree.children[i])


def _that(tree: Tree, i: int) -> bool:
    """Whether a relative clause is really a "that" clause: "that" is not its subject or object."""
    return any(tree.lower[c] == "that" and tree.dep[c] == "mark" for c in tree.children[i]) or _to(tree, i)


def _asks(tree: Tree, i: int) -> bool:
    return any(tree.lower[c] in QUESTIONS and tree.dep[c] in ("mark", "advmod") and c < i for c in tree.children[i])


def obj(tree: Tree, i: int) -> int | None:
    """The object of a verb: its own, the subject of a passive, or the noun on which a relative clause hangs."""
    if tree.passive(i):
        for _ in range(4):
            subject = tree.child(i, "nsubjpass", "csubjpass")
            if subject is not None:
                return tree.antecedent(subject)
            if tree.dep[i] != "conj":
                break
            i = tree.head[i]
        return tree.head[i] if tree.dep[i] in ("acl", "relcl") else None
    own = tree.child(i, "dobj", "oprd")
    if own is not None:
        return tree.antecedent(own)
    if tree.dep[i] == "relcl" and tree.child(i, "nsubj") is not None and tree.child(i, "ccomp", "xcomp") is None:
        subject = tree.child(i, "nsubj")
        if subject is not None and tree.antecedent(subject) == subject:
            return tree.head[i]
    front = tree.child(i, "dep", "npadvmod", "nsubjpass")
    return (
        front
        if front is not None and front < i and tree.pos[front] in ("NOUN", "PROPN") and tree.left[front] != front
        else None
    )


def _strays(tree: Tree, i: int, head: int, found: list[int]) -> list[int]:
    """Adds infinitives that the parser hung on the cue instead of on its topic: "demanded that it leave and pay"."""
    strays = [
        c
        for c in tree.all(i, "conj")
        if c > head
        and tree.tag[c] == "VB"
        and tree.tag[i] in FINITE
        and tree.tag[head] in ("VB", "VBP")
        and tree.child(c, "nsubj") is None
    ]
    return sorted({*found, *(k for c in strays for k in tree.conjuncts(c))})


def split(reading: Reading, topics: list[int]) -> list[tuple[int, Range]]:
    """The topics of a coordination with their ranges; nouns are split only where each names an issue of its own."""
    tree = reading.tree
    ranges = [(head, _whole(tree, head, tree.clause(head))) for head in topics]
    ranges = [part for head, span in ranges if span[0] < span[1] for part in coordinated.parts(reading, head, span)]
    if len(ranges) < 2:
        return ranges
    kept: list[tuple[int, Range, str]] = []
    for head, span in ranges:
        issue = reading.issue(span, head)
        alone = tree.pos[head] in ("VERB", "AUX") and span[1] - span[0] > 1
        alone = alone or (tree.dep[head] in ("pobj", "pcomp") and tree.dep[tree.head[head]] == "conj")
        if kept and not alone and (not issue or issue == kept[-1][2] or not kept[-1][2]):
            first, before, named = kept[-1]
            kept[-1] = (first, (before[0], max(before[1], span[1])), named or issue)
        else:
            kept.append((head, span, issue))
    return [(head, span) for head, span, _ in kept]


def _whole(tree: Tree, head: int, span: Range) -> Range:
    """An object's words with the phrase after it that hangs on the verb: "rejected its claim / to the strip"."""
    verb = tree.head[head] if tree.dep[head] != "pobj" else tree.head[tree.head[head]]
    if tree.dep[head] not in ("dobj", "nsubjpass", "pobj") or verb > head or tree.pos[verb] != "VERB":
        return span
    for c in tree.children[verb]:
        if (
            tree.dep[c] in ("prep", "dative")
            and c == span[1]
            and tree.lower[c] in ("for", "on", "to", "of", "over", "about", "against")
        ):
            under = tree.child(c, "pobj", "pcomp")
            dated = under is not None and tree.doc[under].ent_type_ in ("DATE", "TIME") and tree.right[c] - c < 4
            if under is not None and not dated:
                span = tree.trim(span[0], min(tree.right[c], span[0] + LIMIT))
    return span


def message(reading: Reading, verb: int) -> Range:
    """The words after a verb in its clause, up to a clause that tells something of its own (", saying that ...")."""
    tree = reading.tree
    start, end = tree.clause(verb)
    for c in tree.children[verb]:
        left = tree.left[c]
        if c < verb or left <= verb + 1 or left >= end or tree.text[left - 1] != ",":
            continue
        if tree.dep[c] in ("advcl", "prep", "conj", "dep", "parataxis") and _tells(reading, c, left):
            end = left - 1
    return tree.trim(max(verb + 1, start), max(end, verb + 1))


def _tells(reading: Reading, c: int, left: int) -> bool:
    """Whether what hangs on a verb is a statement beside it: ", saying", ", while Oslo", ", with Oslo opposed"."""
    tree = reading.tree
    if tree.lower[left] in ("while", "whereas", "with", "but"):
        return True
    return tree.tag[c] == "VBG" and (tree.lemma[c] in reading.cues.verbs or reading.listed("speech.verbs", c))


def addressees(reading: Reading, i: int, cue: Cue, head: int, party: str) -> tuple[str, ...]:
    """The parties that a cue at ``i`` with a topic at ``head`` is addressed to."""
    tree, parties = reading.tree, reading.parties
    for place in cue.to:
        if place == "subject":
            token = tree.child(head, "nsubj", "nsubjpass")
            token = tree.subject(head) if token is None and tree.dep[head] == "conj" else token
            if token is None and tree.dep[head] == "acl":
                token = tree.head[head]
        elif place == "object":
            token = tree.child(i, "dative", "dobj")
            token = None if token == head else token
        else:
            token = tree.prep(i, place)
        found = tuple(p.actor for p in parties.several(token) if p.actor != party)
        if found:
            return found
    return _inside(reading, head, party)


def _inside(reading: Reading, head: int, party: str) -> tuple[str, ...]:
    """The one other party that a topic names, as the owner of a thing or in a phrase: "the lifting of US sanctions"."""
    tree, parties = reading.tree, reading.parties
    found: dict[str, None] = {}
    for t in tree.below(head, 60):
        actor = parties.index.by_head.get(t)
        if actor is not None and tree.dep[t] in (
            "poss",
            "nsubj",
            "nsubjpass",
            "pobj",
            "dobj",
            "agent",
            "amod",
            "compound",
        ):
            root = parties.root(actor)
            if parties.negotiates(root) and root != party:
                found[root] = None
    return tuple(found) if len(found) == 1 else ()
