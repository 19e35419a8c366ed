"""Positions: sentences on many disputes, and what a careful reader finds in them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from parley.model import Position, Record

Reader = Callable[..., Record]


def country(record: Record, actor: str) -> str:
    """The country of an actor, or its name."""
    known = record.actor(actor)
    return known.country or known.name


def rows(record: Record) -> list[tuple[str, str, str, str, str]]:
    """Party, act, issue, addressees and layer of each position."""
    return [
        (country(record, p.party), p.act, p.issue, "+".join(country(record, a) for a in p.addressees), p.layer)
        for p in record.positions
    ]


def only(record: Record, act: str) -> Position:
    """The one position with an act."""
    (position,) = (p for p in record.positions if p.act == act)
    return position


ONE = [
    ("Egypt demanded that Israel withdraw its forces from Sinai.", ("EGY", "demand", "withdrawal", "ISR", "ascribed")),
    (
        "Jordan urged Israel to allow aid convoys into Gaza.",
        ("JOR", "request", "humanitarian_access", "ISR", "ascribed"),
    ),
    ("Damascus proposed a prisoner exchange to Israel.", ("SYR", "propose", "prisoners", "ISR", "ascribed")),
    ("India ruled out a ceasefire with Pakistan.", ("IND", "reject", "ceasefire", "PAK", "ascribed")),
    (
        "China accused the United States of breaking the tariff truce.",
        ("CHN", "accuse", "sanctions_trade", "USA", "ascribed"),
    ),
    (
        "Sudan has taken note of Ethiopia's proposal for ceasefire monitors.",
        ("SDN", "take_note", "monitoring", "ETH", "ascribed"),
    ),
    (
        "Azerbaijan has violated the ceasefire, the Armenian defence ministry said.",
        ("AZE", "breach", "ceasefire", "ARM", "ascribed"),
    ),
    ("Israel no longer insists on the disarmament of Hamas.", ("ISR", "concede", "disarmament", "PSE", "ascribed")),
    (
        "Georgian officials said that nuclear weapons on their soil were unacceptable.",
        ("GEO", "reject", "nuclear", "", "own"),
    ),
    ("Iran is ready to release the hostages, its foreign minister said.", ("IRN", "promise", "hostages", "", "own")),
    (
        "Armenia threatened to suspend prisoner exchanges with Azerbaijan.",
        ("ARM", "threaten", "prisoners", "AZE", "ascribed"),
    ),
    ("Beijing denied that it had supplied weapons to Russia.", ("CHN", "deny", "foreign_arms", "RUS", "ascribed")),
    (
        "Turkey did not agree to a ceasefire, the Syrian defence ministry said.",
        ("TUR", "reject", "ceasefire", "SYR", "ascribed"),
    ),
    ("Israel freed 90 Palestinian prisoners on Sunday.", ("ISR", "carry_out", "prisoners", "", "ascribed")),
    (
        "Moscow's memorandum demands that Kyiv reduce its armed forces.",
        ("RUS", "demand", "arms_limits", "UKR", "document"),
    ),
]


@pytest.mark.parametrize(("text", "row"), ONE)
def test_one_position(read: Reader, text: str, row: tuple[str, str, str, str, str]) -> None:
    found = [r if row[3] else (*r[:3], "", r[4]) for r in rows(read(text))]
    assert row in found


LISTS = [
    "Sudan's memorandum demands:\n\n- the release of all prisoners of war;\n\n- an end to the sanctions;",
    "What Sudan wants\n\nthe release of all prisoners of war\n\nan end to the sanctions",
    "Sudan's demands: the release of all prisoners of war and an end to the sanctions.",
    "Sudan demanded the release of all prisoners of war and an end to the sanctions.",
]


@pytest.mark.parametrize("text", LISTS)
def test_each_thing_asked_for_is_a_position(read: Reader, text: str) -> None:
    found = {row[:3] for row in rows(read(text))}
    assert {("SDN", "demand", "prisoners"), ("SDN", "demand", "sanctions_trade")} <= found


PLACES = [
    ("Georgia insists that the status of Abkhazia be settled.", ("GEO", "demand", "territory")),
    ("Chile refused to give up Patagonia.", ("CHL", "reject", "territory")),
]


@pytest.mark.parametrize(("text", "row"), PLACES)
def test_a_place_that_is_only_named(read: Reader, text: str, row: tuple[str, str, str]) -> None:
    assert row in {found[:3] for found in rows(read(text))}


def test_a_charge_without_a_verb_of_accusing(read: Reader) -> None:
    record = read(
        "Armenia and Azerbaijan met in Geneva. "
        "“They came to buy time,” said the Armenian foreign minister of Azerbaijan."
    )
    assert ("ARM", "accuse") in {row[:2] for row in rows(record)}


def test_the_army_is_that_of_the_country_whose_army_was_named(read: Reader) -> None:
    record = read("Sudan's army commander spoke in Cairo. An army spokesman ruled out a ceasefire.")
    assert ("SDN", "reject", "ceasefire") in {row[:3] for row in rows(record)}


NONE = [
    "If Iran wanted a deal, it would stop enriching uranium.",
    "Will Pakistan accept the ceasefire?",
    "Imagine a world without borders. Sign the petition today.",
    "Serbia demands respect, attention and more.",
    "The diplomat, who asked not to be named, spoke in Baku.",
    "Instead of seeking a truce, Sudan bought new aircraft.",
    "Ethiopia declined to comment on the talks.",
    "Peru's supreme court rejected an appeal by the former minister.",
]


@pytest.mark.parametrize("text", NONE)
def test_nothing_is_made_up(read: Reader, text: str) -> None:
    assert rows(read(text)) == []


def test_coordinated_demands_are_split(read: Reader) -> None:
    record = read(
        "Sudan demanded that Ethiopia withdraw its troops from the border, "
        "release all prisoners of war and lift its sanctions."
    )
    assert [(p.issue, country(record, p.addressees[0])) for p in record.positions] == [
        ("withdrawal", "ETH"),
        ("prisoners", "ETH"),
        ("sanctions_trade", "ETH"),
    ]
    assert record.quote(record.positions[1].evidence) == "release all prisoners of war"


def test_a_position_given_to_the_other_side_is_not_its_own(read: Reader) -> None:
    record = read("Pakistan rejects any ceasefire, the Indian foreign minister said.")
    assert ("PAK", "reject", "ceasefire", "IND", "ascribed") in rows(record)


def test_unnamed_sources(read: Reader) -> None:
    record = read("According to sources familiar with the talks, Armenia demanded the release of all prisoners of war.")
    position = only(record, "demand")
    assert position.layer == "unnamed"
    assert position.attribution is not None


def test_preconditions_are_linked(read: Reader) -> None:
    record = read("No talks are possible while Azerbaijani troops occupy our land, the Armenian prime minister said.")
    first, second = record.positions
    assert (first.act, second.act) == ("precondition", "precondition")
    assert first.condition == second.id
    assert second.issue == "withdrawal"
    assert country(record, first.party) == "ARM"


def test_a_conditional_yes(read: Reader) -> None:
    record = read(
        "Tehran would accept limits on enrichment if Washington lifted its sanctions, an Iranian diplomat said."
    )
    assert only(record, "conditional_accept").condition == only(record, "precondition").id


def test_answers_point_back(read: Reader) -> None:
    record = read("Armenia proposed a withdrawal of troops from the border. Azerbaijan rejected it.")
    assert ("AZE", "reject", "withdrawal", "ARM", "ascribed") in rows(record)


def test_joint_acts_belong_to_both(read: Reader) -> None:
    record = read("Serbia and Kosovo agreed to exchange the remains of missing persons.")
    assert [(*r[:2], r[3]) for r in rows(record)] == [("SRB", "agree", "XKX"), ("XKX", "agree", "SRB")]


def test_those_beside_the_subject(read: Reader) -> None:
    record = read("Peru, supported by Chile and opposed by Bolivia, proposed a ceasefire.")
    assert {r[:2] for r in rows(record)} == {("PER", "propose"), ("CHL", "propose"), ("BOL", "reject")}


@pytest.mark.parametrize("text", ["", "a", "!!!", "“ ”", "must must must", "Iran demanded that", "unless Iran"])
def test_any_text_is_read(read: Reader, text: str) -> None:
    read(text)


def test_swapped_names_swap_the_record(read: Reader) -> None:
    text = (
        "{0} demanded that {1} withdraw its troops. {1} rejected the demand and accused {0} of violating the ceasefire."
    )
    one, other = rows(read(text.format("Peru", "Chile"))), rows(read(text.format("Chile", "Peru")))
    swap = {"PER": "CHL", "CHL": "PER"}
    assert [(swap[a], act, issue, swap.get(to, to), layer) for a, act, issue, to, layer in one] == other


ROSTERS = [
    (
        "Peru, with Chile and supported by Brazil but opposed by Bolivia, proposed talks on the border.",
        {("PER", "propose"), ("CHL", "propose"), ("BRA", "propose"), ("BOL", "reject")},
    ),
    (
        "Egypt, supported by Jordan and opposed by Libya, said the road should be opened to aid convoys.",
        {("EGY", "request"), ("JOR", "request"), ("LBY", "reject")},
    ),
    ("Mexico supported, and Chile opposed, a ban on the sale of weapons.", {("MEX", "accept"), ("CHL", "reject")}),
    ("The ban on weapons was backed by Ghana but opposed by Togo.", {("GHA", "accept"), ("TGO", "reject")}),
]


@pytest.mark.parametrize(("text", "expected"), ROSTERS)
def test_lists_of_parties_beside_and_against(text: str, expected: set[tuple[str, str]], read: Reader) -> None:
    found = {(party, act) for party, act, *_ in rows(read(text))}
    assert expected <= found


def test_a_place_before_a_comma_is_no_party(read: Reader) -> None:
    assert {party for party, *_ in rows(read("In Qatar, Egypt proposed a truce in Sudan."))} == {"EGY"}


def test_what_a_sentence_is_about_comes_into_its_evidence_and_issue(read: Reader) -> None:
    record = read("On prisoners, Norway said it could not accept the draft.")
    position = only(record, "reject")
    assert position.issue == "prisoners"
    assert record.quote(position.evidence).startswith("On prisoners")


ANSWERED = [
    ("Sudan demanded the release of all prisoners and a ceasefire. Chad rejected both.", {"prisoners", "ceasefire"}),
    ("Armenia demanded the release of all prisoners. Azerbaijan flatly refused.", {"prisoners"}),
    ("India asked for a ceasefire. The request was turned down by Pakistan.", {"ceasefire"}),
]


@pytest.mark.parametrize(("text", "issues"), ANSWERED)
def test_answers_that_name_nothing_take_the_issues_of_what_they_answer(
    text: str, issues: set[str], read: Reader
) -> None:
    assert {p.issue for p in read(text).positions if p.act == "reject"} == issues


def test_terms_of_a_joint_text_are_agreed_by_both(read: Reader) -> None:
    text = "Armenia and Azerbaijan signed an accord on Monday. The accord provides for the release of all prisoners."
    found = {(party, layer) for party, act, issue, _, layer in rows(read(text)) if issue == "prisoners"}
    assert found >= {("ARM", "document"), ("AZE", "document")}


def test_a_charge_called_false_is_denied(read: Reader) -> None:
    text = "Israel accused Lebanon of smuggling weapons. Beirut said the charge was false."
    assert only(read(text), "deny").issue == "foreign_arms"


@pytest.mark.parametrize(
    "text",
    [
        "Chad will accept no limit on the number of its soldiers, its minister said.",
        "Peru accepts none of the conditions, a spokesman said.",
    ],
)
def test_accepting_none_is_refusing(nlp, text: str) -> None:
    acts = [position.act for position in nlp(text)._.positions]
    assert acts
    assert set(acts) == {"reject"}


def test_speakers_who_name_each_other_in_a_circle_end_the_search(read: Reader) -> None:
    text = "He charged the government with breaking its word and gave it until spring; after that, "
    assert read(text + "he said, the hill people would think again.").id
