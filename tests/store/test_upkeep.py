"""Older formats are brought up to date; older history goes only when it is asked to."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyarrow as pa
import pytest

from parley.errors import NoSuchCommit, StoreError
from parley.store import Store, Writer, delta, history, migrate, upkeep
from parley.store.check import check
from parley.store.tables import FORMAT, TABLES
from tests.store import make


def age(folder: Path) -> None:
    """Make of a record what an older Parley would have written: tables and columns are missing."""
    commit = history(folder)[-1]
    with Writer.open(folder) as writer:
        for name, gone in (("articles", {"notes", "words", "parts"}), ("positions", {"hedged"}), ("runs", {"weights"})):
            table = delta.open_table(folder, name)
            rows = pa.table(table.to_pyarrow_table())
            delta.overwrite(table, rows.drop_columns(sorted(gone)), new_schema=True)
        writer._tables.clear()
    kept = {name: delta.open_table(folder, name).version() for name in TABLES if name not in ("copies", "signatures")}
    for name in TABLES.keys() - kept.keys():
        shutil.rmtree(folder / "tables" / name)
    path = folder / "commits" / f"{commit.number:08d}.json"
    rows = {name: count for name, count in commit.rows.items() if name in kept}
    path.write_text(json.dumps(json.loads(path.read_text()) | {"tables": kept, "rows": rows}))
    (folder / "parley.json").write_text(json.dumps({"format": "parley.store/0"}))
    (folder / "newest.json").unlink()


def test_an_older_record_is_read_as_it_is(folder: Path) -> None:
    age(folder)
    with Store.open(folder) as store:
        record = store.record("00000001")
        assert record.text == make.TEXT
        assert record.notes == ()
        assert store.query("SELECT count(*) AS n FROM copies") == [{"n": 0}]


def test_an_older_record_is_brought_up_to_date_by_the_next_writer(folder: Path) -> None:
    age(folder)
    with Writer.open(folder) as writer:
        assert writer.newest.kind == "migrate"
        writer.begin_run(make.run("run2"))
        writer.commit(make.shard(2, 5, name="run2"))
    assert json.loads((folder / "parley.json").read_text())["format"] == FORMAT
    assert check(folder) == []
    with Store.open(folder) as store:
        assert store.record("00000002") == make.record("00000002")
        assert len(store.article_ids()) == 5
        for name, table in TABLES.items():
            assert pa.schema(delta.open_table(folder, name).schema().to_arrow()).names == table.schema.names, name
        assert store.query("SELECT started, weights FROM runs WHERE run = 'run1'") == [
            {"started": make.WHEN.replace(tzinfo=None), "weights": None}
        ]


def test_a_step_that_was_cut_off_runs_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    age(folder)
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "_as", lambda *_: (_ for _ in ()).throw(OSError("killed")))
        with pytest.raises(StoreError, match="killed"):
            Writer.open(folder)
    Writer.open(folder).close()
    assert check(folder) == []


def test_a_format_that_nothing_leads_on_from(folder: Path) -> None:
    (folder / "parley.json").write_text(json.dumps({"format": "parley.store/-1"}))
    with pytest.raises(StoreError, match="no way leads"):
        Writer.open(folder)


def test_history_is_forgotten_on_request_only(folder: Path) -> None:
    with Writer.open(folder) as writer:
        writer.begin_run(make.run("run2"))
        writer.commit(make.shard(1, 2, name="run2", outlet="Herald"))
        writer.join_files()
        assert upkeep.sweep(folder) == 0
        with pytest.raises(NoSuchCommit):
            upkeep.forget(folder, before=99)
        number = writer.newest.number
        assert upkeep.forget(folder, before=number) > 10
    assert [one.number for one in history(folder)] == [number]
    assert check(folder) == []
    with Store.open(folder) as store:
        assert store.record("00000001").article.outlet == "Herald"
        assert store.record("00000003") == make.record("00000003")
    with pytest.raises(NoSuchCommit):
        Store.open(folder, as_of=2)
    with Writer.open(folder) as writer:
        writer.begin_run(make.run("run3"))
        assert writer.commit(make.shard(9, name="run3")).rows["articles"] == 5
