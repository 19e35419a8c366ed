"""Commits are whole, in order, and stay."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from parley.errors import NewerFormat, NoRecord, NoSuchArticle, NoSuchCommit, StoreError
from parley.store import Copy, Failure, Run, Shard, Source, Store, Writer, delta, history, snapshots
from parley.store.tables import TABLES
from tests.store import make


def ids(folder: Path, as_of: int | str | datetime | None = None) -> list[int]:
    with Store.open(folder, as_of=as_of) as store:
        return [int(one, 16) for one in store.article_ids()]


def test_every_table_answers_with_its_columns(folder: Path) -> None:
    with Store.open(folder) as store:
        for name, table in TABLES.items():
            assert store.arrow(f"SELECT * FROM {name}").column_names == table.schema.names
        assert store.query("SELECT count(*) AS n, count(DISTINCT outlet) AS o FROM articles") == [{"n": 4, "o": 1}]
        assert store.query("SELECT article_id FROM articles WHERE outlet = $o", {"o": "no one's"}) == []
        assert store.query("SELECT started FROM runs")[0]["started"] == make.WHEN.replace(tzinfo=None)


def test_rows_of_a_commit_are_counted(folder: Path) -> None:
    with Store.open(folder) as store:
        for name in TABLES:
            assert store.query(f"SELECT count(*) AS n FROM {name}") == [{"n": store.commit.rows[name]}]


def test_earlier_commits_stay(folder: Path) -> None:
    commits = history(folder)
    assert [one.kind for one in commits] == ["create", "shard", "shard", "run"]
    assert [one.number for one in commits] == [1, 2, 3, 4]
    assert ids(folder, 1) == []
    assert ids(folder, 2) == ids(folder, "2") == [1, 2]
    assert ids(folder, commits[1].time) == ids(folder, commits[1].time.isoformat()) == [1, 2]
    assert ids(folder, commits[2].time.date().isoformat()) == [1, 2, 3, 4]
    with pytest.raises(NoSuchCommit, match="2020-01-01"):
        ids(folder, "2020-01-01")
    with pytest.raises(NoSuchCommit, match="there are 1 to 4"):
        ids(folder, 7)
    with pytest.raises(StoreError, match="no commit number"):
        ids(folder, "yesterday")


def test_a_changed_article_is_replaced_and_its_older_state_stays(folder: Path) -> None:
    with Writer.open(folder) as writer:
        writer.begin_run(make.run("run2"))
        done = writer.commit(make.shard(2, name="run2", sha256="other", outlet="Herald"))
        assert writer.known().locations["/news/0002.html"].sha256 == "other"
    assert done.rows["articles"] == 4
    with Store.open(folder) as store:
        assert store.record("00000002").article.outlet == "Herald"
        assert store.query("SELECT sha256, run FROM sources WHERE article_id = '00000002'") == [
            {"sha256": "other", "run": "run2"}
        ]
    with Store.open(folder, as_of=3) as store:
        assert store.record("00000002").article.outlet == "Gazette"


def test_failures_come_and_go(folder: Path) -> None:
    name = "/it's \\ a “page”\n.html"
    lost = Failure(name, "h", None, "read", "no article")
    with Writer.open(folder) as writer:
        writer.begin_run(make.run("run2"))
        writer.commit(Shard("run2", failures=[lost]))
        writer.commit(Shard("run2", failures=[replace(lost, why="still none")]))
        assert writer.known().locations[name].outcome == "failed"
        with Store.open(folder) as store:
            assert [row["why"] for row in store.query("SELECT why FROM failures")] == ["still none"]
        writer.commit(Shard("run2", sources=[Source(name, "h2", "00000001")]))
    with Store.open(folder) as store:
        assert store.query("SELECT * FROM failures") == []
        assert store.query("SELECT outcome FROM sources WHERE location = ?", [name]) == [{"outcome": "read"}]


def test_a_removed_article_takes_all_of_its_own_along(folder: Path) -> None:
    copies = [Copy("00000001", "00000001", 1.0), Copy("00000002", "00000001", 0.9)]
    with Writer.open(folder) as writer:
        writer.begin_run(make.run("run2"))
        writer.commit(Shard("run2", copies=copies))
        assert writer.commit(Shard("run2", copies=copies)).rows["copies"] == 2
        writer.commit(Shard("run2", removed=["00000001"]))
        assert "00000001" not in writer.known().articles
        assert "/news/0001.html" not in writer.known().locations
    with Store.open(folder) as store:
        for name, table in TABLES.items():
            if "article_id" in table.schema.names:
                assert not store.query(f"SELECT 1 FROM {name} WHERE article_id = '00000001'"), name
        assert store.query("SELECT * FROM copies") == []
        with pytest.raises(NoSuchArticle, match="00000001"):
            store.record("00000001")


def test_one_article_at_two_places_is_stored_once_whatever_the_order(tmp_path: Path) -> None:
    one, other = make.reading(1), replace(make.reading(1), location="/news/0000-copy.html")
    for n, order in enumerate(([one, other], [other, one])):
        with Writer.open(tmp_path / str(n)) as writer:
            writer.begin_run(make.run())
            assert writer.commit(Shard("run1", order)).rows["articles"] == 1
        with Store.open(tmp_path / str(n)) as store:
            assert store.query("SELECT location FROM articles") == [{"location": "/news/0000-copy.html"}]
            assert len(store.query("SELECT * FROM sources")) == 2


def test_what_is_known_is_what_is_stored(folder: Path) -> None:
    with Writer.open(folder) as writer:
        writer.begin_run(make.run("run2"))
        writer.known()
        writer.commit(make.shard(4, 5, name="run2", sha256="x"))
        kept = writer.known()
    with Writer.open(folder) as writer:
        assert writer.known() == kept
    assert len(kept.locations) == len(kept.articles) == 5


def test_an_empty_shard_writes_nothing(folder: Path) -> None:
    with Writer.open(folder) as writer:
        writer.begin_run(make.run("run2"))
        assert writer.commit(Shard("run2")).number == 4
        with pytest.raises(StoreError, match="not begun"):
            writer.commit(make.shard(9, name="run3"))
    assert len(history(folder)) == 4


def test_a_run_that_was_killed_is_marked(folder: Path) -> None:
    with Writer.open(folder) as writer:
        writer.begin_run(Run("run2", make.WHEN, sources=("/news",), versions="v1"))
        writer.commit(make.shard(9, name="run2"))
    Writer.open(folder).close()
    with Store.open(folder) as store:
        assert store.query("SELECT run, outcome, sources FROM runs ORDER BY run")[1] == {
            "run": "run2",
            "outcome": "interrupted",
            "sources": ["/news"],
        }


def test_many_small_commits_stay_few_files(tmp_path: Path) -> None:
    with Writer.open(tmp_path / "r") as writer:
        writer.begin_run(make.run())
        for n in range(70):
            writer.commit(make.shard(n))
        names = delta.open_table(tmp_path / "r", "articles").file_uris()
    assert len(names) < 35
    assert ids(tmp_path / "r") == list(range(70))
    assert ids(tmp_path / "r", 20) == list(range(19))


def test_a_record_may_be_moved_and_its_list_of_files_lost_or_stale(folder: Path, tmp_path: Path) -> None:
    moved = tmp_path / "a b ü's"
    shutil.move(folder, moved)
    assert ids(moved) == [1, 2, 3, 4]
    stale = (moved / "newest.json").read_bytes()
    with Writer.open(moved) as writer:
        writer.begin_run(make.run("run2"))
        writer.commit(make.shard(5, name="run2"))
    for content in (stale, b"", b"[1]", b'{"number": 6, "tables": 3}'):
        (moved / "newest.json").write_bytes(content)
        assert ids(moved) == [1, 2, 3, 4, 5]


def test_folders_that_are_no_record(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(NoRecord, match="no record of Parley"):
        Store.open(tmp_path / "nowhere")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.html").write_text("x")
    with pytest.raises(NoRecord, match=r"a\.html"):
        Writer.open(tmp_path / "pages")
    assert [path.name for path in (tmp_path / "pages").iterdir()] == ["a.html"]
    for bad in "[%*":
        with pytest.raises(StoreError, match="rename"):
            Writer.open(tmp_path / f"a{bad}b")
    (folder / "parley.json").write_text("{")
    with pytest.raises(StoreError, match="damaged"):
        Store.open(folder)
    (folder / "parley.json").write_text(json.dumps({"format": "other/1"}))
    with pytest.raises(NoRecord, match="other/1"):
        Store.open(folder)
    (folder / "parley.json").write_text(json.dumps({"format": "parley.store/2"}))
    for opener in (Store.open, Writer.open):
        with pytest.raises(NewerFormat, match="later Parley"):
            opener(folder)


def test_a_question_that_makes_no_sense_is_one_line(folder: Path) -> None:
    with Store.open(folder) as store, pytest.raises(StoreError, match="nonsense") as caught:
        store.query("SELECT nonsense FROM articles")
    assert "\n" not in str(caught.value)


def test_dates_mean_their_end_and_times_may_have_a_zone() -> None:
    assert snapshots.moment_of("2026-03-01") == datetime(2026, 3, 1, 23, 59, 59, 999999, UTC)
    assert snapshots.moment_of("2026-03-01T10:00") == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert snapshots.moment_of("2026-03-01T10:00+02:00") == datetime(2026, 3, 1, 10, tzinfo=UTC) - timedelta(hours=2)


def test_reading_imports_neither_the_model_nor_the_engine_nor_what_writes() -> None:
    code = (
        "import sys; from parley.store import Store, history;"
        "print([m for m in ('spacy', 'daft', 'deltalake') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
