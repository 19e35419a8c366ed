"""What is wrong with a record is found and named, and mended where it can be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from parley.errors import Locked, NoRecord, StoreError
from parley.store import Copy, Failure, Shard, Store, Writer, delta, history, invariants, snapshots
from parley.store.changes import Change, _arrow
from parley.store.check import Problem, check
from parley.store.repair import repair
from tests.store import make


def names(folder: Path) -> set[str]:
    return {problem.name for problem in check(folder)}


def spoil(folder: Path, table: str, change: Callable[[list[dict[str, Any]]], object]) -> None:
    """Change the rows of a table as no writer would."""
    with Store.open(folder) as store:
        rows = store.query(f"SELECT * FROM {table}")
    change(rows)
    with Writer.open(folder) as writer:
        writer.apply([Change(table, {}, _arrow(table, rows), anew=True)], "", "shard")


def put(column: str, value: object, n: int = 0) -> Callable[[list[dict[str, Any]]], object]:
    return lambda rows: rows[n].update({column: value})


def test_a_whole_record_has_no_problem_and_needs_no_repair(folder: Path) -> None:
    with Writer.open(folder) as writer:
        writer.begin_run(make.run("run2"))
        copies = [Copy("00000001", "00000001", 1.0), Copy("00000002", "00000001", 0.9)]
        failures = [Failure("/x", "h", None, "read", "no")]
        writer.commit(Shard("run2", [make.reading(3, outlet="Herald")], failures, removed=["00000004"], copies=copies))
        writer.end_run(make.run("run2", outcome="finished", changed=1, failed=1))
    assert check(folder) == []
    before = history(folder)
    assert repair(folder) == []
    assert history(folder) == before


BREAKS: list[tuple[str, str, Callable[[list[dict[str, Any]]], object]]] = [
    ("quote", "attributions", put("content_words", "Ever")),
    ("quote", "events", put("trigger_words", "")),
    ("quote", "positions", put("topic_words", None)),
    ("quote", "framing", put("words", "so-called envoy")),
    ("quote", "articles", put("text", make.TEXT.replace("demands", "requests"))),
    ("span", "actors", put("mentions", [{"start": 3, "end": 999}])),
    ("span", "actors", put("mentions", [{"start": 5, "end": 5}])),
    ("span", "positions", put("evidence", [{"start": 9, "end": 12}])),
    ("span", "passages", put("repeats_end", 9999, 1)),
    ("span", "events", put("trigger_start", None)),
    ("size", "articles", put("characters", 3)),
    ("reference", "positions", put("addressees", ["a2", "a7"])),
    ("reference", "attributions", put("via", "e1")),
    ("reference", "framing", put("speaker", "a9")),
    ("twice", "articles", lambda rows: rows.append(dict(rows[0]))),
    ("twice", "actors", lambda rows: rows.append(dict(rows[0]))),
    ("gap", "positions", lambda rows: rows.pop(0)),
    ("gap", "framing", lambda rows: rows.pop(0)),
    ("gap", "signatures", lambda rows: rows.pop(0)),
    ("orphan", "events", lambda rows: rows.append(rows[0] | {"article_id": "gone"})),
    ("source", "sources", put("article_id", "gone")),
    ("failure", "sources", put("outcome", "failed")),
    ("failure", "failures", lambda rows: rows.append({"location": "/y", "run": "run1"})),
    ("copy", "copies", lambda rows: rows.append({"article_id": "00000001", "head": "00000002"})),
    ("copy", "copies", lambda rows: rows.append({"article_id": "gone", "head": "gone"})),
    ("run", "articles", put("run", "no run")),
    ("count", "runs", put("new", 3)),
]


@pytest.mark.parametrize(("name", "table", "change"), BREAKS)
def test_every_breach_is_found(
    folder: Path, name: str, table: str, change: Callable[[list[dict[str, Any]]], object]
) -> None:
    spoil(folder, table, change)
    found = check(folder)
    assert name in {problem.name for problem in found}
    assert all("\n" not in str(problem) for problem in found)


def test_every_kind_of_breach_is_tried() -> None:
    assert {one.name for one in invariants.all_of_them()} == {name for name, _, _ in BREAKS}


@pytest.mark.parametrize(
    ("table", "change"), [(t, c) for n, t, c in BREAKS if n in ("twice", "orphan", "source", "failure", "copy")]
)
def test_rows_that_can_go_without_a_loss_go(
    folder: Path, table: str, change: Callable[[list[dict[str, Any]]], object]
) -> None:
    spoil(folder, table, change)
    assert repair(folder)
    assert check(folder) == []
    with Store.open(folder) as store:
        assert [one.id for one in store.records()] == [f"{n:08x}" for n in range(1, 5)]
        assert all(one == make.record(one.id) for one in store.records())


def test_an_article_that_cannot_be_trusted_is_read_again(folder: Path) -> None:
    spoil(folder, "positions", put("topic_words", "other"))
    (said,) = repair(folder)
    assert "read again" in said
    with Writer.open(folder) as writer:
        assert len(writer.known().locations) == 3
        writer.begin_run(make.run("run2"))
        writer.commit(make.shard(1, 2, 3, 4, name="run2"))
    assert check(folder) == []


def test_what_a_killed_writer_left_is_found_and_cleared(folder: Path) -> None:
    delta.append(delta.open_table(folder, "framing"), _arrow("framing", [{"article_id": "x", "n": 0}]))
    for name in ("tables/actors/part-1.parquet", "tables/actors/_delta_log/_commit_1.json.tmp", ".parley.json.1.tmp"):
        (folder / name).write_bytes(b"half")
    (folder / "notes.txt").write_text("a person's own file")
    assert names(folder) == {"torn", "leftover"}
    assert len(repair(folder)) == 2
    assert check(folder) == []
    assert (folder / "notes.txt").exists()
    with Store.open(folder, as_of=2) as store:
        assert len(list(store.records())) == 2


@pytest.mark.parametrize("table", ["articles", "framing", "signatures", "sources"])
def test_a_lost_file_costs_only_what_was_in_it(folder: Path, table: str) -> None:
    uri = delta.open_table(folder, table).file_uris()[0]
    Path(uri).unlink()
    assert "lost" in names(folder) or names(folder) == {"unreadable"}
    assert repair(folder)
    with Writer.open(folder) as writer:
        again = [n for n in range(1, 5) if f"/news/{n:04d}.html" not in writer.known().locations]
        assert len(again) == 2
        writer.begin_run(make.run("run2"))
        writer.commit(make.shard(*again, name="run2"))
    assert check(folder) == []
    with Store.open(folder) as store:
        assert [store.record(f"{n:08x}") for n in range(1, 5)] == [make.record(f"{n:08x}") for n in range(1, 5)]


def test_a_damaged_commit_or_head_is_set_aside(folder: Path) -> None:
    snapshots.path_of(folder, 4).write_bytes(b'{"numb')
    (folder / "parley.json").write_text("")
    with pytest.raises(StoreError, match="damaged"):
        check(folder)
    said = repair(folder)
    assert "written anew" in said[0]
    assert "commit 4" in said[1]
    assert names(folder) == set()
    with Store.open(folder) as store:
        assert len(store.article_ids()) == 4


def test_a_stale_list_of_files_is_seen_and_made_anew(folder: Path) -> None:
    path = folder / "newest.json"
    path.write_text(path.read_text().replace('"part-', '"other-'))
    assert "unreadable" in names(folder) or "stale" in names(folder)
    repair(folder)
    assert check(folder) == []


def test_checks_and_repairs_of_what_is_derived_are_asked(folder: Path) -> None:
    problem = Problem("index", "search", "is behind")
    assert check(folder, further=[lambda store: [problem]]) == [problem]
    assert repair(folder, further=[lambda store: [f"made at {store.commit.number}"]]) == ["made at 4"]


def test_repair_waits_for_no_writer_and_makes_no_record(folder: Path, tmp_path: Path) -> None:
    with Writer.open(folder), pytest.raises(Locked):
        repair(folder)
    for act in (check, repair):
        with pytest.raises(NoRecord):
            act(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
