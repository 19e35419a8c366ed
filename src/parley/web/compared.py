"""Where accounts differ, found once for a commit aside from the pages: sentences are read for it, which takes time.

Filters pick from what was found: a way to tell a thing stays if a telling of it passes, a difference if two ways stay.
"""

from __future__ import annotations

import atexit
import subprocess
import sys
import tempfile
import threading
from dataclasses import replace
from pathlib import Path
from weakref import WeakKeyDictionary

from parley.analysis.differences import Difference, Differences, Telling, Version, differences
from parley.analysis.filters import Filters
from parley.analysis.parties import ids_of, states
from parley.errors import StoreError
from parley.web import comparing
from parley.web.filters import Accounts

PATIENCE = 0.2
"""Seconds that a request waits before it says that the comparison is under way."""
MANY = 500
"""Articles from which on the comparison has a process of its own: a thread would slow all pages down."""


class Compared:
    """The differences of one set of accounts."""

    def __init__(self, record: Accounts, show: str) -> None:
        """Begin to compare.

        Args:
            record: the accounts.
            show: whose rows they are.
        """
        self._store, self._source, self._show = record.store, record.source, show
        self._found: Differences | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._compare, name="comparing accounts", daemon=True)
        self._thread.start()

    def found(self) -> Differences | None:
        """All differences; none while the comparison is under way."""
        self._thread.join(PATIENCE)
        if self._error is not None:
            raise self._error
        return self._found

    def _compare(self) -> None:
        try:
            if self._store.commit.rows.get("articles", 0) < MANY:
                self._found = differences(self._source, most=None)
            else:
                self._found = self._kept() or self._aside()
        except Exception as error:
            self._error = error

    def _kept(self) -> Differences | None:
        """What an earlier comparison of these rows has left."""
        path = self._store.folder / comparing.NAME
        return comparing.kept(path, self._store.commit.number) if self._show == "machine" else None

    def _aside(self) -> Differences:
        """What a process of its own finds.

        Raises:
            StoreError: it fails.
        """
        with tempfile.TemporaryDirectory(prefix="parley-") as aside:
            out = Path(aside) / comparing.NAME
            asked = [str(self._store.folder), str(self._store.commit.number), self._show, str(out)]
            process = subprocess.Popen(
                [sys.executable, "-m", comparing.__name__, *asked], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
            )
            atexit.register(process.kill)
            _, said = process.communicate()
            atexit.unregister(process.kill)
            outcome = comparing.read(out)
        if outcome is None:
            line = " ".join(said.decode(errors="replace").split())[-200:]
            raise StoreError(f"{self._store.folder}: accounts cannot be compared ({line})")
        return outcome.found


def compared(record: Accounts, show: str) -> Compared:
    """The differences of some accounts: one comparison, however many ask."""
    with _beginning:
        found = _known.get(record)
        if found is None:
            found = _known[record] = Compared(record, show)
        return found


_known: WeakKeyDictionary[Accounts, Compared] = WeakKeyDictionary()
_beginning = threading.Lock()


def narrowed(found: Differences, filters: Filters) -> tuple[Difference, ...]:
    """The differences that pass some filters."""
    parties = frozenset(ids_of(filters.party)) | {states().get(one, one) for one in ids_of(filters.party)}
    kept = (_narrowed(one, filters, parties) for one in found.found)
    return tuple(one for one in kept if one is not None)


def _narrowed(one: Difference, filters: Filters, parties: frozenset[str]) -> Difference | None:
    if filters.issue and one.issue not in filters.issue:
        return None
    shared = {*one.parties, *(telling.party for version in one.versions for telling in version.tellings)}
    if filters.party and not parties & shared:
        return None
    versions = [
        Version(version.label, tuple(telling for telling in version.tellings if _passes(telling, filters)))
        for version in one.versions
    ]
    told = tuple(version for version in versions if version.tellings)
    return replace(one, versions=told) if len(told) > 1 else None


def _passes(one: Telling, filters: Filters) -> bool:
    outlets = {name.lower() for name in filters.outlet}
    return (
        (not outlets or (one.outlet or "").lower() in outlets)
        and (not filters.layer or one.layer in filters.layer)
        and (not filters.sourcing or one.sourcing in filters.sourcing)
        and (not filters.act or one.act in filters.act)
        and (filters.since is None or (one.day or "") >= filters.since)
        and (filters.until is None or one.day is None or one.day <= filters.until)
    )
