"""Kills runs of ingest at random moments while others read the record: what benchmarks/corpora.py calls "kills".

Three kinds of process are killed with SIGKILL: the driver (the command itself), the engine, a worker. Half of the
driver's kills wait for the moment at which a table is ahead of the newest commit. After every kill the record is
opened and checked; it is never thrown away. When a run comes to its end the source gets a new edition, in which a
third of the articles are changed, so that articles are replaced as well as added.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import made

from parley.errors import NoSuchCommit, ParleyError
from parley.store import Store, derived, search
from parley.store.check import check, of_rows

TARGETS = ("driver", "engine", "worker")
PATIENCE = 180.0
"""Seconds within which a run whose engine or worker was killed must have committed again."""


def children(process: int) -> list[int]:
    """The processes that a process started."""
    found: list[int] = []
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            found += map(int, file.read_text().split())
    return found


@dataclass
class Trial:
    """What is killed, and what is seen of it."""

    source: Path
    record: Path
    articles: int
    words: int
    command: list[str]
    pick: random.Random
    within: float
    edition: int = 0
    hits: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    """Looks of the reader, files left by kills, editions."""
    errors: list[str] = field(default_factory=list)

    def write(self) -> None:
        """The present edition of the source: every edition changes another third."""
        with self.source.open("w", encoding="utf-8") as file:
            for k, row in enumerate(made.articles(self.articles, words=self.words)):
                changes = len([n for n in range(1, self.edition + 1) if k % 3 == n % 3])
                row["text"] += "".join(f"\n\nCorrection {n + 1} was printed on page {k % 40}." for n in range(changes))
                file.write(json.dumps(row, ensure_ascii=False) + "\n")

    def kill_once(self) -> bool:
        """One run and one kill; False if the run ended before."""
        target = self.pick.choice(TARGETS)
        process = subprocess.Popen(self.command, stderr=subprocess.PIPE)
        until = time.monotonic() + self.pick.uniform(0.0, self.within)
        while process.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
        aims = target == "driver" and self.pick.random() < 0.5
        if aims:
            self.seen["kills between two tables"] += _between_tables(self.record, process)
        hit = process.poll() is None and self._kill(process.pid, target)
        if hit and target == "driver":
            process.wait()
        elif process.poll() is None:
            self._goes_on(process, target if hit else "")
        said = ((process.stderr and process.stderr.read()) or b"").decode()[-300:]
        if process.returncode not in (0, 130, -signal.SIGKILL) or (process.returncode < 0 and target != "driver"):
            self.errors.append(f"{target} killed: exit status {process.returncode}: {said}")
        if process.returncode == 0:
            self.edition += 1
            self.seen["editions"] += 1
            self.write()
        self.hits[target] += hit
        return hit

    def look(self, what: str) -> None:
        """Check the record as ``parley check`` does."""
        with suppress(NoSuchCommit):
            if not self.record.exists() or not _is_record(self.record):
                return
            for problem in check(self.record, further=[derived.problems]):
                if problem.harmless:
                    self.seen[f"after a kill: {problem.name}, harmless"] += 1
                else:
                    self.errors.append(f"{what}: {problem}")

    def _kill(self, driver: int, target: str) -> bool:
        victims = [driver]
        if target != "driver":
            victims = children(driver)
        if target == "worker":
            victims = [worker for engine in victims for worker in children(engine)]
        for victim in self.pick.sample(victims, min(1, len(victims))):
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
                return True
        return False

    def _goes_on(self, process: subprocess.Popen[bytes], target: str) -> None:
        """After an engine's or a worker's death the run must commit again; then it is asked to stop."""
        before, until = commits(self.record), time.monotonic() + PATIENCE
        while target and process.poll() is None and commits(self.record) < before + 2:
            if time.monotonic() > until:
                self.errors.append(f"{target} killed: the run did not go on within {PATIENCE:g} s")
                break
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.errors.append(f"{target} killed: the run did not stop within {PATIENCE:g} s")
            process.kill()
            process.wait()


def commits(record: Path) -> int:
    """How many commits there are."""
    return len(list((record / "commits").glob("*.json")))


def _is_record(folder: Path) -> bool:
    return (folder / "parley.json").exists()


def _between_tables(record: Path, process: subprocess.Popen[bytes]) -> bool:
    """Wait until a table's log has moved and the commit has not; False if the run ends or a minute passes."""
    until = time.monotonic() + 60
    before = _logs(record), commits(record)
    while process.poll() is None and time.monotonic() < until:
        now = _logs(record), commits(record)
        if now[0] != before[0] and now[1] == before[1]:
            return True
        before = now
        time.sleep(0.002)
    return False


def _logs(record: Path) -> int:
    """How many versions all tables have together."""
    return sum(len(os.listdir(log)) for log in (record / "tables").glob("*/_delta_log"))


def watch(trial: Trial, done: threading.Event) -> None:
    """Ask the record all the while: every table must fit every other, in the newest commit and in an earlier one."""
    for k in count():
        if done.wait(1.0):
            return
        if not _is_record(trial.record):
            continue
        try:
            with Store.open(trial.record) as store:
                trial.errors += [f"reader: {problem}" for problem in of_rows(store)]
                newest = store.commit.number
            with Store.open(trial.record, as_of=max(1, newest - 7)) as store:
                trial.errors += [f"reader of commit {store.commit.number}: {problem}" for problem in of_rows(store)]
            if k % 5 == 0 and (trial.record / search.NAME).exists():
                search.query(trial.record, "talks", search.Filters(), 10)
            trial.seen["looks of a reader"] += 1
        except Exception as error:
            trial.errors.append(f"reader: {type(error).__name__}: {error}"[:300])


def different(one: Path, other: Path, contents: Callable[[Path], list[bytes]]) -> Iterator[str]:
    """In what two records differ, in words."""
    for mine, its in zip(contents(one), contents(other), strict=False):
        if mine != its:
            at = next((k for k, (a, b) in enumerate(zip(mine, its, strict=False)) if a != b), min(len(mine), len(its)))
            yield f"{mine[max(0, at - 80) : at + 80]!r} where the other has {its[max(0, at - 80) : at + 80]!r}"
    if len(contents(one)) != len(contents(other)):
        yield f"{len(contents(one))} things where the other has {len(contents(other))}"


def trial(source: Path, record: Path, *, articles: int, words: int, within: float, seed: int, tagger: bool) -> Trial:
    """A trial with the first edition of its source written."""
    command = [sys.executable, "-m", "parley", "ingest", str(source), "--record", str(record), "-q", "--shard", "20"]
    made_one = Trial(
        source,
        record,
        articles,
        words,
        command if tagger else [*command, "--rules-only"],
        random.Random(seed),
        within,
    )
    made_one.write()
    return made_one


def kill_often(trial: Trial, times: int, *, tell: Callable[[str], None] = print) -> None:
    """As many kills as are wanted, with a reader beside."""
    done = threading.Event()
    reader = threading.Thread(target=watch, args=(trial, done))
    reader.start()
    try:
        while sum(trial.hits.values()) < times:
            hit = trial.kill_once()
            try:
                trial.look(f"kill {sum(trial.hits.values())}")
            except ParleyError as error:
                trial.errors.append(f"check: {error}")
            if hit:
                tell(f"{dict(trial.hits)} commits {commits(trial.record)} {dict(trial.seen)} {trial.errors[-3:]}")
    finally:
        done.set()
        reader.join()
