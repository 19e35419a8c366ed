"""Which files a commit's tables consist of.

The Delta log of every table knows; for the newest commit the answer is kept in one small file beside the tables as
well, so that opening a record costs the same however long its history is.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from parley.store.shard import Commit

if TYPE_CHECKING:
    from deltalake import DeltaTable

CACHE = "newest.json"


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a table at one version, by name, and the columns that they have."""

    names: tuple[str, ...]
    columns: frozenset[str]


def of_table(table: DeltaTable) -> Files:
    """The files of an open table."""
    names = tuple(uri.rsplit("/", 1)[1] for uri in table.file_uris())
    return Files(names, frozenset(field.name for field in table.schema().fields))


def of_commit(folder: Path, commit: Commit) -> dict[str, Files]:
    """The files of all tables of a commit.

    Raises:
        StoreError: a table is gone or damaged.
    """
    kept = _kept(folder, commit)
    if kept is not None:
        return kept
    from parley.store import delta  # importing the log's library takes longer than all else that reading needs

    return {name: of_table(delta.open_table(folder, name, version)) for name, version in commit.tables.items()}


def keep(folder: Path, commit: Commit, tables: Mapping[str, DeltaTable]) -> None:
    """Write down the files of a commit that was just made; readers do without it if that fails."""
    rows = {name: {"files": f.names, "columns": sorted(f.columns)} for name, f in _all(tables).items()}
    temporary = folder / f".{CACHE}.{os.getpid()}.tmp"
    with suppress(OSError):
        temporary.write_text(json.dumps({"number": commit.number, "tables": rows}), encoding="utf-8")
        os.replace(temporary, folder / CACHE)


def _all(tables: Mapping[str, DeltaTable]) -> dict[str, Files]:
    return {name: of_table(table) for name, table in sorted(tables.items())}


def _kept(folder: Path, commit: Commit) -> dict[str, Files] | None:
    """What was written down, if it is about this commit."""
    try:
        data = json.loads((folder / CACHE).read_bytes())
        if data["number"] != commit.number or set(data["tables"]) != set(commit.tables):
            return None
        return {n: Files(tuple(row["files"]), frozenset(row["columns"])) for n, row in data["tables"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
