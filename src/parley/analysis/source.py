"""Where the accounts come from: a record on disk, or any DuckDB connection that has its tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol, runtime_checkable

import duckdb

from parley.analysis.filters import Filters


@runtime_checkable
class HasConnection(Protocol):
    """What an analysis needs of a store."""

    def connection(self) -> duckdb.DuckDBPyConnection:
        """A connection with one view for each table of the record."""
        ...


@runtime_checkable
class KeepsAccounts(HasConnection, Protocol):
    """A source that lays its accounts down once for many questions; see ``parley.analysis.kept``."""

    def accounts(self, filters: Filters) -> AbstractContextManager[dict[str, str]]:
        """Names of the tables that hold them, by relation; they stay while the context lasts.

        Args:
            filters: nothing but outlets and a day on which they are known.
        """
        ...


Source = HasConnection | duckdb.DuckDBPyConnection
"""A store, or a connection with tables or views named and shaped as in ``parley.store.tables``."""


@contextmanager
def opened(source: Source) -> Iterator[duckdb.DuckDBPyConnection]:
    """The connection of a source; one that a store made for us is closed again."""
    if isinstance(source, duckdb.DuckDBPyConnection):
        yield source
    else:
        with source.connection() as connection:
            yield connection


Rows = list[dict[str, Any]]


def rows(connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, object] | None = None) -> Rows:
    """All rows of a query, as dictionaries."""
    found = connection.execute(sql, dict(parameters or {}))
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def literals(values: Sequence[str]) -> str:
    """Texts of the shipped codebook as a list of SQL literals."""
    return ", ".join("'" + value.replace("'", "''") + "'" for value in values) or "NULL"


def cases(column: str, table: Mapping[str, object]) -> str:
    """A CASE that maps the values of a column as a table of the shipped codebook says; else NULL."""
    arms = " ".join(f"WHEN {literals([key])} THEN {_literal(value)}" for key, value in table.items())
    return f"CASE {column} {arms} END"


def _literal(value: object) -> str:
    return str(value) if isinstance(value, int | float) else literals([str(value)])
