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
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection
from typing import Any, Literal

from parley.corpus.supervisor import Pool
from parley.corpus.task import Manner, pack, unpack
from parley.errors import ParleyError

QUIET = {"DO_NOT_TRACK": "1", "DAFT_ANALYTICS_ENABLED": "0", "DAFT_PROGRESS_BAR": "0", "RAY_USAGE_STATS_ENABLED": "0"}
"""Environment in which neither Daft nor Ray calls home or draws on the screen."""
WAVES = 2
"""Waves at a time: while the last packets of one are read, the first of the next keep the other workers busy."""

EngineKind = Literal["local", "ray"]


@dataclass(frozen=True, slots=True)
class Setup:
    """Where and how packets are read."""

    manner: Manner
    workers: int | None
    """Workers on this machine, or on each node of a cluster; None takes a worker a core."""
    kind: EngineKind = "local"
    address: str | None = None
    """Of the Ray cluster, e.g. ``ray://head:10001``; None starts or joins one on this machine."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why the engine, or a worker, cannot go on."""

    why: str


@cache
def pool(manner: Manner, most: int) -> Pool:
    """The workers of this process: they outlive a wave, so that the model is loaded once."""
    return Pool(manner, most)


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_packet(packet: bytes, manner: Manner, most: int) -> bytes:
    """A packet's outcomes, or the trouble, packed."""
    try:
        return pack(pool(manner, most).read(unpack(packet)))
    except ParleyError as error:
        return pack(Trouble(str(error)))


def reading(manner: Manner, workers: int | None) -> Any:
    """The function that Daft applies to a column of packets, where the column lies."""
    import daft

    most = workers or cores()
    at_once = -(-most // cores())  # Daft calls it once a core; with more workers than cores each call takes several

    @daft.func.batch(return_dtype=daft.DataType.binary(), use_process=False, batch_size=at_once)
    def read(packets: Any) -> list[bytes]:
        given = packets.to_pylist()
        if len(given) == 1:
            return [read_packet(given[0], manner, most)]
        with ThreadPoolExecutor(len(given)) as threads:
            return list(threads.map(lambda packet: read_packet(packet, manner, most), given))

    return read


def connect(setup: Setup) -> int:
    """Choose Daft's runner, and give the number of workers that it will keep busy."""
    import daft

    if setup.kind == "local":
        daft.set_runner_native()
        return setup.workers or cores()
    daft.set_runner_ray(setup.address)
    import ray  # type: ignore[import-not-found, unused-ignore]

    nodes = [node for node in ray.nodes() if node["Alive"]]
    if setup.workers:
        return setup.workers * len(nodes)
    return max(1, int(sum(node["Resources"].get("CPU", 0) for node in nodes)))


def read_wave(packets: Sequence[bytes], read: Any, partitions: int) -> Iterator[bytes]:
    """The packed outcomes of a wave's packets, as they come."""
    import daft

    frame = daft.from_pydict({"packet": list(packets)})
    if partitions > 1:
        frame = frame.into_partitions(partitions)
    for part in frame.select(read(frame["packet"]).alias("outcomes")).iter_partitions():
        yield from _column(part)


def _column(part: Any) -> list[bytes]:
    """The column of a part of the result, which lies elsewhere if the runner is Ray's."""
    if not hasattr(part, "to_pydict"):
        import ray

        part = ray.get(part)
    values: list[bytes] = part.to_pydict()["outcomes"]
    return values


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
