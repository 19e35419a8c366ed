"""Looks whether a record is what it should be; changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from parley.errors import StoreError
from parley.store import delta, files, invariants, mend, snapshots, upkeep
from parley.store.reader import Store
from parley.store.shard import Commit
from parley.store.tables import TABLES

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be."""

    name: str
    """Short, the same for all of a kind: quote, span, reference, twice ..."""
    where: str
    """A table or a file."""
    says: str
    count: int = 1
    examples: tuple[str, ...] = ()
    harmless: bool = False
    """Left by a writer that was killed, or that is at work: no reader sees it, and the next ingest clears it."""

    def __str__(self) -> str:
        """One line for a person."""
        some = f" ({self.count}: {', '.join(self.examples)}{' …' if self.count > len(self.examples) else ''})"
        return f"{self.where}: {self.says}{some if self.examples else ''}"


Further = Callable[[Store], Iterable[Problem]]
"""A check of something that is derived from the record, such as an index for search."""


def check(folder: str | Path, *, further: Iterable[Further] = ()) -> list[Problem]:
    """Everything that is wrong with a record at its newest commit.

    Raises:
        NoRecord: the folder is none.
        NewerFormat: a later Parley wrote it.
    """
    path = Path(folder).absolute()
    snapshots.read_head(path)
    try:
        newest = snapshots.newest(path)
        found = [*of_files(path, newest), *of_history(path)]
        with Store.open(path) as store:
            found += of_rows(store)
            for one in further:
                found += one(store)
    except StoreError as error:
        return [Problem("unreadable", "the record", str(error))]
    return found


def of_files(folder: Path, newest: Commit) -> Iterator[Problem]:
    """What is wrong with the files of the newest commit."""
    for name in mend.ahead(folder, newest):
        yield Problem("torn", name, "holds rows of a commit that was not finished (they are not seen)", harmless=True)
    for name, version in newest.tables.items():
        stored = files.of_table(delta.open_table(folder, name, version))
        place = delta.folder_of(folder, name)
        lost = tuple(one for one in stored.names if not (place / one).is_file())
        if lost:
            yield Problem("lost", name, "files are gone", len(lost), lost[:EXAMPLES])
        kept = files.of_commit(folder, newest).get(name)
        if kept is None or set(kept.names) != set(stored.names):
            yield Problem("stale", files.CACHE, f"names other files of {name} than the table itself")
    for name in TABLES.keys() - newest.tables.keys():
        yield Problem("format", name, "the table is missing; the next ingest adds it")
    left = [path.relative_to(folder).as_posix() for path in upkeep.leftovers(folder, oldest(folder))]
    if left:
        some = tuple(left[:EXAMPLES])
        yield Problem("leftover", "the folder", "files that nothing needs", len(left), some, harmless=True)


def of_history(folder: Path) -> Iterator[Problem]:
    """What is wrong with the line of commits."""
    before: Commit | None = None
    for number in snapshots.numbers(folder):
        try:
            commit = snapshots.read(folder, number)
        except StoreError as error:
            yield Problem("commit", f"commit {number}", str(error))
            continue
        if commit.number != number or (before and (commit.time < before.time or number != before.number + 1)):
            yield Problem("commit", f"commit {number}", "does not follow on the one before it")
        before = commit


def of_rows(store: Store) -> Iterator[Problem]:
    """What is wrong with the rows of a commit."""
    for name, count in store.commit.rows.items():
        there = store.query(f"SELECT count(*) AS n FROM {name}")[0]["n"]
        if there != count:
            yield Problem("count", name, f"{there} rows where the commit says {count}")
    for invariant in invariants.all_of_them():
        found = store.query(
            f"SELECT count(*) AS n, list(example ORDER BY example)[:{EXAMPLES}] AS some FROM ({invariant.sql})"
        )[0]
        if found["n"]:
            examples = tuple(str(one) for one in found["some"] or ())
            yield Problem(invariant.name, invariant.table, invariant.says, found["n"], examples)


def oldest(folder: Path) -> Commit:
    """The oldest commit that can be read.

    Raises:
        StoreError: none can.
    """
    for number in snapshots.numbers(folder):
        try:
            return snapshots.read(folder, number)
        except StoreError:
            continue
    raise StoreError(f"{folder}: no commit can be read")
