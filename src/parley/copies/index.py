"""All signatures of a record in memory, and what new ones change in the table ``copies``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from parley.copies.bands import BANDS, band_keys, reached
from parley.copies.groups import groups
from parley.copies.signature import decode
from parley.copies.similar import Sketches, Truth, Whole


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as far as copies go."""

    article_id: str
    signature: bytes
    published: str | None = None
    """ISO 8601; the earliest article of a cluster is its head."""

    @property
    def rank(self) -> tuple[bool, str, str]:
        """Heads come first in this order: the earliest, those without a date last, then by id."""
        return (self.published is None, self.published or "", self.article_id)


@dataclass(frozen=True, slots=True)
class Copy:
    """A row of the table ``copies``: an article that has copies; the head is its own head."""

    article_id: str
    head: str
    similarity: float
    """Estimated share of pairs of words that it and the head have both, of those that either has; 0.0 to 1.0."""


@dataclass(frozen=True, slots=True)
class Change:
    """What an update changes in the table: delete the rows of ``touched``, then append ``rows``."""

    touched: tuple[str, ...] = ()
    rows: tuple[Copy, ...] = ()


class Index:
    """The signatures of all articles, for one writer; 700 bytes an article.

    When the commit that was to hold a change fails, throw the index away and load it again.
    """

    def __init__(self, entries: Iterable[Entry] = (), copies: Iterable[Copy] = ()) -> None:
        """Take over what a record holds: all signatures, and the rows of ``copies`` that were made from them."""
        self._entries: list[Entry] = []
        self._row: dict[str, int] = {}
        self._sketches = Sketches.of(decode(()))
        self._keys = np.empty((BANDS, 0), np.uint32)
        self._copies = {copy.article_id: copy for copy in copies}
        self.load(entries)

    def __len__(self) -> int:
        """How many articles."""
        return len(self._entries)

    def load(self, entries: Iterable[Entry]) -> None:
        """Take over further articles that a record holds, whose rows of ``copies`` are known; none twice."""
        self._add(list(entries))

    def update(self, new: Iterable[Entry] = (), removed: Iterable[str] = ()) -> Change:
        """Add, replace and remove articles.

        Args:
            new: articles that are new, or whose text or date changed.
            removed: ids of articles that are gone; unknown ones do no harm.
        """
        latest = {entry.article_id: entry for entry in new}
        gone = [self._row[name] for name in dict.fromkeys([*latest, *removed]) if name in self._row]
        names = {self._entries[row].article_id for row in gone}
        start = len(self._entries)
        self._add(list(latest.values()))
        frontier = np.array([*gone, *range(start, len(self._entries))], np.intp)
        rows = self._closure(frontier)
        rows = rows[~np.isin(rows, gone)]
        made = self._made(rows)
        names.update(self._entries[row].article_id for row in rows.tolist())
        change = self._difference(names, made)
        self._drop(gone)
        return change

    def _add(self, entries: list[Entry]) -> None:
        sketches = Sketches.of(decode(entry.signature for entry in entries))
        self._row.update((entry.article_id, len(self._entries) + n) for n, entry in enumerate(entries))
        self._entries += (Entry(entry.article_id, b"", entry.published) for entry in entries)
        self._sketches = self._sketches.join(sketches)
        self._keys = np.concatenate((self._keys, band_keys(sketches)), axis=1)

    def _drop(self, gone: list[int]) -> None:
        if not gone:
            return
        keep: Truth = np.ones(len(self._entries), np.bool_)
        keep[gone] = False
        self._entries = [self._entries[row] for row in np.flatnonzero(keep)]
        self._row = {entry.article_id: row for row, entry in enumerate(self._entries)}
        self._sketches, self._keys = self._sketches.take(keep), self._keys[:, keep]

    def _closure(self, frontier: Whole) -> Whole:
        """All rows whose cluster may depend on some rows: those that copies lead to, step by step."""
        fresh: Truth = self._sketches.digests != 0  # an empty text is nobody's copy
        found = [frontier[fresh[frontier]]]
        fresh[frontier] = False
        while len(found[-1]) and fresh.any():
            found.append(reached(self._sketches, self._keys, found[-1], fresh))
        return np.concatenate(found)

    def _made(self, rows: Whole) -> dict[str, Copy]:
        """The rows of ``copies`` for articles that are affected."""
        entries = self._entries
        rank = np.zeros(len(entries), np.intp)
        rank[sorted(rows.tolist(), key=lambda row: entries[row].rank)] = np.arange(len(rows))
        made: dict[str, Copy] = {}
        for group in groups(self._sketches, self._keys, rows, rank):
            head = entries[group.head].article_id
            made[head] = Copy(head, head, 1.0)
            for row, alike in zip(group.others.tolist(), group.alike.tolist(), strict=True):
                name = entries[row].article_id
                made[name] = Copy(name, head, round(alike, 4))
        return made

    def _difference(self, names: set[str], made: dict[str, Copy]) -> Change:
        """What differs from the rows so far, which are brought up to date."""
        touched = sorted(name for name in names if self._copies.get(name) != made.get(name))
        rows = tuple(made[name] for name in touched if name in made)
        for name in touched:
            self._copies.pop(name, None)
        self._copies.update((row.article_id, row) for row in rows)
        return Change(tuple(touched), rows)


def clusters(entries: Iterable[Entry]) -> tuple[Copy, ...]:
    """The whole table ``copies`` of some articles, by head, head first."""
    rows = Index().update(entries).rows
    return tuple(sorted(rows, key=lambda row: (row.head, row.article_id != row.head, row.article_id)))
