"""What people have corrected comes out as gold, and gold is what evaluation reads."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from parley import cli
from parley.analysis.evaluate import positions as measured
from parley.errors import ReadError
from parley.exports import gold
from parley.store import Store, judged, judgements
from parley.store.judged import told
from parley.store.judgements import Judgement
from tests.store import make

ARTICLE = "00000001"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A record of four articles that say the same."""
    return make.write(tmp_path / "record")


def say(folder: Path, row_id: str, kind: str, who: str = "Ann", **changes: object) -> None:
    with Store.open(folder) as store:
        values = told.everything(store.record(ARTICLE))[row_id]
    said = {} if kind == "reject" else {**values, **changes}
    judgements.add(folder, Judgement(who, kind, ARTICLE, "position", values, said))  # type: ignore[arg-type]


def rows(folder: Path, who: str | None = None) -> list[dict[str, object]]:
    with Store.open(folder) as store:
        return [json.loads(line) for line in gold.lines(judged.corrections(store), who=who)]


def test_nothing_judged_is_no_gold(folder: Path) -> None:
    assert rows(folder) == []


def test_right_and_wrong_rows(folder: Path) -> None:
    say(folder, "p1", "reject")
    say(folder, "p2", "change", act="reject", party="Chad")
    (row,) = rows(folder)
    assert row["complete"] is False
    assert [(p["party"], p["act"]) for p in row["positions"]] == [(["Chad", "TCD"], "reject")]  # type: ignore[union-attr,index]
    assert [p["act"] for p in row["wrong"]] == ["DEMAND", "REFUSE"]  # type: ignore[union-attr,index]
    assert rows(folder, "Bob") == []


def test_all_rows_of_an_article_that_was_looked_at_as_a_whole(folder: Path) -> None:
    judgements.add(folder, Judgement("Ann", "confirm", ARTICLE, "article"))
    (row,) = rows(folder, "Ann")
    assert row["complete"] is True
    assert len(row["positions"]) == 2  # type: ignore[arg-type]
    assert len(row["attributions"]) == 2  # type: ignore[arg-type]


def read_back(folder: Path, tmp_path: Path) -> measured.GoldPositions:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(map(json.dumps, rows(folder))), encoding="utf-8")
    return measured.read_gold(path)[0]


def test_the_corrected_record_is_right_by_its_own_gold(folder: Path, tmp_path: Path) -> None:
    say(folder, "p1", "reject")
    say(folder, "p2", "change", act="reject", party="Chad")
    found = read_back(folder, tmp_path)
    with Store.open(folder) as store:
        machine, corrected = store.record(ARTICLE), judged.record(store, ARTICLE)
    good = measured.scores(measured.count(found, corrected))["party act issue"]
    assert (good.f1, good.right) == (100.0, 1)
    bad = measured.scores(measured.count(found, machine))["party act issue"]
    assert (bad.right, bad.predicted, bad.gold) == (0, 2, 1)
    fewer = replace(machine, positions=())
    assert measured.scores(measured.count(found, fewer))["party act issue"].predicted == 0


def test_what_nobody_judged_is_not_counted_unless_all_was_looked_at(folder: Path, tmp_path: Path) -> None:
    say(folder, "p1", "confirm")
    with Store.open(folder) as store:
        machine = store.record(ARTICLE)
    part = measured.scores(measured.count(read_back(folder, tmp_path), machine))["party act issue"]
    assert (part.right, part.predicted, part.gold) == (1, 1, 1)
    judgements.add(folder, Judgement("Ann", "confirm", ARTICLE, "article"))
    whole = measured.scores(measured.count(read_back(folder, tmp_path), machine))["party act issue"]
    assert (whole.right, whole.predicted, whole.gold) == (2, 2, 2)


@pytest.mark.parametrize("text", ["", "[]", '{"id": 1}', '{"id": 1, "text": "x", "positions": [{"act": "x"}]}', "{"])
def test_what_is_no_gold_is_told_of(text: str, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match="gold"):
        measured.read_gold(path)


def test_from_the_command_line(folder: Path, tmp_path: Path) -> None:
    text = "Chad rejected the ceasefire on Monday."
    row = {"id": "1", "text": text, "positions": [{"party": ["Chad"], "act": "reject", "issue": ["ceasefire"]}]}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    result = CliRunner().invoke(cli.main, ["evaluate", "positions", str(path), "--rules-only", "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["measures"]["party act issue"]["f1"] == 100.0
    say(folder, "p1", "confirm")
    result = CliRunner().invoke(cli.main, ["evaluate", "gold", str(folder)])
    assert json.loads(result.stdout)["id"] == ARTICLE
