"""Events: type, parties, status, date and evidence, on sentences of many disputes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from parley.components.events_frames import TYPES, lexicon
from parley.model import Event, Record

if TYPE_CHECKING:
    from spacy.language import Language

Read = Callable[..., Record]


def told(record: Record) -> list[tuple[str, tuple[str | None, ...], tuple[str | None, ...]]]:
    """Type and countries of each event."""

    def countries(ids: tuple[str, ...]) -> tuple[str | None, ...]:
        return tuple(record.actor(i).country for i in ids)

    return [(e.type, countries(e.actors), countries(e.recipients)) for e in record.events]


def only(record: Record) -> Event:
    """The one event of a record."""
    assert len(record.events) == 1, record.events
    return record.events[0]


@pytest.mark.parametrize(
    ("text", "kind", "actor", "recipient"),
    [
        ("Kenya agreed to reopen the border with Uganda.", "AGREE", "KEN", "UGA"),
        ("The foreign minister of Chile held talks with Bolivia.", "CONSULT", "CHL", "BOL"),
        ("Norway praised Sweden for its decision.", "SUPPORT", "NOR", "SWE"),
        ("Peru accepted the demands of Ecuador.", "CONCEDE", "PER", "ECU"),
        ("Kenya shared intelligence with Uganda.", "COOPERATE", "KEN", "UGA"),
        ("Japan sent food to Nepal.", "AID", "JPN", "NPL"),
        ("Ethiopia withdrew its troops from Eritrea.", "RETREAT", "ETH", "ERI"),
        ("Egypt urged Sudan to open the crossing.", "REQUEST", "EGY", "SDN"),
        ("Rwanda accused Burundi of lying.", "ACCUSE", "RWA", "BDI"),
        ("Serbia rejected an offer from Croatia.", "REJECT", "SRB", "HRV"),
        ("Armenia threatened to attack Azerbaijan.", "THREATEN", "ARM", "AZE"),
        ("Thousands of Peruvians protested against Chile.", "PROTEST", "PER", "CHL"),
        ("Kenya imposed sanctions on Somalia.", "SANCTION", "KEN", "SOM"),
        ("Greece has strengthened its forces near Turkey.", "MOBILIZE", "GRC", "TUR"),
        ("Kenyan police arrested three Ugandans.", "COERCE", "KEN", "UGA"),
        ("Soldiers of Sudan shelled Ethiopia.", "ASSAULT", "SDN", "ETH"),
    ],
)
def test_each_type(read: Read, text: str, kind: str, actor: str, recipient: str) -> None:
    assert told(read(text)) == [(kind, (actor,), (recipient,))]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Kenya launched an attack on Uganda.", "ASSAULT"),
        ("Kenya launched an investigation into Uganda.", "ACCUSE"),
        ("Kenya lifted the sanctions on Uganda.", "RETREAT"),
        ("Kenya suspended aid to Uganda.", "SANCTION"),
        ("Kenya broke off talks with Uganda.", "REJECT"),
        ("Kenya signed an agreement with Uganda.", "SUPPORT"),
        ("Kenya imposed a curfew in Mombasa.", "COERCE"),
    ],
)
def test_the_noun_decides(read: Read, text: str, kind: str) -> None:
    assert only(read(text)).type == kind


def test_doer_of_a_passive(read: Read) -> None:
    assert told(read("Uganda was attacked by Kenyan soldiers.")) == [("ASSAULT", ("KEN",), ("UGA",))]
    assert told(read("Five Ugandans were killed in a Kenyan airstrike.")) == [("ASSAULT", ("KEN",), ("UGA",))]


def test_both_meet(read: Read) -> None:
    assert told(read("Japan and India met on Monday.")) == [("CONSULT", ("JPN", "IND"), ())]
    assert told(read("Japanese and Indian envoys met in Geneva.")) == [("CONSULT", ("JPN", "IND"), ())]


@pytest.mark.parametrize(
    ("text", "kind", "actors", "recipients"),
    [
        ("Kenya and Uganda met in Geneva.", "CONSULT", ("KEN", "UGA"), ()),
        ("Kenyan diplomats met at a palace in Istanbul.", "CONSULT", ("KEN",), ()),
        ("In Kampala, Kenya promised to weigh the results.", "AGREE", ("KEN",), ()),
        ("Kenya demands a larger share of the Blue Nile.", "REQUEST", ("KEN",), ()),
        ("Peru rejected the Ecuadorian plan.", "REJECT", ("PER",), ("ECU",)),
        ("Peru rejects any limit on the size of the armed forces.", "REJECT", ("PER",), ()),
        ("Peru sent a swarm of drones against Ecuador.", "ASSAULT", ("PER",), ("ECU",)),
        ("Peru's drones struck air bases in Ecuador.", "ASSAULT", ("PER",), ("ECU",)),
        ("A Kenyan missile killed 12 Ugandan soldiers.", "ASSAULT", ("KEN",), ("UGA",)),
        ("Norway demanded an end to the theft of designs from its companies.", "REQUEST", ("NOR",), ()),
        (
            "Chile's ministry denied that it wants to slow growth and accused Peru of lying.",
            "ACCUSE",
            ("CHL",),
            ("PER",),
        ),
    ],
)
def test_only_parties_take_part(
    read: Read, text: str, kind: str, actors: tuple[str, ...], recipients: tuple[str, ...]
) -> None:
    assert told(read(text)) == [(kind, actors, recipients)]


@pytest.mark.parametrize(
    "text",
    [
        "Istanbul Talks, Press Says",
        "The Geneva talks confirmed the opposite.",
        "The fourth round of talks on the Mekong ended on Tuesday.",
        "It is an old game: draft a plan, send an envoy, and then blame Chile.",
        "Serbia handed over a list of 40 prisoners.",
        "“Surrender the town,” the officer said.",
        "Norway slams a gate across the river.",
        "The goals of Norway have been met.",
        "Norway is examining them.",
        "Norway kept Sweden from obtaining aid.",
    ],
)
def test_mere_mention_is_no_event(read: Read, text: str) -> None:
    assert read(text).events == ()


def test_clause_after_and_keeps_its_own_subject(read: Read) -> None:
    text = (
        "Chilean officials flatly rejected the terms, saying that no talks are possible while Peruvian troops hold "
        "Chilean land and rockets continue to strike civilian infrastructure."
    )
    assert ("ASSAULT", ("CHL",), ()) not in told(read(text))


def test_plain_statement_is_no_event(read: Read) -> None:
    assert read("The president of Chile said that the harvest was good.").events == ()


def test_what_is_demanded_is_not_done(read: Read) -> None:
    assert told(read("Egypt demanded that Sudan release the pilots.")) == [("REQUEST", ("EGY",), ("SDN",))]


def test_duty_laid_on_another(read: Read) -> None:
    assert told(read("Greece said that Turkey must withdraw its ships.")) == [("REQUEST", ("GRC",), ("TUR",))]


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Kenya attacked Uganda.", "ASSAULT", "asserted"),
        ("Kenya did not attack Uganda.", "ASSAULT", "denied"),
        ("Norway denied that Kenya had attacked Uganda.", "ASSAULT", "denied"),
        ("Kenya no longer insists that Uganda withdraw.", "REQUEST", "denied"),
        ("Kenya could attack Uganda.", "ASSAULT", "hypothetical"),
        ("Kenya will attack Uganda.", "THREATEN", "future"),
        ("Kenya plans to send food to Uganda.", "AGREE", "future"),
        ("Kenya will not send food to Uganda.", "REJECT", "asserted"),
    ],
)
def test_status(read: Read, text: str, kind: str, status: str) -> None:
    event = only(read(text))
    assert (event.type, event.status) == (kind, status)


def test_date_and_evidence(read: Read) -> None:
    record = read("Officials were calm. Kenya attacked Uganda on Monday.", published="2025-06-04")
    event = only(record)
    assert event.date.value == "2025-06-02"
    assert record.quote(event.evidence) == "Kenya attacked Uganda on Monday"
    assert record.text[slice(*event.trigger)] == "attacked"


def test_attribution(read: Read) -> None:
    record = read("“Kenya attacked Uganda,” the minister said.")
    assert only(record).attribution == record.attributions[0].id


def test_swapped_names_swap_the_record(read: Read) -> None:
    text = "X accused Y of lying and imposed sanctions on it. Y said X must stop. X forces shelled Y."

    def swap(countries: tuple[str | None, ...]) -> tuple[str | None, ...]:
        return tuple({"KEN": "UGA", "UGA": "KEN"}.get(c or "", c) for c in countries)

    one = told(read(text.replace("X", "Kenya").replace("Y", "Uganda")))
    other = told(read(text.replace("X", "Uganda").replace("Y", "Kenya")))
    assert one == [(kind, swap(actors), swap(recipients)) for kind, actors, recipients in other]
    assert one


@pytest.mark.parametrize("text", ["(", "must", "attack " * 500, "who attacked Y " * 300, "🏳️ ...", "said that " * 300])
def test_any_text(nlp: Language, text: str) -> None:
    nlp(text)


def test_lexicon_defines_every_type() -> None:
    found = lexicon()
    assert tuple(found.definitions) == TYPES
    frames = [frame for table in (found.verbs, found.nouns) for row in table.values() for frame in row]
    assert {frame.type for frame in frames} == set(TYPES)
