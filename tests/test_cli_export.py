"""``parley export``: what it writes, where, and what it refuses."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from parley.cli import main
from parley.exports.whole.formats import FORMATS
from tests.exports.whole.conftest import folder  # noqa: F401


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["export", *map(str, words)])


def test_formats_are_listed_without_a_record() -> None:
    result = run("--formats")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.output.splitlines()] == list(FORMATS)


def test_a_file_is_named_after_the_record(folder: Path, here: Path) -> None:  # noqa: F811
    assert run("--record", folder, "--format", "bundle").exit_code == 0
    (made,) = here.iterdir()
    assert made.name.startswith("Talks_2024-")
    assert made.name.endswith("-bundle.zip")


def test_nothing_is_written_over_unasked(folder: Path, here: Path) -> None:  # noqa: F811
    words = ("--record", folder, "--format", "csv", "-o", here / "x.csv")
    (here / "x.csv").write_text("mine")
    result = run(*words)
    assert result.exit_code == 2
    assert "--force" in result.output
    assert (here / "x.csv").read_text() == "mine"
    assert run(*words, "--force").exit_code == 0
    assert [path.name for path in here.iterdir()] == ["x.csv"]


def test_filters_and_standard_output(folder: Path) -> None:  # noqa: F811
    result = run("--record", folder, "--format", "csv", "--issue", "prisoners", "--issue", "monitoring", "-o", "-")
    assert result.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(result.stdout_bytes.decode("utf-8-sig"))))
    assert {row["issue"] for row in rows} == {"prisoners", "monitoring"}


@pytest.mark.parametrize(
    "words",
    [
        ("--format", "nonsense"),
        ("--format", "csv", "--layer", "mine"),
        ("--format", "csv", "--since", "soon"),
        ("--format", "csv", "--as-of", "9999"),
        ("--format", "csv", "-o", "/no/such/folder/x.csv"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(words: tuple[str, ...], folder: Path, here: Path) -> None:  # noqa: F811
    result = run("--record", folder, *words)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert not list(here.iterdir())


def test_a_failure_leaves_no_half_file(folder: Path, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("parley.exports.whole.long.write_csv", fail)
    result = run("--record", folder, "--format", "csv", "-o", "x.csv")
    assert result.exit_code == 2
    assert "No space left" in result.output
    assert not list(here.iterdir())
