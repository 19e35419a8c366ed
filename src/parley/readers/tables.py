"""CSV and TSV: each row a document; row by row, in whatever encoding."""

from __future__ import annotations

import csv
from collections.abc import Iterator
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
        table_columns.check_columns(options.columns, names, location)
        for number, row in enumerate(rows, 1):
            where = f"{location}#{number}"
            if isinstance(row, str):
                yield lost(where, row)
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
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(_with(first, texts), delimiter=delimiter)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield f"not a row of a table ({error})"


def _with(first: str, others: Iterator[str]) -> Iterator[str]:
    yield first
    yield from others


def _texts(stream: IO[bytes]) -> Iterator[str]:
    """The lines of a table with their ends, since a field may go over several."""
    for line in lines(stream):
        if line.is_cut:
            raise ReadError("a line is too long for a document")
        yield line.text + "\n"
