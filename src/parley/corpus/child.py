"""The engine: a process of its own in which Daft spreads packets over workers, on this machine or on a Ray cluster.

    python -m parley.corpus.child FD

FD is one end of a socket. First comes the ``Setup``, answered by the number of workers or by why there are none; then
waves of packets, answered packet by packet, in any order. It ends when the socket is closed, by ``os._exit``: Daft's
threads have been seen to crash a process that ends in the usual way.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection

from parley.corpus.spread import connect, read_wave, reading
from parley.corpus.task import Setup, Trouble, pack, unpack

QUIET = {"DO_NOT_TRACK": "1", "DAFT_ANALYTICS_ENABLED": "0", "DAFT_PROGRESS_BAR": "0", "RAY_USAGE_STATS_ENABLED": "0"}
"""Environment in which neither Daft nor Ray calls home or draws on the screen."""
WAVES = 2
"""Waves at a time: while the last packets of one are read, the first of the next keep the other workers busy."""


def main(connection: Connection) -> None:
    """Serve waves until the other end is closed."""
    setup: Setup = unpack(connection.recv_bytes())
    try:
        workers = connect(setup)
        read = reading(setup.manner, setup.workers)
    except Exception as error:
        connection.send_bytes(pack(Trouble(f"{type(error).__name__}: {error}"[:500])))
        return
    connection.send_bytes(pack(workers))
    turn = threading.Lock()

    def serve(packets: Sequence[bytes]) -> None:
        try:
            for outcomes in read_wave(packets, read, workers if setup.kind == "ray" else 1):
                with turn:
                    connection.send_bytes(outcomes)
        except Exception as error:
            with turn:
                connection.send_bytes(pack(Trouble(f"{type(error).__name__}: {error}"[:500])))

    threads = ThreadPoolExecutor(WAVES)  # not as a context: the end of the run must not wait for a wave
    while True:
        threads.submit(serve, unpack(connection.recv_bytes()))


if __name__ == "__main__":
    os.environ.update(QUIET)
    status = 0
    try:
        main(Connection(int(sys.argv[1])))
    except (EOFError, OSError):
        pass
    except BaseException:
        status = 1
        raise
    finally:
        os._exit(status)
