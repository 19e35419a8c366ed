"""Full-text search: what is found, how it is folded, and that it never fails while a writer is at work."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.errors import StoreError
from parley.model import Actor, Attribution, Event, Metadata, Position, Record
from parley.store import Copy, Reading, Shard, Store, Writer, search
from parley.store.search import Filters, Hit
from parley.store.search.hits import in_article, snippet, unmarked
from parley.store.search.words import expression, forms
from tests.store import make

WIRE = "Chad demanded the release of all captives. “We will wait no longer,” the envoy Idriss Bako said. Libya refused."


def record(name: str, text: str = WIRE, **meta: str) -> Record:
    def at(words: str) -> tuple[tuple[int, int], ...]:
        start = text.index(words)
        return ((start, start + len(words)),)

    found = Record(name, text, Metadata(**({"title": f"Captives {name}", "outlet": "Courier", "sha256": name} | meta)))
    if text is not WIRE:
        return found
    return replace(
        found,
        actors=(
            Actor("a1", "Chad", at("Chad"), "TCD", kind="state"),
            Actor("a2", "Idriss Bako", at("Idriss Bako"), "TCD", kind="person"),
            Actor("a3", "Libya", at("Libya"), "LBY", kind="state"),
        ),
        attributions=(Attribution("t1", "direct", at("Idriss"), at("said"), at("“We will wait no longer,”"), "a2"),),
        events=(Event("e1", "REJECT", at("Libya refused"), at("refused")[0], ("a3",)),),
        positions=(Position("p1", "a1", "demand", "prisoners", (*at("Chad demanded"), *at("all captives"))),),
    )


def write(folder: Path, *records: Record, copies: list[Copy] | None = None, removed: tuple[str, ...] = ()) -> None:
    with Writer.open(folder) as writer:
        run = make.run(f"run{writer.newest.number}")
        writer.begin_run(run)
        readings = [Reading(f"/news/{r.id}", r.article.sha256, r) for r in records]
        writer.commit(Shard(run.run, readings, removed=removed, copies=copies))


def refresh(folder: Path) -> int:
    with Store.open(folder) as store:
        return search.update(folder, store)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three articles: a wire story of March, a reprint of April, and one on something else."""
    path = tmp_path_factory.mktemp("search") / "record"
    write(
        path,
        record("wire", published="2025-03-02"),
        record("again", published="2025-04-02", outlet="Gazette"),
        record("other", "The river commission met in Vienna. No captives were mentioned.", published="2025-05-01"),
        copies=[Copy("wire", "wire", 1.0), Copy("again", "wire", 0.99)],
    )
    refresh(path)
    return path


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    """A record of one's own with these."""
    return Path(shutil.copytree(template, tmp_path / "record"))


def found(folder: Path, text: str, *, limit: int = 20, unfinished: bool = False, **filters: str) -> list[Hit]:
    return search.query(folder, text, Filters(**filters), limit, unfinished=unfinished)  # type: ignore[arg-type]


def ids(hits: list[Hit]) -> list[tuple[str, str | None]]:
    return sorted(((hit.article_id, hit.local_id) for hit in hits), key=lambda one: (one[0], one[1] or ""))


# ---------------------------------------------------------------- what is found
def test_articles_and_records_are_found_and_reprints_folded(folder: Path) -> None:
    hits = found(folder, "captives")
    assert ids(hits) == [("other", None), ("wire", None), ("wire", "p1")]
    assert {hit.article_id: hit.reprints for hit in hits} == {"wire": 1, "other": 0}
    assert all(0 <= hit.score <= 1 for hit in hits)
    assert max(hit.score for hit in hits) == 1


def test_matches_are_offsets_into_the_articles_text(folder: Path) -> None:
    hits = {hit.kind: hit for hit in found(folder, "captives", outlet="courier", until="2025-03")}
    assert {kind: [WIRE[a:b] for a, b in hit.matches] for kind, hit in hits.items()} == {
        "article": ["captives"],
        "position": ["captives"],
    }
    position = hits["position"]
    assert position.snippet == "Chad demanded … all captives"
    assert [position.snippet[a:b] for a, b in position.marks] == ["captives"]
    assert (position.parties, position.act, position.issue) == (("Chad",), "demand", "prisoners")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("demands", {"wire"}),  # another form
        ("Demanded captives", {"wire"}),
        ("captives -river", {"wire"}),
        ("river captives", {"other"}),
        ("refuse OR commission", {"wire", "other"}),
        ('"commission met"', {"other"}),
        ('"met commission"', set()),
        ("comm*", {"other"}),
        ("comm", set()),
        ("co*", set()),  # too short for a beginning
        ("river-comm*", {"other"}),
        ("river-commission", {"other"}),
        ("the-riv*", {"other"}),
        ("title:captives", set()),
        ("vïenna", {"other"}),
        ("nowhere", set()),
        ("...", set()),
        ("", set()),
    ],
)
def test_queries(folder: Path, text: str, expected: set[str]) -> None:
    assert {hit.article_id for hit in found(folder, text)} == expected


def test_a_word_still_being_typed_is_a_beginning(folder: Path) -> None:
    assert ids(found(folder, "river commis", unfinished=True)) == [("other", None)]
    assert found(folder, "commis ", unfinished=True) == []


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"party": "TCD", "kind": "position"}, [("wire", "p1")]),
        ({"party": "Chad", "kind": "quote"}, [("wire", "t1")]),  # who speaks for the state
        ({"party": "bako"}, [("wire", None), ("wire", "t1")]),
        ({"party": "Libya", "act": "reject"}, [("wire", None), ("wire", "e1")]),
        ({"party": "Libya", "act": "demand"}, []),
        ({"act": "DEMAND", "issue": "prisoners", "kind": "article"}, [("wire", None)]),
        ({"outlet": "GAZETTE", "kind": "article"}, [("again", None)]),
        ({"since": "2025-04", "kind": "article"}, [("again", None), ("other", None)]),
        ({"until": "2025-03-02", "kind": "event"}, [("wire", "e1")]),
        ({"party": "%' OR 1=1 --"}, []),
    ],
)
def test_filters_alone_list_what_they_let_through(
    folder: Path, filters: dict[str, str], expected: list[tuple[str, str | None]]
) -> None:
    hits = found(folder, "", **filters)
    assert ids(hits) == expected
    assert [hit.published for hit in hits] == sorted((hit.published for hit in hits), reverse=True)  # type: ignore[type-var]


def test_filters_and_words_together(folder: Path) -> None:
    assert ids(found(folder, "captives", party="TCD")) == [("wire", None), ("wire", "p1")]
    assert found(folder, "river", party="TCD") == []


def test_a_reprint_that_alone_matches_is_shown_itself(folder: Path) -> None:
    write(folder, record("again", WIRE + " Our reporter adds a footnote.", published="2025-04-02"))
    refresh(folder)
    (hit,) = found(folder, "footnote")
    assert (hit.article_id, hit.reprints) == ("again", 1)


def test_a_crowd_of_reprints_does_not_hide_the_next_story(folder: Path) -> None:
    names = [f"c{n:03}" for n in range(130)]
    write(folder, *(record(name) for name in names), copies=[Copy(name, "c000", 1.0) for name in names])
    refresh(folder)
    assert {hit.article_id for hit in found(folder, "captives", limit=5)} >= {"c000", "other"}


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(), st.text(alphabet="\"'()*-^:+{}ORNDA tax\x00\u0301_.½"), st.just('"' * 500), st.just("a " * 5000)
    )
)
def test_nothing_that_is_typed_raises(text: str) -> None:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE VIRTUAL TABLE f USING fts5(words)")
        for unfinished in (False, True):
            words = expression(text, unfinished=unfinished)
            if words:
                connection.execute("SELECT count(*) FROM f WHERE f MATCH ?", (words,)).fetchone()


# ---------------------------------------------------------------- keeping up with the record
def test_the_index_follows_changes_and_removals(folder: Path) -> None:
    assert refresh(folder) == 0
    write(folder, record("other", "A harbour was closed.", sha256="new"), removed=("again",))
    assert refresh(folder) == 2
    assert found(folder, "river") == []
    assert [hit.article_id for hit in found(folder, "harbour")] == ["other"]
    assert {hit.reprints for hit in found(folder, "captives")} == {0}
    with Store.open(folder) as store:
        assert search.check(folder, store) == []
        assert search.commit_of(folder) == store.commit.number


def test_what_is_known_to_have_changed_is_all_that_is_looked_at(folder: Path) -> None:
    before = search.commit_of(folder)
    write(folder, record("new", "A harbour was closed."), record("other", "A dam burst.", sha256="new"))
    with Store.open(folder) as store:
        assert search.update(folder, store, since=before, touched=["new", "other"]) == 2
        assert search.check(folder, store) == []
        write(folder, record("newer", "A bridge fell."))
    with Store.open(folder) as store:
        assert search.update(folder, store, since=1, touched=[]) == 1  # it was not at that commit: all are compared
        assert search.check(folder, store) == []


def test_check_tells_an_index_that_is_behind_or_differs(folder: Path) -> None:
    write(folder, record("new", "A harbour was closed."))
    with Store.open(folder) as store:
        assert "shows commit" in search.check(folder, store)[0]
        search.update(folder, store, since=search.commit_of(folder), touched=[])
        assert "1 articles differ" in search.check(folder, store)[0]
        assert search.rebuild(folder, store) == 4
        assert search.check(folder, store) == []


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 500, None])
def test_a_damaged_or_lost_index_is_made_anew(folder: Path, damage: bytes | None) -> None:
    path = folder / search.NAME
    path.unlink()
    if damage is not None:
        path.write_bytes(damage)
    with pytest.raises(StoreError, match="parley repair"):
        found(folder, "captives")
    with Store.open(folder) as store:
        assert search.check(folder, store) != []
        search.rebuild(folder, store)
        assert search.check(folder, store) == []
    assert len(found(folder, "captives")) == 3


def test_a_failed_update_leaves_the_index_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, record("new", "A harbour was closed."), removed=("wire",))
    with monkeypatch.context() as patch:
        patch.setattr("parley.store.search.fill._copies", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            refresh(folder)
    assert len(found(folder, "captives")) == 3
    assert refresh(folder) == 2
    assert [hit.article_id for hit in found(folder, "harbour")] == ["new"]


def test_searching_while_writing_never_fails(folder: Path) -> None:
    wrong: list[BaseException] = []
    done = threading.Event()

    def ask() -> None:
        try:
            while not done.is_set():
                assert len(found(folder, "captives", kind="article")) == 2
        except BaseException as error:
            wrong.append(error)

    readers = [threading.Thread(target=ask) for _ in range(3)]
    for reader in readers:
        reader.start()
    for n in range(4):
        write(folder, record(f"new{n}", "A harbour was closed.", title="Harbour"))
        refresh(folder)
        with Store.open(folder) as store:
            search.rebuild(folder, store)
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []


def test_a_read_only_folder_can_be_searched(folder: Path) -> None:
    for path in (folder / search.NAME, folder):
        path.chmod(0o444 if path.is_file() else 0o555)
    try:
        assert len(found(folder, "captives")) == 3
    finally:
        folder.chmod(0o755)


def test_text_that_sqlite_cannot_hold(folder: Path) -> None:
    text = "A \x00 zero, \x01 marks\x02 and a harbour."
    write(folder, record("odd", text))
    refresh(folder)
    (hit,) = found(folder, "harbour")
    assert [text[a:b] for a, b in hit.matches] == ["harbour"]


# ---------------------------------------------------------------- words and snippets
@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("demand", {"demands", "demanded", "demanding"}),
        ("refused", {"refuse", "refusing", "refuses"}),
        ("stopped", {"stop", "stops", "stopping"}),
        ("deny", {"denies", "denied", "denying"}),
        ("parties", {"party"}),
        ("release", {"released", "releasing", "releases"}),
        ("talks", {"talk", "talked"}),
    ],
)
def test_forms_of_a_word(word: str, others: set[str]) -> None:
    assert {word, *others} <= set(forms(word))


@pytest.mark.parametrize("word", ["red", "bring", "glass", "1945", "né"])
def test_words_that_are_no_forms(word: str) -> None:
    assert not {"r", "br", "glas", "194"} & set(forms(word))


@given(st.text(max_size=900), st.lists(st.tuples(st.integers(0, 900), st.integers(1, 9)), max_size=12))
def test_a_snippet_keeps_the_words_that_it_marks(text: str, places: list[tuple[int, int]]) -> None:
    marks, last = [], 0
    for start, size in sorted(places):
        if start >= last and start + size <= len(text):
            marks.append((start, start + size))
            last = start + size
    line, inside = snippet(text, marks)
    assert len(line) <= 246
    assert bool(inside) == bool(marks)
    whole = "".join(" " if char.isspace() else char for char in text)
    at = text and whole.index(line.removeprefix("… ").removesuffix(" …"))
    assert at is not None
    assert {line[a:b] for a, b in inside} <= {whole[a:b] for a, b in marks}


def test_marks_and_places() -> None:
    assert unmarked("a \x01b\x02 c \x01d\x02") == ("a b c d", ((2, 3), (6, 7)))
    assert in_article(((0, 2), (6, 8)), ((10, 13), (20, 24))) == ((10, 12), (20, 22))
