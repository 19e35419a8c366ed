"""Which pairs are worth comparing: those that agree in one band of their minima (locality-sensitive hashing).

Whether two texts are a candidate pair depends on these two alone, so the pairs are the same whatever came first.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from parley.copies.similar import SHORT, Sketches, Truth, Whole

WIDTH = 3
BANDS = 42
"""42 bands of 3 minima: a pair that is 0.48 alike is compared with a chance of 0.993, one that is 0.02 alike, as two
articles on different subjects are, with 0.0003."""
MANY = 32
"""Rows that share a band and are still compared each with each; more are compared by pivots."""
FILTER_BITS = 16
CHUNK = 8_192
"""Texts whose keys are made at a time."""

Keys = npt.NDArray[np.uint32]


def band_keys(sketches: Sketches) -> Keys:
    """One row of keys a band, one column a text; a short text has its digest everywhere: only the same words match."""
    keys = np.empty((BANDS, len(sketches)), np.uint32)
    for start in range(0, len(sketches), CHUNK):
        part = slice(start, start + CHUNK)
        _mix(sketches.minima[part], sketches.shingles[part] < SHORT, sketches.digests[part], keys[:, part])
    return keys


def _mix(minima: Keys, short: Truth, digests: npt.NDArray[np.uint64], keys: Keys) -> None:
    """Fill in the keys of some texts."""
    wide = minima.astype(np.uint64)
    for band in range(BANDS):
        mixed = np.full(len(wide), band + 1, np.uint64)
        for column in range(band * WIDTH, (band + 1) * WIDTH):
            mixed = (mixed ^ wide[:, column]) * np.uint64(0x9E3779B97F4A7C15)
            mixed ^= mixed >> np.uint64(29)
        mixed[short] = digests[short]
        keys[band] = (mixed >> np.uint64(32)).astype(np.uint32)


def pairs_among(keys: Keys) -> tuple[Whole, Whole, list[Whole]]:
    """The candidate pairs among all columns, and the large groups whose pairs were left out.

    Returns:
        First and second columns of the pairs, each pair once; and the groups of more than ``MANY`` columns.
    """
    found: list[npt.NDArray[np.int64]] = [np.empty(0, np.int64)]
    crowds: list[Whole] = []
    count = keys.shape[1]
    for band in keys:
        order = np.argsort(band, kind="stable")
        values = band[order]
        starts = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1]))) if count else np.empty(0, np.intp)
        sizes = np.concatenate((starts[1:], [count]))[: len(starts)] - starts
        crowds += [order[start : start + size] for start, size in zip(starts, sizes, strict=True) if size > MANY]
        small = np.repeat(sizes <= MANY, sizes)
        order, values = order[small], values[small]
        found.extend(_neighbours(order, values, count))
    codes = np.unique(np.concatenate(found))
    return codes // max(count, 1), codes % max(count, 1), crowds


def _neighbours(order: Whole, values: Keys, count: int) -> Iterator[npt.NDArray[np.int64]]:
    """Pairs of columns with equal values, coded as one number; equal values stand side by side."""
    for distance in range(1, MANY):
        equal = values[distance:] == values[:-distance]
        if not equal.any():
            return
        one, two = order[:-distance][equal], order[distance:][equal]
        yield np.unique(np.minimum(one, two) * count + np.maximum(one, two))


def reached(sketches: Sketches, keys: Keys, frontier: Whole, fresh: Truth) -> Whole:
    """The columns that are copies of one in the frontier.

    Args:
        sketches: of all columns.
        keys: of all columns.
        frontier: columns to start from.
        fresh: which columns are looked for; those found are taken out of it.
    """
    found: list[Whole] = [np.empty(0, np.intp)]
    for band in keys:
        order = frontier[np.argsort(band[frontier], kind="stable")]
        values = band[order]
        hits = _members(band, values)
        hits = hits[fresh[hits]]
        at = np.searchsorted(values, band[hits], side="left")
        until = np.searchsorted(values, band[hits], side="right")
        while len(hits):  # against the first of the frontier that has the key, then the second ...
            yes = sketches.copies(order[at], hits)
            found.append(hits[yes])
            fresh[hits[yes]] = False
            at = at + 1
            left = ~yes & (at < until)
            hits, at, until = hits[left], at[left], until[left]
    return np.concatenate(found)


def _members(band: Keys, values: Keys) -> Whole:
    """The columns whose key is among some sorted values; a small table sorts most of them out first."""
    mask = np.uint32((1 << FILTER_BITS) - 1)
    table = np.zeros(1 << FILTER_BITS, np.bool_)
    table[values & mask] = True
    maybe = np.flatnonzero(table[band & mask])
    if not len(values):
        return maybe
    at = np.minimum(np.searchsorted(values, band[maybe]), len(values) - 1)
    return np.asarray(maybe[values[at] == band[maybe]])
