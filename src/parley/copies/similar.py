"""How alike two texts are, judged by their signatures alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from parley.copies.signature import Rows

Whole = npt.NDArray[np.intp]
Share = npt.NDArray[np.float32]
Truth = npt.NDArray[np.bool_]

SHORT = 30
"""Texts with fewer different pairs of words are copies only when they are the same words: too little to judge by."""
ALIKE = 0.48
"""Pairs of words in both texts, of those in either. Cutting to 70 % leaves 0.70, editing a tenth of the words 0.6 to
0.8, a new lead 0.7 to 0.9; two reports that share half of their paragraphs reach 0.36, rarely 0.45."""
WITHIN, WITHIN_ALIKE = 0.88, 0.4
"""A cut to less than half is no longer alike, but nearly all its pairs are in the longer one. Below 0.4 the longer one
is rather a round-up that takes in several stories."""
NEAR, NEAR_WITHIN, NEAR_WITHIN_ALIKE = 0.36, 0.68, 0.25
"""What a member of a cluster must still have of its head: two reprints, one cut and one edited, are less alike than
either is to the story; a chain of daily updates falls below this after a step or two."""
CHUNK = 65_536
"""Pairs compared at a time: 64 MB of minima."""


@dataclass(frozen=True, slots=True)
class Sketches:
    """Signatures of many texts, column by column."""

    shingles: npt.NDArray[np.uint32]
    digests: npt.NDArray[np.uint64]
    minima: npt.NDArray[np.uint32]
    """One row of minima a text."""

    @classmethod
    def of(cls, rows: Rows) -> Sketches:
        """The columns of some signatures, each in one piece of memory."""
        shingles, digests, minima = (np.ascontiguousarray(rows[name]) for name in ("shingles", "digest", "minima"))
        return cls(shingles, digests, minima)

    def __len__(self) -> int:
        """How many texts."""
        return len(self.shingles)

    def take(self, rows: Whole | Truth) -> Sketches:
        """Some of the rows."""
        return Sketches(self.shingles[rows], self.digests[rows], self.minima[rows])

    def join(self, other: Sketches) -> Sketches:
        """These rows, then the other's."""
        pairs = ((getattr(self, name), getattr(other, name)) for name in ("shingles", "digests", "minima"))
        return Sketches(*(np.concatenate(pair) for pair in pairs))

    def same(self, one: Whole, two: Whole) -> Truth:
        """Whether the texts of each pair of rows are word for word the same."""
        return np.asarray(self.digests[one] == self.digests[two])

    def alike(self, one: Whole, two: Whole) -> Share:
        """The estimated share of pairs of words in both texts, of those in either (Jaccard), 0.0 to 1.0."""
        shares = np.empty(len(one), np.float32)
        for start in range(0, len(one), CHUNK):
            part = slice(start, start + CHUNK)
            shares[part] = (self.minima[one[part]] == self.minima[two[part]]).mean(axis=1, dtype=np.float32)
        shares[self.same(one, two)] = 1.0
        return shares

    def within(self, one: Whole, two: Whole, alike: Share) -> Share:
        """The estimated share of the shorter text's pairs of words that the longer one has too."""
        sizes = self.shingles[one].astype(np.float32), self.shingles[two].astype(np.float32)
        both = alike / (1 + alike) * (sizes[0] + sizes[1])
        return np.minimum(both / np.maximum(np.minimum(*sizes), 1), 1.0)

    def copies(self, one: Whole, two: Whole) -> Truth:
        """Whether the texts of each pair of rows are copies of one story."""
        alike = self.alike(one, two)
        close = (alike >= ALIKE) | ((alike >= WITHIN_ALIKE) & (self.within(one, two, alike) >= WITHIN))
        return self.same(one, two) | (close & self._long(one) & self._long(two))

    def near(self, one: Whole, two: Whole) -> tuple[Truth, Share]:
        """Whether each pair may stand in one cluster, the first as the head, and how alike it is."""
        alike = self.alike(one, two)
        near = (alike >= NEAR) | ((alike >= NEAR_WITHIN_ALIKE) & (self.within(one, two, alike) >= NEAR_WITHIN))
        return self.same(one, two) | (near & self._long(one) & self._long(two)), alike

    def _long(self, rows: Whole) -> Truth:
        return np.asarray(self.shingles[rows] >= SHORT)
