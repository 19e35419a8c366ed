"""Actors: names, offices, countries, sectors, pronouns, pairs, places, and the user's file."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from parley.components.actors import Actors
from parley.errors import CodebookError
from parley.model import Actor


def actor(doc: Doc, words: str) -> Actor | None:
    """The actor whose mention ends with some words, by the head of that mention."""
    index = doc._.mentions
    for head, actor_id in index.by_head.items():
        start, end = index.spans[head]
        if doc[start:end].text.lower().endswith(words.lower()):
            return index.actors[actor_id]
    return None


def heads(doc: Doc, word: str) -> list[int]:
    return [token.i for token in doc if token.text == word]


@pytest.mark.parametrize(
    ("sentence", "words", "country", "sectors"),
    [
        ("Moscow rejected the offer.", "Moscow", "RUS", ()),
        ("Kiev asked for help.", "Kiev", "UKR", ()),
        ("Brussels froze the funds.", "Brussels", "IGO", ()),
        ("The White House declined to comment.", "White House", "USA", ("GOV",)),
        ("Kosovo and Taiwan sent letters.", "Kosovo", "XKX", ()),
        ("The Soviet Union withdrew its troops.", "Soviet Union", "RUS", ()),
        ("The Red Cross visited the camp.", "Red Cross", "NGO", ()),
        ("Hezbollah denied the report.", "Hezbollah", "LBN", ("REB",)),
        ("A Kremlin spokesman left the room.", "A Kremlin spokesman", "RUS", ("GOV",)),
        ("Two senior Kenyan officials arrived.", "officials", "KEN", ("GOV",)),
        ("Norway's chief negotiator resigned.", "negotiator", "NOR", ("GOV",)),
        ("The Chilean army closed the road.", "army", "CHL", ("MIL",)),
        ("A Lisbon court freed the suspect.", "court", "PRT", ("JUD",)),
        ("Police in Nairobi fired into the air.", "Police in Nairobi", "KEN", ("COP",)),
        ("Peru's opposition leader called for a vote.", "leader", "PER", ("OPP",)),
        ("Syrian rebels seized the bridge.", "rebels", "SYR", ("REB",)),
        ("The Polish parliament ratified the pact.", "parliament", "POL", ("LEG",)),
        ("Foreign Minister Hakan Fidan spoke first.", "Fidan", "TUR", ("GOV",)),
        ("Malian President Oumar Cissoko resigned.", "Cissoko", "MLI", ("GOV",)),
        ("Former Danish minister Karla Holm criticised the plan.", "Holm", "DNK", ("ELI", "GOV")),
        ("Reuters reported the deal.", "Reuters", "GBR", ("MED",)),
        ("Hundreds of Bolivian farmers marched.", "Bolivian farmers", "BOL", ("AGR",)),
    ],
)
def test_country_and_sector(nlp: Language, sentence: str, words: str, country: str, sectors: tuple[str, ...]) -> None:
    found = actor(nlp(sentence), words)
    assert found is not None
    assert (found.country, found.sectors) == (country, sectors)


def test_stand_ins_of_a_state_are_one_actor_and_its_seat_of_government_another(nlp: Language) -> None:
    doc = nlp("Iran refused. Tehran said Iranian gas would flow. The Kremlin and Moscow disagreed with Russia.")
    index = doc._.mentions
    assert len({index.by_head[heads(doc, word)[0]] for word in ("Iran", "Tehran", "Iranian")}) == 1
    kremlin, russia = index.by_head[heads(doc, "Kremlin")[0]], index.by_head[heads(doc, "Russia")[0]]
    assert index.by_head[heads(doc, "Moscow")[0]] == russia != kremlin
    assert index.parents[kremlin] == russia


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("They served turkey and fine china.", "turkey"),
        ("Michael Jordan spoke to Chad Miller.", "Jordan"),
        ("Michael Jordan spoke to Chad Miller.", "Chad"),
        ("It is time for us to leave.", "us"),
    ],
)
def test_words_that_only_look_like_states(nlp: Language, sentence: str, word: str) -> None:
    doc = nlp(sentence)
    found = doc._.mentions.at(heads(doc, word)[0])
    assert found is None or doc._.mentions.country(found) is None


def test_a_hyphen_gives_a_nationality_to_somebody_else(nlp: Language) -> None:
    found = actor(nlp("Turkish-backed rebels entered the town of Afrin."), "rebels")
    assert found is not None
    assert found.country == "SYR"


def test_apposition_and_later_surname(nlp: Language) -> None:
    doc = nlp("Amara Okafor, the Ghanaian trade minister, flew home. Okafor said the minister would return.")
    person = doc._.mentions.actors[doc._.mentions.by_head[heads(doc, "Okafor")[0]]]
    assert (person.country, person.sectors, person.kind) == ("GHA", ("GOV",), "person")
    assert doc._.mentions.by_head[heads(doc, "Okafor")[1]] == person.id
    assert doc._.mentions.by_head[heads(doc, "minister")[1]] == person.id


def test_acronym_and_its(nlp: Language) -> None:
    doc = nlp("The Gulf Transit Union (GTU) refused to pay. The GTU said its members would wait.")
    index = doc._.mentions
    union = index.by_head[heads(doc, "Union")[0]]
    assert {index.by_head[i] for i in heads(doc, "GTU")} == {union}
    assert index.by_head[heads(doc, "its")[0]] == union
    assert index.actors[union].kind == "organisation"


@pytest.mark.parametrize(
    ("text", "pronoun", "antecedent"),
    [
        ("A Kremlin spokesman met an Iranian envoy. He said the talks went well.", "He", "spokesman"),
        ("Prime Minister Jonas Berg thanked Maria Lund. She said little.", "She", "Lund"),
        ("Egypt sent a letter to Ethiopia. It demanded an answer.", "It", "Egypt"),
        ("The rebels met a mediator in Doha. They asked for time.", "They", "rebels"),
    ],
)
def test_pronouns(nlp: Language, text: str, pronoun: str, antecedent: str) -> None:
    doc = nlp(text)
    index = doc._.mentions
    assert index.by_head[heads(doc, pronoun)[0]] == index.by_head[heads(doc, antecedent)[0]]


def test_both_sides_are_the_two_that_were_joined(nlp: Language) -> None:
    doc = nlp("Armenia and Azerbaijan met in Geneva. Both sides said they would meet again.")
    index = doc._.mentions
    two = (index.by_head[heads(doc, "Armenia")[0]], index.by_head[heads(doc, "Azerbaijan")[0]])
    assert index.groups[heads(doc, "sides")[0]] == two
    assert index.groups[heads(doc, "they")[0]] == two


def test_nationalities_joined_before_one_noun(nlp: Language) -> None:
    doc = nlp("Greek and Maltese warships sailed south.")
    index = doc._.mentions
    both = [index.actors[actor_id] for actor_id in index.groups[heads(doc, "warships")[0]]]
    assert [(found.country, found.sectors) for found in both] == [("GRC", ("MIL",)), ("MLT", ("MIL",))]


@pytest.mark.parametrize(
    ("sentence", "name", "place"),
    [
        ("Envoys met in Istanbul.", "Istanbul", True),
        ("The minister flew from Kabul to Oman.", "Kabul", True),
        ("Washington demanded concessions from Serbia.", "Serbia", False),
        ("Istanbul is large.", "Istanbul", False),
        ("LIMA, May 3 (Reuters) - Miners went on strike.", "LIMA", True),
    ],
)
def test_places(nlp: Language, sentence: str, name: str, place: bool) -> None:
    doc = nlp(sentence)
    assert (heads(doc, name)[0] in doc._.mentions.places) == place


def test_whose_a_thing_is(nlp: Language) -> None:
    doc = nlp("The Kremlin's decision surprised Chadian army bases.")
    index = doc._.mentions
    assert index.actors[index.whose[heads(doc, "decision")[0]]].name == "Kremlin"
    assert index.actors[index.whose[heads(doc, "bases")[0]]].sectors == ("MIL",)


# ---------------------------------------------------------------- the user's file
def component(nlp: Language, path: Path, toml: str) -> Actors:
    path.write_text(toml, encoding="utf-8")
    return Actors(nlp, [str(path)])


def test_user_file_wins(nlp: Language, tmp_path: Path) -> None:
    toml = '[[actors]]\nname = "Hill Accord Group"\naliases = ["Moscow"]\ncountry = "NGO"\nsectors = ["CVL"]\n'
    doc = component(nlp, tmp_path / "mine.toml", toml)(nlp("Moscow called for calm."))
    (found,) = doc._.actors
    assert (found.name, found.country, found.sectors, found.kind) == (
        "Hill Accord Group",
        "NGO",
        ("CVL",),
        "organisation",
    )


@pytest.mark.parametrize(
    ("toml", "key"),
    [
        ('[[actors]]\ncountry = "RUS"\n', "name"),
        ('[[actors]]\nname = "A"\ncountry = "Russia"\n', "country"),
        ('[[actors]]\nname = "A"\nsectors = ["ARMY"]\n', "sectors"),
        ('[[actors]]\nname = "A"\nkind = "firm"\n', "kind"),
        ('[[actors]]\nname = "A"\nwikidata = "159"\n', "wikidata"),
        ('[[actors]]\nname = "A"\naliases = "B"\n', "aliases"),
        ('[[actors]]\nname = "A"\nalias = ["B"]\n', "alias"),
        ('actors = "A"\n', "actors"),
    ],
)
def test_user_file_errors_name_the_key(nlp: Language, tmp_path: Path, toml: str, key: str) -> None:
    with pytest.raises(CodebookError) as caught:
        component(nlp, tmp_path / "mine.toml", toml)
    assert caught.value.file.name == "mine.toml"
    assert caught.value.key.endswith(key)


# ---------------------------------------------------------------- any text whatever
@pytest.mark.parametrize(
    "text", ["", "?", "’s", "(((", "of of of of", "X", "- - -", "\u202e\u0301 ß", "The " * 300, "both sides " * 300]
)
def test_any_text_passes(nlp: Language, text: str) -> None:
    check(nlp(text))


def test_random_words_pass(nlp: Language) -> None:
    words = [
        "Russia",
        "of",
        "the",
        "minister",
        "and",
        "'s",
        "(",
        ")",
        "“",
        "US",
        "he",
        "-",
        "both",
        "sides",
        "Lavrov",
        "GTU",
    ]
    draw = random.Random(7)
    for _ in range(12):
        check(nlp(" ".join(draw.choice(words) for _ in range(25))))


def check(doc: Doc) -> None:
    """Spans are sound and every id resolves."""
    index = doc._.mentions
    for found in doc._.actors:
        assert found.mentions
        for start, end in found.mentions:
            assert doc.text[start:end].strip() == doc.text[start:end] != ""
    ids = {found.id for found in doc._.actors}
    assert ids == set(index.actors)
    for table in (index.by_head, index.by_token, index.parents, index.whose):
        assert set(table.values()) <= ids
    assert all(set(members) <= ids for members in index.groups.values())


def test_swapped_parties_give_the_mirror(nlp: Language) -> None:
    text = "{} accused {} of delay. The {} army left. Both sides met in Oslo. {} said it would wait."
    one = nlp(text.format("Russia", "Georgia", "Russian", "Georgia"))
    two = nlp(text.format("Georgia", "Russia", "Georgian", "Russia"))
    swap = {"RUS": "GEO", "GEO": "RUS"}
    seen = [(found.country, found.sectors, len(found.mentions)) for found in one._.actors]
    mirror = [
        (swap.get(str(found.country), found.country), found.sectors, len(found.mentions)) for found in two._.actors
    ]
    assert seen == mirror
