"""What a sentence is about before it says who wants what: "On prisoners, Oslo said it could not accept the draft"."""

from __future__ import annotations

from bisect import bisect_right

from parley.components.positions.reading import Reading
from parley.components.positions.tree import Range

LONGEST = 40
"""Tokens of such a phrase."""
ENDS = frozenset({".", "!", "?", ":", ";"})
VERBAL = frozenset({"VERB", "AUX"})


def find(reading: Reading) -> list[tuple[Range, Range]]:
    """The sentences that begin with such a phrase, and the phrase, in order."""
    tree, found = reading.tree, []
    for start in range(len(tree) - 3):
        if start and tree.text[start - 1] not in ENDS and not tree.text[start - 1].isspace():
            continue
        size = _opener(reading, start)
        if size and (comma := _end(reading, start + size)) is not None:
            found.append(((comma, _stop(reading, comma)), (start, comma)))
    return found


def at(leads: list[tuple[Range, Range]], token: int) -> Range | None:
    """The phrase that stands in front of the sentence of a token."""
    k = bisect_right(leads, ((token, token), (token, token))) - 1
    return leads[k][1] if k >= 0 and leads[k][0][0] <= token < leads[k][0][1] else None


def _opener(reading: Reading, start: int) -> int:
    """How many tokens the words take that open such a phrase."""
    words = reading.tree.lower[start : start + 4]
    return max((n for n in range(1, 5) if " ".join(words[:n]) in reading.cues.list("leads.words")), default=0)


def _end(reading: Reading, start: int) -> int | None:
    """The token at which the phrase ends: the comma, or the mark, before the clause's subject."""
    tree = reading.tree
    starts = reading.subjects
    for t in range(start + 1, min(start + LONGEST, len(tree) - 1)):
        if tree.text[t] in ENDS or (tree.pos[t] in VERBAL and tree.tag[t] in ("VBD", "VBZ", "VBP") and t - 1 in starts):
            return None
        if t + 1 in starts and tree.text[t] in (",", "”", ")"):
            return None if _dated(reading, start, t) else t + (tree.text[t] != ",")
    return None


def _dated(reading: Reading, start: int, end: int) -> bool:
    """Whether the phrase only says when."""
    return any(reading.tree.doc[t].ent_type_ in ("DATE", "TIME") for t in range(start, min(end, start + 3)))


def _stop(reading: Reading, start: int) -> int:
    text = reading.tree.text
    return next((t for t in range(start, len(text)) if text[t] in (".", "!", "?") or "\n" in text[t]), len(text))
