"""What travels between the processes of a run: how to read, a document to read, and what came of it."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from parley.model import Article
from parley.readers.found import Found

Stage = Literal["open", "read", "language", "time", "memory", "killed"]
"""Where a document failed: ``open`` (cannot be opened or decoded), ``read`` (no article, or the reading raised),
``language``, ``time`` and ``memory`` (over the limit), ``killed`` (ended its worker twice)."""


EngineKind = Literal["local", "ray"]
READER = "parley.corpus.worker:reader"


@dataclass(frozen=True, slots=True)
class Manner:
    """How the documents of a run are read; the same for all."""

    model: str
    actors: tuple[str, ...] = ()
    codebook: tuple[str, ...] = ()
    weights: str | None = None
    rules_only: bool = False
    since: date | None = None
    """First day that counts; what turns out to be older when it is opened is skipped."""
    timeout: float = 30.0
    """Seconds for one document."""
    reader: str = READER
    """``module:function`` that makes a function which reads packets; another than the pipeline serves trials."""
    memory: int = 1500
    """MB of resident memory that a worker may take while it reads one document."""


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
    is_final: bool = False
    """Whether it would come again if the engine were started anew."""


@dataclass(frozen=True, slots=True)
class Task:
    """A document to read: found in a source, or an article whose text is stored."""

    key: int
    """Its place in the run, from 0."""
    source: Found | Article

    @property
    def size(self) -> int:
        """Bytes or code points, roughly."""
        return len(self.source.data) if isinstance(self.source, Found) else len(self.source.text)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a task."""

    key: int
    record: bytes | None = None
    """The record as ``parley.record.to_json`` writes it; None if there is none."""
    signature: bytes | None = None
    stage: Stage | None = None
    """Where it failed; None if it did not."""
    why: str = ""
    """Why it failed, or was skipped."""


Packet = Sequence[Task]
"""Tasks that a worker takes at once."""


def pack(thing: Any) -> bytes:
    """Bytes for another process of the same run."""
    return pickle.dumps(thing, protocol=pickle.HIGHEST_PROTOCOL)


def unpack(data: bytes) -> Any:
    """What ``pack`` packed; only ever given what a process of the same run sent."""
    return pickle.loads(data)
