"""Tasks go in, outcomes come out in order, also when the engine is killed on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from parley.corpus.engine import TASKS, Engine
from parley.corpus.packets import packets
from parley.corpus.task import Outcome, Setup, Task
from parley.errors import EngineError
from parley.model import Article
from parley.record import from_json
from tests.corpus.trial import MANNER


def tasks(number: int, text: str = "text") -> Iterator[Task]:
    for key in range(number):
        yield Task(key, Article(f"a{key}", f"{text} {key}"))


def alive(group: int) -> list[str]:
    """The processes of a group that have not ended, as the system tells it."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, its_group = stat.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state != "Z":
                found.append(stat.parent.name)
    return found


def words(outcomes: list[Outcome]) -> list[str]:
    return [from_json(outcome.record or b"").text for outcome in outcomes]


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_outcomes_come_in_the_order_of_the_tasks(workers: int) -> None:
    with Engine(Setup(MANNER, workers)) as engine:
        assert engine.workers == workers
        assert words(list(engine.read(tasks(500)))) == [f"text {key}" for key in range(500)]
        assert words(list(engine.read(tasks(3)))) == ["text 0", "text 1", "text 2"]
        assert list(engine.read(())) == []


def test_tasks_are_taken_no_faster_than_they_are_read() -> None:
    taken = 0

    def counted() -> Iterator[Task]:
        nonlocal taken
        for task in tasks(2000):
            taken += 1
            yield task

    with Engine(Setup(MANNER, 1)) as engine:
        for given, _ in enumerate(engine.read(counted())):
            assert taken - given <= 4 * TASKS


def test_a_killed_engine_is_replaced_and_nothing_is_lost_or_doubled() -> None:
    with Engine(Setup(MANNER, 2)) as engine:
        keys = []
        for outcome in engine.read(tasks(400)):
            keys.append(outcome.key)
            assert outcome.stage is None
            if outcome.key in (10, 11, 200):
                os.kill(engine._process.pid, signal.SIGKILL)
        assert keys == list(range(400))


def test_an_engine_killed_while_it_starts_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    real, killed = subprocess.Popen, []

    def popen(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
        process = real(command, **options)
        if not killed and "parley.corpus.child" in command:
            killed.append(process.pid)
            process.kill()
        return process

    monkeypatch.setattr(subprocess, "Popen", popen)
    with Engine(Setup(MANNER, 1)) as engine:
        assert words(list(engine.read(tasks(3)))) == ["text 0", "text 1", "text 2"]
    assert killed


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_end_of_the_engine_ends_its_workers() -> None:
    with Engine(Setup(MANNER, 2)) as engine:
        list(engine.read(tasks(50)))
        group = engine._process.pid
        assert len(alive(group)) == 3
    until = time.monotonic() + 5
    while alive(group) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive(group)


def test_an_engine_that_cannot_work_says_why() -> None:
    broken = replace(MANNER, model="no_such_model", reader="parley.corpus.worker:reader")
    with Engine(Setup(broken, 1)) as engine, pytest.raises(EngineError, match="no_such_model"):
        list(engine.read(tasks(3)))


def test_packets_are_even_and_hold_everything_in_order() -> None:
    given = list(tasks(100, "word " * 600))
    cut = list(packets(given, 2))
    assert [task for packet in cut for task in packet] == given
    assert {len(packet) for packet in cut[:-1]} == {13}
    assert [len(packet) for packet in packets(given[:4], 2)] == [1, 1, 1, 1]
