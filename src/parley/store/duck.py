"""The tables of one commit as views of an embedded DuckDB."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from parley.errors import StoreError
from parley.store import delta
from parley.store.shard import Commit
from parley.store.tables import TABLES, Table

MEMORY = "1GB"
"""What a query may take before it spills to the system's folder for temporary files."""
_TYPES: Mapping[pa.DataType, str] = {
    pa.string(): "VARCHAR",
    pa.int32(): "INTEGER",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
    pa.binary(): "BLOB",
}


def connect(folder: Path, commit: Commit) -> duckdb.DuckDBPyConnection:
    """A connection with one view a table; nothing is written anywhere near the record.

    Raises:
        StoreError: files of the commit are gone or damaged.
    """
    connection = duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": tempfile.gettempdir()})
    try:
        connection.execute("SET GLOBAL TimeZone = 'UTC'")
        for name, table in TABLES.items():
            connection.execute(f"CREATE VIEW {name} AS {_select(folder, table, commit.tables.get(name))}")
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


def _select(folder: Path, table: Table, version: int | None) -> str:
    """What a view shows: the files of a version, with empty columns for those that came into the format later."""
    if version is None:
        return _empty(table)
    stored = delta.open_table(folder, table.name, version)
    files = stored.file_uris()
    if not files:
        return _empty(table)
    there = {field.name for field in stored.schema().fields}
    columns = ", ".join(_column(field, there) for field in table.schema)
    return f"SELECT {columns} FROM read_parquet([{', '.join(map(delta.literal, files))}])"


def _column(field: pa.Field, there: set[str]) -> str:
    if field.name not in there:
        return f'CAST(NULL AS {_type(field.type)}) AS "{field.name}"'
    if pa.types.is_timestamp(field.type):
        # a plain TIMESTAMP in UTC: date functions on TIMESTAMPTZ follow the reader's own time zone
        return f'make_timestamp(epoch_us("{field.name}")) AS "{field.name}"'
    return f'"{field.name}"'


def _empty(table: Table) -> str:
    columns = ", ".join(f'CAST(NULL AS {_type(field.type)}) AS "{field.name}"' for field in table.schema)
    return f"SELECT {columns} WHERE false"


def _type(kind: pa.DataType) -> str:
    """DuckDB's name of a column's type."""
    if pa.types.is_list(kind):
        return _type(kind.value_type) + "[]"
    if pa.types.is_struct(kind):
        return "STRUCT(" + ", ".join(f'"{field.name}" {_type(field.type)}' for field in kind) + ")"
    if pa.types.is_timestamp(kind):
        return "TIMESTAMP"
    return _TYPES[kind]
