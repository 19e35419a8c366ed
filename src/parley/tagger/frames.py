"""Attributions over words, and the choice among them: contents do not overlap, and a quotation has one speaker.

Both are facts of the corpus: of 9,805 attributions ten share content with another one, no cue stands in the
content of another one, and one quotation in 4,000 has two speakers.
All ranges are half-open and count words of the whole text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from parley.tagger.words import Span, Words, runs_on

LONG = 6  # words of a quotation (marks not counted) that make it sure to be someone's speech; shorter ones
# are titles and scare quotes four times in ten


@dataclass(frozen=True)
class Frame:
    """One attribution, possible or chosen.

    Attributes:
        cue: word range of the cue.
        source: word ranges of the source; may be empty.
        content: word ranges of the content, in order.
        chance: probability of the cue, 0 to 1.
        shares: probability that a word is content of this cue, by word of the window, float [t].
        start: index of the first word of that window.
    """

    cue: Span
    source: list[Span]
    content: list[Span]
    chance: float
    shares: NDArray[np.float32]
    start: int

    def holds(self, region: Span) -> bool:
        """Whether a region lies in the window of this cue."""
        return self.start <= region[0] and region[1] <= self.start + len(self.shares)

    def support(self, region: Span) -> float:
        """Mean probability that the words of a region, which lies in the window, are this cue's content."""
        return float(self.shares[region[0] - self.start : region[1] - self.start].mean())


@dataclass(frozen=True)
class Choice:
    """Thresholds, fixed on dev. accept: chance from which a cue counts; quote: chance times support from which a
    weaker cue counts because it reports a quotation that no other one does; adopt: whether a quotation that
    still has no speaker is joined to the nearest one of its paragraph. far: factor for a cue in another
    paragraph that does not announce the quotation.
    """

    accept: float = 0.45
    quote: float = 0.003
    adopt: bool = True
    far: float = 0.1


def choose(frames: Sequence[Frame], words: Words, choice: Choice, *, fixed: Sequence[Frame] = ()) -> list[Frame]:
    """The attributions of a text out of all the possible ones, by the place of the cue.

    Args:
        frames: the possible ones.
        words: the words of the text.
        choice: thresholds.
        fixed: attributions that are kept as they are.
    """
    kept: list[Frame] = []
    taken, cued = bytearray(len(words.forms)), bytearray(len(words.forms))
    ranked = sorted(give_regions(frames, words, choice), key=lambda f: -f.chance)
    for frame in [*fixed, *ranked]:
        if any(taken[frame.cue[0] : frame.cue[1]]) or any(any(cued[a:b]) for a, b in frame.content):
            continue
        content = [part for span in frame.content for part in _free(span, taken)]
        if length(content) * 2 <= length(frame.content) or not has_word(content, words):
            continue
        kept.append(replace(frame, content=content))
        cued[frame.cue[0] : frame.cue[1]] = b"\1" * (frame.cue[1] - frame.cue[0])
        for a, b in content:
            taken[a:b] = b"\1" * (b - a)
    return sorted(adopt(kept, words) if choice.adopt else kept, key=lambda f: f.cue)


def unclaimed(frames: Sequence[Frame], words: Words) -> list[Span]:
    """Long quotations that no attribution has for its content by a third."""
    spans = sorted(span for frame in frames for span in frame.content)
    found: list[Span] = []
    for region in words.regions:
        size = region[1] - region[0]
        if size >= LONG + 2 and not any(overlap(region, [span]) * 3 >= size for span in spans):
            found.append(region)
    return found


def give_regions(frames: Sequence[Frame], words: Words, choice: Choice) -> list[Frame]:
    """Gives every quotation to the one cue that claims it best, and drops the cues that are weak and got none."""
    content = [list(frame.content) if frame.chance >= choice.accept else [] for frame in frames]
    near: dict[int, list[int]] = {}
    for k, frame in enumerate(frames):
        near.setdefault(frame.start, []).append(k)
    for region in words.regions:
        rivals = [k for group in near.values() if frames[group[0]].holds(region) for k in group]
        reach = _reach(region, words)
        rated = [
            (_rate(frames[k], content[k], region, choice) * (1.0 if inside(frames[k].cue, reach) else choice.far), k)
            for k in rivals
        ]
        best = max(rated, default=(0.0, -1))
        for k in rivals if best[0] > 0 else ():
            if k == best[1]:
                content[k] = merge([*(content[k] or frames[k].content), region])
            elif content[k] and not overlap(region, [frames[k].cue]):
                content[k] = subtract(content[k], region)
    return [replace(frame, content=spans) for frame, spans in zip(frames, content, strict=False) if spans]


def _free(span: Span, taken: bytearray) -> list[Span]:
    """The parts of a range that are not taken."""
    a, b = span
    if not any(taken[a:b]):
        return [span]
    edges = [i for i in range(a, b + 1) if (i < b and not taken[i]) != (i > a and not taken[i - 1])]
    return list(zip(edges[::2], edges[1::2], strict=False))


def _rate(frame: Frame, content: Sequence[Span], region: Span, choice: Choice) -> float:
    """How well a cue with its content claims a region; 0 if it does not."""
    if overlap(region, [frame.cue, *frame.source]):
        return 0.0
    size = region[1] - region[0]
    rate = frame.support(region) * frame.chance
    if frame.chance >= choice.accept and overlap(region, content) * 3 >= size:
        return 1.0 + rate
    return rate if size >= LONG + 2 and rate >= choice.quote else 0.0


def _reach(region: Span, words: Words) -> Span:
    """The paragraph of a quotation, with those before it that announce it or whose quotation it goes on."""
    k = next((k for k, block in enumerate(words.blocks) if inside(region, block)), None)
    if k is None:
        return region
    first = k
    while first > 0 and runs_on(words, words.blocks[first - 1], words.blocks[first][0]):
        first -= 1
    return words.blocks[first][0], words.blocks[k][1]


def adopt(frames: Sequence[Frame], words: Words) -> list[Frame]:
    """Joins a long quotation without a speaker to the attribution of its paragraph that reports another
    quotation and whose cue is nearest.
    """
    out = list(frames)
    for region in words.regions:
        if region[1] - region[0] < LONG + 2 or any(
            overlap(region, f.content) * 2 >= region[1] - region[0] for f in out
        ):
            continue
        block = next((b for b in words.blocks if inside(region, b)), region)
        mates = [r for r in words.regions if inside(r, block) and r != region]
        near = [
            k
            for k, f in enumerate(out)
            if inside(f.cue, block) and not overlap(region, [f.cue]) and any(overlap(r, f.content) for r in mates)
        ]
        if near:
            best = min(near, key=lambda k: max(out[k].cue[0] - region[1], region[0] - out[k].cue[1]))
            out[best] = replace(out[best], content=merge([*out[best].content, region]))
    return out


def overlap(span: Span, spans: Sequence[Span]) -> int:
    """Number of words of `span` that lie in `spans` (which do not overlap each other)."""
    return sum(max(0, min(span[1], b) - max(span[0], a)) for a, b in spans)


def inside(inner: Span, outer: Span) -> bool:
    """Whether a range lies in another one."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def length(spans: Sequence[Span]) -> int:
    """Number of words in ranges."""
    return sum(b - a for a, b in spans)


def merge(spans: Sequence[Span]) -> list[Span]:
    """Ranges in order, those that overlap joined."""
    out: list[Span] = []
    for a, b in sorted(spans):
        if out and a < out[-1][1]:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return out


def subtract(spans: Sequence[Span], region: Span) -> list[Span]:
    """The ranges without the words of a region."""
    out: list[Span] = []
    for a, b in spans:
        out.extend(part for part in ((a, min(b, region[0])), (max(a, region[1]), b)) if part[0] < part[1])
    return out


def has_word(spans: Sequence[Span], words: Words) -> bool:
    """Whether ranges hold more than signs."""
    return any(words.forms[i][0].isalnum() for a, b in spans for i in range(a, b))
