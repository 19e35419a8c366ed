"""What is laid down once for a commit and asked by many requests: accounts, events, and the choices of the filters."""

from __future__ import annotations

import threading
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol
from weakref import WeakKeyDictionary, finalize

from fastapi import Request

from parley.analysis.account import names
from parley.analysis.deeds import Deeds
from parley.analysis.filters import Filters
from parley.analysis.kept import Kept
from parley.analysis.statements import gathered
from parley.errors import StoreError
from parley.exports.labels import issue_title
from parley.store import Store

MOST_PARTIES = 40
"""Parties that a list offers: those with most accounts. Any other may be typed."""
MOST_OUTLETS = 300
_TOP = f"SELECT party FROM everyone GROUP BY party ORDER BY count(*) DESC, party LIMIT {MOST_PARTIES}"
_ISSUES = "SELECT DISTINCT issue FROM positions"
_OUTLETS = (
    "SELECT outlet FROM articles WHERE outlet <> '' GROUP BY outlet ORDER BY count(*) DESC, outlet "
    f"LIMIT {MOST_OUTLETS}"
)


@dataclass(frozen=True)
class Choices:
    """What the filters of a page offer."""

    parties: tuple[str, ...]
    issues: tuple[tuple[str, str], ...]
    """Id and title, by title."""
    outlets: tuple[str, ...]

    @property
    def named_outlets(self) -> tuple[tuple[str, str], ...]:
        """The outlets as pairs of what is asked for and what is shown."""
        return tuple((outlet, outlet) for outlet in self.outlets)


class Laid:
    """One commit."""

    def __init__(self, store: Store) -> None:
        """Lay nothing down yet."""
        self.store = store
        self.accounts = Kept(store.connection, folder=store.folder)
        self._lock = threading.Lock()

    @property
    def choices(self) -> Choices:
        """What there is to choose from."""
        with self._lock:
            return self._choices

    @cached_property
    def _choices(self) -> Choices:
        with gathered(self.accounts, Filters(), most=MOST_PARTIES) as query:
            called = names(query)
            parties = tuple(called[row["party"]] for row in query.rows(_TOP))
        issues = ((row["issue"], issue_title(row["issue"])) for row in self.store.query(_ISSUES))
        outlets = tuple(row["outlet"] for row in self.store.query(_OUTLETS))
        return Choices(parties, tuple(sorted(issues, key=lambda pair: pair[1])), tuple(sorted(outlets, key=str.lower)))


_making = threading.Lock()


def laid(request: Request) -> Laid:
    """What is laid down of the newest commit."""
    store = request.app.state.room.store()
    with _making:
        known: Laid | None = getattr(request.app.state, "laid", None)
        if known is None or known.store is not store:
            known = request.app.state.laid = Laid(store)
        return known


class HasSource(Protocol):
    """Accounts as ``parley.web.filters`` keeps them."""

    source: Kept


_events: WeakKeyDictionary[HasSource, Deeds] = WeakKeyDictionary()
_forgotten: deque[Deeds] = deque()
"""Events whose accounts are gone. Their tables are dropped at the next asking: the accounts may go at any moment of any
thread, also while it holds the lock that a connection asks for."""
_laying = threading.Lock()


def deeds_of(accounts: HasSource) -> Deeds:
    """The events of the same rows, laid down once; they go when the accounts go, so hold these while you ask."""
    with _laying:
        while _forgotten:
            with suppress(StoreError):  # a store that was closed has taken its tables with it
                _forgotten.popleft().drop()
        found = _events.get(accounts)
        if found is None:
            found = _events[accounts] = Deeds.laid(accounts.source)
            finalize(accounts, _forgotten.append, found).atexit = False
        return found
