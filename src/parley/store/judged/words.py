"""Finds the words of a judgement again when the text around them has changed."""

from __future__ import annotations

from collections.abc import Sequence

from parley.model import Spans

MOST_PLACES = 1000
"""Places of one piece of words that are looked at."""


def trimmed(text: str, spans: Spans) -> Spans:
    """Spans cut to the text and to their words, in order; overlapping ones become one, empty ones go."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        start, end = max(start, 0), min(end, len(text))
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip())
        end -= len(piece) - len(piece.rstrip())
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def placed(text: str, spans: Spans, words: Sequence[str]) -> Spans | None:
    """Where some words stand: at their spans if they still do, else at the nearest place; None if any is gone.

    Args:
        text: the article as it is now.
        spans: where the words stood.
        words: the words at each span.
    """
    if len(spans) != len(words) or not words or not all(words):
        return None
    if all(text[start:end] == piece for (start, end), piece in zip(spans, words, strict=True)):
        return spans
    found = []
    for (start, _), piece in zip(spans, words, strict=True):
        place = nearest(text, piece, start)
        if place is None:
            return None
        found.append((place, place + len(piece)))
    return tuple(sorted(set(found)))


def nearest(text: str, words: str, start: int) -> int | None:
    """Offset of the place of some words that is nearest to an offset; None if they stand nowhere."""
    return min(places(text, words), key=lambda place: abs(place - start), default=None)


def places(text: str, words: str) -> list[int]:
    """Offsets at which some words stand, the first ``MOST_PLACES``."""
    found: list[int] = []
    place = text.find(words) if words else -1
    while place >= 0 and len(found) < MOST_PLACES:
        found.append(place)
        place = text.find(words, place + 1)
    return found


def common(one: Spans, other: Spans) -> int:
    """Code points that lie in both."""
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)


def alike(one: Spans, other: Spans) -> float:
    """Share of the code points of either that lie in both; 0.0 to 1.0. The spans of each do not overlap."""
    shared = common(one, other)
    whole = sum(end - start for start, end in (*one, *other)) - shared
    return shared / whole if whole else 0.0
