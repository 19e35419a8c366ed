"""The command line offers what the tables hold, teaches, and answers quickly."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from parley import cli, cli_options, exports, pipeline, readers
from parley.record import from_json

SAMPLES = Path(__file__).parent.parent / "samples"


def test_choices_are_those_of_the_tables() -> None:
    assert set(cli.FORMATS) == set(exports.FORMATS)
    assert set(cli.INPUTS) == set(readers.FORMATS)
    assert cli_options.DEFAULT_MODEL == pipeline.DEFAULT_MODEL


@pytest.mark.parametrize("command", [None, *cli.main.commands])
def test_every_command_has_help(command: str | None) -> None:
    result = CliRunner().invoke(cli.main, [*([command] if command else []), "--help"])
    assert result.exit_code == 0
    assert len(result.output) > 200


def test_help_answers_quickly() -> None:
    def seconds() -> float:
        """Processor time: a busy machine must not fail the test."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "parley", "--help"], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(seconds() for _ in range(5)) < 0.3


@pytest.mark.parametrize(
    "path", sorted(p for p in SAMPLES.iterdir() if p.suffix in readers.ENDINGS and p.stem != "README")
)
@pytest.mark.parametrize("form", cli.FORMATS)
def test_every_sample_in_every_form(path: Path, form: str, tmp_path: Path) -> None:
    target = tmp_path / "out"
    result = CliRunner().invoke(cli.main, ["read", str(path), "--format", form, "-o", str(target)])
    assert result.exit_code == 0, result.output
    text = target.read_text(encoding="utf-8")
    assert len(text) > 1000
    if form == "json":
        assert from_json(text).positions


def test_annotate_keeps_order_and_gives_the_same_bytes_twice(tmp_path: Path) -> None:
    source, one, two = tmp_path / "in.jsonl", tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    rows = [{"id": str(k), "text": f"Envoy {k} of Peru rejected the demand, a spokesman said."} for k in range(30)]
    source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    for target in (one, two):
        assert CliRunner().invoke(cli.main, ["annotate", str(source), str(target), "-q"]).exit_code == 0
    assert one.read_bytes() == two.read_bytes()
    assert [from_json(line).id for line in one.read_text().splitlines()] == [str(k) for k in range(30)]


def test_the_users_date_fills_a_gap_only() -> None:
    rows = b'{"id":"a","text":"Peru said no."}\n{"id":"b","text":"Peru said no.","published":"2020-01-02"}\n'
    result = CliRunner().invoke(cli.main, ["annotate", "-", "-", "-q", "--published", "2024-03-05"], input=rows)
    days = [from_json(line).article.published for line in result.stdout.splitlines()]
    assert days == ["2024-03-05", "2020-01-02"]
