"""Words of a text, with offsets, double quotation marks made uniform, and letter case as a feature.

A word is a run of letters and digits, a single other sign, or a doubled single mark. All offsets are
half-open and count code points of the unchanged text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WORD = re.compile(r"''|``|[^\W_]+|[^\w\s]|_")
NEUTRAL = frozenset({'"', "''", "＂"})
OPENING = frozenset({"“", "``", "«", "„", "‟"})
CLOSING = frozenset({"”", "»"})
MARKS = NEUTRAL | OPENING | CLOSING
OPEN_FORM, CLOSE_FORM, LONE_FORM = "“", "”", '"'

Span = tuple[int, int]


@dataclass(frozen=True)
class Words:
    """The words of one text.

    Attributes:
        forms: the word as the encoder shall see it (quotation marks made uniform), length n.
        starts: code point where the word starts, int [n].
        ends: code point after the word, int [n].
        quoted: whether the word stands inside double quotation marks (marks included), bool [n].
        case: 0 no capital, 1 capital first letter, 2 all capitals (two letters or more), int [n].
        blocks: word ranges of the paragraphs that hold a word, half-open.
        regions: word ranges of the quotations, marks included, half-open.
    """

    forms: list[str]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    quoted: NDArray[np.bool_]
    case: NDArray[np.int64]
    blocks: list[Span]
    regions: list[Span]


@dataclass(frozen=True)
class MarkKinds:
    """Which marks open and which close a quotation in one text (German and reversed French differ)."""

    opening: frozenset[str]
    closing: frozenset[str]


def split_words(text: str, paragraphs: Sequence[Span]) -> Words:
    """Cuts the paragraphs of a text into words.

    Args:
        text: the unchanged text.
        paragraphs: code point spans of the paragraphs, in order, not overlapping.
    """
    forms: list[str] = []
    starts: list[int] = []
    blocks: list[Span] = []
    for begin, end in paragraphs:
        first = len(forms)
        for match in WORD.finditer(text, begin, end):
            forms.append(match.group())
            starts.append(match.start())
        if len(forms) > first:
            blocks.append((first, len(forms)))
    ends = [start + len(form) for start, form in zip(starts, forms, strict=False)]
    case = np.array([_case(form) for form in forms], dtype=np.int64)
    quoted = np.zeros(len(forms), dtype=np.bool_)
    regions = list(_regions(forms, blocks, _mark_kinds(forms)))
    _write_marks(forms, regions)
    for a, b in regions:
        quoted[a:b] = True
    return Words(forms, np.array(starts, dtype=np.int64), np.array(ends, dtype=np.int64), quoted, case, blocks, regions)


def line_paragraphs(text: str) -> list[Span]:
    """The spans of the lines of a text that are not blank."""
    out: list[Span] = []
    position = 0
    for line in text.split("\n"):
        if line.strip():
            out.append((position, position + len(line)))
        position += len(line) + 1
    return out


def runs_on(words: Words, before: Span, begin: int) -> bool:
    """Whether an announcement or an open quotation runs on from a paragraph (a word range) into the one that
    starts with the word `begin`.
    """
    last = before[1] - 1
    open_end = bool(words.quoted[last]) and words.forms[last] != CLOSE_FORM
    return words.forms[last] == ":" or (open_end and words.forms[begin] == OPEN_FORM)


def _case(form: str) -> int:
    if not form[0].isupper():
        return 0
    return 2 if len(form) > 1 and form.isupper() else 1


def _mark_kinds(forms: Sequence[str]) -> MarkKinds:
    opening, closing = set(OPENING), set(CLOSING)
    used = MARKS.intersection(forms)
    if "„" in used:
        opening.discard("“")
        closing.add("“")
    if used >= {"«", "»"} and forms.index("»") < forms.index("«"):
        opening ^= {"«", "»"}
        closing ^= {"«", "»"}
    return MarkKinds(frozenset(opening), frozenset(closing))


def _regions(forms: Sequence[str], blocks: Sequence[Span], kinds: MarkKinds) -> Iterator[Span]:
    """Quotations as word ranges. One left open runs to the end of its paragraph if its mark is one that
    only opens, or if the next paragraph starts with a mark.
    """
    for k, (begin, end) in enumerate(blocks):
        start: int | None = None
        for i in range(begin, end):
            if forms[i] not in MARKS:
                continue
            if start is None and forms[i] not in kinds.closing:
                start = i
            elif start is not None and forms[i] not in kinds.opening:
                yield start, i + 1
                start = None
        if start is not None:
            following = forms[blocks[k + 1][0]] if k + 1 < len(blocks) else ""
            if forms[start] in kinds.opening or following in MARKS:
                yield start, end


def _write_marks(forms: list[str], regions: Sequence[Span]) -> None:
    """Rewrites every mark in place: opening, closing, or standing alone."""
    marks = {i for i, form in enumerate(forms) if form in MARKS}
    for i in marks:
        forms[i] = LONE_FORM
    for begin, end in regions:
        forms[begin] = OPEN_FORM
        if end - 1 in marks and end - 1 > begin:
            forms[end - 1] = CLOSE_FORM
