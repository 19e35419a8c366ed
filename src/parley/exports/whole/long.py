"""The long table: one row an account, the same columns in CSV, XLSX, Parquet and data frames."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from parley.analysis.account import Account
from parley.exports.labels import issue_title
from parley.exports.whole.cells import defused, encodable
from parley.exports.whole.selection import CHUNK, Selection


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its name, its type in Arrow, what it holds, and how it is read from an account."""

    name: str
    type: pa.DataType
    holds: str
    read: Callable[[Account], Any]


TEXT, TEXTS = pa.string(), pa.list_(pa.string())
SPANS = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())]))


def _plain(name: str, holds: str, kind: pa.DataType = TEXT) -> Field:
    return Field(name, kind, holds, lambda account: getattr(account, name))


FIELDS: tuple[Field, ...] = (
    _plain("article_id", "article"),
    _plain("position_id", "position within the article"),
    _plain("party", "id of the party across articles"),
    _plain("party_name", "what the party is called"),
    _plain("actor", "the party as this article names it"),
    _plain("act", "what the party does: demand, reject ..."),
    _plain("act_group", "kind of act"),
    _plain("polarity", "for, against or neutral"),
    _plain("issue", "id of the issue"),
    Field("issue_title", TEXT, "the issue in words", lambda account: issue_title(account.issue)),
    _plain("layer", "own, document, ascribed or unnamed"),
    _plain("sourcing", "kind of source"),
    _plain("hedged", "whether the article says it with a reserve", pa.bool_()),
    _plain("at", "day: said, else published"),
    _plain("said", "date that the words give"),
    _plain("published", "day of publication"),
    _plain("outlet", "outlet"),
    _plain("title", "headline"),
    _plain("url", "address"),
    _plain("quotation", "the words it rests on"),
    Field("spans", SPANS, "where these stand in the text, code points", lambda account: [
        {"start": start, "end": end} for start, end in account.spans]),
    _plain("topic", "the words that name the issue"),
    Field("addressees", TEXTS, "ids of parties at whom it is directed", lambda account: list(account.addressees)),
    _plain("source", "the words that name the source"),
    _plain("speaker", "id of the party whose word it is"),
    _plain("condition", "position that must be met first"),
    _plain("condition_words", "its words"),
    Field("reprints", TEXTS, "articles with the same text, not counted", lambda account: [
        copy.article_id for copy in account.reprints]),
)  # fmt: skip
SCHEMA = pa.schema([pa.field(field.name, field.type) for field in FIELDS])
HEADINGS = tuple(field.name for field in FIELDS)


def row(account: Account) -> dict[str, Any]:
    """An account as a row of ``SCHEMA``."""
    return {field.name: _clean(field.read(account)) for field in FIELDS}


def _clean(value: Any) -> Any:
    return encodable(value) if isinstance(value, str) else value


def batches(selection: Selection, size: int = CHUNK * 10) -> Iterator[pa.RecordBatch]:
    """The long table, some rows at a time."""
    waiting: list[dict[str, Any]] = []
    for account in selection.accounts():
        waiting.append(row(account))
        if len(waiting) == size:
            yield pa.RecordBatch.from_pylist(waiting, schema=SCHEMA)
            waiting = []
    if waiting:
        yield pa.RecordBatch.from_pylist(waiting, schema=SCHEMA)


def flat(account: Account) -> list[str | bool]:
    """An account as cells of a spreadsheet: lists in one cell, spans as ``12-40``; not defused."""
    return [_cell(value) for value in row(account).values()]


def _cell(value: Any) -> str | bool:
    if isinstance(value, list):
        return " ".join(f"{one['start']}-{one['end']}" if isinstance(one, dict) else str(one) for one in value)
    return value if isinstance(value, bool) else "" if value is None else str(value)


def write_csv(selection: Selection, out: BinaryIO) -> None:
    """One row an account, with a byte order mark, by which spreadsheets know UTF-8."""
    with text_of(out) as text:
        table = csv.writer(text)
        table.writerow(HEADINGS)
        for account in selection.accounts():
            table.writerow([value if isinstance(value, bool) else defused(value) for value in flat(account)])


@contextmanager
def text_of(out: BinaryIO) -> Iterator[io.TextIOWrapper]:
    """Text over bytes that stay open: UTF-8 with a byte order mark, line ends as they are written."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", errors="backslashreplace", newline="")
    try:
        yield text
    finally:
        text.flush()
        text.detach()


def write_parquet(selection: Selection, out: BinaryIO) -> None:
    """One row an account, with types: lists stay lists."""
    about = selection.about
    notes = {"parley.record": about.record, "parley.commit": str(about.commit), "parley.show": about.show}
    with pq.ParquetWriter(out, SCHEMA.with_metadata(notes), compression="zstd") as writer:
        for batch in batches(selection):
            writer.write_batch(batch)
