"""What sentences say is kept and believed only while it holds; accounts are compared aside with the same outcome."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from parley.analysis import claims as reading
from parley.analysis.account import accounts_of, part_of
from parley.analysis.claims import Claim, claims, keep
from parley.analysis.differences import differences
from parley.analysis.filters import Filters
from parley.analysis.sentences import NAME, SentenceFile
from parley.analysis.statements import gathered
from parley.store import Store
from parley.web import compared, comparing
from parley.web.app import create_app
from parley.web.settings import Settings
from parley.web.warm import warm


@pytest.fixture
def store(demo_folder: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copytree(demo_folder, tmp_path / "demo")
    with Store.open(tmp_path / "demo") as opened:
        yield opened


def _claims(store: Store, *, kept: bool) -> list[Claim]:
    with gathered(store, Filters()) as query:
        if not kept:
            return list(claims(query))
        with SentenceFile(store.folder) as sentences:
            return list(claims(query, sentences))


def test_kept_sentences_say_the_same(store: Store) -> None:
    fresh = _claims(store, kept=False)
    assert fresh == _claims(store, kept=True) == _claims(store, kept=True)


def test_what_was_kept_is_used_until_the_article_or_the_rules_change(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MANY", 1)
    number = len(store.article_ids())
    assert (keep(store, store.folder), keep(store, store.folder)) == (number, 0)
    monkeypatch.setattr("parley.analysis.sentences.rules", lambda: "others")
    assert keep(store, store.folder) == number


def test_a_damaged_file_is_done_without(store: Store) -> None:
    (store.folder / NAME).write_bytes(b"no database" * 1000)
    assert _claims(store, kept=True) == _claims(store, kept=False)


def test_a_process_of_its_own_finds_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compared, "MANY", 1)
    app = create_app(Settings(store.folder, token="t"))
    with TestClient(app, base_url="http://127.0.0.1:8042") as client:
        while "refresh" in (answer := client.get("/accounts")).headers:
            pass
    assert "The accounts are being compared" not in answer.text
    assert comparing.kept(store.folder / comparing.NAME, store.commit.number) == differences(store, most=None)
    assert comparing.kept(store.folder / comparing.NAME, store.commit.number + 1) is None


def test_a_room_is_got_ready(store: Store) -> None:
    app = create_app(Settings(store.folder, token="t"))
    warm(app)
    with TestClient(app, base_url="http://127.0.0.1:8042") as client:
        assert client.get("/").status_code == client.get("/ledger").status_code == 200


@pytest.mark.parametrize("polarity", ["for", "against", "neutral"])
def test_accounts_of_one_polarity(store: Store, polarity: str) -> None:
    expected = [one for one in accounts_of(store) if one.polarity == polarity]
    part = part_of(store, Filters(), limit=5, offset=2, polarity=polarity)
    assert (part.total, list(part.accounts)) == (len(expected), expected[2:7])
