"""The record as it stands at this moment, shared by all requests: opened anew when a commit has been added."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from parley.store import Store
from parley.store.snapshots import numbers

MEMORY = "1536MB"
"""What the tables of a commit and the questions to them may take before they spill to the disk: of 100,000 articles a
third is used by what is kept."""
FRESH = 1.0
"""Seconds for which the newest commit is taken to be the newest."""


class Room:
    """Keeps one open snapshot for all requests. Readers of an older one keep it until they are done."""

    def __init__(self, record: Path) -> None:
        """Open a record.

        Raises:
            StoreError: the folder holds no record that can be read.
        """
        self.record = record
        self._lock = threading.Lock()
        self._store = _opened(record)
        self._looked = time.monotonic()

    def store(self) -> Store:
        """The newest snapshot."""
        with self._lock:
            if time.monotonic() - self._looked > FRESH:
                self._looked = time.monotonic()
                if numbers(self.record)[-1:] != [self._store.commit.number]:
                    self._store = _opened(self.record)
            return self._store


def _opened(record: Path) -> Store:
    """The newest snapshot, with room for the accounts that are kept of it."""
    store = Store.open(record)
    with store.connection() as connection:
        connection.execute(f"SET GLOBAL memory_limit = '{MEMORY}'")
    return store
