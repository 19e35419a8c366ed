"""Who did what to whom."""

from __future__ import annotations

from typing import Any

import pytest

from parley.analysis.deeds import GROUPS, DeedFilters, Deeds, group_of
from parley.model import Date, Event


class Source:
    """A connection that is handed out again and again."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def connection(self) -> Any:
        return self._connection.cursor()


@pytest.fixture
def deeds(story: Any, load: Any) -> Deeds:
    one = story("a1", outlet="Alpha", published="2021-03-04")
    chad, peru, mali = one.actor("Chad"), one.actor("Peru"), one.actor("Mali")
    one.tells("Chad shelled Peru and Mali. Peru met Chad.")
    day = Date("2021-02-27", "day", "text")
    events = [
        Event("e1", "ASSAULT", ((0, 26),), (5, 12), actors=(chad,), recipients=(peru, mali), date=day),
        Event("e2", "CONSULT", ((28, 42),), (33, 36), actors=(peru,), recipients=(chad,)),
    ]  # fmt: skip
    one.events = events
    return Deeds.laid(Source(load(one)))


def test_pairs_and_months(deeds: Deeds) -> None:
    dyads = {(one.who.name, one.whom.name): one for one in deeds.dyads(DeedFilters(), most=10)}
    assert set(dyads) == {("Chad", "Peru"), ("Chad", "Mali"), ("Peru", "Chad")}
    assert (dyads["Chad", "Peru"].conflictual, dyads["Peru", "Chad"].cooperative) == (1, 1)
    assert [(one.month, sum(one.groups)) for one in deeds.months(DeedFilters())] == [("2021-02", 1), ("2021-03", 1)]


def test_filters_hold_together(deeds: Deeds) -> None:
    def ids(**filters: Any) -> list[str]:
        return [one.event_id for one in deeds.told(DeedFilters(**filters), limit=9)]

    assert ids() == ["e2", "e1"]
    assert ids(who=("Chad",)) == ["e1"]
    assert ids(whom=("TCD",)) == ["e2"]
    assert ids(party=("Mali",)) == ["e1"]
    assert ids(until="2021-02") == ["e1"]
    assert ids(since="2021-03") == ["e2"]
    assert ids(outlet=("alpha",), type=("CONSULT",)) == ["e2"]
    assert ids(who=("Atlantis",)) == []
    assert deeds.number(DeedFilters()) == 2
    assert deeds.types(DeedFilters()) == {"ASSAULT": 1, "CONSULT": 1}


def test_days_that_the_words_give(deeds: Deeds) -> None:
    talk, attack = deeds.told(DeedFilters(), limit=9)
    assert (attack.day, attack.given, talk.day, talk.given) == ("2021-02-27", True, "2021-03-04", False)


def test_every_type_has_a_group() -> None:
    assert group_of("ASSAULT") == "material conflict"
    assert group_of("AGREE") in GROUPS
    assert group_of("NONE") == ""
