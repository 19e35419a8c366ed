"""A worker: a process of its own that reads documents, so that whatever a document does, only this process suffers.

    python -m parley.corpus.worker FD

FD is one end of a socket. First comes the ``Manner``, answered by READY or the reason why there can be no worker; then
packets of tasks, each answered by its outcomes. It ends when the socket is closed.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from parley.corpus.task import Manner, Outcome, Packet, Stage, Task, pack, unpack

if TYPE_CHECKING:
    from parley.model import Article, Record

READY = "ready"
ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
"""Environment of a worker: as many workers as cores, so no worker may take two."""
ORPHANED = 30
"""Seconds over the time limit after which the system ends a worker: whoever should have done so is dead."""

Read = Callable[[Packet], list[Outcome]]


def reader(manner: Manner) -> Read:
    """A function that reads packets of tasks in this process.

    Raises:
        ParleyError: the model or one of the user's files is unfit.
    """
    from parley import corpus, pipeline

    nlp = pipeline.load(
        manner.model,
        actors=manner.actors,
        codebook=manner.codebook,
        weights=manner.weights,
        rules_only=manner.rules_only,
    )

    def read(packet: Packet) -> list[Outcome]:
        things = [opened(task, manner) for task in packet]
        articles = [thing for thing in things if not isinstance(thing, Outcome)]
        records = corpus.annotate(articles, nlp)
        return [
            thing if isinstance(thing, Outcome) else outcome_of(task.key, next(records))
            for task, thing in zip(packet, things, strict=True)
        ]

    return read


def opened(task: Task, manner: Manner) -> Article | Outcome:
    """The article of a task, or why there is none to read."""
    from parley import readers
    from parley.errors import ParleyError

    if not isinstance(task.source, readers.Found):
        return task.source
    try:
        article = readers.article(task.source)
    except ParleyError as error:
        return Outcome(task.key, stage="read", why=str(error))
    except MemoryError:
        return Outcome(task.key, stage="memory", why="opening it took too much memory")
    except Exception as error:
        return Outcome(task.key, stage="read", why=f"could not be opened: {type(error).__name__}: {error}"[:300])
    published = article.meta.published
    if manner.since and published and published < manner.since.isoformat():
        return Outcome(task.key, why=f"published {published}, before {manner.since}")
    return article


def outcome_of(key: int, record: Record) -> Outcome:
    """What the run is told of a record: itself, or why nothing was read."""
    from parley.record import to_json, why_unread

    if why := why_unread(record):
        stage: Stage = "language" if why.startswith("the language") else "memory" if "MemoryError" in why else "read"
        return Outcome(key, stage=stage, why=why)
    try:
        return Outcome(key, to_json(record), _signature(record))
    except Exception as error:
        return Outcome(key, stage="read", why=f"could not be written: {type(error).__name__}: {error}"[:300])


def _signature(record: Record) -> bytes | None:
    """What near copies are known by."""
    try:
        from parley import copies
    except ImportError:
        return None
    return copies.signature(record.text, record.passages)


def _limit_memory(spare: int) -> None:
    """Let this process take ``spare`` MB of address space beyond what it has, so that a bomb ends in a MemoryError."""
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as file:
            pages = int(file.read().split()[0])
        limit = pages * os.sysconf("SC_PAGE_SIZE") + spare * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, OSError, ValueError):
        pass  # the system has no such limit; whoever started this worker watches its memory as well


def main(connection: Connection) -> None:
    """Serve packets until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that the user sees
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    manner: Manner = unpack(connection.recv_bytes())
    try:
        module, _, function = manner.reader.partition(":")
        read: Read = getattr(importlib.import_module(module), function)(manner)
    except Exception as error:
        connection.send_bytes(pack(str(error) or type(error).__name__))
        return
    _limit_memory(2 * manner.memory)
    connection.send_bytes(pack(READY))
    while True:
        packet = unpack(connection.recv_bytes())
        signal.alarm(int(manner.timeout) + ORPHANED)
        outcomes = read(packet)
        signal.alarm(0)
        connection.send_bytes(pack(outcomes))


if __name__ == "__main__":
    os.environ.update(ONE_THREAD)
    try:
        main(Connection(int(sys.argv[1])))
    except (EOFError, OSError):
        pass
    finally:
        os._exit(0)
