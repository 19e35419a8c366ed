"""Tag scores to spans: Viterbi over tag sequences, in numpy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Found = TypeVar("Found")
TOGETHER = 64  # rows a pass: more save nothing, and a hostile text may have thousands
NEAR = 16  # as in the role tagger: distances up to this have a bucket of their own


def viterbi(scores: Floats, lengths: Ints, steps: Floats, begin: Floats) -> Ints:
    """The best tag sequence of each row.

    Args:
        scores: [n, t, k], anything after the length of a row.
        lengths: words of each row, int [n].
        steps: transition scores [from, to].
        begin: start scores [k].

    Returns:
        Tags, int [n, t]; 0 after the length of a row.
    """
    n, length, k = scores.shape
    back = np.empty((length, n, k), dtype=np.int64)
    best = begin + scores[:, 0]
    same = np.arange(k)
    for i in range(1, length):
        moved = best[:, :, None] + steps
        live = (i < lengths)[:, None]
        back[i] = np.where(live, moved.argmax(1), same)
        best = np.where(live, moved.max(1) + scores[:, i], best)
    tags = np.zeros((n, length), dtype=np.int64)
    tags[:, -1] = best.argmax(1)
    rows = np.arange(n)
    for i in range(length - 1, 0, -1):
        tags[:, i - 1] = back[i, rows, tags[:, i]]
    tags[np.arange(length)[None, :] >= lengths[:, None]] = 0
    return tags


def marginals(scores: Floats, lengths: Ints, steps: Floats, begin: Floats) -> Floats:
    """Probability of every tag of every word under the chain (forward and backward sums); arguments as in
    `viterbi`. Returns [n, t, k]; what stands after the length of a row means nothing.
    """
    _n, length, _k = scores.shape
    moves = np.exp(np.maximum(steps, -50.0)).astype(np.float32)
    local = np.exp(scores - scores.max(2, keepdims=True))
    ahead, back = np.empty_like(local), np.empty_like(local)
    ahead[:, 0] = local[:, 0] * np.exp(np.maximum(begin, -50.0))
    for i in range(1, length):
        now = (ahead[:, i - 1] @ moves) * local[:, i]
        ahead[:, i] = now / now.sum(1, keepdims=True)
    back[:, -1] = 1.0
    for i in range(length - 1, 0, -1):
        now = (back[:, i] * local[:, i]) @ moves.T
        now[i >= lengths] = 1.0
        back[:, i - 1] = now / now.sum(1, keepdims=True)
    both = ahead * back
    out: Floats = both / both.sum(2, keepdims=True)
    return out


def softmax(scores: Floats) -> Floats:
    """Scores to probabilities over the last axis."""
    high = np.exp(scores - scores.max(-1, keepdims=True))
    out: Floats = high / high.sum(-1, keepdims=True)
    return out


def in_turn(rows: Sequence[Floats], chain: Callable[[Floats, Ints], Sequence[Found]]) -> list[Found]:
    """What a chain says of score tables [t, k] of several lengths, in their order.

    They go through it together, those of like length side by side, so that little is padded and numpy's loops, which
    run over the words, serve many rows at once.

    Args:
        rows: the tables.
        chain: from tables [n, t, k] and their lengths int [n] to one result for each.
    """
    out: list[Found | None] = [None] * len(rows)
    order = sorted(range(len(rows)), key=lambda k: len(rows[k]))
    for begin in range(0, len(order), TOGETHER):
        some = order[begin : begin + TOGETHER]
        lengths = np.array([len(rows[k]) for k in some], dtype=np.int64)
        table = np.zeros((len(some), int(lengths.max()), rows[some[0]].shape[1]), dtype=np.float32)
        for place, k in enumerate(some):
            table[place, : len(rows[k])] = rows[k]
        for k, found in zip(some, chain(table, lengths), strict=True):
            out[k] = found
    return cast("list[Found]", out)


def tag_spans(tags: Sequence[int], begin: int, inside: int) -> list[tuple[int, int]]:
    """Word ranges that start with the tag `begin` and go on with `inside`."""
    out: list[tuple[int, int]] = []
    start: int | None = None
    for i, tag in enumerate([*tags, -1]):
        if start is not None and tag != inside:
            out.append((start, i))
            start = None
        if tag == begin:
            start = i
    return out


def place_buckets(starts: Ints, ends: Ints, length: int) -> Ints:
    """Signed distance in words from every word to each cue [start, end), as buckets int [n, length]; the same
    as in the model.
    """
    i = np.arange(length)[None, :]
    before, after = starts[:, None] - i, i - ends[:, None] + 1
    distance = np.maximum(np.maximum(before, after), 0)
    far = NEAR + 1 + np.floor(np.clip(np.log2(np.maximum(distance, 1) / (NEAR + 1)), 0, 4)).astype(np.int64)
    size = np.where(distance <= NEAR, distance, far)
    out: Ints = np.where(before > 0, -size, size) + NEAR + 6
    return out
