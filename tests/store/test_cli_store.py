"""The commands that look at a record."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from parley import cli_store, exports
from parley.errors import NoSuchArticle
from parley.record import from_json
from tests.store import make
from tests.store.test_check import put, spoil


def call(command: click.Command, *words: object) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words])


def test_formats_are_those_of_the_exports() -> None:
    assert set(cli_store.FORMATS) == set(exports.FORMATS)


def test_status_counts(folder: Path) -> None:
    plain = call(cli_store.status, "--record", folder)
    assert plain.exit_code == 0, plain.output
    assert "articles      4 (" in plain.output
    assert "finished: read 4, new 4" in plain.output
    found = json.loads(call(cli_store.status, "--record", folder, "--json", "--as-of", "2").output)
    assert (found["articles"], found["outlets"], found["earliest"]) == (2, 1, "2026-03-01")


def test_history_lists_every_commit(folder: Path) -> None:
    lines = call(cli_store.history, "--record", folder).output.splitlines()
    assert len(lines) == 4
    assert "shard" in lines[1]
    assert "articles +2" in lines[2]
    (last,) = call(cli_store.history, "--record", folder, "--limit", 1, "--json").output.splitlines()
    assert json.loads(last)["number"] == 4


@pytest.mark.parametrize("form", cli_store.FORMATS)
def test_show_prints_what_is_stored(folder: Path, form: str) -> None:
    shown = call(cli_store.show, "00000002", "--record", folder, "--format", form)
    assert shown.exit_code == 0, shown.output
    assert "Graustark" in shown.output
    if form == "json":
        assert from_json(shown.output) == make.record("00000002")


def test_show_wants_one_article(folder: Path) -> None:
    several = call(cli_store.show, "0000", "--record", folder).exception
    none = call(cli_store.show, "00000003", "--record", folder, "--as-of", 2).exception
    assert isinstance(several, NoSuchArticle)
    assert "several" in str(several)
    assert isinstance(none, NoSuchArticle)


def test_check_and_repair(folder: Path) -> None:
    assert call(cli_store.check, "--record", folder).output.endswith("nothing wrong\n")
    spoil(folder, "events", lambda rows: rows.append(rows[0] | {"article_id": "gone"}))
    wrong = call(cli_store.check, "--record", folder)
    assert wrong.exit_code == 1
    assert "events: rows of an article that is not there (1: gone)" in wrong.output
    assert "events: 1 removed" in call(cli_store.repair, "--record", folder).output
    assert call(cli_store.check, "--record", folder).exit_code == 0
    assert "nothing to mend" in call(cli_store.repair, "--record", folder).output
    spoil(folder, "framing", put("words", "x"))
    told = [json.loads(line) for line in call(cli_store.check, "--record", folder, "--json").stdout.splitlines()]
    assert [one["name"] for one in told] == ["quote"]


def test_repair_joins_and_forgets_when_asked(folder: Path) -> None:
    done = call(cli_store.repair, "--record", folder, "--compact", "--forget-before", 4)
    assert done.exit_code == 0, done.output
    assert "files joined" in done.output
    assert len(call(cli_store.history, "--record", folder).output.splitlines()) == 2
    assert call(cli_store.check, "--record", folder).exit_code == 0
