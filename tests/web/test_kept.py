"""Accounts that are kept answer as those that are laid down for each question, for many threads at once."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from parley.analysis.account import accounts_of, part_of
from parley.analysis.deeds import DeedFilters
from parley.analysis.filters import Filters
from parley.analysis.kept import MOST, Kept
from parley.analysis.ledger import ledger
from parley.analysis.movement import movement
from parley.store import Store
from parley.web.laid import deeds_of

ASKED = (
    Filters(),
    Filters(layer=("own",)),
    Filters(since="2020-01-01", until="2025-12-31"),
    Filters(on="2025-06-03", sourcing=("named", "office")),
)


@pytest.fixture
def store(demo_folder: Path) -> Iterator[Store]:
    with Store.open(demo_folder) as opened:
        yield opened


@pytest.mark.parametrize("asked", ASKED)
def test_answers_are_the_same(store: Store, asked: Filters) -> None:
    kept = Kept(store.connection)
    assert ledger(kept, asked) == ledger(store, asked)
    assert ledger(kept, asked, periods="month") == ledger(store, asked, periods="month")
    assert accounts_of(kept, asked, limit=5) == accounts_of(store, asked)[:5]
    assert movement(kept, asked) == movement(store, asked)


def test_parts_put_together_are_the_whole(store: Store) -> None:
    kept = Kept(store.connection)
    whole = part_of(kept, Filters(), limit=1000, order="date")
    parts = [part_of(kept, Filters(), limit=7, offset=k, order="date") for k in range(0, whole.total, 7)]
    assert whole.total == len(whole.accounts)
    assert tuple(one for part in parts for one in part.accounts) == whole.accounts


def test_old_sets_go_and_threads_do_not_mind(store: Store) -> None:
    kept = Kept(store.connection)
    days = [f"2025-06-{day:02d}" for day in range(1, 13)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda day: len(accounts_of(kept, Filters(on=day))), days * 2))
    assert found[: len(days)] == found[len(days) :] == sorted(found[: len(days)])
    tables = store.query("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'parley_statements_%'")
    assert len(tables) <= MOST
    kept.close()
    assert not store.query("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'parley_statements_%'")


class Accounts:
    """What the events of a record hang on."""

    def __init__(self, source: Kept) -> None:
        self.source = source


def test_forgotten_events_ask_for_no_connection_until_the_next_are_laid(store: Store) -> None:
    busy = threading.Lock()

    def connect() -> duckdb.DuckDBPyConnection:
        assert busy.acquire(blocking=False), "asked for while somebody holds what it asks for"
        busy.release()
        return store.connection()

    def tables() -> set[str]:
        with store.connection() as connection:
            return {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}

    before = tables()
    accounts = Accounts(Kept(connect))
    deeds_of(accounts)
    held = tables() - before
    assert held
    with busy:  # whoever holds it may set off a collection at any moment
        del accounts
        gc.collect()
    assert tables() >= held
    deeds_of(Accounts(Kept(connect)))
    assert not tables() & held


def test_forgotten_events_of_a_closed_store_are_no_hindrance(store: Store, demo_folder: Path) -> None:
    other = Store.open(demo_folder)
    accounts = Accounts(Kept(other.connection))
    deeds_of(accounts)
    del accounts
    gc.collect()
    other.close()
    assert deeds_of(Accounts(Kept(store.connection))).types(DeedFilters())
