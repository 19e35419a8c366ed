"""The commits of a record: one small file each, which names the version of every table that belongs together.

A commit's file is written after all its tables and moved into place whole, so that a reader sees all of a commit or
nothing of it. The tables may be ahead of the newest commit when a writer was killed between; ``mend`` sets them back.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from parley.errors import NewerFormat, NoRecord, NoSuchCommit, StoreError
from parley.store.shard import Commit
from parley.store.tables import FORMAT

HEAD, COMMITS, TABLES_FOLDER = "parley.json", "commits", "tables"
_DIGITS = 8
UNFIT = frozenset("%[]\\^|*?")
"""Characters that a record's path must not hold: the Delta library stumbles over some, patterns for files begin with
others."""


# ---------------------------------------------------------------- the folder
def read_head(folder: Path) -> dict[str, Any]:
    """What ``parley.json`` says.

    Raises:
        NoRecord: the folder is no record.
        NewerFormat: a later Parley wrote it.
        StoreError: it cannot be read.
    """
    check_name(folder)
    path = folder / HEAD
    try:
        head = json.loads(path.read_bytes())
        name, number = str(head["format"]).rsplit("/", 1)
        version = int(number)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoRecord(f"{folder}: no record of Parley (there is no {HEAD}); parley ingest makes one") from error
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"{path}: damaged; write {json.dumps({'format': FORMAT})} into it if this is a record"
        ) from error
    own_name, own = FORMAT.rsplit("/", 1)
    if name != own_name:
        raise NoRecord(f"{folder}: no record of Parley ({HEAD} says {head['format']!r})")
    if version > int(own):
        raise NewerFormat(f"{folder}: written by a later Parley ({head['format']}, this one knows {FORMAT}); update")
    return dict(head)


def check_name(folder: Path) -> None:
    """Hold a record's path to what the libraries below can do.

    Raises:
        StoreError: it has a character that they cannot.
    """
    for character in str(folder):
        if character in UNFIT:
            raise StoreError(f"{folder}: a record cannot lie in a folder whose path has {character!r}; rename it")


def write_head(folder: Path, head: dict[str, Any]) -> None:
    """Write ``parley.json``, all of it or nothing."""
    write_whole(folder / HEAD, json.dumps(head, indent=1).encode() + b"\n")


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that nobody, not after a power cut either, finds a part of it."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with open(temporary, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.replace(temporary, path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Bring a folder's entries to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# ---------------------------------------------------------------- commits
def numbers(folder: Path) -> list[int]:
    """The numbers of all commits, in order."""
    try:
        names = os.listdir(folder / COMMITS)
    except FileNotFoundError:
        return []
    stems = (name.removesuffix(".json") for name in names if name.endswith(".json"))
    return sorted(int(stem) for stem in stems if stem.isascii() and stem.isdigit())


def path_of(folder: Path, number: int) -> Path:
    """Where a commit's file lies."""
    return folder / COMMITS / f"{number:0{_DIGITS}d}.json"


def read(folder: Path, number: int) -> Commit:
    """One commit.

    Raises:
        StoreError: its file is damaged or gone.
    """
    path = path_of(folder, number)
    try:
        row = json.loads(path.read_bytes())
        return Commit(
            number=row["number"],
            time=datetime.fromisoformat(row["time"]),
            run=row["run"],
            kind=row["kind"],
            tables={str(name): int(version) for name, version in row["tables"].items()},
            rows={str(name): int(count) for name, count in row.get("rows", {}).items()},
        )
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(f"{path}: damaged; parley repair goes back to the commit before") from error


def write(folder: Path, commit: Commit) -> None:
    """Make a commit the newest."""
    row = {
        "number": commit.number,
        "time": commit.time.isoformat(),
        "run": commit.run,
        "kind": commit.kind,
        "tables": dict(sorted(commit.tables.items())),
        "rows": dict(sorted(commit.rows.items())),
    }
    write_whole(path_of(folder, commit.number), json.dumps(row).encode() + b"\n")


def newest(folder: Path) -> Commit:
    """The newest commit.

    Raises:
        NoSuchCommit: there is none.
    """
    found = numbers(folder)
    if not found:
        raise NoSuchCommit(f"{folder}: nothing was committed yet")
    return read(folder, found[-1])


def backwards(folder: Path) -> Iterator[Commit]:
    """All commits, the newest first."""
    return (read(folder, number) for number in reversed(numbers(folder)))


def history(folder: str | Path) -> list[Commit]:
    """All commits of a record, the oldest first.

    Raises:
        StoreError: no record, or a commit is damaged.
    """
    path = Path(folder)
    read_head(path)
    return list(backwards(path))[::-1]


def find(folder: Path, as_of: int | str | datetime | None = None) -> Commit:
    """The newest commit, or the one with a number, or the last one made by a date or time (UTC unless it says else).

    Raises:
        NoSuchCommit: there is none so old.
        StoreError: the date cannot be read.
    """
    if as_of is None:
        return newest(folder)
    if isinstance(as_of, str) and as_of.isascii() and as_of.isdigit() and len(as_of) < _DIGITS:
        as_of = int(as_of)
    if isinstance(as_of, int):
        found = numbers(folder)
        if as_of not in found:
            span = f"there are {found[0]} to {found[-1]}" if found else "there are none"
            raise NoSuchCommit(f"{folder}: no commit {as_of}; {span} (parley history lists them)")
        return read(folder, as_of)
    moment = as_of if isinstance(as_of, datetime) else moment_of(as_of)
    for commit in backwards(folder):
        if commit.time <= moment:
            return commit
    raise NoSuchCommit(f"{folder}: nothing was committed by {moment.isoformat()} (parley history lists the commits)")


def moment_of(text: str) -> datetime:
    """The time that a user wrote; a date means its end.

    Raises:
        StoreError: it is neither.
    """
    try:
        if len(text) <= len("2025-06-02"):
            return datetime.combine(date.fromisoformat(text), time.max, tzinfo=UTC)
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise StoreError(
            f"{text!r} is no commit number, date or time; write 42, 2025-06-02 or 2025-06-02T14:00"
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
