"""Attributions by a verb and what depends on it: "X said that ...", "X praised ...", "..., X said"."""

from __future__ import annotations

from collections.abc import Iterator

from parley.components.attribution.groups import agent, neighbour, source_of, verb_group
from parley.components.attribution.lexicon import Cues
from parley.components.attribution.spans import Candidate, RoleSpans, TokenSpan, TokenSpans, joined, without
from parley.components.attribution.tree import Tree

COMPLEMENTS = frozenset(("dobj", "oprd", "xcomp", "ccomp", "prep", "prt", "dative", "acomp"))
"""What may follow the object and still belongs to the content."""


SAYING = frozenset(("clause", "told_clause"))
NEAR = 12
"""Tokens before and after a verb among which its lost subject is looked for."""


ARCS = 12
"""How far up the parse the end of a sentence is looked for."""


def verb_candidates(tree: Tree, cues: Cues) -> Iterator[Candidate]:
    """Every verb of the lexicon in a frame of its own, in text order."""
    verbs = cues.verbs
    for i, lemma in enumerate(tree.lemma):
        if lemma in verbs and tree.pos[i] in ("VERB", "AUX"):
            found = _candidate(tree, i, verbs[lemma])
            if found is not None:
                yield found


def _candidate(tree: Tree, i: int, frames: frozenset[str]) -> Candidate | None:
    """The attribution that a verb opens, in the first of its frames that fits."""
    cue = verb_group(tree, i)
    passive = tree.kid(i, "auxpass", "nsubjpass") is not None or (tree.dep[i] == "acl" and tree.tag[i] == "VBN")
    for frame, content, cue_end in (_passive if passive else _active)(tree, i):
        if frame not in frames:
            continue
        whole = (cue[0], max(cue[1], cue_end))
        source = (
            agent(tree, i)
            if passive
            else ()
            if frame == "seem"
            else (source_of(tree, i, cue) or _beside(tree, i, frame, cue))
        )
        holes = (whole, *source)
        if frame == "clause" and source:
            content = _bracketed(tree, i, content, (source[0][0], whole[1]))
        pieces = joined(
            trimmed
            for span in content
            for piece in without(span, holes)
            if (trimmed := tree.trim(piece))[0] < trimmed[1]
        )
        if pieces:
            return Candidate(RoleSpans(source, (whole,), pieces), i, frame)
    return None


def _bracketed(tree: Tree, i: int, content: TokenSpans, middle: TokenSpan) -> TokenSpans:
    """Content around "..., X said, ...": it goes on to the end of the sentence, however that is parsed."""
    start, end = middle
    if not start or end >= len(tree) or tree.texts[start - 1] != "," or tree.texts[end] != ",":
        return content
    if content[0][0] >= start:
        return content
    top = i
    for _ in range(ARCS):
        top = tree.head[top]
    return (*content, (end, max(end, tree.last[top] + 1)))


def _beside(tree: Tree, i: int, frame: str, cue: TokenSpan) -> TokenSpans:
    """The noun phrase next to a verb of saying that the parse left without a subject."""
    if frame not in SAYING or tree.dep[i] not in ("ROOT", "ccomp", "parataxis"):
        return ()
    return neighbour(tree, (max(0, cue[0] - NEAR), min(len(tree), cue[1] + NEAR)), cue)


def _active(tree: Tree, i: int) -> Iterator[tuple[str, TokenSpans, int]]:
    """The frames that the words around a verb in the active voice allow: name, content, end of the cue."""
    kids, dep = tree.kids[i], tree.dep
    objects = [k for k in kids if dep[k] == "dobj"]
    for k in kids:
        if dep[k] == "ccomp":
            if objects and objects[0] < k and objects[0] > i:
                yield "told_clause", (tree.span(k),), 0
            yield "clause", (tree.span(k),), 0
    if dep[i] in ("parataxis",) and tree.head[i] != i:
        yield "clause", _around(tree, i), 0
    for k in kids:
        if (
            dep[k] == "advcl"
            and k > i
            and any(tree.lower[m] in ("if", "whether") for m in tree.kids[k] if dep[m] == "mark")
        ):
            yield "whether", (tree.span(k),), 0
    for k in kids:
        if dep[k] == "prep" and k == i + 1 and not objects:
            yield from _prepositional(tree, i, k)
    for k in kids:
        if dep[k] == "xcomp" and k > i:
            if objects and i < objects[0] < k:
                yield "object_infinitive", ((tree.first[objects[0]], tree.last[k] + 1),), 0
            else:
                subject = tree.kid(i, "nsubj")
                if subject is not None:
                    yield "seem", (tree.span(subject), tree.span(k)), 0
                yield "infinitive", (tree.span(k),), 0
    if objects and objects[0] > i:
        yield "object", (_object(tree, i, objects[0]),), 0
    for k in kids:
        if dep[k] == "oprd" and k > i:
            yield "predicate", (_object(tree, i, k),), 0
        if dep[k] == "acomp" and k > i and (subject := tree.kid(i, "nsubj")) is not None:
            yield "seem", (tree.span(subject), tree.span(k)), 0
    for k in kids:
        if dep[k] == "prep" and k > i + 1 and not objects:
            yield from _prepositional(tree, i, k)


def _prepositional(tree: Tree, i: int, k: int) -> Iterator[tuple[str, TokenSpans, int]]:
    """What stands after a preposition of the verb, with "to do" or "as" after it: "called on X to ..."."""
    inside = tree.kid(k, "pobj", "pcomp")
    if inside is None or inside < k:
        return
    end = tree.last[inside] + 1
    for other in tree.kids[i]:
        if other > k and tree.first[other] == end and (tree.dep[other] == "xcomp" or tree.lower[other] == "as"):
            end = tree.last[other] + 1
    yield f"prep_{tree.lower[k]}", ((tree.first[inside], end),), k + 1 if k - i <= 3 else 0


def _passive(tree: Tree, i: int) -> Iterator[tuple[str, TokenSpans, int]]:
    """The frames of a verb in the passive voice."""
    subject = tree.kid(i, "nsubjpass")
    before: TokenSpans = (tree.span(subject),) if subject is not None else ()
    if tree.dep[i] == "acl" and subject is None:
        before = ((tree.first[tree.head[i]], tree.first[i]),)
    for k in tree.kids[i]:
        if tree.dep[k] == "ccomp" and k > i:
            yield "passive_clause", (tree.span(k),), 0
        if tree.dep[k] == "xcomp" and k > i:
            yield "passive_infinitive", (*before, tree.span(k)), 0
    if tree.kid(i, "agent") is not None and before:
        yield "passive_by", before, 0
    for k in tree.kids[i]:
        if tree.dep[k] == "prep" and k > i and (inside := tree.kid(k, "pobj", "pcomp")) is not None and inside > k:
            yield f"passive_{tree.lower[k]}", (tree.span(inside),), k + 1 if k - i <= 3 else 0
    if before:
        yield "passive", before, 0


def _around(tree: Tree, i: int) -> TokenSpans:
    """The sentence into which a verb with its own words is put in brackets."""
    return without(tree.span(tree.head[i]), (tree.span(i),))


def _object(tree: Tree, i: int, k: int) -> TokenSpan:
    """An object with the complements of its verb that follow it."""
    end = tree.last[k] + 1
    for other in tree.kids[i]:
        if other > k and tree.dep[other] in COMPLEMENTS and tree.first[other] == end:
            end = tree.last[other] + 1
    return tree.first[k], end
