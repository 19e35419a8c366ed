"""Accounts that are laid down once and asked many times, as a reading room does.

Most of a question's time goes into reading files and finding out whom actors stand for, which is the same for every
question of one commit. What is kept lives in the memory of the connection's own database and nowhere else.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from parley.analysis.filters import Filters
from parley.analysis.statements import KEPT, lay, scratch

MOST = 4
"""Sets of accounts that are kept: of all outlets, and of the choices of outlets and days asked for last."""


@dataclass
class _Laid:
    """The tables of one choice of articles, and how many are reading them."""

    tables: dict[str, str]
    readers: int = 0
    ready: threading.Lock = field(default_factory=threading.Lock)
    done: bool = False


class Kept:
    """A source that keeps its accounts. Threads may share it."""

    def __init__(self, connect: Callable[[], duckdb.DuckDBPyConnection], *, folder: Path | None = None) -> None:
        """Keep what a connection shows.

        Args:
            connect: makes a connection of its own at each call, always to one database and with the same rows.
            folder: the record's, where what is derived from it may be kept on the disk.
        """
        self._connect, self.folder = connect, folder
        self._lock = threading.Lock()
        self._laid: OrderedDict[Filters, _Laid] = OrderedDict()

    def connection(self) -> duckdb.DuckDBPyConnection:
        """A connection of the caller's own."""
        return self._connect()

    @contextmanager
    def accounts(self, filters: Filters) -> Iterator[dict[str, str]]:
        """Names of the tables that hold the accounts, by relation; they stay while the context lasts."""
        laid = self._entered(filters)
        try:
            with laid.ready:
                if not laid.done:
                    with self._connect() as connection:
                        lay(connection, laid.tables, filters, temporary=False)
                    laid.done = True
            yield laid.tables
        finally:
            with self._lock:
                laid.readers -= 1
            self._drop_old()

    def close(self) -> None:
        """Let go of all that nobody is reading."""
        self._drop_old(keep=0)

    def _entered(self, filters: Filters) -> _Laid:
        with self._lock:
            laid = self._laid.setdefault(filters, _Laid(scratch(KEPT)))
            self._laid.move_to_end(filters)
            laid.readers += 1
            return laid

    def _drop_old(self, keep: int = MOST) -> None:
        """Drop the tables asked for longest ago, but none that somebody reads."""
        with self._lock:
            idle = [filters for filters, laid in self._laid.items() if not laid.readers]
            old = [self._laid.pop(filters) for filters in idle[: max(0, len(self._laid) - keep)]]
        if old:
            with self._connect() as connection:
                for table in (table for laid in old for table in laid.tables.values()):
                    connection.execute(f"DROP TABLE IF EXISTS {table}")
