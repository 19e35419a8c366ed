"""Judgements are kept, whoever writes at once; they hold by what a row says, and are applied when it is asked."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from parley.analysis.filters import Filters
from parley.analysis.ledger import ledger
from parley.errors import ParleyError, StoreError
from parley.model import Record
from parley.record import check
from parley.store import Reading, Shard, Store, Writer, judged, judgements
from parley.store.judged import told, unit
from parley.store.judgements import Judgement
from tests.store import make

ARTICLE = "00000001"


def said(record: Record, row_id: str) -> dict[str, object]:
    values = told.everything(record)[row_id]
    if row_id.startswith("a"):
        del values["spans"], values["words"]
    return values


def on(folder: Path, row_id: str, kind: str, /, who: str = "Ann", **changes: object) -> Judgement:
    """A judgement on a row of the first article, kept."""
    with Store.open(folder) as store:
        record = store.record(ARTICLE)
    target = said(record, row_id)
    row = told.KIND_OF[type(told.rows(record)[row_id])]
    values = {} if kind == "reject" else {**target, **changes}
    return judgements.add(folder, Judgement(who, kind, ARTICLE, row, target, values))  # type: ignore[arg-type]


def added(folder: Path, words: str, **changes: object) -> Judgement:
    start = make.TEXT.index(words)
    values = {"party": "Graustark", "act": "promise", "issue": "other", "layer": "own", "addressees": [],
              "spans": [[start, start + len(words)]], "words": [words], **changes}  # fmt: skip
    return judgements.add(folder, Judgement("Ann", "add", ARTICLE, "position", {}, values))


def again(folder: Path, record: Record) -> None:
    """A new run that reads the first article so."""
    with Writer.open(folder) as writer:
        run = make.run("run2")
        writer.begin_run(run)
        writer.commit(Shard("run2", [Reading("/news/0001.html", "other", replace(record, id=ARTICLE))]))
        writer.end_run(make.run("run2", outcome="finished", ended=make.WHEN))


def read(folder: Path, show: str = "corrected") -> Record:
    with Store.open(folder) as store:
        found = judged.record(store, ARTICLE, show=show)  # type: ignore[arg-type]
        check(found)
        return found


def positions(folder: Path, show: str = "corrected") -> dict[str, tuple[str, str]]:
    with Store.open(folder) as store, judged.connection(store, show=show) as asked:
        rows = asked.execute(
            "SELECT position_id, act, name FROM positions p JOIN actors a ON a.article_id = p.article_id"
            " AND a.actor_id = p.party WHERE p.article_id = ? ORDER BY p.n",
            [ARTICLE],
        ).fetchall()
    return {row_id: (act, name) for row_id, act, name in rows}


# ---------------------------------------------------------------- the file
def test_a_judgement_comes_back_as_it_was_given(folder: Path) -> None:
    given = Judgement(
        "Ann", "change", ARTICLE, "position", {"act": "x"}, {"act": "y", "words": ["“ü”"]}, "why\n", commit=3
    )
    kept = judgements.add(folder, given)
    assert kept == replace(given, id=1, at=kept.at)
    assert judgements.history(folder) == (kept,)
    assert judgements.for_article(folder, ARTICLE) == (kept,)
    assert judgements.for_article(folder, "other") == ()


def test_nothing_is_there_before_the_first(folder: Path) -> None:
    assert judgements.history(folder) == ()
    assert judgements.last(folder) == 0
    assert not (folder / judgements.NAME).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"who": " "},
        {"who": "x" * 81},
        {"kind": "like"},
        {"row": "table"},
        {"kind": "undo"},
        {"undoes": 1},
        {"why": "x" * 2001},
    ],
)
def test_what_cannot_be_is_refused(folder: Path, wrong: dict[str, object]) -> None:
    with pytest.raises(StoreError):
        judgements.add(folder, replace(Judgement("Ann", "confirm", ARTICLE, "position"), **wrong))  # type: ignore[arg-type]
    assert judgements.history(folder) == ()


def test_nothing_can_be_changed_or_removed(folder: Path) -> None:
    on(folder, "p1", "confirm")
    with sqlite3.connect(folder / judgements.NAME) as connection:
        for statement in ("UPDATE judgements SET who = 'Eve'", "DELETE FROM judgements"):
            with pytest.raises(sqlite3.IntegrityError, match="are kept"):
                connection.execute(statement)


def test_an_undo_takes_back_and_is_taken_back(folder: Path) -> None:
    first = on(folder, "p1", "reject")
    second = judgements.undo(folder, first.id, who="Bob")
    assert judgements.standing(judgements.history(folder)) == ()
    judgements.undo(folder, second.id, who="Ann")
    assert [one.id for one in judgements.standing(judgements.history(folder))] == [first.id]
    assert len(judgements.history(folder)) == 3


def test_an_undo_of_what_is_not_there_is_refused(folder: Path) -> None:
    with pytest.raises(StoreError, match="no judgement 7"):
        judgements.undo(folder, 7, who="Ann")


def test_a_file_that_is_none_is_told_of(folder: Path) -> None:
    (folder / judgements.NAME).write_bytes(b"not a database, but long enough to be looked at" * 40)
    with pytest.raises(StoreError, match="damaged"):
        judgements.history(folder)


def test_threads_lose_nothing(folder: Path) -> None:
    def write(k: int) -> int:
        return judgements.add(folder, Judgement(f"w{k}", "confirm", ARTICLE, "position", {"k": k})).id

    def look(_: int) -> int:
        return len(judgements.history(folder)) + judgements.last(folder)

    with ThreadPoolExecutor(30) as pool:
        ids, looks = pool.map(write, range(60)), pool.map(look, range(200))
        assert sorted(ids) == list(range(1, 61))
        assert all(n >= 0 for n in looks)
    assert {one.target["k"] for one in judgements.history(folder)} == set(range(60))


WRITER = """
import sys
from pathlib import Path
from parley.store import judgements
from parley.store.judgements import Judgement
for k in range(15):
    judgements.add(Path(sys.argv[1]), Judgement(sys.argv[2], "confirm", "x", "position", {"k": k}))
    judgements.history(Path(sys.argv[1]))
"""


def test_processes_lose_nothing(folder: Path) -> None:
    started = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(folder), f"w{k}"], stderr=subprocess.PIPE) for k in range(4)
    ]
    for process in started:
        assert process.communicate(timeout=60)[1] == b""
    found = {(one.who, one.target["k"]) for one in judgements.history(folder)}
    assert found == {(f"w{n}", k) for n in range(4) for k in range(15)}


def test_a_writer_of_the_record_leaves_them_alone(folder: Path) -> None:
    kept = on(folder, "p1", "confirm")
    again(folder, make.record())
    assert judgements.history(folder) == (kept,)


# ---------------------------------------------------------------- applied
def test_the_machine_stays_as_it_is(folder: Path) -> None:
    before = positions(folder, "machine")
    on(folder, "p1", "reject")
    added(folder, "open the river")
    assert positions(folder, "machine") == before == {"p1": ("DEMAND", "Ruritania"), "p2": ("REFUSE", "Graustark")}


def test_rows_are_rejected_changed_and_added(folder: Path) -> None:
    on(folder, "p1", "reject")
    on(folder, "p2", "change", act="promise", party="Ruritania")
    new = added(folder, "open the river")
    assert positions(folder) == {"p2": ("promise", "Ruritania"), f"j{new.id}": ("promise", "Graustark")}
    assert set(positions(folder, "both")) == {"p1", "p2", "j2", f"j{new.id}"}
    assert read(folder).positions[0].condition is None, "its condition was rejected"


def test_other_articles_are_as_they_were(folder: Path) -> None:
    on(folder, "p1", "reject")
    with Store.open(folder) as store, judged.connection(store, show="corrected") as asked:
        counts = asked.execute("SELECT article_id, count(*) FROM positions GROUP BY ALL ORDER BY ALL").fetchall()
    assert counts == [(ARTICLE, 1), ("00000002", 2), ("00000003", 2), ("00000004", 2)]


def test_connections_do_not_disturb_each_other(folder: Path) -> None:
    on(folder, "p1", "reject")
    count = "SELECT count(*) FROM positions"
    with Store.open(folder) as store:
        one, two, three = (judged.connection(store, show=show) for show in ("corrected", "both", "machine"))
        on(folder, "p2", "reject")
        four = judged.connection(store, show="corrected")
        assert [c.execute(count).fetchone() for c in (one, two, three, four)] == [(7,), (8,), (8,), (6,)]


def test_a_way_to_show_that_is_none_is_refused(folder: Path) -> None:
    with Store.open(folder) as store, pytest.raises(ParleyError, match="none of machine, corrected, both"):
        judged.connection(store, show="mine")


def test_the_ledger_is_made_of_either(folder: Path) -> None:
    on(folder, "p1", "change", act="demand", issue="ceasefire", party="Atlantis")
    with Store.open(folder) as store, judged.connection(store, show="corrected") as asked:
        found = ledger(asked, Filters(issue=("ceasefire",)))
    assert [cell.party for cell in found.cells] == ["name:atlantis"]


def test_a_new_name_becomes_an_actor(folder: Path) -> None:
    on(folder, "p1", "change", party="Chad")
    found = read(folder)
    actor = found.actor(found.positions[0].party)
    assert (actor.name, actor.country, actor.kind) == ("Chad", "TCD", "state")


def test_an_actor_is_called_otherwise_everywhere(folder: Path) -> None:
    on(folder, "a2", "change", name="Republic of Graustark", country="GRA")
    assert positions(folder)["p2"] == ("REFUSE", "Republic of Graustark")


def test_speaker_and_status_are_changed(folder: Path) -> None:
    on(folder, "t1", "change", speaker="Ruritania", sourcing="named")
    on(folder, "e1", "change", status="asserted")
    found = read(folder)
    assert (found.attributions[0].speaker, found.attributions[0].sourcing) == ("a1", "named")
    assert found.events[0].status == "asserted"


def test_a_rejected_quotation_is_no_longer_named(folder: Path) -> None:
    on(folder, "t1", "reject")
    found = read(folder)
    assert [one.id for one in found.attributions] == ["t2"]
    assert found.positions[0].attribution is None


def test_a_rejected_actor_stays_as_long_as_a_row_names_it(folder: Path) -> None:
    on(folder, "a1", "reject")
    assert {actor.id for actor in read(folder).actors} == {"a1", "a2"}


def test_the_last_word_counts(folder: Path) -> None:
    on(folder, "p1", "reject")
    last = on(folder, "p1", "confirm", who="Bob")
    assert "p1" in positions(folder)
    judgements.undo(folder, last.id, who="Bob")
    assert "p1" not in positions(folder)


# ---------------------------------------------------------------- a new run
def test_they_hold_when_rows_are_numbered_anew(folder: Path) -> None:
    on(folder, "p1", "reject")
    on(folder, "p2", "change", act="reject")
    old = make.record()
    again(
        folder,
        replace(
            old, positions=(replace(old.positions[1], id="p1", condition=None), replace(old.positions[0], id="p7"))
        ),
    )
    assert positions(folder) == {"p1": ("reject", "Graustark")}


def test_they_hold_when_the_words_move(folder: Path) -> None:
    on(folder, "p1", "change", act="request")
    new = added(folder, "open the river")
    text = "Here is the news. " + make.TEXT
    again(folder, make.record(text=text))
    found = read(folder)
    assert {p.id: p.act for p in found.positions} == {"p1": "request", "p2": "REFUSE", f"j{new.id}": "promise"}
    assert found.quote(found.positions[-1].evidence) == "open the river"


def of_first(folder: Path) -> tuple[unit.Unit, ...]:
    with Store.open(folder) as store:
        return judged.corrections(store).units[ARTICLE]


def test_what_a_person_confirmed_stays_when_the_machine_forgets_it(folder: Path) -> None:
    kept = on(folder, "p1", "confirm")
    again(folder, replace(make.record(), positions=()))
    (only,) = of_first(folder)
    assert (only.problem, only.state) == (unit.NO_ROW, "added")
    assert positions(folder) == {f"j{kept.id}": ("DEMAND", "Ruritania")}


def test_a_rejection_of_what_is_gone_is_listed(folder: Path) -> None:
    on(folder, "p1", "reject")
    again(folder, replace(make.record(), positions=()))
    (only,) = of_first(folder)
    assert (only.problem, only.state) == (unit.NO_ROW, "lost")
    assert positions(folder) == {}


def test_words_that_are_gone_change_nothing_and_are_listed(folder: Path) -> None:
    on(folder, "p1", "change", spans=[[44, 48]], words=["nonsense"])
    (only,) = of_first(folder)
    assert (only.problem, only.state) == (unit.NO_WORDS, "lost")
    assert positions(folder)["p1"] == ("DEMAND", "Ruritania")


def test_an_article_that_is_gone_keeps_its_judgements(folder: Path) -> None:
    judgements.add(folder, Judgement("Ann", "confirm", "gone", "position", {"act": "x"}, {"act": "x"}))
    with Store.open(folder) as store, judged.connection(store, show="corrected") as asked:
        (only,) = judged.corrections(store).units["gone"]
        assert asked.execute("SELECT article_id, problem FROM judged_rows").fetchall() == [("gone", unit.NO_ARTICLE)]
    assert only.problem == unit.NO_ARTICLE


def test_a_row_that_a_person_added_is_judged_too(folder: Path) -> None:
    new = added(folder, "open the river")
    target = {"judgement": new.id}
    judgements.add(folder, Judgement("Bob", "change", ARTICLE, "position", target, {**new.values, "act": "accept"}))
    assert positions(folder)[f"j{new.id}"] == ("accept", "Graustark")
    judgements.add(folder, Judgement("Bob", "reject", ARTICLE, "position", target))
    assert f"j{new.id}" not in positions(folder)


def test_what_is_said_of_an_added_row_goes_with_it(folder: Path) -> None:
    new = added(folder, "open the river")
    judgements.add(folder, Judgement("Bob", "confirm", ARTICLE, "position", {"judgement": new.id}, new.values))
    judgements.undo(folder, new.id, who="Ann")
    assert set(positions(folder)) == {"p1", "p2"}
    (only,) = of_first(folder)
    assert only.problem == unit.NO_ADDED
