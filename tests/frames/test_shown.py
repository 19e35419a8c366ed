"""Whose rows a question asks: the machine's, as people corrected them, or both; in Python and on the command line."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

import parley
from parley import cli_ledger
from parley.cli import main
from parley.frames import Corpus
from parley.store import Store, judgements
from parley.store.judged import Show, told
from parley.store.judgements import Judgement
from tests.exports.whole.conftest import folder  # noqa: F401

ARTICLE = "delta-1"
NAMES = ("ledger", "accounts", "movement", "differences", "events", "positions")


@pytest.fixture
def judged_folder(folder: Path, tmp_path: Path) -> Path:  # noqa: F811
    """A record of which a position is wrong, and an event another."""
    own = Path(shutil.copytree(folder, tmp_path / "own"))
    with Store.open(own) as store:
        said = told.everything(store.record(ARTICLE))
    event = {**said["e1"], "actors": ["Atlantis"]}
    judgements.add(own, Judgement("Ann", "reject", ARTICLE, "position", said["p1"]))
    judgements.add(own, Judgement("Ann", "change", ARTICLE, "event", said["e1"], event))
    return own


@pytest.fixture
def corpus(judged_folder: Path) -> Iterator[Corpus]:
    with parley.open(judged_folder) as opened:
        yield opened


def test_a_question_asks_whose_rows(corpus: Corpus) -> None:
    machine, corrected = (len(corpus.positions(show=show)) for show in ("machine", "corrected"))
    assert corrected == machine - 1 == len(corpus.positions()) - 1
    assert len(corpus.positions(show="both")) == machine
    assert "Atlantis" not in str(corpus.events().rows())
    assert "Atlantis" in str(corpus.events(show="corrected").rows())
    assert "Atlantis" in str(corpus.query("SELECT name FROM actors", show="corrected").rows())
    assert len(corpus.article(ARTICLE, show="corrected").positions) == len(corpus.article(ARTICLE).positions) - 1


def test_a_corpus_may_be_opened_so(judged_folder: Path, corpus: Corpus) -> None:
    with parley.open(judged_folder, show="corrected") as opened:
        for name in NAMES:
            assert getattr(opened, name)().rows() == getattr(corpus, name)(show="corrected").rows(), name
            assert getattr(opened, name)(show="machine").rows() == getattr(corpus, name)().rows(), name
        assert "corrected" in repr(opened)
        out = io.BytesIO()
        opened.export("csv", out)
        assert len(list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"))))) == len(opened.accounts())
        assert {len(record.positions) for record in opened.records() if record.id == ARTICLE} == {
            len(opened.article(ARTICLE).positions)
        }


def test_rows_of_nobody_are_refused(judged_folder: Path, corpus: Corpus) -> None:
    with pytest.raises(parley.ParleyError, match="none of machine"):
        parley.open(judged_folder, show="mine")
    for ask in (corpus.accounts, corpus.events, corpus.ledger, lambda show: corpus.article(ARTICLE, show=show)):
        with pytest.raises(parley.ParleyError, match="none of machine"):
            ask(show="mine")
    with pytest.raises(parley.ParleyError):
        corpus.query("SELEC", show="corrected").rows()


# ---------------------------------------------------------------- the command line
def run(*words: object) -> str:
    result = CliRunner().invoke(main, list(map(str, words)))
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("command", ["ledger", "accounts", "movement", "sourcing", "naming"])
def test_every_command_says_whose_rows(judged_folder: Path, command: str) -> None:
    for show, words in cli_ledger.SHOWN.items():
        asked = (command, "--record", judged_folder, "--show", show)
        assert json.loads(run(*asked, "--format", "json"))["show"] == show
        assert (words in run(*asked)) == (show != "machine")


def test_the_ledger_and_the_export_are_as_corrected(judged_folder: Path, tmp_path: Path) -> None:
    counted = []
    for show in ("machine", "corrected"):
        found = json.loads(run("ledger", "--record", judged_folder, "--accounts", "--format", "json", "--show", show))
        path = tmp_path / f"{show}.csv"
        run("export", "--record", judged_folder, "--format", "csv", "--show", show, "-o", path)
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
        assert len(rows) == len(found["accounts"])
        counted.append(len(rows))
    assert counted[1] == counted[0] - 1


def test_the_choices_are_those_of_the_store() -> None:
    assert tuple(cli_ledger.SHOWN) == get_args(Show)
