"""The tables of one commit as views of an embedded DuckDB."""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb

from parley.errors import StoreError
from parley.store import files, sql
from parley.store.shard import Commit
from parley.store.snapshots import TABLES_FOLDER
from parley.store.tables import TABLES, Table

MEMORY = "512MB"
"""What a query may take before it spills to the system's folder for temporary files."""


def connect(folder: Path, commit: Commit) -> duckdb.DuckDBPyConnection:
    """A connection with one view a table; nothing is written anywhere near the record.

    Raises:
        StoreError: files of the commit are gone or damaged.
    """
    found = files.of_commit(folder, commit)
    connection = duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": tempfile.gettempdir()})
    try:
        connection.execute("SET GLOBAL TimeZone = 'UTC'")
        for name, table in TABLES.items():
            connection.execute(f"CREATE VIEW {name} AS {_select(folder, table, found.get(name))}")
    except duckdb.Error as error:
        connection.close()
        raise StoreError(
            f"{folder}: commit {commit.number} cannot be read ({one_line(error)}); try parley check"
        ) from error
    except BaseException:
        connection.close()
        raise
    return connection


def one_line(error: Exception) -> str:
    """What DuckDB says, without the picture of the query."""
    return " ".join(str(error).split("LINE 1:")[0].split())[:300]


def _select(folder: Path, table: Table, stored: files.Files | None) -> str:
    """What a view shows: a table's files, with empty columns for those that came into the format later."""
    if stored is None or not stored.names:
        return f"SELECT {', '.join(map(sql.default, table.schema))} WHERE false"
    columns = (sql.column(field) if field.name in stored.columns else sql.default(field) for field in table.schema)
    place = folder / TABLES_FOLDER / table.name
    paths = ", ".join(sql.literal(str(place / name)) for name in stored.names)
    return f"SELECT {', '.join(columns)} FROM read_parquet([{paths}])"
