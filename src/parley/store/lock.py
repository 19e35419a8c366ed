"""The lock that lets one process at a time write to a record."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout

from parley.errors import Locked, NoRecord
from parley.store import delta, files, snapshots

LOCK = ".lock"
BESIDE = ("search.sqlite", "judgements.sqlite", "sentences.sqlite", "differences.msgpack")
"""Files that stand beside the tables and have writers of their own."""
OWN = frozenset({LOCK, files.CACHE, snapshots.HEAD, snapshots.COMMITS, snapshots.TABLES_FOLDER, *BESIDE})


def _hold_free(folder: Path) -> None:
    """Keep a record out of a folder that holds other things.

    Raises:
        NoRecord: it holds some.
    """
    if (folder / snapshots.HEAD).exists() or not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.name not in OWN and not path.name.endswith(".tmp"):
            raise NoRecord(f"{folder}: holds other things ({path.name}) and no record; name a new or empty folder")


def take(folder: Path) -> FileLock:
    """The lock of a record, taken.

    Raises:
        Locked: another process holds it.
        StoreError: the folder cannot be made or written.
    """
    snapshots.check_name(folder)
    lock = FileLock(folder / LOCK, timeout=0)
    with delta.writing(folder):
        _hold_free(folder)
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire()
        except Timeout as error:
            raise Locked(f"{folder}: another process is writing to this record; wait until it is done") from error
    return lock
