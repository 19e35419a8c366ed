"""Workers under supervision: a document that takes too long, takes too much memory or ends its worker is found out."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from parley.corpus.task import Manner, Outcome, Packet, Stage, Task, pack, unpack
from parley.corpus.worker import ONE_THREAD, READY
from parley.errors import ModelError

TICK = 0.2
"""Seconds between two looks at a worker's memory."""
LOADING = 300.0
"""Seconds that a worker may take to load the model, on a slow disk or a crowded machine."""
STALE = 900
"""MB of resident memory at which a worker is replaced after its packet; what was freed is not always given back."""
PATIENCE = 2
"""Deaths of a worker over a document alone until the document is blamed: a first one may have come from outside."""


class Ended(Exception):
    """A worker ended, or was ended, with a packet in hand."""

    def __init__(self, stage: Stage, why: str) -> None:
        """Keep both."""
        self.stage, self.why = stage, why
        super().__init__(why)


class Worker:
    """One worker process, as its supervisor sees it."""

    def __init__(self, manner: Manner) -> None:
        """Start it and wait until it can read.

        Raises:
            ModelError: it says that it cannot.
            Ended: it died over it.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "parley.corpus.worker", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env={**os.environ, **ONE_THREAD},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self.manner = manner
        self.connection = Connection(ours.detach())
        with suppress(OSError):
            self.connection.send_bytes(pack(manner))
        answer = self._answer(LOADING, watch=False)
        if answer != READY:
            self.end()
            raise ModelError(str(answer))
        self.stale = max(STALE, self.memory() * 3 // 2)

    def read(self, packet: Packet) -> list[Outcome]:
        """The outcomes of a packet.

        Raises:
            Ended: the worker is no more, and why.
        """
        with suppress(OSError):
            self.connection.send_bytes(pack(packet))
        answer: list[Outcome] = self._answer(self.manner.timeout, watch=True)
        return answer

    def memory(self) -> int:
        """MB of resident memory; 0 where the system does not tell."""
        try:
            with open(f"/proc/{self.process.pid}/statm", encoding="ascii") as file:
                return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1_000_000
        except (OSError, IndexError, ValueError):
            return 0

    def end(self) -> None:
        """End the process at once."""
        self.process.kill()
        self.process.wait()
        self.connection.close()

    def _answer(self, seconds: float, *, watch: bool) -> Any:
        """The next thing that the worker says, within a time."""
        end = time.monotonic() + seconds
        while not self._has_answer(min(TICK, max(0.0, end - time.monotonic()))):
            if time.monotonic() >= end:
                self.end()
                raise Ended("time", f"took over {seconds:g} seconds")
            if watch and self.memory() > self.manner.memory:
                self.end()
                raise Ended("memory", f"took over {self.manner.memory:,} MB of memory")
        try:
            return unpack(self.connection.recv_bytes())
        except (EOFError, OSError):
            self.end()
            raise Ended("killed", f"its worker ended ({_how(self.process.returncode)})") from None

    def _has_answer(self, seconds: float) -> bool:
        try:
            return self.connection.poll(seconds)
        except OSError:
            return True  # the socket is broken: reading from it will say so


class Pool:
    """As many workers as are wanted, started when they are first needed; safe to use from several threads."""

    def __init__(self, manner: Manner, most: int) -> None:
        """Take note; nothing is started.

        Args:
            manner: how to read.
            most: workers at a time.
        """
        self.manner = manner
        self._free: list[Worker] = []
        self._places = threading.BoundedSemaphore(most)

    def read(self, packet: Packet) -> list[Outcome]:
        """The outcomes of a packet, in its order; a task that cannot be read is told as failed, never raised.

        Raises:
            ModelError: no worker can be started.
        """
        with self._places:
            try:
                return self._attempt(packet)
            except Ended as ended:
                if len(packet) == 1 and ended.stage != "killed":
                    return [_failed(packet[0], ended)]
            return [outcome for task in packet for outcome in self._alone(task)]

    def _alone(self, task: Task) -> list[Outcome]:
        """The outcome of a task that is suspected of having ended a worker."""
        for _ in range(PATIENCE):
            try:
                return self._attempt([task])
            except Ended as ended:
                last = ended
                if ended.stage != "killed":
                    break
        return [_failed(task, last)]

    def _attempt(self, packet: Packet) -> list[Outcome]:
        try:
            worker = self._free.pop()
        except IndexError:
            worker = self._started()
        outcomes = worker.read(packet)
        if worker.memory() > worker.stale:
            worker.end()
        else:
            self._free.append(worker)
        return outcomes

    def _started(self) -> Worker:
        """A new worker; one that dies while it loads is started again."""
        for _ in range(3):
            try:
                return Worker(self.manner)
            except Ended as ended:
                last = ended
        raise ModelError(f"no worker can be started: {last}")

    def close(self) -> None:
        """End all workers that are free."""
        while self._free:
            self._free.pop().end()


def _failed(task: Task, ended: Ended) -> Outcome:
    return Outcome(task.key, stage=ended.stage, why=ended.why)


def _how(status: int) -> str:
    """An exit status in words."""
    if status >= 0:
        return f"exit status {status}"
    try:
        return f"killed by {signal.Signals(-status).name}"
    except ValueError:
        return f"killed by signal {-status}"
