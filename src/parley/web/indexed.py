"""The index that search reads: made in a thread of its own where a record has none, or one that cannot be read."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from fastapi import Request

from parley.errors import StoreError
from parley.store import Store, search
from parley.web.laid import laid

PATIENCE = 0.3
"""Seconds that a request waits before it says that the index is being made: that of a small record is by then."""


@dataclass(frozen=True)
class State:
    """Whether there is something to search in."""

    ready: bool
    making: bool = False
    wrong: str = ""
    """Why it cannot be made here."""
    behind: int = 0
    """Commits that it does not know yet."""


class Index:
    """The index of a record."""

    def __init__(self, folder: Path) -> None:
        """Make nothing yet."""
        self._folder = folder
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._wrong = ""

    def state(self, store: Store) -> State:
        """What is there; begins to make it where there is nothing that can be read."""
        found = self._found(store)
        if found is not None:
            return found
        with self._lock:
            if self._thread is None or not (self._thread.is_alive() or self._wrong):
                self._thread = threading.Thread(target=self._make, args=(store,), name="making the index", daemon=True)
                self._thread.start()
            thread = self._thread
        thread.join(PATIENCE)
        if thread.is_alive():
            return State(ready=False, making=True)
        return self._found(store) or State(ready=False, wrong=self._wrong)

    def _found(self, store: Store) -> State | None:
        """What can be read; none where that is nothing."""
        try:
            at = search.commit_of(self._folder)
        except StoreError:
            return None
        return None if at is None else State(ready=True, behind=max(0, store.commit.number - at))

    def _make(self, store: Store) -> None:
        try:
            try:
                search.update(self._folder, store)
            except StoreError:
                search.rebuild(self._folder, store)
        except (StoreError, OSError) as error:
            self._wrong = str(error)


_making = threading.Lock()


def indexed(request: Request) -> State:
    """Whether the record that is shown can be searched."""
    store = laid(request).store
    with _making:
        known: Index | None = getattr(request.app.state, "index", None)
        if known is None:
            known = request.app.state.index = Index(store.folder)
    return known.state(store)
