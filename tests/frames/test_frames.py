"""A record in Python: the same rows in every library, and an article that can do no harm in a notebook."""

from __future__ import annotations

import builtins
import io
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest

import parley
from parley.frames import Corpus
from tests.exports.whole.conftest import HARM_ID, folder  # noqa: F401

NAMES = ("ledger", "accounts", "movement", "differences", "events", "positions", "articles")


@pytest.fixture
def corpus(folder: Path) -> Iterator[Corpus]:  # noqa: F811
    with parley.open(folder) as opened:
        yield opened


@pytest.mark.parametrize("name", NAMES)
def test_every_library_gives_the_same_rows(name: str, corpus: Corpus) -> None:
    frame = getattr(corpus, name)()
    one, other = frame.pandas(), frame.polars()
    assert isinstance(one, pd.DataFrame)
    assert isinstance(other, pl.DataFrame)
    assert len(one) == len(other) == len(frame) == len(frame.rows())
    assert tuple(one.columns) == tuple(other.columns) == frame.columns
    assert name in repr(frame)


def test_rows_say_who_and_what(corpus: Corpus) -> None:
    assert len(corpus.positions()) == 15
    assert len(corpus.accounts()) == 9
    assert {row["party"] for row in corpus.positions().rows()} >= {"Highland", "Delta"}
    (event,) = [row for row in corpus.events().rows() if row["type"] == "COERCE" and row["article_id"] == "delta-1"]
    assert event["actors"] == ["Highland"]


def test_filters_take_one_value_or_several(corpus: Corpus) -> None:
    assert len(corpus.accounts(issue="prisoners")) == 1
    assert len(corpus.accounts(issue=("prisoners", "monitoring"))) == 2
    assert len(corpus.ledger(issue="prisoners")) == 1
    assert [record.id for record in corpus.records(issue="prisoners")] == ["delta-1"]


@pytest.mark.parametrize("wrong", [{"isue": "x"}, {"layer": "mine"}, {"since": "yesterday"}])
def test_a_filter_that_cannot_be_is_refused(wrong: dict[str, str], corpus: Corpus) -> None:
    with pytest.raises(parley.ParleyError):
        corpus.accounts(**wrong)


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_an_absent_library_is_named(library: str, corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, library, None)
    with pytest.raises(parley.ParleyError, match=f"{library} is not installed"):
        getattr(corpus.accounts(), library)()


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_an_article_shows_itself_in_a_frame_that_runs_nothing(corpus: Corpus) -> None:
    article = corpus.article(HARM_ID)
    assert article.quote(article.positions[1].evidence) == "@SUM(A1)"
    ((tag, attributes),) = Tags(article._repr_html_()).found
    assert tag == "iframe"
    assert attributes["sandbox"] in (None, "")
    inner = Tags(attributes["srcdoc"] or "")
    assert "script" not in {tag for tag, _ in inner.found}
    assert not [key for _, attrs in inner.found for key in attrs if key.startswith("on")]


def test_a_frame_shows_cells_as_text(corpus: Corpus) -> None:
    shown = Tags(corpus.accounts()._repr_html_())
    assert {tag for tag, _ in shown.found} == {"table", "thead", "tbody", "tr", "th", "td"}


def test_export_writes_a_file_or_bytes(corpus: Corpus, tmp_path: Path) -> None:
    out = io.BytesIO()
    corpus.export("csv", out, issue="prisoners")
    corpus.export("csv", tmp_path / "x.csv", issue="prisoners")
    assert (tmp_path / "x.csv").read_bytes() == out.getvalue()
    with pytest.raises(parley.ParleyError, match="no form"):
        corpus.export("nonsense", out)


def test_opening_needs_no_language_model(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    real = builtins.__import__

    def guarded(name: str, *rest: Any) -> Any:
        assert name.split(".")[0] != "spacy"
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", guarded)
    assert len(parley.open(folder).articles()) == 3
