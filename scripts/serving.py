"""A reading room that is served on a free port of this machine while a block of code runs."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from parley.web.app import create_app
from parley.web.settings import Settings
from parley.web.warm import warm

TOKEN = "open-sesame"
PATIENCE = 60.0
"""Seconds until a server must have started."""


@contextmanager
def serving(record: Path, *, token: str = TOKEN, ready: bool = False) -> Iterator[str]:
    """Serve the room on a record; gives its address, without a slash at the end.

    Args:
        record: folder of the record.
        token: of the room.
        ready: whether to get the room ready first, as ``parley open`` does meanwhile.

    Raises:
        TimeoutError: it does not start.
    """
    app = create_app(Settings(record, token=token))
    if ready:
        warm(app)
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + PATIENCE
    while not server.started:
        if time.monotonic() > until or not thread.is_alive():
            raise TimeoutError("the server has not started")
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
