"""How values, types and defaults of the tables are written in SQL."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

_TYPES: Mapping[pa.DataType, str] = {
    pa.string(): "VARCHAR",
    pa.int32(): "INTEGER",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
    pa.binary(): "BLOB",
}


def literal(value: str) -> str:
    """A text."""
    return "'" + value.replace("'", "''") + "'"


def type_name(kind: pa.DataType) -> str:
    """DuckDB's name of a column's type; times are plain, in UTC."""
    if pa.types.is_list(kind):
        return type_name(kind.value_type) + "[]"
    if pa.types.is_struct(kind):
        return "STRUCT(" + ", ".join(f'"{field.name}" {type_name(field.type)}' for field in kind) + ")"
    if pa.types.is_timestamp(kind):
        return "TIMESTAMP"
    return _TYPES[kind]


def default(field: pa.Field) -> str:
    """What stands in a column that is not there: nothing, none of a list, and no for yes or no."""
    empty = "[]" if pa.types.is_list(field.type) else "false" if pa.types.is_boolean(field.type) else "NULL"
    return f'CAST({empty} AS {type_name(field.type)}) AS "{field.name}"'


def column(field: pa.Field) -> str:
    """A column as a view shows it: date functions on TIMESTAMPTZ follow the reader's time zone, so times are plain."""
    if pa.types.is_timestamp(field.type):
        return f'make_timestamp(epoch_us("{field.name}")) AS "{field.name}"'
    return f'"{field.name}"'
