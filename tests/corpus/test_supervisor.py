"""Whatever a document does to its worker, the others are read, and it is told why it was not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from parley.corpus.supervisor import Pool
from parley.corpus.task import Outcome, Task
from parley.errors import ModelError
from parley.model import Article
from parley.record import from_json
from tests.corpus.trial import MANNER


@pytest.fixture
def pool() -> Iterator[Pool]:
    pool = Pool(MANNER, 1)
    yield pool
    pool.close()


def tasks(*texts: str) -> list[Task]:
    return [Task(key, Article(f"a{key}", text)) for key, text in enumerate(texts)]


def told(outcomes: list[Outcome]) -> list[str]:
    return [outcome.stage or from_json(outcome.record or b"").text for outcome in outcomes]


@pytest.mark.parametrize(
    ("text", "stage", "why"),
    [
        ("sleep 60", "time", "took over 2 seconds"),
        ("hang", "time", "took over 2 seconds"),
        ("bomb", "memory", "took over 400 MB of memory"),
        ("die", "killed", "its worker ended (killed by SIGKILL)"),
        ("raise", "read", "could not be read: ValueError: it says so"),
    ],
)
def test_one_bad_document_in_a_packet(pool: Pool, text: str, stage: str, why: str) -> None:
    outcomes = pool.read(tasks("one", text, "three"))
    assert told(outcomes) == ["one", stage, "three"]
    assert outcomes[1].why == why
    assert told(pool.read(tasks("four"))) == ["four"]


def test_a_worker_killed_from_outside_is_replaced_and_nobody_is_blamed(pool: Pool, tmp_path: Path) -> None:
    outcomes = pool.read(tasks("one", f"die-once {tmp_path / 'mark'}", "three"))
    assert [outcome.stage for outcome in outcomes] == [None, None, None]


def test_a_worker_that_cannot_load_says_why() -> None:
    with pytest.raises(ModelError, match="no_such_model"):
        Pool(replace(MANNER, model="no_such_model", reader="parley.corpus.worker:reader"), 1).read(tasks("one"))


def test_a_worker_that_has_grown_is_replaced(pool: Pool) -> None:
    pool.read(tasks("one"))
    (worker,) = pool._free
    worker.stale = 1
    pool.read(tasks("two"))
    assert pool._free == []
    assert worker.process.poll() is not None
