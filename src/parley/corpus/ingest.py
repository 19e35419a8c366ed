"""A run: what sources hold goes through the engine into a record on disk, and what is known already does not.

Outcomes are taken up in the order of the sources, whatever order the workers finish in, so that a record does not
depend on them; every shard is committed whole, so that a run that is killed goes on where its last shard ended.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from parley import record as records
from parley.corpus.book import entry, known_of
from parley.corpus.counts import Summary
from parley.corpus.engine import Engine
from parley.corpus.finish import finish, index
from parley.corpus.refresh import stale
from parley.corpus.request import Request, Watch
from parley.corpus.shards import Shards
from parley.corpus.stop import Stop
from parley.corpus.task import Outcome, Setup, Task
from parley.corpus.versions import Versions, versions
from parley.errors import ParleyError
from parley.model import Article
from parley.readers import Found, Lost, Meter, Skipped, find
from parley.store import Known, KnownLocation, Run, Writer

__all__ = ["Pending", "Request", "Watch", "ingest"]


@dataclass(frozen=True, slots=True)
class Pending:
    """A document that is being read: where it lies, and what was known of that location."""

    location: str
    sha256: str
    before: KnownLocation | None


def ingest(request: Request, *, watch: Watch | None = None, stop: Stop | None = None) -> Summary:
    """Read sources into a record.

    Args:
        request: what is asked.
        watch: is told of the progress.
        stop: asks the run to end after what is in hand.

    Raises:
        ParleyError: a source is not there, the record cannot be written, the model is unfit, the engine keeps ending.
    """
    with_versions = versions(request.manner)
    if request.dry_run:
        return _Run(request, with_versions, known_of(request.record), watch or Watch(), stop or Stop()).plan()
    with Writer.open(request.record) as writer:
        run = _Run(request, with_versions, writer.known(), watch or Watch(), stop or Stop())
        return run.carry_out(writer)


class _Run:
    """One run: the tasks that go out, and what becomes of their outcomes."""

    def __init__(self, request: Request, versions: Versions, known: Known, watch: Watch, stop: Stop) -> None:
        self.request, self.versions, self.known, self.watch, self.stop = request, versions, known, watch, stop
        self.started = datetime.now(UTC)
        name = f"{self.started:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
        self.summary = Summary(name, str(request.record), engine=request.engine, versions=versions.digest)
        self.meter = Meter()
        self.total: int | None = None
        self.pending: dict[int, Pending] = {}
        self.shards: Shards | None = None
        self.clock = time.monotonic()

    # ------------------------------------------------------------ the two ways to run
    def plan(self) -> Summary:
        """Count what a run would do."""
        for task in self.tasks():
            self.pending.pop(task.key)
            self.summary.counts.read += 1
        self.summary.outcome = "planned"
        return self._timed()

    def carry_out(self, writer: Writer) -> Summary:
        """Read and commit."""
        run, since = self._book(), writer.newest.number
        writer.begin_run(run)
        self.shards = Shards(writer, run, size=self.request.shard)
        try:
            self._read_all(writer)
            self.shards.commit()
            gone, copied = finish(writer, run.run, removing=not self.stop.asked and not self._refreshes)
        except ParleyError:
            self.summary.outcome = "failed"
            self._try_to_end(writer)
            raise
        self.summary.outcome = "stopped" if self.stop.asked else "finished"
        self.summary.counts.removed = len(gone)
        self.summary.commit = writer.end_run(self._book()).number
        index(writer, since=since, touched=[*self.shards.touched, *gone, *copied])
        return self._timed()

    def _read_all(self, writer: Writer) -> None:
        """Take all tasks through the engine, which is started only if there is one."""
        tasks = self.tasks()
        first = next(tasks, None)
        if first is None:
            return
        setup = Setup(self.request.manner, self.request.workers, self.request.engine, self.request.address)
        with Engine(setup) as engine:
            self.summary.workers = engine.workers
            for outcome in engine.read(_chained(first, tasks)):
                self.take(outcome)
                self._tell()

    def _try_to_end(self, writer: Writer) -> None:
        """Keep what was read before an error, if the record can still be written."""
        try:
            if self.shards:
                self.shards.commit()
            writer.end_run(self._book())
        except ParleyError:
            pass  # the error that is under way says what is wrong

    # ------------------------------------------------------------ tasks out
    @property
    def _refreshes(self) -> bool:
        return self.request.refresh

    def tasks(self) -> Iterator[Task]:
        """What is to be read, one by one; everything else is dealt with on the way."""
        found: Iterator[tuple[Pending, Found | Article]] = self._stale() if self._refreshes else self._found()
        for key, (pending, source) in enumerate(found):
            self.pending[key] = pending
            yield Task(key, source)

    def _stale(self) -> Iterator[tuple[Pending, Article]]:
        counts = self.summary.counts
        articles = self.known.articles.values()
        self.total = sum(article.versions != self.versions.digest for article in articles)
        counts.unchanged = len(articles) - self.total
        for location, article in stale(self.request.record, self.known, self.versions.digest):
            if self.stop.asked:
                return
            before = self.known.locations.get(location)
            counts.changed += 1
            yield Pending(location, before.sha256 if before else "", before), article

    def _found(self) -> Iterator[tuple[Pending, Found]]:
        for item in self._items():
            if self.stop.asked:
                return
            self._tell()
            if isinstance(item, Skipped):
                self.summary.passed_over(item.location, item.why)
            elif isinstance(item, Lost):
                self._lost(item)
            elif (pending := self._to_read(item.location, item.sha256)) and not self._is_held(pending):
                yield pending, item

    def _items(self) -> Iterator[Found | Lost | Skipped]:
        request = self.request
        return find(
            request.sources,
            columns=request.columns,
            since=request.manner.since,
            outlet=request.outlet,
            published=request.published,
            fetch=request.fetch,
            meter=self.meter,
        )

    def _to_read(self, location: str, sha256: str) -> Pending | None:
        """A location with something to read, counted as new or changed; None if it is unchanged."""
        before = self.known.locations.get(location)
        same = before is not None and (before.sha256, before.versions) == (sha256, self.versions.digest)
        if before is not None and same and (before.outcome == "read" or not self.request.retry):
            self.summary.counts.unchanged += 1
            return None
        if before is None:
            self.summary.counts.new += 1
        else:
            self.summary.counts.changed += 1
        return Pending(location, sha256, before)

    def _is_held(self, pending: Pending) -> bool:
        """Whether the same content was read at another location; then it is noted, and need not be read."""
        if self.shards is None:
            return False
        article_id = self.shards.same_as(pending.location, pending.sha256)
        if article_id:
            self.shards.same(pending.location, pending.sha256, article_id)
            self.summary.counts.read += 1
        return bool(article_id)

    def _lost(self, item: Lost) -> None:
        if pending := self._to_read(item.location, item.data_sha256 or ""):
            self._fail(pending, Outcome(-1, stage="open", why=item.why))

    # ------------------------------------------------------------ outcomes in
    def take(self, outcome: Outcome) -> None:
        """Put an outcome where it belongs."""
        assert self.shards is not None
        pending = self.pending.pop(outcome.key)
        if outcome.record is not None:
            self.summary.counts.read += 1
            record = records.from_json(outcome.record)
            self.shards.read(pending.location, pending.sha256, record, outcome.signature)
        elif outcome.stage is None:
            self._uncount(pending)
            self.summary.passed_over(pending.location, outcome.why)
        else:
            self._fail(pending, outcome)

    def _fail(self, pending: Pending, outcome: Outcome) -> None:
        self.summary.failed(pending.location, outcome.stage or "read", outcome.why)
        if self.shards:
            held = pending.before.article_id if pending.before else None
            self.shards.failed(pending.location, pending.sha256, held, outcome.stage or "read", outcome.why)

    def _uncount(self, pending: Pending) -> None:
        if pending.before is None:
            self.summary.counts.new -= 1
        else:
            self.summary.counts.changed -= 1

    # ------------------------------------------------------------ telling
    def _tell(self) -> None:
        done = self.summary.counts.changed if self._refreshes else self.meter.done
        self.watch.moved(self.summary, done=done, total=self.total)

    def _timed(self) -> Summary:
        self.summary.seconds = time.monotonic() - self.clock
        return self.summary

    def _book(self) -> Run:
        """The run as the record keeps it, with the counts so far."""
        self._timed()
        sources = ("--refresh",) if self._refreshes else self.request.sources
        return entry(self.summary, self.versions, sources=sources, started=self.started)


def _chained(first: Task, rest: Iterator[Task]) -> Iterator[Task]:
    yield first
    yield from rest
