"""The engine as the run sees it: tasks in, outcomes out in the same order, whatever befalls the processes between."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from types import TracebackType

from parley.corpus.child import QUIET, WAVES
from parley.corpus.packets import packets
from parley.corpus.supervisor import PATIENCE
from parley.corpus.task import Outcome, Setup, Task, Trouble, pack, unpack
from parley.errors import EngineError

PACKETS = 4
"""Packets a worker in a wave: few enough to keep memory low, many enough that the last ones even out."""
TASKS = 48
"""Tasks a worker in a wave, at most."""
WAVE_BYTES = 16_000_000
"""Bytes of documents in a wave, more or less, whatever the number of workers."""
LINGER = 0.5
"""Seconds that a document waits at most for a wave to fill while sources come slowly."""
STARTS = 3
"""Times that an engine is started which is killed before it is ready."""
DEATHS = 8
"""Ends of the engine without a single outcome between them, after which the run gives up."""


class Engine:
    """A running engine. Use as a context; ``read`` once or several times."""

    def __init__(self, setup: Setup) -> None:
        """Take note; the process starts with the context."""
        self.setup = setup
        self.workers = 1
        self._waves: deque[dict[int, Task]] = deque()
        """Tasks that are out, wave by wave."""
        self._suspects: deque[Task] = deque()
        """Tasks that were out when the engine ended twice: given out one by one."""
        self._blame: Counter[int] = Counter()
        self._deaths = 0

    def __enter__(self) -> Engine:
        """Start the process.

        Raises:
            EngineError: it cannot start.
        """
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it, with all its workers, at once."""
        self._end()

    def read(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """The outcomes of tasks, in their order; tasks are taken only as fast as they are read.

        Raises:
            EngineError: no worker can be started, or the engine keeps ending.
        """
        source = iter(tasks)
        order: deque[int] = deque()
        come: dict[int, Outcome] = {}
        exhausted = False
        while True:
            has_room = not exhausted and not self._suspects and len(self._waves) < WAVES
            if has_room:
                wave, exhausted = self._gather(source, come)
                order.extend(task.key for task in wave)
                self._send(wave)
            elif self._suspects and not self._waves:
                self._send([self._suspects.popleft()])
            while order and order[0] in come:
                yield come.pop(order.popleft())
            if exhausted and not self._waves and not self._suspects:
                return
            if self._waves and not has_room:
                self._receive(come)

    # ------------------------------------------------------------ waves
    def _gather(self, source: Iterator[Task], come: dict[int, Outcome]) -> tuple[list[Task], bool]:
        """The next wave, and whether the tasks are at their end."""
        wave: list[Task] = []
        size, since = 0, 0.0
        for task in source:
            since = since or time.monotonic()
            wave.append(task)
            size += task.size
            late = time.monotonic() - since > LINGER
            if len(wave) >= self.workers * TASKS or size >= WAVE_BYTES or (late and not self._waves):
                return wave, False
            while self._waves and self._connection.poll(0):
                self._receive(come)
        return wave, True

    def _send(self, wave: list[Task]) -> None:
        """Give out a wave."""
        if not wave:
            return
        self._waves.append({task.key: task for task in wave})
        with suppress(OSError):  # a dead engine shows when it should answer
            self._connection.send_bytes(pack([pack(packet) for packet in packets(wave, self.workers)]))

    def _receive(self, come: dict[int, Outcome]) -> None:
        """Wait for one answer and put it down."""
        try:
            answer = unpack(self._connection.recv_bytes())
        except (EOFError, OSError):
            self._revive(come, "")
            return
        if isinstance(answer, Trouble):
            if answer.is_final:
                raise EngineError(answer.why)
            self._revive(come, answer.why)
            return
        self._deaths = 0
        for outcome in answer:
            self._settle(outcome, come)

    def _settle(self, outcome: Outcome, come: dict[int, Outcome]) -> None:
        for wave in self._waves:
            if wave.pop(outcome.key, None):
                come[outcome.key] = outcome
                break
        while self._waves and not self._waves[0]:
            self._waves.popleft()
        self._waves = deque(wave for wave in self._waves if wave)

    # ------------------------------------------------------------ life and death
    def _revive(self, come: dict[int, Outcome], why: str) -> None:
        """Start the engine anew and give out again what was out; tasks that end it twice alone are blamed."""
        self._deaths += 1
        why = why or self._last_words()
        self._end()
        if self._deaths > DEATHS:
            raise EngineError(f"the engine ended {self._deaths} times and read nothing: {why}")
        out = [task for wave in self._waves for task in wave.values()]
        self._waves.clear()
        if len(out) == 1 and not self._blamed(out[0], come):
            self._suspects.appendleft(out[0])
        elif len(out) > 1:
            self._suspects.extendleft(reversed(out))
        self._start()
        if self._deaths == 1 and len(out) > 1:  # most likely the engine was ended from outside
            wave = list(self._suspects)
            self._suspects.clear()
            self._send(wave)

    def _blamed(self, task: Task, come: dict[int, Outcome]) -> bool:
        """Whether a task has now ended the engine often enough, alone, to be told as failed."""
        self._blame[task.key] += 1
        if self._blame[task.key] < PATIENCE:
            return False
        come[task.key] = Outcome(task.key, stage="killed", why="the engine ended twice over it")
        self._deaths = 0
        return True

    def _start(self) -> None:
        """Start the process; one that is killed before it is ready is started again."""
        for attempt in range(STARTS):
            answer = self._launched()
            if not isinstance(answer, Trouble):
                self.workers = answer
                return
            self._end()
            if answer.is_final or attempt == STARTS - 1:
                raise EngineError(f"the engine cannot start: {answer.why}")

    def _launched(self) -> int | Trouble:
        """A new process: how many workers it has, or what is wrong; final if it says so itself."""
        ours, theirs = socket.socketpair()
        self._log = tempfile.TemporaryFile()  # noqa: SIM115  (lives as long as the process)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "parley.corpus.child", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env={**os.environ, **QUIET},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._log,
                start_new_session=True,  # Ctrl-C is for the run, which ends the engine when it sees fit
            )
        self._connection = Connection(ours.detach())
        try:
            self._connection.send_bytes(pack(self.setup))
            answer: int | Trouble = unpack(self._connection.recv_bytes())
        except (EOFError, OSError):
            return Trouble(self._last_words())
        return Trouble(answer.why, is_final=True) if isinstance(answer, Trouble) else answer

    def _end(self) -> None:
        """End the engine and its workers, which are of its process group."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._connection.close()
        self._log.close()

    def _last_words(self) -> str:
        """The last line that the engine wrote, or how it ended."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        self._log.seek(0)
        lines = self._log.read()[-5000:].decode("utf-8", "replace").strip().splitlines()
        return lines[-1][:300] if lines else f"exit status {self._process.returncode}"
