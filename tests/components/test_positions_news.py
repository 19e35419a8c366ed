"""Positions in whole articles: whom persons speak for, statements without a verb of the act, terms of texts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from parley.model import Record

Reader = Callable[..., Record]


def acts(record: Record) -> set[tuple[str, str]]:
    """Party, by its country or name, and act of each position."""
    return {(record.actor(p.party).country or record.actor(p.party).name, p.act) for p in record.positions}


SPEAKERS = [
    (
        "Colombia's government and the FARC met in Havana. Government delegate Ana Ruiz rejected a ceasefire.",
        ("COL", "reject"),
    ),
    (
        "Sudan's army met the rebels of the SPLA. Rebel commander Peter Deng demanded that the army leave Juba.",
        None,
    ),
    (
        "Armenia would not cede the exclave, Foreign Minister Davit Sarian said. He rejected a land swap.",
        ("ARM", "reject"),
    ),
    (
        "LISBON (Globe News) — Portugal and Angola held talks. Foreign Minister Rui Faro demanded the release of "
        "prisoners. Portugal had protested before.",
        ("PRT", "demand"),
    ),
]


@pytest.mark.parametrize(("text", "row"), SPEAKERS)
def test_whom_a_person_speaks_for(read: Reader, text: str, row: tuple[str, str] | None) -> None:
    record = read(text)
    if row is not None:
        assert row in acts(record)
        return
    (position,) = (p for p in record.positions if p.act == "demand")
    assert record.actor(position.party).kind != "person"


FREE = [
    ("Kenyan officials said not one soldier would be pulled out of Somalia.", ("KEN", "reject")),
    ("Sweden's foreign minister said that the exercises would go ahead.", ("SWE", "reject")),
    ("The Jordanian spokesman said the plan was being studied.", ("JOR", "take_note")),
    ("Serbia's defence minister said that no unit had been moved to the border.", ("SRB", "deny")),
    ("Egypt's negotiator said that the gates would be opened by stages and not all at once.", ("EGY", "reject")),
    ("Norway said it would like the fleet out of the bay by spring.", ("NOR", "demand")),
    ("Mexico will impose tariffs on steel from Canada, its economy minister said.", ("MEX", "threaten")),
]


@pytest.mark.parametrize(("text", "row"), FREE)
def test_a_statement_that_amounts_to_an_act(read: Reader, text: str, row: tuple[str, str]) -> None:
    assert row in acts(read(text))


def test_an_own_draft_proposes_what_it_says(read: Reader) -> None:
    record = read("Under a Norwegian draft, 40 observers would be posted along the river. Sudan studied it.")
    assert ("NOR", "propose") in acts(record)


def test_a_joint_text_is_agreed_by_both(read: Reader) -> None:
    record = read(
        "Ethiopia and Somalia signed a protocol in Ankara on Monday. It provides for a return of prisoners and "
        "for talks on the port."
    )
    assert {("ETH", "agree"), ("SOM", "agree")} <= acts(record)


def test_what_must_come_first_in_time(read: Reader) -> None:
    record = read("Israel will open the crossing once the hostages have been freed, the Israeli foreign minister said.")
    (waits,) = (p for p in record.positions if p.condition is not None)
    assert waits.act == "precondition"
    assert any(p.id == waits.condition for p in record.positions)


def test_an_answer_without_a_subject_is_the_other_side_s(read: Reader) -> None:
    record = read("Chile demanded that Bolivia withdraw its patrols. The demand was turned down.")
    assert ("BOL", "reject") in acts(record)


def test_an_order_needs_an_infinitive(read: Reader) -> None:
    record = read("The Greek minister told reporters that the border had been quiet.")
    assert "demand" not in {p.act for p in record.positions}
