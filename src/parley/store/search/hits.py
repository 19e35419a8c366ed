"""What is found: one hit a story, with the words that match and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from parley.model import Span

Kind = Literal["article", "position", "quote", "event"]
KINDS: tuple[Kind, ...] = ("article", "position", "quote", "event")
JOINED = " … "
"""What stands between the words of a record that are not in one piece."""
OPEN, CLOSE = "\x01", "\x02"
"""Put around what matches; no stored text has them."""
WIDTH = 240
"""Characters of a snippet."""
_LEAD = 60
"""Characters before the first match in it, at most."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article or a record that matches."""

    kind: Kind
    article_id: str
    local_id: str | None
    """Id of the position, attribution or event within the article; None for the article."""
    title: str | None
    """Of the article."""
    outlet: str | None
    published: str | None
    """Of the article, ISO 8601."""
    snippet: str
    """Some of the words, on one line."""
    marks: tuple[Span, ...]
    """What matches, as offsets into the snippet."""
    matches: tuple[Span, ...]
    """What matches, as offsets (code points) into the article's text; none for a match in the title."""
    score: float
    """1.0 for the best of its kind, towards 0.0; 0.0 where only filters were given."""
    parties: tuple[str, ...] = ()
    act: str | None = None
    """Of a position; the type of an event."""
    issue: str | None = None
    reprints: int = 0
    """How many other articles tell the same; docs/copies.md."""


def unmarked(marked: str) -> tuple[str, tuple[Span, ...]]:
    """A text without its marks, and where they were."""
    pieces, spans, at = [], [], 0
    for n, piece in enumerate(marked.replace(CLOSE, OPEN).split(OPEN)):
        if n % 2:
            spans.append((at, at + len(piece)))
        pieces.append(piece)
        at += len(piece)
    return "".join(pieces), tuple(spans)


def snippet(text: str, marks: Sequence[Span]) -> tuple[str, tuple[Span, ...]]:
    """The part of a text with the most matches, on one line, and the matches in it."""
    start, end = _window(text, marks)
    line = "".join(" " if char.isspace() else char for char in text[start:end])
    before, after = "… " if start else "", " …" if end < len(text) else ""
    shift = len(before) - start
    inside = tuple((a + shift, b + shift) for a, b in marks if start <= a and b <= end)
    return before + line + after, inside


def in_article(marks: Sequence[Span], spans: Sequence[Span]) -> tuple[Span, ...]:
    """Matches in a record's words as spans of the article's text; the words stand at ``spans``."""
    found: list[Span] = []
    at = 0
    for start, end in spans:
        shift, until = start - at, at + end - start
        found += [(max(a, at) + shift, min(b, until) + shift) for a, b in marks if a < until and b > at]
        at = until + len(JOINED)
    return tuple(found)


def _window(text: str, marks: Sequence[Span]) -> Span:
    """Start and end of the part to show, at the borders of words."""
    best, most, last = 0, 0, 0
    for n, (start, _) in enumerate(marks):
        last = max(last, n)
        while last < len(marks) and marks[last][1] <= start - _LEAD + WIDTH:
            last += 1
        if last - n > most:
            best, most = max(start - _LEAD, 0), last - n
    end = min(best + WIDTH, len(text))
    best = max(min(best, end - WIDTH), 0)
    if best:
        best = _next_space(text, best, best + _LEAD // 2)
    if end < len(text):
        space = text.rfind(" ", end - _LEAD // 2, end)
        end = space if space > 0 else end
    return best, end


def _next_space(text: str, start: int, until: int) -> int:
    space = text.find(" ", start, until)
    return space + 1 if space >= 0 else start
