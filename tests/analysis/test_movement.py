"""How parties moved between two times."""

from __future__ import annotations

from typing import Any

import pytest

from parley.analysis.movement import movement


@pytest.fixture
def moved(story: Any, load: Any) -> Any:
    """The moves of Chad between two articles, each with its act and words."""

    def told(*acts: tuple[str, str, str], layer: str = "own", **options: Any) -> Any:
        stories = [
            story(f"a{k}", published=day).says("Chad", act, "foreign_forces", words, layer=layer)
            for k, (day, act, words) in enumerate(acts)
        ]
        return movement(load(*stories), **options).moves

    return told


WORDS = "Chad {} foreign bases on its soil."


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        ("propose", "reject", "hardened"),
        ("accept", "demand", "hardened"),
        ("reject", "accept", "moved"),
        ("demand", "concede", "moved"),
        ("demand", "demand", "unchanged"),
        ("demand", "precondition", "unchanged"),
        ("demand", "reject", "cannot tell"),
        ("warn", "reject", "cannot tell"),
    ],
)
def test_the_table_of_acts_decides(moved: Any, before: str, after: str, verdict: str) -> None:
    (move,) = moved(("2019-03-01", before, WORDS), ("2021-03-01", after, WORDS))
    assert move.verdict == verdict
    assert (move.before.act, move.after.act) == (before, after)
    assert "2019-03-01" in move.reason


def test_a_number_that_changed_is_no_unchanged_position(moved: Any) -> None:
    (move,) = moved(("2019-03-01", "demand", "A cap of 300 tanks."), ("2021-03-01", "demand", "A cap of 900 tanks."))
    assert move.verdict == "cannot tell"
    assert "300 tanks became 900 tanks" in move.reason


def test_what_rests_on_others_is_said(moved: Any) -> None:
    (move,) = moved(("2019-03-01", "propose", WORDS), ("2021-03-01", "reject", WORDS), layer="ascribed")
    assert "on the word of others" in move.reason


def test_between_two_days(moved: Any) -> None:
    acts = (("2019-03-01", "propose", WORDS), ("2020-03-01", "reject", WORDS), ("2021-03-01", "accept", WORDS))
    assert [m.verdict for m in moved(*acts, between=("2019-06-01", "2020-06-01"))] == ["hardened"]
    assert [m.verdict for m in moved(*acts, between=("2020-06-01", "2021-06-01"))] == ["moved"]
    assert [m.verdict for m in moved(*acts, periods="year")] == ["hardened", "moved"]
    assert [m.periods for m in moved(*acts, periods="year")] == [("2020", "2021"), ("2019", "2020")][::-1]


def test_the_pair_that_speaks_of_the_same_thing_is_shown(story: Any, load: Any) -> None:
    old = story("a1", published="2019-03-01").says(
        "Chad", "propose", "alignment", "Chad offered to stay neutral for good."
    )
    new = story("a2", published="2021-03-01")
    new.says("Chad", "demand", "alignment", "Chad wants to choose its unions freely.")
    new.says("Chad", "reject", "alignment", "Chad will not stay neutral for good.")
    (move,) = movement(load(old, new)).moves
    assert (move.verdict, move.after.position_id) == ("hardened", "p2")
    assert movement(load(old, new)).arrow().num_rows == 1


def test_one_time_is_no_move(moved: Any) -> None:
    assert moved(("2019-03-01", "propose", WORDS)) == ()
    assert moved() == ()
