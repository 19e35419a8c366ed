"""Whom actors stand for across articles."""

from __future__ import annotations

from typing import Any

import pytest

from parley.analysis.filters import Filters
from parley.analysis.ledger import ledger
from parley.analysis.parties import spelled


@pytest.mark.parametrize(
    ("about", "party"),
    [
        ({"country": "TCD", "kind": "state"}, "TCD"),
        ({"country": "TCD", "sectors": ("GOV",), "kind": "person", "wikidata": "Q1"}, "TCD"),
        ({"country": "TCD", "sectors": ("MIL",), "kind": "group"}, "TCD"),
        ({"country": "TCD", "sectors": ("OPP", "GOV"), "kind": "person", "wikidata": "Q1"}, "Q1"),
        ({"country": "TCD", "sectors": ("REB",), "kind": "organisation"}, "name:northern column"),
        ({"country": "TCD", "sectors": ("MED",), "kind": "organisation"}, "name:northern column"),
        ({"country": "IGO", "sectors": ("GOV",), "kind": "organisation", "wikidata": "Q9"}, "Q9"),
        ({"country": None, "sectors": ("GOV",), "kind": "group"}, "name:northern column"),
    ],
)
def test_the_state_is_whoever_speaks_for_it(story: Any, load: Any, about: dict[str, Any], party: str) -> None:
    article = story("a1")
    article.actor("the Northern  Column", **about)
    article.says("the Northern  Column", "demand", "ceasefire", "Stop.")
    (cell,) = ledger(load(article)).cells
    assert cell.party == party
    assert cell.head.actor == "the Northern  Column"


def test_a_full_name_known_elsewhere_is_known_here(story: Any, load: Any) -> None:
    known, unknown = story("a1"), story("a2")
    known.actor("Idriss Sow", country="TCD", sectors=("GOV",), kind="person")
    unknown.actor("Idriss Sow", kind="person")
    for article in (known, unknown):
        article.says("Idriss Sow", "demand", "ceasefire", "Stop.")
    assert [cell.party for cell in ledger(load(known, unknown)).cells] == ["TCD"]


def test_a_name_that_stands_for_two_parties_decides_nothing(story: Any, load: Any) -> None:
    articles = []
    for k, country in enumerate(("TCD", "PER", None)):
        article = story(f"a{k}")
        article.actor("Ana Sow", country=country, sectors=("GOV",) if country else (), kind="person")
        articles.append(article.says("Ana Sow", "demand", "ceasefire", "Stop."))
    assert {cell.party for cell in ledger(load(*articles)).cells} == {"TCD", "PER", "name:ana sow"}


def test_a_post_is_nobodys_full_name(story: Any, load: Any) -> None:
    articles = []
    for k, country in enumerate(("TCD", None)):
        article = story(f"a{k}")
        article.actor("Foreign Minister", country=country, sectors=("GOV",), kind="person")
        articles.append(article.says("Foreign Minister", "demand", "ceasefire", "Stop."))
    assert {cell.party for cell in ledger(load(*articles)).cells} == {"TCD", "name:foreign minister"}


@pytest.mark.parametrize("word", ["TCD", "chad", "N'Djamena", "Chadian"])
def test_a_state_is_found_by_any_of_its_names(story: Any, load: Any, word: str) -> None:
    article = story("a1").says("Chad", "demand", "ceasefire", "Stop.").says("Peru", "reject", "ceasefire", "No.")
    assert [cell.party for cell in ledger(load(article), Filters(party=(word,))).cells] == ["TCD"]


def test_a_group_is_found_by_its_name_or_id(story: Any, load: Any) -> None:
    article = story("a1").says("Chad", "demand", "ceasefire", "Stop.")
    article.actor("the Dune Front", kind="organisation", wikidata="Q77")
    article.says("the Dune Front", "reject", "ceasefire", "No.")
    for word in ("Dune Front", "q77", "Q77"):
        assert [cell.party for cell in ledger(load(article), Filters(party=(word,))).cells] == ["Q77"]


def test_spelling() -> None:
    assert spelled(" The  Dune’s Front") == "dune's front"
