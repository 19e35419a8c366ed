"""Arcs that the parser often gets wrong around who reports whom, put right before anything is read off them."""

from __future__ import annotations

from parley.components.attribution.lexicon import cues

NEAR = 14
"""Tokens before "citing" among which the verb of the report stands."""
PHRASE = 25
"""Tokens that the name of a source may have."""
ARCS = 12
"""How far up the parse the end of a sentence is looked for."""
VERBS = frozenset(("VERB", "AUX"))
STOPS = frozenset((".", "!", "?"))


def mend(lower: list[str], lemma: list[str], pos: list[str], tag: list[str], dep: list[str], head: list[int]) -> None:
    """Correct arcs in place.

    Args:
        lower: the words in small letters.
        lemma: their lemmas.
        pos: their parts of speech.
        tag: their tags; changed too.
        dep: their relations; changed.
        head: the index of what each depends on; changed.
    """
    said = cues().verbs
    for i, word in enumerate(lemma):
        if pos[i] != "VERB" or word not in said:
            continue
        if tag[i] == "VBG" and word in cues().cites:
            _after_citing(i, lower, lemma, pos, dep, head)
        elif tag[i] == "VBN" and dep[i] == "acl" and head[i] == i - 1 and "clause" in said[word]:
            _after_sentence(i, lower, lemma, pos, tag, dep, head)


def _after_citing(i: int, lower: list[str], lemma: list[str], pos: list[str], dep: list[str], head: list[int]) -> None:
    """Hang the clause of "X said, citing Y, that ..." on the verb of saying, and "citing" too."""
    report = _verb_before(i, lower, lemma, pos)
    stop = min(len(lower) - 1, i + PHRASE)
    that = next((k for k in range(i + 1, stop) if lower[k] == "," and lower[k + 1] == "that"), None)
    if report is None or that is None or dep[that + 1] != "mark":
        return
    clause = head[that + 1]
    if clause <= that:
        return
    if clause in _above(report, head):
        head[report], dep[report] = (report, "ROOT") if head[clause] == clause else (head[clause], dep[clause])
    head[clause], dep[clause] = report, "ccomp"
    head[i], dep[i] = report, "advcl"


def _verb_before(i: int, lower: list[str], lemma: list[str], pos: list[str]) -> int | None:
    """The verb of saying in the same sentence that "citing" explains."""
    if not i or lower[i - 1] != ",":
        return None
    for k in range(i - 2, max(-1, i - NEAR), -1):
        if lower[k] in STOPS:
            return None
        if pos[k] in VERBS and "clause" in cues().verbs.get(lemma[k], ()):
            return k
    return None


def _above(i: int, head: list[int]) -> list[int]:
    """What a token hangs on, from near to far."""
    found = []
    for _ in range(ARCS):
        if head[i] == i:
            break
        i = head[i]
        found.append(i)
    return found


def _after_sentence(
    i: int, lower: list[str], lemma: list[str], pos: list[str], tag: list[str], dep: list[str], head: list[int]
) -> None:
    """Read "..., a news agency reported" as an agency that reports, not as one that is reported."""
    noun = i - 1
    known = lemma[noun].lower() in cues().tellers or pos[noun] == "PROPN"
    if not known or dep[noun] != "appos" or lower[min(i + 1, len(lower) - 1)] == "by":
        return
    above = _above(noun, head)
    top = above[-1] if above else noun
    start = next((k for k in range(noun, max(-1, noun - PHRASE), -1) if lower[k] == ","), None)
    if head[top] != top or start is None or top >= start or pos[top] not in VERBS:
        return
    for k in range(i + 1, min(len(lower), i + PHRASE)):
        if head[k] == top:
            head[k] = i
    head[top], dep[top] = i, "ccomp"
    head[i], dep[i], tag[i] = i, "ROOT", "VBD"
    head[noun], dep[noun] = i, "nsubj"
