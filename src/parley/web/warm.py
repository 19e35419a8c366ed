"""Gets ready what most pages ask first, while the user still reads the address: the first of them would wait for it."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

from fastapi import FastAPI, Request

from parley.errors import ParleyError
from parley.web import charts, compared
from parley.web.filters import Accounts, Asked, accounts
from parley.web.laid import deeds_of, laid
from parley.web.pages import ledger, movement, network, overview, rounds, sourcing

PAUSE = 20.0
"""Seconds between two looks for a new commit: a run may make one every few seconds."""


def keep_warm(app: FastAPI) -> threading.Thread:
    """Get the room ready now and after later commits, in a thread that ends with the process."""
    thread = threading.Thread(target=_loop, args=(app,), name="getting ready", daemon=True)
    thread.start()
    return thread


def _loop(app: FastAPI) -> None:
    before = None
    while True:
        with suppress(ParleyError):
            store = app.state.room.store()
            if store is not before:
                warm(app)
                before = store
        time.sleep(PAUSE)


def warm(app: FastAPI) -> None:
    """Get the room ready for the newest commit.

    Raises:
        ParleyError: the record cannot be read.
    """
    request = Request({"type": "http", "app": app, "headers": [], "path": "/", "query_string": b""})
    for step in _steps(request, accounts(request, "machine")):
        step()
    gc.collect()
    gc.freeze()  # what has been got ready stays: looking through it again and again would make some pages late


def _steps(request: Request, record: Accounts) -> Iterator[Callable[[], object]]:
    """What is got ready, the pages that are opened first before the others."""
    yield lambda: laid(request).choices
    yield lambda: overview.shown(record)
    yield lambda: record.called
    yield lambda: ledger.found(record, Asked())
    yield lambda: rounds.drawing(record, "light", "wide")
    yield lambda: deeds_of(record)
    yield lambda: movement.found(record, Asked())
    yield lambda: network.found(record, Asked())
    yield lambda: sourcing.found(record, Asked())
    yield lambda: charts.ready()
    yield lambda: compared.compared(record, "machine")
