"""Removes files that no kept commit needs: what killed writers left, and on request the older history."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

from parley.errors import NoSuchCommit
from parley.store import delta, files, snapshots
from parley.store.shard import Commit
from parley.store.tables import TABLES

LOG = "_delta_log"
_HALF_WRITTEN = re.compile(r"\.tmp$|#\d+$")
"""Names of files that were being written when their process ended: ours, and those of the Delta library."""
_FRESH = 60.0
"""Seconds for which a draft without a leading dot may still be at work: judgements are written without the lock."""


def leftovers(folder: Path, oldest: Commit) -> Iterator[Path]:
    """The files that neither a commit from the oldest on nor what comes after it names."""
    for place in (folder, folder / snapshots.COMMITS):
        yield from (path for path in _files(place) if _HALF_WRITTEN.search(path.name) and not _at_work(path))
    for name in TABLES:
        place = delta.folder_of(folder, name)
        needed = _needed(folder, name, oldest.tables.get(name))
        yield from (path for path in _files(place) if path.name not in needed)
        yield from (path for path in _files(place / LOG) if _HALF_WRITTEN.search(path.name))


def sweep(folder: Path) -> int:
    """Remove leftovers, how many; every commit stays as it is. The caller holds the record's lock."""
    return _remove(leftovers(folder, snapshots.read(folder, snapshots.numbers(folder)[0])))


def forget(folder: Path, *, before: int) -> int:
    """Remove the commits before a number and the files that only they needed; how many files went.

    Those who read an older commit at that moment get an error. The caller holds the record's lock.

    Raises:
        NoSuchCommit: the record has no commit of that number; nothing is removed.
    """
    found = snapshots.numbers(folder)
    if before not in found:
        raise NoSuchCommit(f"{folder}: no commit {before} to keep from; there are {found[0]} to {found[-1]}")
    for number in found[: found.index(before)]:
        snapshots.path_of(folder, number).unlink(missing_ok=True)
    return sweep(folder)


def _needed(folder: Path, name: str, oldest: int | None) -> set[str]:
    """The data files that a table has had since a version."""
    version = oldest or 0
    needed = set(files.of_table(delta.open_table(folder, name, version)).names)
    for path in _files(delta.folder_of(folder, name) / LOG):
        if path.suffix == ".json" and path.stem.isdigit() and int(path.stem) >= version:
            needed.update(_added(path))
    return needed


def _added(log: Path) -> Iterator[str]:
    """The data files that one version of a table brought in."""
    for line in log.read_bytes().splitlines():
        action = json.loads(line).get("add")
        if action:
            yield str(action["path"]).rsplit("/", 1)[-1]


def _at_work(draft: Path) -> bool:
    """Whether someone who does not hold the lock may be writing it."""
    try:
        return not draft.name.startswith(".") and time.time() - draft.stat().st_mtime < _FRESH
    except FileNotFoundError:
        return True


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []


def _remove(paths: Iterator[Path]) -> int:
    gone = 0
    for path in list(paths):
        path.unlink(missing_ok=True)
        gone += 1
    return gone
