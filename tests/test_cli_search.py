from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from parley.cli import Commands
from parley.cli_search import KINDS, copies, search
from parley.store import Copy
from parley.store import search as index
from tests.store.test_search import record, refresh, write


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "record"
    write(
        path,
        record("wire", published="2025-03-02"),
        record("again", published="2025-04-02", outlet="Gazette"),
        copies=[Copy("wire", "wire", 1.0), Copy("again", "wire", 0.91)],
    )
    refresh(path)
    return path


def run(*words: str) -> str:
    group = Commands(commands={"search": search, "copies": copies})
    result = CliRunner().invoke(group, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return click.unstyle(result.output)


def test_search(folder: Path) -> None:
    output = run("search", "captives", "--record", str(folder), "--kind", "article", "--outlet", "courier")
    assert output.startswith("wire [article] Captives wire · Courier · 2025-03-02 (and 1 reprint)\n    Chad demanded")
    assert run("search", "nowhere", "--record", str(folder)) == ""


def test_search_as_json(folder: Path) -> None:
    lines = run("search", "--record", str(folder), "--party", "TCD", "--act", "demand", "--json").splitlines()
    assert {(row["kind"], row["article_id"]) for row in map(json.loads, lines)} == {
        ("article", "wire"),
        ("position", "wire"),
    }


def test_copies(folder: Path) -> None:
    assert run("copies", "--record", str(folder)) == (
        "wire  1.00  2025-03-02  Courier  Captives wire\n    again  0.91  2025-04-02  Gazette  Captives again\n"
    )
    (line,) = run("copies", "--record", str(folder), "--json").splitlines()
    assert [row["article_id"] for row in json.loads(line)["articles"]] == ["wire", "again"]


@pytest.mark.parametrize("command", ["search", "copies"])
def test_no_record_is_said_in_one_line(command: str, tmp_path: Path) -> None:
    group = Commands(commands={"search": search, "copies": copies})
    result = CliRunner().invoke(group, [command, "--record", str(tmp_path)])
    assert result.exit_code == 2
    assert result.output.count("\n") == 1


def test_the_kinds_are_those_of_the_index() -> None:
    assert KINDS == index.KINDS
