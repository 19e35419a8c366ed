"""Framing: what is marked, in whose voice, and what is not."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from parley import codebook
from parley.components.framing_lexicon import framing_words
from parley.errors import CodebookError

BOTH_SIDES = [
    ("The cowardly surrender of the islands will live in infamy.", "cowardly"),
    ("The bloodthirsty junta has shown its contempt for the river treaty.", "bloodthirsty junta"),
    ("The rebels met in a hotel, a pathetic charade for the cameras.", "pathetic charade"),
    ("Tehran's hollow promises at the enrichment talks fooled nobody.", "hollow promises"),
    ("Washington's arrogant ultimatum insults a proud nation.", "arrogant ultimatum"),
    ("The occupiers trampled on the sacred soil of our ancestors.", "sacred soil of our ancestors"),
    ("Brave villagers stood firm against the savage onslaught.", "savage onslaught"),
    ("The mediators sat through another tirade of lies.", "tirade of lies"),
    ("Addis Ababa is playing a dirty game with the waters of the Nile.", "dirty game"),
    ("Cairo's hysterical campaign against the dam goes on.", "hysterical"),
    ("The separatist puppets crawled back to their masters.", "puppets"),
    ("Delhi's warmongering cabinet has rejected the offer.", "warmongering"),
    ("Islamabad's duplicitous generals shed crocodile tears over the dead.", "crocodile tears"),
    ("The union bosses repeated their outrageous demands.", "outrageous"),
    ("Greedy employers offered workers a derisory raise.", "derisory"),
    ("The regime in the capital unleashed its thugs on the marchers.", "thugs"),
    ("Terrorists disguised as envoys strolled into the hall.", "Terrorists"),
    ("The lobby's puppets in the ministry tore up the draft.", "puppets"),
    ("The militia's butchers cynically exploited the truce.", "cynically"),
    ("The hardliners bulldozed their way through the ceasefire.", "hardliners"),
    ("The heroic defenders of the city drove off the barbaric hordes.", "barbaric hordes"),
    ("Our glorious army will deal with the traitors.", "traitors"),
    ("The president's “concern” for refugees did not stop him.", "“concern”"),
    ("Each “humanitarian corridor” led straight to the cells.", "“humanitarian corridor”"),
    ("The compromise is nothing short of a disgraceful capitulation.", "disgraceful capitulation"),
    ("In other words: hand over your weapons, apologise and pay.", "hand over your weapons, apologise and pay"),
    ("The talks collapsed into farce on Friday.", "farce"),
    ("It is a slap in the face of every family that still waits.", "slap in the face"),
    ("This shameless land grab would humiliate the victims.", "shameless land grab"),
    ("The imperialist plot to dismember the republic has failed.", "imperialist"),
    ("Beijing's brazen claims to the reef drew a crowd.", "brazen"),
    ("Taipei's stooges of foreign powers play their part.", "stooges"),
]
PLAIN = [
    "The missile killed four people in the port on Tuesday, the governor said.",
    "The Iron Dome battery was moved to the north.",
    "The army attacked the town at dawn and took forty prisoners of war.",
    "The European visa regime was extended for a year.",
    "She plays Heroic Anna in the film “Harbour Lights”.",
    "The treaty was known as “the long peace” in both capitals.",
    "The two sides agreed on a text of nine articles, which parliaments must ratify.",
    "“We will come to the talks,” the minister said.",
    "Senator Phil Noble met Attorney General Loretta Lynch.",
    "The rebels claimed responsibility for the raid.",
    "A puppet theatre toured the camps.",
]


def marks(record, kind=None) -> list[str]:
    return [record.text[slice(*f.span)] for f in record.framing if kind is None or f.kind == kind]


@pytest.mark.parametrize(("text", "words"), BOTH_SIDES)
def test_partisan_wording_of_either_side_is_marked(read, text: str, words: str) -> None:
    assert any(words in mark for mark in marks(read(text)))


@pytest.mark.parametrize("text", PLAIN)
def test_plain_telling_has_no_marks(read, text: str) -> None:
    assert marks(read(text)) == []


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("The ministry's reckless decision closed the strait.", "loaded", "reckless"),
        ("The delegation will never trade away our homeland.", "flag_waving", "our homeland"),
        ("The general's so-called roadmap was sent to the mediators.", "name_calling", "so-called roadmap"),
        ("The army reportedly crossed the river on Monday.", "hedge", "reportedly"),
        ("The envoy claims that the border is closed.", "hedge", "claims"),
        ("The road was closed because of “maintenance” for the ninth time.", "scare_quotes", "“maintenance”"),
        ("Two officials said the ferry would sail on Friday.", "unnamed_source", "Two officials"),
    ],
)
def test_kinds(read, text: str, kind: str, words: str) -> None:
    assert words in marks(read(text), kind)


@pytest.mark.parametrize(
    ("one", "other"), [("Armenia", "Azerbaijan"), ("Sudan", "Ethiopia"), ("Israel", "Iran"), ("Serbia", "Kosovo")]
)
def test_swapped_names_are_framed_alike(read, one: str, other: str) -> None:
    text = "{0} made outrageous demands. {1} sent its thugs, a “peace” mission that {0} reportedly knew of."
    first, second = read(text.format(one, other)), read(text.format(other, one))
    assert [(f.kind, f.score, f.voice) for f in first.framing] == [(f.kind, f.score, f.voice) for f in second.framing]
    assert marks(first) == marks(second)


def test_voice_is_quoted_inside_a_speech_and_outlet_outside(read) -> None:
    record = read(
        "Minister Amal Idris said: “This outrageous demand will be refused by all of us.” The pathetic reply came late."
    )
    voices = {record.text[slice(*f.span)]: f.voice for f in record.framing}
    assert voices["outrageous"] == "quoted"
    assert voices["pathetic"] == "outlet"


def test_a_report_in_other_words_keeps_the_speaker(read) -> None:
    record = read("Foreign Minister Amal Idris said that the outrageous demand would be refused.")
    (mark,) = [f for f in record.framing if f.kind == "loaded"]
    assert mark.voice == "outlet"
    assert mark.speaker is not None
    assert "either's" in mark.why


def test_words_that_touch_are_one_mark_with_a_higher_score(read) -> None:
    alone = read("The council called off the absurd vote.").framing
    together = read("The council called off the absurd, pathetic charade.").framing
    assert len(alone) == 1
    assert max(f.score for f in together) > alone[0].score


def test_a_weak_word_counts_only_beside_others(read) -> None:
    assert marks(read("The imperial archive opened in the spring.")) == []
    assert "imperial delusions" in marks(read("The minister clings to imperial delusions."))


def test_marks_stand_in_order_and_apart(read) -> None:
    record = read("The brutal thugs and their so-called absurd parliament reportedly spread vile, shameless lies.")
    spans = [f.span for f in record.framing]
    assert spans == sorted(spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


@pytest.mark.parametrize("text", ["“", "“”", "so-called", "In other words:", "“peace", "!!! “x” …", "‘’ “ ” “ ”"])
def test_scraps_do_not_raise(nlp, text: str) -> None:
    nlp(text)


def test_no_nation_is_named_in_the_lexicon() -> None:
    nations = {
        word.lower()
        for row in codebook.load("actors/countries").values()
        for key in ("names", "people", "seats", "places")
        for word in row.get(key, ())
    }
    folder = Path(codebook.__file__).parent / "codebooks" / "framing"
    terms = [
        term
        for path in sorted(folder.glob("*.toml"))
        for sense in codebook.read_toml(path).get("senses", ())
        for term in sense["terms"]
    ]
    assert len(terms) > 900
    assert [term for term in terms if not nations.isdisjoint(term.replace("*", "").lower().split())] == []


def test_a_users_sense_is_added_and_a_bad_one_says_where(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    row = '[[senses]]\nid = "fish"\nkind = "{}"\nweight = 0.7\nwhy = "mocks the fleet"\nterms = ["bathtub navy"]\n'
    good.write_text(row.format("loaded"), encoding="utf-8")
    bad.write_text(row.format("rude"), encoding="utf-8")
    words = framing_words((good,))
    assert words.senses["fish"].weight == 0.7
    assert [hit[0] for hit in words.lexicon.find("the bathtub navy sailed")] == ["fish"]
    with pytest.raises(CodebookError) as caught:
        framing_words((bad,))
    assert caught.value.key == "fish.kind"
