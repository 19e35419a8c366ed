"""CSV and TSV: each row a document; row by row, in whatever encoding."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain
from typing import IO

from parley.errors import ReadError
from parley.readers import columns as table_columns
from parley.readers.found import Item, lost
from parley.readers.limits import MAX_BYTES
from parley.readers.lines import lines
from parley.readers.options import Options
from parley.readers.streams import DAMAGE, why_damaged

_DELIMITERS = ",;\t|"
"""What may stand between columns; a header has most of the right one."""


def read(stream: IO[bytes], location: str, options: Options) -> Iterator[Item]:
    """The document of every row; the first row names the columns.

    Yields a loss for a row that breaks the table's form, and for a table without the columns that the user names.
    """
    csv.field_size_limit(MAX_BYTES)  # the module has one limit for all readers; its own is too small for an article
    number = 0
    try:
        rows = _rows(_texts(stream))
        names = next(rows, [])
        if isinstance(names, str):
            raise ReadError(f"its first line names no columns ({names})")
        if not names:
            return
        table_columns.check_columns(options.columns, names, location)
        table_columns.check_text(options.columns, names, location)
        for number, row in enumerate(rows, 1):
            where = f"{location}#{number}"
            if isinstance(row, str):
                yield lost(where, row)
            elif any(cell.strip() for cell in row[len(names) :]):
                yield lost(
                    where, f"{len(row)} fields in it but {len(names)} columns (a text with commas not in quotes?)"
                )
            elif row:
                yield table_columns.document(dict(zip(names, row, strict=False)), where, options, source_format="csv")
    except DAMAGE as error:
        yield lost(f"{location}#{number + 1}" if number else location, why_damaged(error))


def names(stream: IO[bytes]) -> list[str]:
    """The columns of a table; none where they cannot be read."""
    csv.field_size_limit(MAX_BYTES)
    try:
        first = next(_rows(_texts(stream)), [])
    except DAMAGE:
        return []
    return [] if isinstance(first, str) else first


def _rows(texts: Iterator[str]) -> Iterator[list[str] | str]:
    """The rows of a table, or why one is none; blank lines are empty rows."""
    first = next(texts, "").removeprefix("\ufeff")
    source = _Source(chain([first], texts))
    reader = csv.reader(source, delimiter=max(_DELIMITERS, key=first.count))
    while True:
        source.lines = source.quotes = 0
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield f"not a row of a table ({error})"
            continue
        is_open = source.lines > 1 and source.quotes % 2
        yield f"a quotation mark in it is never closed; it swallows {source.lines} lines" if is_open else row


class _Source:
    """The lines that a row is made of, counted: the csv module takes what follows an open quotation mark for text."""

    def __init__(self, texts: Iterator[str]) -> None:
        self._texts = texts
        self.lines = self.quotes = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        text = next(self._texts)
        self.lines += 1
        self.quotes += text.count('"')
        return text


def _texts(stream: IO[bytes]) -> Iterator[str]:
    """The lines of a table with their ends, since a field may go over several."""
    for line in lines(stream):
        if line.is_cut:
            raise ReadError("a line is too long for a document")
        yield line.text + "\n"
