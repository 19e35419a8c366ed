"""The long table and the matrix come back as they went, and no cell runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from parley import record
from parley.exports.whole import long, xlsx
from parley.exports.whole.cells import defused, runs
from parley.exports.whole.matrix import matrix
from parley.exports.whole.selection import Selection

Written = Callable[..., bytes]


def rows_of(data: bytes) -> list[list[str]]:
    assert data.startswith("\ufeff".encode())
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_holds_every_account(written: Written, selection: Selection) -> None:
    heads, *rows = rows_of(written("csv"))
    assert tuple(heads) == long.HEADINGS
    expected = [[str(cell) for cell in long.flat(account)] for account in selection.accounts()]
    assert [[cell.removeprefix("'") if runs(cell[1:]) else cell for cell in row] for row in rows] == expected
    assert len(rows) == 9


def test_no_cell_of_csv_runs(written: Written) -> None:
    for name in ("csv", "matrix"):
        cells = [cell for row in rows_of(written(name)) for cell in row]
        assert not [cell for cell in cells if runs(cell)]
    assert any(cell.startswith("'=") for row in rows_of(written("csv")) for cell in row)


def test_pandas_reads_csv(written: Written) -> None:
    frame = pd.read_csv(io.BytesIO(written("csv")), keep_default_na=False)
    assert tuple(frame.columns) == long.HEADINGS
    assert set(frame["layer"]) == {"own", "ascribed", "unnamed"}


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "＋1", "－1", "＠x"])
def test_what_a_spreadsheet_would_run_is_defused(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a", "1-2", "a=b", "'=1", "“=1"])
def test_other_text_stays(text: str) -> None:
    assert defused(text) == text


def test_parquet_keeps_types(written: Written, selection: Selection) -> None:
    table = pq.read_table(io.BytesIO(written("parquet")))
    assert table.schema.remove_metadata() == long.SCHEMA
    assert table.schema.metadata[b"parley.commit"] == str(selection.about.commit).encode()
    assert table.to_pylist() == [long.row(account) for account in selection.accounts()]


def test_spans_lead_to_the_quotation(written: Written, selection: Selection) -> None:
    texts = {one.id: one.text for one in selection.records()}
    for row in pq.read_table(io.BytesIO(written("parquet"))).to_pylist():
        words = " … ".join(texts[row["article_id"]][one["start"] : one["end"]] for one in row["spans"])
        assert words == row["quotation"]


def test_a_workbook_holds_texts_only(written: Written, selection: Selection) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx")))
    assert book.sheetnames == ["Matrix", "Statements", "About"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "b"}
    assert not [cell for cell in cells if cell.hyperlink]
    rows = list(book["Statements"].iter_rows(values_only=True))
    assert rows[0] == long.HEADINGS
    wanted = [
        tuple(xlsx.clipped(c) or None if isinstance(c, str) else c for c in long.flat(a)) for a in selection.accounts()
    ]
    assert rows[1:] == wanted


def test_a_workbook_goes_on_on_a_further_sheet(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 4)
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx")))
    sheets = [name for name in book.sheetnames if name.startswith("Statements")]
    assert sheets == ["Statements", "Statements 2", "Statements 3"]
    assert sum(book[name].max_row - 1 for name in sheets) == 9


@pytest.mark.parametrize("text", ["😀" * 40_000, "a" * 40_000, "\x00\x07\u202e"])
def test_any_text_fits_a_cell(text: str) -> None:
    clipped = xlsx.clipped(text)
    assert len(clipped.encode("utf-16-le")) // 2 <= xlsx.MOST_TEXT
    assert clipped.isprintable()


def test_the_matrix_says_what_the_ledger_says(written: Written, selection: Selection) -> None:
    heads, *rows = rows_of(written("matrix"))
    found = matrix(selection)
    assert [defused(name) for name in found.parties] == heads[1:]
    filled = sum(bool(cell) for row in rows for cell in row[1:])
    assert filled == len(found.ledger.cells) > 5


def test_jsonl_holds_the_records_as_they_are(written: Written, selection: Selection) -> None:
    found = [record.from_json(line) for line in written("jsonl").split(b"\n")[:-1]]
    assert found == list(selection.records())
