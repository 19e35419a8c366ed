from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from parley.exports.segments import MAX_COVER, MAX_OPEN, Mark, segments

LENGTH = 40


@st.composite
def marks(draw: st.DrawFn) -> list[Mark]:
    edges = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, LENGTH)).filter(lambda span: span[0] < span[1])
    spans = draw(st.lists(edges, max_size=MAX_COVER))
    return sorted(Mark(start, end, k % 3, f"p{k}", "p") for k, (start, end) in enumerate(spans))


@given(marks())
def test_segments_cover_the_stretch_without_gaps(found: list[Mark]) -> None:
    pieces = list(segments((0, LENGTH), found))
    assert [piece.start for piece in pieces] == [0, *(piece.end for piece in pieces[:-1])]
    assert pieces[-1].end == LENGTH


@given(marks())
def test_each_offset_carries_exactly_the_marks_over_it(found: list[Mark]) -> None:
    for piece in segments((0, LENGTH), found):
        for offset in range(piece.start, piece.end):
            assert sorted(piece.cover) == [mark for mark in found if mark.start <= offset < mark.end]


@given(marks())
def test_the_shortest_mark_comes_first(found: list[Mark]) -> None:
    for piece in segments((0, LENGTH), found):
        lengths = [mark.end - mark.start for mark in piece.cover]
        assert lengths == sorted(lengths)


def test_thousands_of_marks_one_in_the_other_are_bounded() -> None:
    number = 10_000
    nested = [Mark(k, 2 * number - k, 0, f"p{k}", "p") for k in range(number)]
    start = time.perf_counter()
    pieces = list(segments((0, 2 * number), nested))
    assert max(len(piece.cover) for piece in pieces) == MAX_COVER < MAX_OPEN
    assert time.perf_counter() - start < 5
