"""Cuts a text into segments by the spans that cover it, so that nested and crossing spans can all be shown."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from parley.model import Span

MAX_COVER = 8
"""Marks that one segment carries; of more, the shortest are kept, as they say most about these words."""
MAX_OPEN = 64
"""Marks that are looked at for one segment; only hostile records have more at one place."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A span, what it belongs to, and the role it plays there."""

    start: int
    end: int
    rank: int
    """Breaks ties between equal spans: the lower, the more it says."""
    owner: str
    """Id of the row."""
    role: str
    """Name of the CSS class: p, ts, tc, tq, e, eg, fo, fq, a."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that the same marks cover all through."""

    start: int
    end: int
    cover: tuple[Mark, ...]
    """The shortest mark first."""


def segments(span: Span, marks: list[Mark], cuts: Iterable[int] = ()) -> Iterator[Segment]:
    """The segments of one stretch of text, in order and without gaps.

    Args:
        span: the stretch.
        marks: marks that overlap it, sorted by start; they may reach beyond its edges.
        cuts: further offsets at which a segment ends.
    """
    start, end = span
    edges = {start, end, *(cut for cut in cuts if start < cut < end)}
    for mark in marks:
        edges.update(edge for edge in (mark.start, mark.end) if start < edge < end)
    ordered = sorted(edges)
    open_marks: list[tuple[int, Mark]] = []
    coming = 0
    for left, right in pairwise(ordered):
        while coming < len(marks) and marks[coming].start <= left:
            mark = marks[coming]
            heapq.heappush(open_marks, (mark.end, mark))
            coming += 1
        while open_marks and open_marks[0][0] <= left:
            heapq.heappop(open_marks)
        yield Segment(left, right, _cover(open_marks))


def _cover(open_marks: list[tuple[int, Mark]]) -> tuple[Mark, ...]:
    """The marks that say most about a segment, from a heap by their ends: its front holds those that end first."""
    near = [mark for _, mark in open_marks[:MAX_OPEN]]
    near.sort(key=lambda mark: (mark.end - mark.start, mark.rank))
    return tuple(near[:MAX_COVER])
