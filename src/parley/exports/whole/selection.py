"""What is taken out: the accounts of a record that pass some filters, and the articles behind them.

A selection works on any connection with the tables of a record, so that corrected rows can stand in the machine's
place. Rows come in chunks: a long record is never in memory as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import duckdb

from parley.analysis.account import BY_DATE, Account, names, read, words_sql
from parley.analysis.filters import Filters
from parley.analysis.source import Source, opened, rows
from parley.analysis.statements import gathered
from parley.model import Record
from parley.store import Store
from parley.store.rows import from_rows
from parley.store.tables import RECORD_TABLES

CHUNK = 500
"""Rows, or articles, that are held at a time."""
SHOWN = ("machine", "corrected", "both")


@dataclass(frozen=True, slots=True)
class About:
    """Where a selection comes from; it stands in every form that has room for it."""

    record: str = "record"
    """Name of the record's folder."""
    commit: int = 0
    committed: str = ""
    """When, ISO 8601 with UTC."""
    show: str = "machine"
    """Whose rows: machine, corrected or both."""


@dataclass(frozen=True)
class Selection:
    """Accounts and articles to be taken out."""

    source: Source
    filters: Filters = field(default_factory=Filters)
    about: About = field(default_factory=About)

    @classmethod
    def of(
        cls, store: Store, filters: Filters | None = None, *, source: Source | None = None, show: str = "machine"
    ) -> Selection:
        """A selection from a store.

        Args:
            store: an open record.
            filters: what is wanted.
            source: a connection that has other rows in place of the store's own, such as corrected ones.
            show: whose rows these are.

        Raises:
            ParleyError: a filter has a value that cannot occur.
        """
        time = store.commit.time.strftime("%Y-%m-%dT%H:%M:%SZ")
        about = About(store.folder.name, store.commit.number, time, show)
        return cls(store if source is None else source, (filters or Filters()).checked(), about)

    @property
    def whole(self) -> bool:
        """Whether nothing is filtered out."""
        return self.filters == Filters()

    # ------------------------------------------------------------ accounts
    def accounts(self) -> Iterator[Account]:
        """The accounts by date. Reprints count once and are listed in the account."""
        with gathered(self.source, self.filters) as query:
            called = names(query)
            sql = query.query.ask(words_sql("statements", BY_DATE))
            for chunk in _chunks(query.connection, sql, query.query.parameters):
                yield from read(chunk, called)

    def asked(self, rest: str) -> list[dict[str, Any]]:
        """The rows of a question about the accounts; it may name ``statements`` as ``parley.analysis`` has them."""
        with gathered(self.source, self.filters) as query:
            return query.rows(rest)

    def names(self) -> dict[str, str]:
        """What the parties of the accounts are called."""
        with gathered(self.source, self.filters) as query:
            return names(query)

    # ------------------------------------------------------------ articles
    def articles(self, *, text: bool = False) -> Iterator[dict[str, Any]]:
        """What is known of each article, by date and id; its text only if asked for."""
        wanted = None if self.whole else list(self.chosen())
        where = "" if wanted is None else "WHERE article_id IN (SELECT unnest($ids))"
        sql = f"{_ARTICLES.format(text=', text' if text else '')} {where} ORDER BY published NULLS LAST, article_id"
        with opened(self.source) as connection:
            for chunk in _chunks(connection, sql, {} if wanted is None else {"ids": wanted}):
                yield from chunk

    def records(self) -> Iterator[Record]:
        """The records of the articles, by id, with those of their positions that pass the filters."""
        chosen = None if self.whole else self.chosen()
        with opened(self.source) as connection:
            found = rows(connection, "SELECT article_id FROM articles ORDER BY article_id")
            ids = [row["article_id"] for row in found if chosen is None or row["article_id"] in chosen]
            for start in range(0, len(ids), CHUNK):
                for record in _records(connection, ids[start : start + CHUNK]):
                    yield record if chosen is None else _narrowed(record, chosen[record.id])

    def chosen(self) -> dict[str, frozenset[str]]:
        """The positions that pass the filters, by article."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.asked("SELECT article_id, position_id FROM statements"):
            found[row["article_id"]].add(row["position_id"])
        return {article: frozenset(positions) for article, positions in sorted(found.items())}


_ARTICLES = """
SELECT article_id, title, outlet, author, published, url, language, source_format, sha256,
    sha256(text) AS text_sha256, characters, words, location, versions, run, notes{text} FROM articles
"""


def _chunks(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, object]
) -> Iterator[list[dict[str, Any]]]:
    """The rows of a query, some at a time."""
    found = connection.execute(sql, dict(parameters))
    called = [column[0] for column in found.description or ()]
    while chunk := found.fetchmany(CHUNK):
        yield [dict(zip(called, row, strict=True)) for row in chunk]


def _records(connection: duckdb.DuckDBPyConnection, ids: list[str]) -> Iterator[Record]:
    """Some records, in the order of the ids."""
    found: dict[str, dict[str, list[dict[str, Any]]]] = {one: {name: [] for name in RECORD_TABLES} for one in ids}
    for name in RECORD_TABLES:
        sql = f"SELECT * FROM {name} WHERE article_id IN (SELECT unnest($ids))"
        for row in rows(connection, sql, {"ids": ids}):
            found[row["article_id"]][name].append(row)
    return (from_rows(found[one]) for one in ids)


def _narrowed(record: Record, positions: frozenset[str]) -> Record:
    """A record without the positions that are not wanted; a condition that is not wanted is no longer named."""
    kept = tuple(position for position in record.positions if position.id in positions)
    return replace(
        record,
        positions=tuple(
            position if position.condition in positions else replace(position, condition=None) for position in kept
        ),
    )
