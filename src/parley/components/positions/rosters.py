"""Lists of parties as reports of talks write them: "Peru, with Chile, for the Group, opposed by Bolivia, proposed ...".

They are read word by word and hung on the verb that follows, because parsers lose themselves in long ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parley.components.mentions import MentionIndex
from parley.components.positions.cues import Cues
from parley.components.positions.tree import Range, Tree

STEPS = 240
"""Tokens of a list that are read."""
VAGUE = 6
"""Tokens of a party without a name: "a number of other countries"."""
DEEPEST = 200
"""Heads above a verb that are looked at."""
BETWEEN = 5
"""Adverbs, auxiliaries and marks between a list and its verb."""
VERBAL = frozenset({"VERB", "AUX"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})
LOOSE = frozenset({"acl", "amod", "appos", "conj", "dep", "advcl", "nmod", "relcl", "compound"})
"""How a parser hangs a verb on a list whose predicate it is."""
OPENERS = frozenset({"while", "that", "as", "whereas", "because", "although", "though", "but"})
KINDS = ("joins", "beside", "against", "stead")
MARKS = frozenset({",", "(", ")"})


@dataclass(frozen=True)
class Words:
    """What may stand in such a list: wordings.toml's ``rosters``, as tuples of lower-case words."""

    joins: tuple[tuple[str, ...], ...]
    beside: tuple[tuple[str, ...], ...]
    against: tuple[tuple[str, ...], ...]
    stead: tuple[tuple[str, ...], ...]
    """Before those for whom a party speaks."""
    verbs: frozenset[str]
    """Lemmas of verbs that may follow."""


@dataclass(frozen=True)
class Roster:
    """One list: the head tokens of the names in it."""

    start: int
    """The first token."""
    end: int
    """After the last one."""
    verb: int | None
    """The verb whose subject it is."""
    same: tuple[int, ...]
    """Those who do the act, the subject first."""
    against: tuple[int, ...]
    lone: bool
    """Whether the subject itself is no name: only those beside and against are listed."""


def find(tree: Tree, index: MentionIndex, words: Words) -> list[Roster]:
    """The lists of a doc, in order."""
    found: list[Roster] = []
    i, size = 0, len(tree)
    while i < size:
        roster = _read(tree, index, words, i) if _opens(tree, index, words, i) else None
        if roster is None:
            i += 1
            continue
        if roster.same or roster.against:
            found.append(roster)
        i = roster.end
    return found


def _opens(tree: Tree, index: MentionIndex, words: Words, i: int) -> bool:
    """Whether a list may begin at a token: at the first of a name, or at "supported by"."""
    if i in index.by_token:
        return tree.pos[i] != "PRON" and (i == 0 or i - 1 not in index.by_token or tree.text[i - 1] in MARKS)
    return tree.tag[i] == "VBN" and _phrase(tree, i, words.beside + words.against) > 1


def _read(tree: Tree, index: MentionIndex, words: Words, start: int) -> Roster | None:
    """The list that begins at a token, if there is one worth reading."""
    same: list[int] = []
    against: list[int] = []
    joins: list[str] = []
    firsts: list[int] = []
    side, i, end = same, start, start
    lone = start not in index.by_token
    qualified = False
    while i < min(len(tree), start + STEPS):
        kind, size = _qualifier(tree, i, words)
        if kind:
            qualified = True
            if kind == "against":
                side = against
            elif kind == "beside" and (tree.tag[i] == "VBN" or side is same):
                side = same
            i += size
        joined = bool(kind) or not firsts or i > end
        item = _item(tree, index, i) if joined and i < len(tree) else None
        if item is None:
            break
        heads, stop = item
        firsts.append(i)
        joins.append("beside" if kind else _joined(tree, start, i))
        if (
            stop < len(tree)
            and qualified
            and side is same
            and tree.lower[stop] in ("opposing", "objecting", "dissenting")
        ):
            against.extend(heads)  # "Peru, with Chile opposing, proposed"
            stop += 1
        else:
            side.extend(heads)
        i = end = stop
        i = _joints(tree, i, words)
    if end - start >= STEPS - 2:
        return Roster(start, end, None, (), (), lone=True)  # no prose: passed over
    return _made(tree, words, (start, end), same, against, joins, firsts, lone=lone, qualified=qualified)


def _made(
    tree: Tree,
    words: Words,
    span: Range,
    same: list[int],
    against: list[int],
    joins: list[str],
    firsts: list[int],
    *,
    lone: bool,
    qualified: bool,
) -> Roster | None:
    start, end = span
    before = tree.lower[start - 1] if start else ""
    after = _after_preposition(tree, start)
    if not lone and (after or (not qualified and "and" not in joins)):
        # "In Rome, Oslo proposed", "between Oslo and Rome, Bern proposed": the names before the comma are no subjects
        bare = [k for k, joint in enumerate(joins) if joint == "," and k]
        if before == "by" and "," not in joins[1:2]:
            return Roster(start, end, None, tuple(same), tuple(against), lone=False) if len(same) > 1 else None
        if bare and (after or bare[-1] == len(firsts) - 1):
            k = bare[0] if after else bare[-1]
            return Roster(start, firsts[k], None, (), (), lone=True)
        if after:
            return None
    if not same and not against:
        return None
    verb = _verb(tree, _past_subject(tree, end) if lone else end, words)
    if verb is None and not (before == "by" and len(same) > 1):
        return None
    return Roster(start, end, verb, tuple(same), tuple(against), lone=lone)


def _after_preposition(tree: Tree, start: int) -> bool:
    return bool(start) and tree.pos[start - 1] in ("ADP", "PART") and tree.lower[start - 1] not in OPENERS


# ---------------------------------------------------------------- words of the list
def _phrase(tree: Tree, i: int, wordings: Sequence[tuple[str, ...]]) -> int:
    """How many tokens the longest of some wordings takes at a token."""
    sizes = [len(w) for w in wordings if w[0] == tree.lower[i] and tuple(tree.lower[i : i + len(w)]) == w]
    return max(sizes, default=0)


def _qualifier(tree: Tree, i: int, words: Words) -> tuple[str, int]:
    """What kind of parties the words at a token bring in: beside, against, stead; and the words' length."""
    at = i + (tree.pos[i] == "ADV")  # "strongly opposed by"
    if at >= len(tree):
        return "", 0
    for kind, wordings in (("beside", words.beside), ("against", words.against), ("stead", words.stead)):
        if size := _phrase(tree, at, wordings):
            return kind, at - i + size
    return "", 0


def _item(tree: Tree, index: MentionIndex, i: int) -> tuple[tuple[int, ...], int] | None:
    """The party at a token: the heads of its names, none if it has none ("many others"), and the token after it."""
    stop = i
    while stop < len(tree) and stop in index.by_token and tree.pos[stop] != "PRON" and tree.text[stop] not in MARKS:
        stop += 1
    if stop > i:
        heads = [t for t in range(i, stop) if t in index.by_head]
        if not heads or (stop < len(tree) and tree.tag[stop] == "POS"):
            return None
        named = tuple(t for t in heads if t == heads[-1] or tree.text[t + 1] in ("/", "&"))
        return named, stop
    for t in range(i, min(i + VAGUE, len(tree))):
        if tree.lower[t] == "others" or tree.tag[t] in ("NNS", "NNPS"):
            return (), t + 1
        plain = tree.pos[t] in ("DET", "ADJ", "NUM", "NOUN", "PRON") or tree.dep[t] in ("amod", "compound")
        if not plain and tree.lower[t] not in ("of", "-", "non"):
            return None
        if t in index.by_token:
            return None
    return None


def _joints(tree: Tree, i: int, words: Words) -> int:
    """The first token after the commas, conjunctions and the like that join two parties."""
    for _ in range(6):
        if i >= len(tree):
            break
        size = 1 if tree.text[i] in MARKS else _phrase(tree, i, words.joins)
        if not size:
            break
        i += size
    return i


def _joined(tree: Tree, start: int, i: int) -> str:
    """How a party is joined to the one before it: "," or "and"."""
    return "," if i > start and tree.text[i - 1] == "," else "and" if i > start else ""


def _verb(tree: Tree, end: int, words: Words) -> int | None:
    """The verb of which a list that ends before a token is the subject."""
    helped = False
    i = end
    while i < min(end + BETWEEN, len(tree)):
        tag, lower = tree.tag[i], tree.lower[i]
        if tag == "MD" or (tree.dep[i] in ("aux", "auxpass") and tree.pos[i] == "AUX"):
            helped = True
        elif tree.text[i] in MARKS or tag == "RB" or lower in ("not", "n't", "both", "all", "also", "each"):
            pass
        elif helped and tree.pos[i] in ("VERB", "AUX"):
            return i
        elif tag in FINITE or tag == "JJ":
            if tag in ("VBN", "JJ") and not _past(tree, i, words):
                return _opposed(tree, end)
            return i
        else:
            return _opposed(tree, end)
        i += 1
    return None


def _past(tree: Tree, i: int, words: Words) -> bool:
    """Whether a participle is really a verb's past tense, whose lemma the tree then takes."""
    if i + 1 < len(tree) and tree.lower[i + 1] == "by":
        return False
    lower = tree.lower[i]
    forms = (tree.lemma[i], lower[:-2], lower[:-1], lower[:-3]) if lower.endswith("ed") else (tree.lemma[i],)
    lemma = next((form for form in forms if form in words.verbs), None)
    if lemma is None or (tree.tag[i] == "JJ" and tree.head[i] < i):
        return False
    tree.lemma[i] = lemma
    return True


def _past_subject(tree: Tree, end: int) -> int:
    """The token after the subject that follows a list: "Supported by Peru, he / proposed"."""
    for t in range(end, min(end + VAGUE, len(tree))):
        if tree.dep[t] in ("nsubj", "nsubjpass") and tree.head[t] > t:
            return t + 1
    return end


def _opposed(tree: Tree, i: int) -> int | None:
    """The participle of "with Peru opposed to it", "with Peru opposing it"."""
    return i if i < len(tree) and tree.tag[i] in ("VBG", "VBN", "JJ") and tree.dep[i] in LOOSE else None


# ---------------------------------------------------------------- the parse
def hang(tree: Tree, rosters: Sequence[Roster]) -> None:
    """Make each list the subject of its verb where the parser did not; children and edges are not found yet."""
    subjects = {tree.head[i]: i for i, label in enumerate(tree.dep) if label in ("nsubj", "nsubjpass")}
    for roster in rosters:
        if roster.verb is None or roster.lone or not roster.same:
            continue
        own = subjects.get(roster.verb, -1)
        if not roster.start <= own < roster.end or tree.pos[roster.verb] not in VERBAL:
            _hang(tree, roster, roster.verb)


def _hang(tree: Tree, roster: Roster, verb: int) -> None:
    """Hang one list on its verb, and what the parser hung on the list."""
    start, end = roster.start, roster.end
    inside = range(start, end)
    first = roster.same[0]
    above = list(tree.up(verb, DEEPEST))
    if len(above) == DEEPEST:
        return  # no prose: whether the verb hangs on the list cannot be told
    noun = tree.head[verb]
    if tree.dep[verb] in ("amod", "nmod", "compound") and noun > verb:  # "Oslo / preferred language"
        tree.head[verb], tree.dep[verb] = (tree.head[noun] if tree.head[noun] != noun else verb), tree.dep[noun]
        tree.head[noun], tree.dep[noun] = verb, "dobj"
    chain = [verb, *tree.up(verb, DEEPEST)]
    below = next((t for t in chain if t in inside), None)
    top = below
    while top is not None and tree.head[top] in inside and tree.head[top] != top:
        top = tree.head[top]
    near = range(max(0, start - STEPS), min(end + STEPS, len(tree)))
    others = [t for t in near if tree.head[t] in inside and t not in inside and t != verb]
    if top is not None:
        out = tree.head[top]
        tree.head[verb] = verb if out == top else out
        tree.dep[verb] = "ROOT" if out == top or tree.dep[top] not in ("ccomp", "advcl", "conj", "relcl") else "conj"
    elif tree.dep[verb] in ("acl", "amod", "appos", "compound", "nmod"):
        tree.head[verb], tree.dep[verb] = verb, "ROOT"
    helped = any(tree.head[t] == verb and tree.dep[t] in ("aux", "auxpass") for t in range(end, verb))
    if tree.tag[verb] in ("VBN", "JJ") and not helped:
        tree.tag[verb] = "VBD"
    tree.pos[verb] = "VERB" if tree.pos[verb] != "AUX" else "AUX"
    for t in others:
        tree.head[t] = verb
    for t in inside:
        if tree.head[t] not in inside or tree.head[t] == t:
            tree.head[t], tree.dep[t] = first, "punct" if tree.pos[t] == "PUNCT" else "conj"
    tree.head[first], tree.dep[first] = verb, "nsubj"


def by_token(rosters: Sequence[Roster]) -> Mapping[int, Roster]:
    """The list in which each name stands that does the act."""
    return {token: roster for roster in rosters for token in roster.same}


def by_verb(rosters: Sequence[Roster]) -> Mapping[int, Roster]:
    """The list before each verb."""
    return {roster.verb: roster for roster in rosters if roster.verb is not None}


def subjects(tree: Tree, rosters: Sequence[Roster]) -> frozenset[int]:
    """The first tokens of the subjects of verbs."""
    plain = {tree.left[i] for i, label in enumerate(tree.dep) if label in ("nsubj", "nsubjpass")}
    return frozenset(plain | {roster.start for roster in rosters if roster.verb is not None})


def words(cues: Cues) -> Words:
    """The words of such lists, from the wordings of the acts."""
    lists = {name: tuple(sorted(tuple(w.split()) for w in cues.list(f"rosters.{name}"))) for name in KINDS}
    verbs = {verb for verb, rows in cues.verbs.items() if any(len(row.words) == 1 for row in rows)}
    return Words(**lists, verbs=cues.list("speech.verbs") | verbs)
