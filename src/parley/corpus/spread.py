"""Daft's part: a wave of packets becomes a column, and one function over it, on this machine or on a Ray cluster.

A packet is read by a worker of the process in which Daft calls the function: the engine's own, or one on each node.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

from parley.corpus.supervisor import Pool
from parley.corpus.task import Manner, Setup, Trouble, pack, unpack
from parley.errors import ParleyError


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
        return pack(Trouble(str(error), is_final=True))


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
