"""The commands that ask a record, over a small one on disk."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from parley import cli_ledger
from parley.cli import main
from parley.exports.tables import FORMS
from parley.store import Reading, Run, Shard, Writer
from tests.analysis.conftest import Story

COMMANDS = ("ledger", "accounts", "movement", "sourcing", "naming")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledger") / "record"
    first = Story("a1", outlet="=cmd()", published="2021-03-02")
    first.says("Chad", "propose", "ceasefire", "<b>Chad</b> offers a | truce of 30 days.", sourcing="named")
    second = Story("a2", outlet="Beta", published="2021-06-02")
    second.says("Chad", "reject", "ceasefire", "Chad rejects a truce of 30 days.", sourcing="office")
    second.tells("Chad received 4,117 bodies of soldiers.")
    third = Story("a3", outlet="Gamma", published="2021-06-03")
    third.actor("Chad")
    third.tells("Chad received 4,120 bodies of soldiers.")
    records = [story.record() for story in (first, second, third)]
    with Writer.open(folder) as writer:
        readings = [Reading(one.id, one.article.sha256, one, None) for one in records]
        writer.begin_run(Run("r1", datetime(2021, 7, 1, tzinfo=UTC)))
        writer.commit(Shard("r1", readings=readings))
    return folder


def run(record: Path, *words: str) -> Result:
    command, *rest = words
    return CliRunner().invoke(main, [command, "--record", str(record), *rest])


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("form", cli_ledger.FORMS)
def test_every_command_has_every_form(record: Path, command: str, form: str) -> None:
    result = run(record, command, "--format", form)
    assert result.exit_code == 0, result.output
    assert result.stdout.strip()
    if form == "json":
        json.loads(result.stdout)
    if form == "html":
        assert "<b>" not in result.stdout
        assert "<script" not in result.stdout


def test_cells_that_a_spreadsheet_would_run_are_defused(record: Path) -> None:
    rows: list[Any] = list(csv.DictReader(io.StringIO(run(record, "sourcing", "--format", "csv").stdout)))
    assert "'=cmd()" in {row["outlet"] for row in rows}


def test_what_the_small_record_says(record: Path) -> None:
    (cell,) = json.loads(run(record, "ledger", "--format", "json").stdout)["cells"]
    assert (cell["head"]["act"], cell["head"]["article_id"]) == ("reject", "a2")
    (move,) = json.loads(run(record, "movement", "--format", "json").stdout)["moves"]
    assert move["verdict"] == "hardened"
    (found,) = json.loads(run(record, "accounts", "--format", "json").stdout)["differences"]
    assert [version["label"] for version in found["versions"]] == ["4,117", "4,120"]
    assert len(json.loads(run(record, "ledger", "--accounts", "--format", "json").stdout)["accounts"]) == 2


def test_a_wrong_question_is_told_in_one_line(record: Path) -> None:
    for words in (
        ("ledger", "--layer", "mine"),
        ("movement", "--between", "May", "June"),
        ("ledger", "--periods", "x"),
    ):
        result = run(record, *words)
        assert result.exit_code == 2
        assert len(result.stderr.splitlines()) == 1


def test_forms_are_those_of_the_exports() -> None:
    assert set(cli_ledger.FORMS) == {"json", *FORMS}
