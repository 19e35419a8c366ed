"""A user's codebook is held to its own examples, and told where it takes over those of the shipped issues."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from parley.analysis.codebook_check import check
from parley.cli import main
from parley.errors import CodebookError

SAMPLES = sorted((Path(__file__).parents[2] / "samples" / "codebooks").glob("*.toml"))
FERRY = """
[[issues]]
id = "ferry"
group = "economy"
title = "Ferries"
definition = "Whether ferries run."
terms = ["ferry/ferries"]
match = ["Athens asked for a daily ferry.", "Valletta wants boats to run."]
no_match = ["Rabat banned every ferry."]

[[actors]]
name = "Strait Commission"
"""


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_shipped_examples_of_users_codebooks_hold(path: Path) -> None:
    result = check((path,))
    assert [finding for finding in result.findings if finding.grade == "error"] == []
    assert all(len(issue.match) >= 6 and len(issue.no_match) >= 4 for issue in result.issues)


def test_there_are_three_of_them() -> None:
    assert [path.stem for path in SAMPLES] == ["dam_filling", "tariffs", "uranium_enrichment"]


def test_failing_examples_and_thin_ones_are_named(tmp_path: Path) -> None:
    path = tmp_path / "ferry.toml"
    path.write_text(FERRY, encoding="utf-8")
    result = check((path,))
    whys = [finding.why for finding in result.findings]
    assert result.actors == 1
    assert "match sentence was not recognised: Valletta wants boats to run." in whys
    assert "no_match sentence was recognised all the same: Rabat banned every ferry." in whys
    assert any("has 2 match sentences" in why for why in whys)


def test_taking_over_shipped_examples_is_told(tmp_path: Path) -> None:
    path = tmp_path / "truce.toml"
    path.write_text(FERRY.replace("ferry/ferries", "ceasefire"), encoding="utf-8")
    assert any("of ceasefire, such as:" in finding.why for finding in check((path,)).findings)


@pytest.mark.parametrize("text", ['id = "x"\ntitel = "y"', "issues = 3", "[[actors]]\nnme = 1", "not toml"])
def test_what_cannot_be_used_is_an_error(text: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError):
        check((path,))


def test_the_command_says_all_and_its_status_too(tmp_path: Path) -> None:
    path = tmp_path / "ferry.toml"
    path.write_text(FERRY, encoding="utf-8")
    bad = CliRunner().invoke(main, ["codebook", "check", str(path)])
    good = CliRunner().invoke(main, ["codebook", "check", *map(str, SAMPLES)])
    assert (bad.exit_code, good.exit_code) == (1, 0)
    assert "2 of them not read as the file says" in bad.output
    assert "all read as the file says" in good.output


def test_list_and_show() -> None:
    assert "ceasefire, " in CliRunner().invoke(main, ["codebook", "list"]).output
    shown = CliRunner().invoke(main, ["codebook", "show", "remains"]).output
    assert shown.startswith("remains: ")
    wrong = CliRunner().invoke(main, ["codebook", "show", "ferry"])
    assert wrong.exit_code == 2
    assert "no issue 'ferry'" in wrong.output
