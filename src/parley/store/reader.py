"""The reading side: one commit of a record, which stays as it is while writers go on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import pyarrow as pa

from parley.errors import NoSuchArticle, StoreError
from parley.model import Record
from parley.store import duck, rows, snapshots
from parley.store.shard import Commit
from parley.store.tables import RECORD_TABLES

BATCH = 500
"""Articles whose records are put together at a time: about 50 MB."""


class Store:
    """A record on disk, opened for reading at one commit. Threads may share it."""

    def __init__(self, folder: Path, commit: Commit, connection: duckdb.DuckDBPyConnection) -> None:
        """Keep the three; ``Store.open`` makes them."""
        self.folder, self.commit = folder, commit
        self._connection = connection

    @classmethod
    def open(cls, folder: str | Path, *, as_of: int | str | datetime | None = None) -> Self:
        """A record at its newest commit, or as it was at a commit's number, a date or a time (UTC).

        Raises:
            NoRecord: the folder is none.
            NewerFormat: a later Parley wrote it.
            NoSuchCommit: it has no such commit, or none at all.
            StoreError: it is damaged.
        """
        path = Path(folder).absolute()
        snapshots.read_head(path)
        commit = snapshots.find(path, as_of)
        return cls(path, commit, duck.connect(path, commit))

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self._connection.close()

    # ------------------------------------------------------------ questions
    def connection(self) -> duckdb.DuckDBPyConnection:
        """A DuckDB connection of the caller's own, with a view for every table of ``parley.store.tables``.

        Raises:
            StoreError: the store has been closed.
        """
        try:
            return self._connection.cursor()
        except duckdb.ConnectionException as error:
            raise StoreError(f"{self.folder}: this view of the record has been closed") from error

    def arrow(self, sql: str, params: Sequence[object] | dict[str, object] = ()) -> pa.Table:
        """The answer to a SELECT as an Arrow table; ``?`` or ``$name`` in it stand for the parameters.

        Raises:
            StoreError: DuckDB does not understand it, or files of the commit are gone.
        """
        with self.connection() as connection:
            return answer(connection, sql, params, self.folder)

    def query(self, sql: str, params: Sequence[object] | dict[str, object] = ()) -> list[dict[str, Any]]:
        """The same as a list of rows.

        Raises:
            StoreError: as ``arrow``.
        """
        found: list[dict[str, Any]] = self.arrow(sql, params).to_pylist()
        return found

    # ------------------------------------------------------------ records
    def article_ids(self) -> list[str]:
        """The ids of all articles, sorted."""
        ids: list[str] = self.arrow("SELECT article_id FROM articles ORDER BY article_id").column(0).to_pylist()
        return ids

    def record(self, article_id: str) -> Record:
        """The record of one article, exactly as it was committed.

        Raises:
            NoSuchArticle: there is none.
        """
        for record in self.records([article_id]):
            return record
        raise NoSuchArticle(f"{self.folder}: no article {article_id!r} at commit {self.commit.number}")

    def records(self, ids: Iterable[str] | None = None) -> Iterator[Record]:
        """The records of some articles in the order asked for, or of all by id; ids that are not there are left out."""
        wanted = self.article_ids() if ids is None else list(ids)
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            found = self._rows(batch)
            yield from (rows.from_rows(found[one]) for one in batch if one in found)

    def _rows(self, ids: list[str]) -> dict[str, dict[str, list[dict[str, Any]]]]:
        """The rows of some articles by article and table."""
        found: dict[str, dict[str, list[dict[str, Any]]]] = {}
        for name in RECORD_TABLES:
            for row in self.query(f"SELECT * FROM {name} WHERE article_id IN (SELECT unnest(?))", [ids]):
                if name == "articles":
                    found[row["article_id"]] = defaultdict(list)
                if row["article_id"] in found:
                    found[row["article_id"]][name].append(row)
        return found


def answer(
    connection: duckdb.DuckDBPyConnection, sql: str, params: Sequence[object] | dict[str, object], folder: Path
) -> pa.Table:
    """The answer of a connection to a SELECT.

    Raises:
        StoreError: DuckDB does not understand it, or files of the record in ``folder`` are gone.
    """
    try:
        relation = connection.sql(sql, params=params or None)
        return pa.table({}) if relation is None else relation.to_arrow_table()
    except duckdb.Error as error:
        raise StoreError(f"{folder}: {duck.one_line(error)}") from error
