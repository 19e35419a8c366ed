"""Sets tables back to the newest commit after a writer was killed or failed between two of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from deltalake import DeltaTable

from parley.store import delta, snapshots
from parley.store.shard import Commit, now


def ahead(folder: Path, commit: Commit) -> list[str]:
    """The tables that hold more than a commit says."""
    return [name for name, version in commit.tables.items() if delta.open_table(folder, name).version() != version]


def set_back(folder: Path) -> tuple[Commit, dict[str, DeltaTable]]:
    """The newest commit with its tables at their newest version, which is that of the commit.

    Tables that are ahead are set back first, in a commit of its own. Nothing is lost: what is set back was never
    committed. The caller holds the record's lock.
    """
    newest = snapshots.newest(folder)
    tables = {name: delta.open_table(folder, name) for name in newest.tables}
    for name, table in tables.items():
        if table.version() != newest.tables[name]:
            delta.restore(table, newest.tables[name])
    versions = {name: table.version() for name, table in tables.items()}
    if versions == newest.tables:
        return newest, tables
    mended = replace(newest, number=newest.number + 1, time=max(now(), newest.time), kind="mend", tables=versions)
    snapshots.write(folder, mended)
    return mended, tables
