"""Cuts a text into paragraphs: by blank lines, by lines where each line is one, or mending hard-wrapped lines."""

from __future__ import annotations

import re
from statistics import median

from parley.model import Span

_LINE = re.compile(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BLANK = re.compile(
    r"(?:\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029])[^\S\r\n]*(?:\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029])"
)
_ENDED = re.compile(r"[.!?:;”\"'’»…)\]]\s*$")
_LIST_ITEM = re.compile(r"\s*(?:[-*•–—·▪]|\(?\d{1,3}[.)]|[a-z][.)])\s")

WRAP_WIDTHS = range(50, 101)
"""Code points: a block whose lines are about this long and mostly unfinished was wrapped by a program."""


def paragraphs(text: str) -> tuple[Span, ...]:
    """Spans of the paragraphs of a text, without the spaces at their edges; none is empty."""
    spans: list[Span] = []
    position = 0
    for gap in [*_BLANK.finditer(text), None]:
        end = gap.start() if gap else len(text)
        if end > position:
            spans.extend(_of_block(text, position, end))
        position = gap.end() if gap else end
    return tuple(spans)


def _of_block(text: str, start: int, end: int) -> list[Span]:
    """The paragraphs between two blank lines."""
    lines = [span for match in _LINE.finditer(text, start, end) if (span := _stripped(text, *match.span()))]
    return _wrapped(text, lines) if _is_wrapped(text, lines) else lines


def _stripped(text: str, start: int, end: int) -> Span | None:
    """The span without spaces at its edges; None if nothing is left."""
    line = text[start:end]
    left, right = len(line) - len(line.lstrip()), len(line.rstrip())
    return (start + left, start + right) if left < right else None


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """Whether a program broke these lines to a width: alike in length, and most stop in mid-sentence."""
    if len(lines) < 2:
        return False
    widths = [end - start for start, end in lines[:-1]]
    if int(median(widths)) not in WRAP_WIDTHS or max(widths) > WRAP_WIDTHS.stop + 20:
        return False
    open_lines = sum(not _ENDED.search(text[start:end]) for start, end in lines[:-1])
    return open_lines >= 0.6 * len(widths)


def _wrapped(text: str, lines: list[Span]) -> list[Span]:
    """Join hard-wrapped lines; a list item begins a paragraph of its own."""
    joined: list[Span] = []
    for start, end in lines:
        if joined and not _LIST_ITEM.match(text, start, end):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
