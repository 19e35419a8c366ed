"""Issues by meaning: wordings without a term, names that do not vote, and a training that is the shipped one."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.codebook import OTHER, codebook, folder, read_toml
from parley.errors import ModelError
from parley.meaning import Meaning, common_words, shipped

BOOK = codebook()


@pytest.mark.parametrize(
    ("words", "issue"),
    [
        ("pull its gunners back over the ridge to their old camps", "withdrawal"),
        ("every captured fighter to go home before the feast", "prisoners"),
        ("guns to fall silent along the whole front", "ceasefire"),
        ("that lorries with flour be let through the siege", "humanitarian_access"),
        ("the villagers who fled to come home to their farms", "displaced"),
    ],
)
def test_wordings_without_a_term_find_their_issue(words: str, issue: str) -> None:
    chances = shipped().chances(words)
    assert max(chances, key=lambda one: chances[one]) == issue


def test_chances_are_a_distribution_over_all_issues() -> None:
    chances = shipped().chances("the removal of roadblocks around the villages")
    assert set(chances) == {*BOOK.issues, OTHER}
    assert sum(chances.values()) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(("one", "other"), [("Chad", "Peru"), ("Mali", "Timor-Leste")])
def test_names_do_not_vote(one: str, other: str) -> None:
    text = "that {} hand back the islands"
    assert shipped().chances(text.format(one)) == shipped().chances(text.format(other))


def test_words_that_cannot_vote_give_nothing() -> None:
    assert common_words("Peru, 1941 — Chad") == ""
    assert shipped().chances("Peru, 1941") == {}


def test_every_issue_has_its_wordings() -> None:
    found = {issue: rows for path in folder("wordings").glob("*.toml") for issue, rows in read_toml(path).items()}
    assert set(found) == {*BOOK.issues, OTHER}
    assert all(len(set(rows)) >= 150 for rows in found.values())


def test_damaged_votes_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        Meaning(tmp_path, tmp_path / "tokenizer.json")
