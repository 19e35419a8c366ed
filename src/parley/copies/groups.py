"""From pairs to clusters: connected components, and each cut down to what is still near its head."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from parley.copies.bands import Keys, pairs_among
from parley.copies.similar import Share, Sketches, Whole


@dataclass(frozen=True, slots=True)
class Group:
    """A cluster: its head, the other rows, and how alike each is to the head."""

    head: int
    others: Whole
    alike: Share


def groups(sketches: Sketches, keys: Keys, rows: Whole, rank: Whole) -> Iterator[Group]:
    """The clusters among some rows.

    Components alone would chain different stories, as day follows day in a running report. So a component keeps the
    rows that are near its head, and the others form components of their own.

    Args:
        sketches: of all texts.
        keys: their band keys.
        rows: the rows to be put in clusters.
        rank: for each row of ``sketches`` its place in the order of heads, the lowest first.
    """
    waiting = [rows]
    while waiting:
        for part in components(sketches, keys, waiting.pop()):
            ordered = part[np.argsort(rank[part])]
            head, others = ordered[:1], ordered[1:]
            near, alike = sketches.near(np.repeat(head, len(others)), others)
            if near.any():
                yield Group(int(head[0]), others[near], alike[near])
            if (~near).sum() > 1:
                waiting.append(others[~near])


def components(sketches: Sketches, keys: Keys, rows: Whole) -> list[Whole]:
    """The connected components of two rows or more among some rows."""
    one, two, crowds = pairs_among(keys[:, rows])
    sets = _Sets(len(rows))
    good = sketches.copies(rows[one], rows[two])
    for a, b in zip(one[good].tolist(), two[good].tolist(), strict=True):
        sets.join(a, b)
    for crowd in crowds:
        _join_crowd(sketches, rows, crowd, sets)
    roots = np.array([sets.root(row) for row in range(len(rows))], np.intp)
    order = np.argsort(roots, kind="stable")
    cuts = np.flatnonzero(np.diff(roots[order])) + 1
    return [rows[part] for part in np.split(order, cuts) if len(part) > 1]


def _join_crowd(sketches: Sketches, rows: Whole, crowd: Whole, sets: _Sets) -> None:
    """Join what belongs together in a large group: each row is compared only with those not yet joined to it."""
    left = crowd
    while len(left) > 1:
        pivot, left = int(left[0]), left[1:]
        root = sets.root(pivot)
        apart = np.array([row for row in left.tolist() if sets.root(row) != root], np.intp)
        if not len(apart):
            return
        good = sketches.copies(np.repeat(rows[pivot], len(apart)), rows[apart])
        for row in apart[good].tolist():
            sets.join(pivot, row)


class _Sets:
    """Disjoint sets of the numbers below a count."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def root(self, member: int) -> int:
        """The number that stands for a member's set."""
        parent = self._parent
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    def join(self, one: int, two: int) -> None:
        """Make one set of two."""
        low, high = sorted((self.root(one), self.root(two)))
        self._parent[high] = low
