"""The writing side: one writer at a time, whole shards, and nothing half done is ever seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from deltalake import DeltaTable
from filelock import FileLock

from parley.errors import NoRecord, StoreError
from parley.store import changes, delta, duck, files, mend, migrate, snapshots, upkeep
from parley.store.lock import take
from parley.store.shard import Commit, Known, KnownArticle, KnownLocation, Run, Shard, now
from parley.store.tables import FORMAT, TABLES

JOIN_AFTER = 32
"""Commits of shards after which small files are joined: queries stay quick, and no file is joined often."""


class Writer:
    """The one process that may change a record; a context manager that holds the record's lock."""

    def __init__(self, folder: Path, lock: FileLock) -> None:
        """Keep the two; ``Writer.open`` makes them."""
        self.folder = folder
        self._lock = lock
        self._tables: dict[str, DeltaTable] = {}
        self._runs: dict[str, Run] = {}
        self._written_runs: set[str] = set()
        self._known: tuple[dict[str, KnownLocation], dict[str, KnownArticle]] | None = None
        self._newest: Commit | None = None
        self._torn = False

    @classmethod
    def open(cls, folder: str | Path, *, damaged: bool = False) -> Self:
        """Take a record for writing; it is made if it is not there, mended if a writer was killed over it.

        Args:
            folder: The record's.
            damaged: Files may be lost, so look into no table; for repair, which calls ``mark_interrupted`` itself.

        Raises:
            Locked: another process writes to it.
            NoRecord: the folder holds other things.
            StoreError: it cannot be written, or is damaged.
        """
        path = Path(folder).absolute()
        writer = cls(path, take(path))
        try:
            with delta.writing(path):
                writer._prepare()
                if not damaged:
                    writer.mark_interrupted()
        except BaseException:
            writer.close()
            raise
        return writer

    def __enter__(self) -> Self:
        """The writer itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of the record; a run that was not ended is marked as interrupted by the next writer."""
        self._tables.clear()
        self._lock.release()

    # ------------------------------------------------------------ what is there
    @property
    def newest(self) -> Commit:
        """The newest commit."""
        if self._newest is None:
            self._newest = snapshots.newest(self.folder)
        return self._newest

    def known(self) -> Known:
        """What the record holds of every location and article; the maps follow the writer's own commits."""
        if self._known is None:
            with duck.connect(self.folder, self.newest) as connection:
                places = connection.execute("SELECT location, sha256, article_id, versions, outcome FROM sources")
                locations = {row[0]: KnownLocation(*row[1:]) for row in places.fetchall()}
                found = connection.execute("SELECT article_id, sha256, versions FROM articles").fetchall()
            self._known = locations, {row[0]: KnownArticle(*row[1:]) for row in found}
        return Known(*self._known)

    # ------------------------------------------------------------ runs and shards
    def begin_run(self, run: Run) -> None:
        """Announce a run; it is written with its first shard, or when it ends."""
        self._runs[run.run] = run

    def commit(self, shard: Shard) -> Commit:
        """Write a shard, all of it or nothing. An empty one writes nothing.

        Raises:
            DiskFull: there is no room.
            StoreError: the run was not begun, or writing failed; the record is as it was before.
        """
        if not shard:
            return self.newest
        run = self._run(shard.run)
        known = self.known()
        first = run.run not in self._written_runs
        done = self.apply(changes.of_shard(shard, run, known, first=first), run.run, "shard")
        self._written_runs.add(run.run)
        self._learn(shard, run)
        if done.number % JOIN_AFTER == 0:
            return self.join_files()
        return done

    def end_run(self, run: Run) -> Commit:
        """Write down how a run ended."""
        self._run(run.run)
        change = changes.of_run(run, known_already=run.run in self._written_runs)
        done = self.apply([change], run.run, "run")
        self._runs[run.run] = run
        self._written_runs.add(run.run)
        return done

    def join_files(self) -> Commit:
        """Join the small files of every table; the history stays. Nothing is written if there is nothing to join."""
        before = self._ready()
        sizes = (delta.small_bytes(self.folder, name, table) for name, table in self._tables.items())
        delta.check_room(self.folder, sum(sizes))
        with self._all_or_torn():
            joined = [name for name, table in self._tables.items() if delta.compact(table)]
            return self._finish(before, "", "compact", before.rows) if joined else before

    def _run(self, name: str) -> Run:
        if name not in self._runs:
            raise StoreError(f"run {name!r} was not begun; call begin_run first")
        return self._runs[name]

    # ------------------------------------------------------------ the steps of a commit
    def apply(self, todo: Sequence[changes.Change], run: str, kind: str) -> Commit:
        """Write changes into the tables, then the commit that makes them seen."""
        before = self._ready()
        delta.check_room(self.folder, sum(change.rows.nbytes for change in todo))
        rows = dict(before.rows)
        with self._all_or_torn():
            for change in todo:
                rows[change.table] += _write(self._tables[change.table], change, rows[change.table])
            return self._finish(before, run, kind, rows)

    def drop_lost_files(self) -> list[str]:
        """Take files that are gone from the disk out of their tables; the tables in which there were some."""
        before = self._ready()
        with self._all_or_torn():
            hit = [name for name, table in self._tables.items() if delta.drop_lost_files(table)]
            if hit:
                self._finish(before, "", "repair", before.rows)
        return hit

    def recount(self) -> list[str]:
        """Count the rows anew; the tables for which the newest commit had it wrong."""
        newest = self.newest
        with duck.connect(self.folder, newest) as connection:
            count = {
                name: connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0] for name in newest.tables
            }
        wrong = sorted(name for name in count if count[name] != newest.rows.get(name))
        if wrong:
            with delta.writing(self.folder):
                self._finish(newest, "", "repair", count)
        return wrong

    def _finish(self, before: Commit, run: str, kind: str, rows: Mapping[str, int]) -> Commit:
        versions = {name: table.version() for name, table in self._tables.items()}
        commit = Commit(before.number + 1, max(now(), before.time), run, kind, versions, rows)
        snapshots.write(self.folder, commit)
        files.keep(self.folder, commit, self._tables)
        self._newest = commit
        return commit

    def _learn(self, shard: Shard, run: Run) -> None:
        """Bring what is known up to date with a committed shard."""
        locations, articles = self._known or ({}, {})
        gone = set(shard.removed)
        if gone:
            for location in [name for name, one in locations.items() if one.article_id in gone]:
                del locations[location]
        for one in gone:
            articles.pop(one, None)
        for failure in shard.failures:
            locations[failure.location] = KnownLocation(failure.sha256, failure.article_id, run.versions, "failed")
        for source in shard.sources:
            locations[source.location] = KnownLocation(source.sha256, source.article_id, run.versions, source.outcome)
        for reading in shard.readings:
            locations[reading.location] = KnownLocation(reading.sha256, reading.record.id, run.versions, "read")
            articles[reading.record.id] = KnownArticle(reading.record.article.sha256, run.versions)

    def _ready(self) -> Commit:
        """The newest commit, with every table at it, also after a commit that failed."""
        if self._torn or not self._tables:
            with delta.writing(self.folder):
                newest, self._tables = mend.set_back(self.folder)
                files.keep(self.folder, newest, self._tables)
            self._newest, self._torn = newest, False
        return self.newest

    @contextmanager
    def _all_or_torn(self) -> Iterator[None]:
        """Remembers that tables may be ahead of the newest commit if what is done in it fails."""
        self._torn = True
        with delta.writing(self.folder):
            yield
        self._torn = False

    # ------------------------------------------------------------ opening
    def _prepare(self) -> None:
        """Make, migrate and mend the record as needed; ``parley.json`` comes last and never names half a record."""
        try:
            snapshots.read_head(self.folder)
            is_new = False
        except NoRecord:
            if (self.folder / snapshots.HEAD).exists():
                raise
            is_new = True
        if not snapshots.numbers(self.folder):
            self._make_tables()
        if is_new:
            snapshots.write_head(self.folder, {"format": FORMAT, "created": now().isoformat()})
        self._ready()
        if migrate.to_current(self.folder) is not None:
            self._tables.clear()
            self._ready()

    def _make_tables(self) -> None:
        (self.folder / snapshots.COMMITS).mkdir(exist_ok=True)
        tables = {name: delta.create(self.folder, table) for name, table in TABLES.items()}
        versions = {name: table.version() for name, table in tables.items()}
        snapshots.write(self.folder, Commit(1, now(), "", "create", versions, dict.fromkeys(TABLES, 0)))

    def mark_interrupted(self) -> None:
        """Close the book of runs whose process was killed, and clear what they left half written."""
        if not self.newest.rows.get("runs"):
            return
        with duck.connect(self.folder, self.newest) as connection:
            found = connection.execute("SELECT * FROM runs ORDER BY started, run")
            names = [column[0] for column in found.description]
            runs = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        self._written_runs = {run["run"] for run in runs}
        torn = [Run(**run | {"outcome": "interrupted"}) for run in runs if run["outcome"] == "running"]
        if torn:
            self.apply([changes.of_run(run, known_already=True) for run in torn], "", "run")
            upkeep.sweep(self.folder)


def _write(table: DeltaTable, change: changes.Change, before: int) -> int:
    """Do what a change says to its table, which has some rows; how many more it has then."""
    if change.anew:
        delta.overwrite(table, change.rows)
        return int(change.rows.num_rows) - before
    gone = sum(delta.delete(table, column, values) for column, values in change.gone.items())
    if change.rows.num_rows:
        delta.append(table, change.rows)
    return int(change.rows.num_rows) - gone
