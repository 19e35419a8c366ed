"""A record without an index is searched all the same: the room makes it, or says in plain words who can."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from parley.store import Store, search
from parley.web import indexed
from parley.web.app import create_app
from parley.web.settings import Settings


@pytest.fixture
def bare(record_folder: Path, tmp_path: Path) -> Path:
    """A record whose index is gone."""
    return Path(shutil.copytree(record_folder, tmp_path / "bare", ignore=shutil.ignore_patterns("search.sqlite*")))


def opened(folder: Path) -> TestClient:
    return TestClient(create_app(Settings(folder, token="t")), base_url="http://127.0.0.1:8042")


def test_the_index_is_made_when_it_is_asked_for(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexed, "PATIENCE", 60)
    assert "<mark>" in opened(bare).get("/search?q=talks").text
    with Store.open(bare) as store:
        assert search.commit_of(bare) == store.commit.number


def test_while_it_is_made_the_page_says_so_and_comes_again(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go, make = threading.Event(), search.update

    def slow(folder: Path, store: Store) -> int:
        go.wait(60)
        return make(folder, store)

    monkeypatch.setattr(search, "update", slow)
    monkeypatch.setattr(indexed, "PATIENCE", 0.01)
    client = opened(bare)
    for _ in range(3):
        answer = client.get("/search?q=talks")
        assert (answer.status_code, answer.headers["refresh"]) == (200, "2")
        assert "is being made" in answer.text
    assert "is being made" in client.get("/search/results?q=talks").text
    assert sum(thread.name == "making the index" for thread in threading.enumerate()) == 1
    go.set()
    monkeypatch.setattr(indexed, "PATIENCE", 60)
    answer = client.get("/search?q=talks")
    assert "<mark>" in answer.text
    assert "refresh" not in answer.headers


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 100])
def test_one_that_cannot_be_read_is_made_anew(bare: Path, damage: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexed, "PATIENCE", 60)
    (bare / search.NAME).write_bytes(damage)
    assert "<mark>" in opened(bare).get("/search?q=talks").text


def test_where_it_cannot_be_made_the_page_says_who_can(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from parley.errors import StoreError

    def refused(*_: object) -> int:
        raise StoreError("the folder <b> cannot be written")

    monkeypatch.setattr(indexed, "PATIENCE", 60)
    monkeypatch.setattr(search, "update", refused)
    monkeypatch.setattr(search, "rebuild", refused)
    answer = opened(bare).get("/search?q=talks")
    assert answer.status_code == 200
    assert "parley repair" in answer.text
    assert "the folder &lt;b&gt; cannot be written" in answer.text


def test_one_that_is_behind_says_by_how_much(bare: Path) -> None:
    with Store.open(bare) as store:
        search.update(bare, store)
    state = indexed.Index(bare)
    with Store.open(bare) as store:
        assert state.state(store) == indexed.State(ready=True)
