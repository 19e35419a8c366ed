"""Brings a record of an older format to the current one: tables and columns that came later are added.

A step is named after the format that it starts from. It may run again after a kill: the format in ``parley.json`` is
changed last.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from parley.errors import StoreError
from parley.store import delta, duck, mend, snapshots
from parley.store.shard import Commit, now
from parley.store.tables import FORMAT, TABLES


def to_current(folder: Path) -> Commit | None:
    """Run the steps that a record still needs; the commit that holds the outcome, None if there was nothing to do.

    The caller holds the record's lock; the tables stand at the newest commit.

    Raises:
        StoreError: no step leads on from the record's format.
    """
    head = snapshots.read_head(folder)
    done = None
    while head["format"] != FORMAT:
        if head["format"] not in STEPS:
            raise StoreError(
                f"{folder}: no way leads from format {head['format']} to {FORMAT}; ingest into a new folder"
            )
        step, following = STEPS[head["format"]]
        done = step(folder) or done
        head = head | {"format": following}
        snapshots.write_head(folder, head)
    return done


def conform(folder: Path) -> Commit | None:
    """Add what the tables lack of today's columns, empty, and drop what is no longer among them."""
    before, stored = mend.set_back(folder)
    rows = dict(before.rows)
    with duck.connect(folder, before) as connection:
        for name, table in TABLES.items():
            if name not in stored:
                stored[name] = delta.create(folder, table)
                rows[name] = 0
            elif pa.schema(stored[name].schema().to_arrow()).names != table.schema.names:
                reader = connection.sql(f"SELECT * FROM {name}").to_arrow_reader()
                delta.overwrite(stored[name], _as(reader, table.schema), new_schema=True)
    versions = {name: table.version() for name, table in stored.items() if name in TABLES}
    if versions == before.tables:
        return None
    commit = replace(
        before, number=before.number + 1, time=max(now(), before.time), kind="migrate", tables=versions, rows=rows
    )
    snapshots.write(folder, commit)
    return commit


def _as(batches: pa.RecordBatchReader, schema: pa.Schema) -> pa.RecordBatchReader:
    """The same rows in a table's own types."""
    cast = (pa.Table.from_batches([batch]).cast(schema).to_batches() for batch in batches)
    return pa.RecordBatchReader.from_batches(schema, (one for some in cast for one in some))


STEPS: dict[str, tuple[Callable[[Path], Commit | None], str]] = {
    "parley.store/0": (conform, "parley.store/1"),  # 1 added copies, signatures, sources and the places of parts (n)
}
"""By the format that a step starts from: what it does, and the format that it leads to."""
