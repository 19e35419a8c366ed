"""CSV, TSV and Parquet, whole and damaged."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley import readers
from parley.errors import ReadError
from parley.readers import Found, Item, Lost


def find(path: Path, **columns: str) -> list[Item]:
    return list(readers.find([str(path)], columns=columns))


def texts(items: list[Item]) -> list[str]:
    return [item.data.decode() for item in items if isinstance(item, Found)]


@pytest.mark.parametrize(
    ("name", "encoding", "mark"),
    [("a.csv", "utf-8-sig", ","), ("a.csv", "utf-16", ";"), ("a.tsv", "utf-8", "\t"), ("a.csv", "latin-1", ";")],
)
def test_csv_in_its_many_shapes(tmp_path: Path, name: str, encoding: str, mark: str) -> None:
    rows = [["Text", "Date", "Outlet"], ['"Zürich agreed,\nits envoy said."', "5 March 2024", "Die Übersicht"]]
    (tmp_path / name).write_text("".join(mark.join(row) + "\r\n" for row in rows), encoding=encoding, newline="")
    (item,) = find(tmp_path / name)
    assert isinstance(item, Found)
    assert item.data.decode() == "Zürich agreed,\nits envoy said."
    assert (item.meta.published, item.meta.outlet, item.meta.source_format) == ("2024-03-05", "Die Übersicht", "csv")
    assert item.location.endswith(f"{name}#1")


def test_the_user_says_which_column_holds_what(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text,body_text,when,key\nteaser,The whole story.,2024-03-05,k1\n")
    (item,) = find(path, text="body_text", published="when", id="key")
    assert isinstance(item, Found)
    assert (item.data, item.meta.published, item.article_id) == (b"The whole story.", "2024-03-05", "k1")


def test_an_unknown_column_or_field_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title,body_text\nx,y\n")
    (tmp_path / "b.jsonl").write_text('{"title": "x", "body_text": "y"}\n')
    pq.write_table(pa.table({"title": ["x"], "body_text": ["y"]}), tmp_path / "c.parquet")
    for name in ("a.csv", "b.jsonl", "c.parquet"):
        with pytest.raises(ReadError, match=r"no column 'body' for text; its columns are: title, body_text"):
            readers.find([str(tmp_path / name)], columns={"text": "body"})
    with pytest.raises(ReadError, match=r"no field 'words'.* fields are: text, html"):
        readers.find([str(tmp_path / "a.csv")], columns={"words": "body_text"})


def test_in_a_folder_a_table_without_the_column_is_lost_and_the_others_come(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title\nx\n")
    (tmp_path / "b.csv").write_text("body_text\ny\n")
    lost, found = find(tmp_path, text="body_text")
    assert isinstance(lost, Lost)
    assert "no column" in lost.why
    assert isinstance(found, Found)


def test_a_dot_leads_into_a_nested_object(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"story": {"words": "Oslo said no."}}')
    assert texts(find(tmp_path / "a.jsonl", text="story.words")) == ["Oslo said no."]


def test_a_table_without_texts_is_told_of_once(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title,txt\nx,y\nx,y\n")
    pq.write_table(pa.table({"title": ["x", "x"], "txt": ["y", "y"]}), tmp_path / "b.parquet")
    (tmp_path / "c.jsonl").write_text('{"title": "x", "txt": "y"}')
    for item in (items := find(tmp_path)):
        assert isinstance(item, Lost)
        assert "its columns are: title, txt" in item.why
    assert len(items) == 3


def test_what_would_be_swallowed_or_cut_silently_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('id,text\n1,Oslo agreed, its envoy said.\n2,Bern agreed.,\n3,"never closed\n4,x\n')
    surplus, fine, swallowed = find(tmp_path / "a.csv")
    assert isinstance(surplus, Lost)
    assert "3 fields in it but 2 columns" in surplus.why
    assert isinstance(fine, Found)
    assert isinstance(swallowed, Lost)
    assert "never closed; it swallows 2 lines" in swallowed.why


def test_a_field_that_never_ends_costs_no_memory_and_no_other_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parley.readers.tables.MAX_BYTES", 1000)
    rows = ["text", "one", '"' + "never closed " * 50, *["x" * 90] * 20, '"', "two", ""]
    (tmp_path / "a.csv").write_text("\n".join(rows))
    items = find(tmp_path / "a.csv")
    assert texts(items)[0] == "one"
    assert any(isinstance(item, Lost) for item in items)


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0<"), min_size=1), max_size=6))
def test_csv_gives_back_what_was_written(tmp_path_factory: pytest.TempPathFactory, rows: list[str]) -> None:
    import csv

    path = tmp_path_factory.mktemp("csv") / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["id", "text"], *([str(number), row] for number, row in enumerate(rows))])
    assert texts(find(path)) == [row for row in rows if row.strip()]


def parquet(path: Path, count: int, group: int) -> Path:
    when = datetime(2024, 3, 5, 23, tzinfo=UTC)
    table = pa.table({
        "text": [f"Row {number} of {number * 7919}." for number in range(count)],
        "published": [when] * count,
        "unused": [b"x" * 50] * count,
    })  # fmt: skip
    pq.write_table(table, path, row_group_size=group, compression="gzip")
    return path


def test_parquet_rows_with_their_dates(tmp_path: Path) -> None:
    items = find(parquet(tmp_path / "a.parquet", 150, 100))
    assert texts(items) == [f"Row {number} of {number * 7919}." for number in range(150)]
    last = items[-1]
    assert isinstance(last, Found)
    assert (last.location.partition("#")[2], last.meta.published) == ("150", "2024-03-05")


def test_a_damaged_group_of_rows_is_lost_and_the_others_come(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", 300, 100)
    start = pq.ParquetFile(path).metadata.row_group(1).column(0).data_page_offset
    data = bytearray(path.read_bytes())
    data[start : start + 200] = b"\xff" * 200
    path.write_bytes(data)
    items = find(path)
    lost = [item for item in items if isinstance(item, Lost)]
    assert len(texts(items)) == 200
    assert [item.why.partition(":")[0] for item in lost] == ["rows 101 to 200"]


def test_a_text_that_is_no_utf_8_does_not_spoil_the_others(tmp_path: Path) -> None:
    raw = pa.array([b"Oslo said no.", b"Z\xfcrich agreed."])
    table = pa.table({
        "text": pa.StringArray.from_buffers(2, *raw.buffers()[1:]),
        "outlet": pa.array(["The Post", None]).dictionary_encode(),
    })  # fmt: skip
    pq.write_table(table, tmp_path / "a.parquet")
    items = find(tmp_path)
    assert texts(items) == ["Oslo said no.", "Z\ufffdrich agreed."]
    assert [item.meta.outlet for item in items if isinstance(item, Found)] == ["The Post", None]


def test_a_parquet_file_without_its_end_is_lost(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", 10, 10)
    path.write_bytes(path.read_bytes()[:-20])
    (item,) = find(path)
    assert isinstance(item, Lost)
    assert "end" in item.why
