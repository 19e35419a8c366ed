"""The tables on disk: the only module that writes Delta tables."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable, WriterProperties, write_deltalake
from deltalake.exceptions import TableNotFoundError

from parley.errors import DiskFull, StoreError
from parley.store import sql
from parley.store.snapshots import TABLES_FOLDER
from parley.store.tables import Table

FILE_BYTES = 16 << 20
"""Largest file that compaction makes. A changed article rewrites the file it lies in, so files must not be large;
queries are no slower for it."""
SETTINGS = {
    "delta.checkpointInterval": "32",  # opening reads the last checkpoint and at most so many small files
    "delta.enableExpiredLogCleanup": "false",  # the log is the history of the record: never cut it behind our back
    "delta.deletedFileRetentionDuration": "interval 3650 days",
}
SPARE = 2 << 20
"""Bytes that must be free beside what a commit writes: for logs, checkpoints, files that deletions rewrite."""
_PROPERTIES = WriterProperties(compression="ZSTD", compression_level=3)
_FULL = ("No space left", "File too large", "Disk quota exceeded", "os error 28", "os error 27", "os error 122")
_FULL_NUMBERS = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
_READ_ONLY = ("Permission denied", "Read-only file system", "os error 13", "os error 30")
_READ_ONLY_NUMBERS = {errno.EACCES, errno.EROFS, errno.EPERM}


def folder_of(folder: Path, name: str) -> Path:
    """Where a table lies."""
    return folder / TABLES_FOLDER / name


def create(folder: Path, table: Table) -> DeltaTable:
    """A table, made empty if it is not there."""
    path = folder_of(folder, table.name)
    path.mkdir(parents=True, exist_ok=True)
    return DeltaTable.create(path, table.schema, mode="ignore", name=table.name, configuration=SETTINGS)


def open_table(folder: Path, name: str, version: int | None = None) -> DeltaTable:
    """A table at a version, by default its newest.

    Raises:
        StoreError: it is gone or damaged.
    """
    path = folder_of(folder, name)
    try:
        return DeltaTable(path, version=version)
    except TableNotFoundError as error:
        raise StoreError(f"{path}: this table of the record is gone; parley check tells more") from error
    except BaseException as error:
        if not _of_library(error):
            raise
        raise StoreError(f"{path}: cannot be opened ({_line(error)}); parley check tells more") from error


def append(table: DeltaTable, rows: pa.Table) -> None:
    """Add rows."""
    write_deltalake(table, rows, mode="append", writer_properties=_PROPERTIES)


def overwrite(table: DeltaTable, rows: pa.Table | pa.RecordBatchReader, *, new_schema: bool = False) -> None:
    """Put rows in the place of all that are there; a new schema comes only if it is said."""
    write_deltalake(
        table,
        rows,
        mode="overwrite",
        schema_mode="overwrite" if new_schema else None,
        writer_properties=_PROPERTIES,
    )


def delete(table: DeltaTable, column: str, values: Iterable[str]) -> int:
    """Remove the rows that have one of some values in a column; how many went."""
    wanted = ", ".join(sql.literal(value) for value in values)
    if not wanted:
        return 0
    return int(table.delete(f'"{column}" IN ({wanted})', writer_properties=_PROPERTIES)["num_deleted_rows"] or 0)


def compact(table: DeltaTable) -> bool:
    """Join small files into few; whether there was anything to join."""
    # one file at a time: each is held in memory as a whole
    done = table.optimize.compact(target_size=FILE_BYTES, max_concurrent_tasks=1, writer_properties=_PROPERTIES)
    return bool(done["numFilesAdded"] or done["numFilesRemoved"])


def restore(table: DeltaTable, version: int) -> None:
    """Set a table back to an earlier version; a version of its own in the table's log."""
    table.restore(version)


def drop_lost_files(table: DeltaTable) -> int:
    """Take files that are not on the disk out of a table, with the rows that were in them; how many."""
    return len(table.repair(dry_run=False)["files_removed"])


def check_room(folder: Path, wanted: int) -> None:
    """See to it that there is room before anything is written: on a full disk the Delta library panics on the screen.

    Raises:
        DiskFull: there is not.
    """
    if shutil.disk_usage(folder).free < wanted + SPARE:
        raise _full(folder)


def small_bytes(folder: Path, name: str, table: DeltaTable) -> int:
    """About how many bytes compaction would write: those of the files that are small."""
    sizes = [(folder_of(folder, name) / uri.rsplit("/", 1)[1]).stat().st_size for uri in table.file_uris()]
    return sum(size for size in sizes if size < FILE_BYTES)


def _full(folder: Path) -> DiskFull:
    return DiskFull(f"{folder}: no room on the disk; what was committed before is whole; make room, run again")


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turns what the libraries raise while writing into one line of ours.

    Raises:
        DiskFull: there was no room.
        StoreError: anything else that stopped the writing.
    """
    try:
        yield
    except StoreError:
        raise
    except BaseException as error:
        if not _of_library(error):
            raise
        text, number = str(error), getattr(error, "errno", None)
        if number in _FULL_NUMBERS or any(mark in text for mark in _FULL):
            raise _full(folder) from error
        if number in _READ_ONLY_NUMBERS or any(mark in text for mark in _READ_ONLY):
            raise StoreError(f"{folder}: cannot be written (read-only, or not yours)") from error
        raise StoreError(f"{folder}: writing failed: {_line(error)}") from error


def _of_library(error: BaseException) -> bool:
    """Whether an error is one that a library raises; a panic of the Delta library is no ``Exception``."""
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


def _line(error: BaseException) -> str:
    """An error in one line of bearable length."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]
