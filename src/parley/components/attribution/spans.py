"""The spans of one attribution in tokens: what the rules, or a trained tagger, hand over to be finished."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

TokenSpan = tuple[int, int]
"""Half-open, in tokens of the doc."""
TokenSpans = tuple[TokenSpan, ...]


@dataclass(frozen=True, slots=True)
class RoleSpans:
    """Who says what, in which words, as token spans in text order; a role may be empty, but not cue and content."""

    source: TokenSpans
    cue: TokenSpans
    content: TokenSpans


@dataclass(frozen=True, slots=True)
class Candidate:
    """Spans that a rule found, and what it found them by."""

    spans: RoleSpans
    trigger: int
    """The token that leads the cue; -1 where there is none."""
    frame: str
    """Name of the frame: ``clause``, ``object``, ``quote`` ... as in ``cues.toml``."""


def joined(spans: Iterable[TokenSpan]) -> TokenSpans:
    """The spans in order, those that touch or overlap made one."""
    out: list[TokenSpan] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif start < end:
            out.append((start, end))
    return tuple(out)


def without(span: TokenSpan, holes: Iterable[TokenSpan]) -> TokenSpans:
    """What is left of a span when others are cut out of it."""
    left, out = span[0], []
    for start, end in sorted(holes):
        if end <= left or start >= span[1]:
            continue
        if start > left:
            out.append((left, start))
        left = max(left, end)
    if left < span[1]:
        out.append((left, span[1]))
    return tuple(out)


def cover(length: int, spans: Iterable[TokenSpan]) -> list[bool]:
    """For each of a number of tokens whether a span holds it."""
    steps = [0] * (length + 1)
    for start, end in spans:
        steps[start] += 1
        steps[end] -= 1
    return [depth > 0 for depth in accumulate(steps[:-1])]
