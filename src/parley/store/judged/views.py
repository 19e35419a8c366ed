"""The tables of a store with judgements applied, as views of a connection."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

import duckdb
import pyarrow as pa

from parley.errors import ParleyError
from parley.model import Record
from parley.store import judgements as kept
from parley.store.judged.apply import SHOWN, Show, applied
from parley.store.judged.identity import Identity, identified, identities
from parley.store.judged.identity import table as same_table
from parley.store.judged.identity import view as same_view
from parley.store.judged.unit import Unit, units
from parley.store.judgements import Judgement
from parley.store.reader import Store, answer
from parley.store.rows import to_rows
from parley.store.tables import TABLES

JUDGED = ("actors", "attributions", "events", "positions")
"""Tables whose rows people judge."""
ROWS = pa.schema(
    [(name, pa.string()) for name in ("article_id", "row", "row_id", "state", "who", "problem")]
    + [("judgement", pa.int64())]
)
KEPT = 4
"""Records of which the corrections are held in memory: those of the newest commits and judgements."""


@dataclass(frozen=True)
class Corrections:
    """All that people have said about a record, at one commit and one judgement."""

    judgements: tuple[Judgement, ...]
    records: Mapping[str, Record]
    """The machine's records of the judged articles, without those that are gone."""
    units: Mapping[str, tuple[Unit, ...]]
    """The judged rows by article."""
    same: Mapping[str, Identity]
    """Who parties are, as people say, in all articles."""

    @cached_property
    def corrected(self) -> Mapping[str, pa.Table]:
        """The tables of the judged articles as corrected."""
        return self._tables("corrected")

    @cached_property
    def both(self) -> Mapping[str, pa.Table]:
        """The tables of the judged articles with the machine's rows and those of people."""
        return self._tables("both")

    @cached_property
    def rows(self) -> pa.Table:
        """One row for each judged row: article_id, row, row_id, state, who, problem, judgement."""
        found = [
            {"article_id": article, "row": unit.row, "row_id": unit.id, "state": unit.state, "who": unit.last.who,
             "problem": unit.problem, "judgement": unit.last.id}
            for article, of_article in self.units.items() for unit in of_article
        ]  # fmt: skip
        return pa.Table.from_pylist(found, schema=ROWS)

    def _tables(self, show: Show) -> Mapping[str, pa.Table]:
        found: dict[str, list[dict[str, Any]]] = {name: [] for name in JUDGED}
        for article, record in self.records.items():
            made = to_rows(applied(record, self.units[article], show), location="", versions="", run="")
            for name, rows in found.items():
                rows += made[name]
        return {name: pa.Table.from_pylist(rows, schema=TABLES[name].schema) for name, rows in found.items()}


_lock = threading.Lock()
_known: OrderedDict[tuple[str, int, int], Corrections] = OrderedDict()


def corrections(store: Store) -> Corrections:
    """What people have said about a record up to now, against the rows of the store's commit."""
    key = (str(store.folder), store.commit.number, kept.last(store.folder))
    with _lock:
        if key not in _known:
            _known[key] = _gather(store)
            while len(_known) > KEPT:
                _known.popitem(last=False)
        _known.move_to_end(key)
        return _known[key]


def _gather(store: Store) -> Corrections:
    history = kept.history(store.folder)
    by_article = {
        article: tuple(group)
        for article, group in groupby(sorted(history, key=lambda one: (one.article_id, one.id)), lambda j: j.article_id)
        if article
    }
    records = {record.id: record for record in store.records(by_article)}
    found = {one: units(records.get(one), group) for one, group in by_article.items()}
    return Corrections(history, records, found, identities(one for one in history if one.row == "party"))


def connection(store: Store, *, show: str = "machine") -> duckdb.DuckDBPyConnection:
    """A connection of the caller's own with the tables of a store, to be closed by the caller.

    Unless the machine's rows alone are asked for, it has one more, ``judged_rows``: article_id, row, row_id, state,
    who, problem, judgement.

    Args:
        store: an open record.
        show: machine, corrected or both.

    Raises:
        ParleyError: there is no such way to show it.
        StoreError: the record or its judgements cannot be read.
    """
    if show not in SHOWN:
        raise ParleyError(f"show {show!r} is none of {', '.join(SHOWN)}")
    opened = store.connection()
    if show == "machine":
        return opened
    found = corrections(store)
    opened.register("judged_rows", found.rows)
    if not found.judgements:
        return opened
    ((database,),) = opened.execute("SELECT current_database()").fetchall()
    opened.register("judged_articles", pa.table({"article_id": pa.array(list(found.records), pa.string())}))
    opened.register("judged_same", same_table(found.same))
    for name, table in (found.corrected if show == "corrected" else found.both).items():
        opened.register(f"judged_{name}", table)
        rows = (
            f"SELECT * FROM {database}.main.{name}"
            f" WHERE article_id NOT IN (SELECT article_id FROM judged_articles) UNION ALL SELECT * FROM judged_{name}"
        )
        if name == "actors" and found.same and show == "corrected":
            rows = same_view(rows, "judged_same")
        opened.execute(f"CREATE TEMP VIEW {name} AS {rows}")
    return opened


@dataclass(frozen=True)
class Judged:
    """A store as people have corrected it: what asks a store for connections may ask this instead."""

    store: Store
    show: str

    def connection(self) -> duckdb.DuckDBPyConnection:
        """A connection of the caller's own, as ``connection`` gives it."""
        return connection(self.store, show=self.show)

    def arrow(self, sql: str, params: Sequence[object] | dict[str, object] = ()) -> pa.Table:
        """The answer to a SELECT, as the store gives it.

        Raises:
            StoreError: DuckDB does not understand it, or files of the commit are gone.
        """
        with self.connection() as opened:
            return answer(opened, sql, params, self.store.folder)


def of_article(store: Store, article_id: str) -> tuple[Record, tuple[Unit, ...]]:
    """The machine's record of one article, and its judged rows.

    Raises:
        NoSuchArticle: there is none.
    """
    machine = store.record(article_id)
    return machine, units(machine, kept.for_article(store.folder, article_id))


def record(store: Store, article_id: str, *, show: Show = "corrected") -> Record:
    """The record of one article with its judgements, and with what people say of its parties.

    Raises:
        NoSuchArticle: there is none.
    """
    found = applied(*of_article(store, article_id), show)
    return identified(found, said_of_parties(store)) if show == "corrected" else found


def said_of_parties(store: Store) -> Mapping[str, Identity]:
    """Who parties are in all articles, as people say, by their keys."""
    return identities(kept.on_parties(store.folder))
