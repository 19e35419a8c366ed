"""Gathers outcomes into shards and commits them: by number, by size or by time, whichever comes first."""

from __future__ import annotations

import time

from parley.corpus.task import Stage
from parley.model import Record
from parley.store import Failure, Reading, Run, Shard, Source, Writer

SECONDS = 20.0
"""Seconds after which a shard is committed even if it is not full: as much as a killed run may lose."""
CHARACTERS = 8_000_000
"""Code points of text at which a shard is full whatever its number of articles."""


class Shards:
    """The shard in hand, and the writer that commits it."""

    def __init__(self, writer: Writer, run: Run, *, size: int) -> None:
        """Begin with an empty shard.

        Args:
            writer: of the record.
            run: the run that all belongs to, begun.
            size: articles a shard.
        """
        self._writer, self._run, self._size = writer, run, size
        self._held: dict[str, tuple[str, int]] = {}
        """For the hash of what lies at a location: the article it gave, and at how many locations it lies."""
        for place in writer.known().locations.values():
            if place.article_id and place.outcome == "read":
                self._hold(place.sha256, place.article_id)
        self.touched: list[str] = []
        """Ids of all articles that were added or changed."""
        self._clear()

    def same_as(self, location: str, sha256: str) -> str | None:
        """The id of the article that the same content gave at another location, so that it need not be read."""
        article_id = self._held.get(sha256, (None, 0))[0]
        if article_id is None or not self._is_current(article_id):
            return None
        before = self._writer.known().locations.get(location)
        has_come_back = before is not None and before.article_id == article_id and before.sha256 != sha256
        return None if has_come_back else article_id

    def read(self, location: str, sha256: str, record: Record, signature: bytes | None) -> None:
        """Add a record. Of several contents of one article the one that comes last stands."""
        if self.same_as(location, sha256) == record.id:
            self.same(location, sha256, record.id)
            return
        if earlier := self._readings.get(record.id):
            self._sources.append(Source(earlier.location, earlier.sha256, record.id))
        self._move(location, sha256, record.id)
        self._readings[record.id] = Reading(location, sha256, record, signature)
        self._characters += len(record.text)
        self._commit_if_due()

    def same(self, location: str, sha256: str, article_id: str) -> None:
        """Add a location of an article that need not be read again."""
        self._move(location, sha256, article_id)
        self._sources.append(Source(location, sha256, article_id))
        self._commit_if_due()

    def failed(self, location: str, sha256: str, article_id: str | None, stage: Stage, why: str) -> None:
        """Add a failure; the article that the location held before stays."""
        self._move(location, None, None)
        self._failures.append(Failure(location, sha256, article_id, stage, why))
        self._commit_if_due()

    def commit(self) -> None:
        """Commit what is in hand."""
        shard = Shard(self._run.run, tuple(self._readings.values()), tuple(self._failures), tuple(self._sources))
        if shard:
            self._writer.commit(shard)
            self.touched += self._readings
        self._clear()

    def _commit_if_due(self) -> None:
        number = len(self._readings) + len(self._failures) + len(self._sources) // 20
        late = time.monotonic() - self._since > SECONDS
        if number >= self._size or self._characters >= CHARACTERS or late:
            self.commit()

    def _clear(self) -> None:
        self._readings: dict[str, Reading] = {}
        self._failures: list[Failure] = []
        self._sources: list[Source] = []
        self._characters = 0
        self._since = time.monotonic()

    def _is_current(self, article_id: str) -> bool:
        """Whether an article is in hand, or stored as read with the versions of this run."""
        known = self._writer.known().articles.get(article_id)
        return article_id in self._readings or (known is not None and known.versions == self._run.versions)

    def _move(self, location: str, sha256: str | None, article_id: str | None) -> None:
        """Note that a location holds something else now."""
        before = self._writer.known().locations.get(location)
        if before and before.outcome == "read" and before.sha256 in self._held:
            held, number = self._held.pop(before.sha256)
            if number > 1:
                self._held[before.sha256] = (held, number - 1)
        if sha256 and article_id:
            self._hold(sha256, article_id)

    def _hold(self, sha256: str, article_id: str) -> None:
        held, number = self._held.get(sha256, (article_id, 0))
        self._held[sha256] = (held, number + 1)
