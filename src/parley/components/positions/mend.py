"""Mends what the parser often gets wrong in long coordinations, before anything reads the parse; finds subtrees."""

from __future__ import annotations

SUBJECTS = frozenset({"nsubj", "csubj", "expl"})
PASSIVES = frozenset({"nsubjpass", "csubjpass"})
AUXILIARIES = frozenset({"aux", "auxpass"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})


def mend(head: list[int], dep: list[str], tag: list[str], pos: list[str]) -> None:
    """Gives a verb the subject that the parser took for a second object: "occupy the land and / missiles strike"."""
    subjects = {head[i] for i, label in enumerate(dep) if label in SUBJECTS or label in PASSIVES}
    objects = {head[i] for i, label in enumerate(dep) if label == "dobj"}
    for noun, verb in enumerate(head):
        if dep[noun] == "nsubj" and dep[verb] == "ccomp" and noun < verb and noun in subjects and noun in objects:
            head[noun], dep[noun], pos[noun], tag[noun] = head[verb], "ccomp", "VERB", "VB"
            head[verb], dep[verb] = noun, "conj"  # "that Oslo share data, allow ...": a verb taken for a noun
    for verb, noun in enumerate(head):
        name = head[noun]
        if tag[verb] != "VBN" or dep[verb] != "amod" or dep[noun] != "appos" or not name < verb - 2 < noun:
            continue
        if head[name] == name and pos[name] == "PROPN" and pos[verb - 1] == "PUNCT":
            # "Oslo, backed by Rome, proposed talks": a verb taken for an adjective
            head[verb], dep[verb], pos[verb], tag[verb] = verb, "ROOT", "VERB", "VBD"
            head[noun], dep[noun], head[name], dep[name] = verb, "dobj", verb, "nsubj"
            subjects.add(verb)
    for verb in range(2, len(head)):
        if verb in subjects or tag[verb] not in FINITE or dep[verb] not in ("conj", "ROOT", "ccomp", "advcl"):
            continue
        noun = verb - 1
        while noun > 0 and head[noun] == verb and dep[noun] in ("aux", "auxpass", "neg", "advmod"):
            noun -= 1
        if tag[verb] == "VBN" and noun == verb - 1:
            continue
        if pos[noun] not in ("NOUN", "PROPN", "PRON") or dep[noun] not in ("conj", "appos"):
            continue
        first = _first(noun, head, dep, pos)
        clause = head[head[first]] if dep[verb] == "conj" else -1
        if _above(verb, first, head) or (clause >= 0 and _above(clause, verb, head)):
            continue
        if dep[verb] != "conj" or (pos[clause] in ("VERB", "AUX") and clause not in (verb, noun) and clause < noun):
            dep[first], head[first] = "nsubj", verb
            if clause >= 0:
                head[verb] = clause
            for i in range(max(0, first - 3), first):
                if pos[i] == "CCONJ" and head[i] < i:
                    head[i], dep[i] = verb if clause < 0 else clause, "cc"
    _promote(head, dep, tag, subjects)


def mend_predicates(head: list[int], dep: list[str], tag: list[str], pos: list[str]) -> None:
    """Makes the predicate of a sentence of the participle that the parser hung on its subject: "Both consented"."""
    for verb, noun in enumerate(head):
        if (
            dep[verb] != "acl"
            or tag[verb] not in ("VBN", "VBD")
            or head[noun] != noun
            or pos[noun] not in ("NOUN", "PROPN")
        ):
            continue
        if verb - noun > 2 or (verb - noun == 2 and pos[noun + 1] != "ADV"):
            continue
        head[verb], dep[verb] = verb, "ROOT"
        for i, above in enumerate(head[max(0, noun - 60) : noun + 120], max(0, noun - 60)):
            if above == noun and i > verb and i != noun:
                head[i] = verb
        head[noun], dep[noun] = verb, "nsubj"


def _above(i: int, other: int, head: list[int]) -> bool:
    """Whether a token stands above another, or too far up to know: hanging it below would make a ring."""
    for _ in range(30):
        if head[i] == i:
            return False
        i = head[i]
        if i == other:
            return True
    return True


def _first(noun: int, head: list[int], dep: list[str], pos: list[str]) -> int:
    """The first of the nouns joined by "and" that end with a noun."""
    for _ in range(4):
        above = head[noun]
        if dep[noun] != "conj" or above >= noun or not any(pos[i] == "CCONJ" for i in range(above + 1, noun)):
            return noun
        if dep[above] != "conj":
            return noun
        noun = above
    return noun


def _promote(head: list[int], dep: list[str], tag: list[str], subjects: set[int]) -> None:
    """Lifts a verb out of a clause whose tense it does not share: "denied that it had met them and accused ..."."""
    helped = {head[i] for i, label in enumerate(dep) if label in AUXILIARIES}
    for verb, clause in enumerate(head):
        if dep[verb] != "conj" or tag[verb] not in ("VBD", "VBZ") or verb in subjects or verb in helped:
            continue
        for _ in range(3):
            clause = head[clause] if dep[clause] in ("xcomp", "conj") else clause
        above = head[clause]
        if dep[clause] != "ccomp" or above == verb:
            continue
        if tag[verb] == tag[above] and (tag[clause] != tag[verb] or clause in helped):
            head[verb] = above


def join_clauses(head: list[int], dep: list[str], lower: list[str]) -> None:
    """Joins clauses with "that" of their own, the later of which the parser took for an adverbial of the first.

    "demands that the road be opened, that the pass be free": an adverbial clause never begins with "that" beside one.
    """
    with_that = {head[i] for i, label in enumerate(dep) if label == "mark" and lower[i] == "that"}
    first_of: dict[int, int] = {}
    for verb in sorted(with_that):
        above = head[verb]
        if dep[verb] == "ccomp":
            first_of.setdefault(above, verb)
        elif dep[verb] in ("advcl", "acl") and above in with_that and above < verb and dep[above] in ("ccomp", "conj"):
            dep[verb] = "conj"
        elif dep[verb] in ("advcl", "acl") and above in first_of:
            head[verb], dep[verb] = first_of[above], "conj"
