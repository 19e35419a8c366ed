"""Two actors are one, in an article or in all: as people say, in the corrected rows alone, until it is taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from parley.analysis.account import accounts_of
from parley.analysis.filters import Filters
from parley.analysis.ledger import ledger
from parley.model import Actor, Record
from parley.record import check
from parley.store import Store, judged, judgements
from parley.store.judged import identity, told
from parley.store.judgements import Judgement

ARTICLE = "00000001"


def one(folder: Path, row_id: str, other_id: str, who: str = "Ann") -> Judgement:
    """Somebody says that an actor of the first article is another."""
    with Store.open(folder) as store:
        said = told.everything(store.record(ARTICLE))
    target, values = ({k: v for k, v in said[one].items() if k not in ("spans", "words")} for one in (row_id, other_id))
    return judgements.add(folder, Judgement(who, "same", ARTICLE, "actor", target, values))


def party(folder: Path, party: str, other: str, name: str) -> Judgement:
    target, values = {"party": party, "name": party}, {"party": other, "name": name}
    return judgements.add(folder, Judgement("Ann", "same", "", "party", target, values))


def shown(folder: Path, show: str = "corrected", article: str = ARTICLE) -> Record:
    with Store.open(folder) as store:
        found = judged.record(store, article, show=show)  # type: ignore[arg-type]
    check(found)
    return found


def parties(folder: Path, show: str = "corrected") -> set[str]:
    with Store.open(folder) as store:
        return {party for party, _ in ledger(judged.Judged(store, show)).parties}


# ---------------------------------------------------------------- in one article
def test_two_actors_become_one_with_the_mentions_and_rows_of_both(folder: Path) -> None:
    before = {actor.id: actor for actor in shown(folder).actors}
    one(folder, "a1", "a2")
    record = shown(folder)
    assert [actor.id for actor in record.actors] == ["a2"]
    assert set(record.actors[0].mentions) == {*before["a1"].mentions, *before["a2"].mentions}
    assert {position.party for position in record.positions} == {"a2"}
    assert record.events[0].actors == record.events[0].recipients == ("a2",)
    assert record.framing[0].speaker == "a2"
    assert [actor.id for actor in shown(folder, "machine").actors] == ["a2", "a1"]


def test_that_can_be_undone(folder: Path) -> None:
    said = one(folder, "a1", "a2")
    judgements.undo(folder, said.id, who="Bo")
    assert shown(folder) == shown(folder, "machine")


def test_a_circle_ends(folder: Path) -> None:
    one(folder, "a1", "a2")
    one(folder, "a2", "a1")
    assert len(shown(folder).actors) == 1


def test_of_several_actors_of_one_name_the_mentions_tell_which_is_meant(folder: Path) -> None:
    with Store.open(folder) as store:
        record = store.record(ARTICLE)
    twice = replace(record, actors=(*record.actors, Actor("a3", "Ruritania", ((50, 52),), "RUR")))
    said = told.everything(twice)["a3"]
    target = {k: v for k, v in said.items() if k != "words"}
    values = {**{k: v for k, v in target.items() if k != "spans"}, "at": [[0, 9]]}
    kept = Judgement("Ann", "same", ARTICLE, "actor", target, values, id=1)
    found = judged.applied(twice, judged.units(twice, [kept]), "corrected")
    assert [(actor.id, len(actor.mentions)) for actor in found.actors] == [("a2", 2), ("a1", 2)]


# ---------------------------------------------------------------- in all articles
def test_a_party_is_another_in_all_articles_and_analyses(folder: Path) -> None:
    assert parties(folder) == {"name:ruritania", "GRK"}
    party(folder, "name:ruritania", "GRK", "Graustark")
    assert parties(folder) == {"GRK"}
    assert parties(folder, "machine") == {"name:ruritania", "GRK"}
    with Store.open(folder) as store:
        told_of = accounts_of(judged.Judged(store, "corrected"), Filters(party=("GRK",)))
        assert {(a.party, a.actor) for a in told_of} == {("GRK", "Ruritania"), ("GRK", "Graustark")}
    record = shown(folder, article="00000003")
    assert {identity.key(actor) for actor in record.actors} == {"GRK"}


def test_a_state_may_be_one_that_is_known_by_its_name(folder: Path) -> None:
    party(folder, "GRK", "name:ruritania", "Ruritania")
    assert parties(folder) == {"name:ruritania"}


def test_taking_it_back_parts_them(folder: Path) -> None:
    said = party(folder, "name:ruritania", "GRK", "Graustark")
    judgements.undo(folder, said.id, who="Bo")
    assert parties(folder) == {"name:ruritania", "GRK"}


def test_judged_articles_have_it_too(folder: Path) -> None:
    with Store.open(folder) as store:
        said = told.everything(store.record(ARTICLE))["p1"]
    judgements.add(folder, Judgement("Bo", "confirm", ARTICLE, "position", said, said))
    party(folder, "name:ruritania", "GRK", "Graustark")
    assert parties(folder) == {"GRK"}
    with Store.open(folder) as store:
        assert "" not in judged.corrections(store).units


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ([("a", "b"), ("b", "c")], {"a": "c", "b": "c"}),
        ([("a", "b"), ("b", "a")], {"b": "a"}),
        ([("a", "b"), ("b", "c"), ("c", "a")], {"b": "c", "c": "a"}),
        ([("a", "b"), ("a", "c")], {"a": "c"}),
        ([("a", "a")], {}),
    ],
)
def test_the_last_word_counts_and_chains_end(said: list[tuple[str, str]], known: dict[str, str]) -> None:
    kept = [
        Judgement("Ann", "same", "", "party", {"party": one, "name": one}, {"party": other, "name": other}, id=k + 1)
        for k, (one, other) in enumerate(said)
    ]
    found = {party: one.party for party, one in identity.identities(kept).items()}
    ends = {party: known.get(end, end) for party, end in known.items()}
    assert found == {party: known.get(ends[party], ends[party]) for party in known}


@pytest.mark.parametrize(
    "actor",
    [
        Actor("a1", "The  Envoy’s Office", ()), Actor("a1", "X", (), "GRK", ("GOV",)), Actor("a1", "X", (), "GRK"),
        Actor("a1", "X", (), "GRK", (), "state"), Actor("a1", "X", (), "NGO", ("GOV",), "state", "Q5"),
        Actor("a1", "X", (), "GRK", ("OPP",), "person", "Q7"), Actor("a1", "its  É", (), None, ()),
    ],
)  # fmt: skip
def test_the_key_is_the_same_in_python_and_sql(actor: Actor) -> None:
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE actors(name TEXT, kind TEXT, country TEXT, sectors TEXT[], wikidata TEXT)")
        row = [actor.name, actor.kind, actor.country, list(actor.sectors), actor.wikidata]
        connection.execute("INSERT INTO actors VALUES (?, ?, ?, ?, ?)", row)
        sql = f"SELECT coalesce({identity.sure_sql()}, 'name:' || {identity.SPELLED}) FROM actors"
        assert connection.execute(sql).fetchall() == [(identity.key(actor),)]
