"""Sets tables back to the newest commit after a writer was killed or failed between two of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from parley.store import delta, snapshots
from parley.store.shard import Commit, now
from parley.store.tables import TABLES


def ahead(folder: Path, commit: Commit) -> list[str]:
    """The tables that hold more than a commit says."""
    return [name for name in TABLES if delta.open_table(folder, name).version() != commit.tables.get(name)]


def set_back(folder: Path) -> Commit | None:
    """Set back the tables that are ahead of the newest commit, in a commit of its own; None if all stand right.

    Nothing is lost: what is set back was never committed. The caller holds the record's lock.
    """
    newest = snapshots.newest(folder)
    versions = dict(newest.tables)
    for name in TABLES:
        table = delta.open_table(folder, name)
        if table.version() != versions[name]:
            delta.restore(table, versions[name])
            versions[name] = table.version()
    if versions == newest.tables:
        return None
    commit = replace(newest, number=newest.number + 1, time=max(now(), newest.time), kind="mend", tables=versions)
    snapshots.write(folder, commit)
    return commit
