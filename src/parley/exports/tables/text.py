"""Plain text for a terminal: narrow tables in columns, tables with quotations as entries under headings."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby

from parley.exports.tables.shown import shown, visible_columns
from parley.table import Table

WIDTH = 100
CELL = 34
"""Code points of a cell in columns; longer words are wrapped."""


def write(tables: Sequence[Table]) -> str:
    """All tables, one after the other."""
    return "\n".join("\n".join(_table(table)) + "\n" for table in tables)


def _table(table: Table) -> Iterator[str]:
    yield table.title
    yield "=" * min(WIDTH, len(table.title))
    if not table.rows:
        yield "Nothing was found."
    elif any(column.kind == "quote" for column in table.columns):
        yield from _entries(table)
    else:
        yield from _columns(table)
    for note in table.notes:
        yield from ("", *textwrap.wrap(note, WIDTH))


def _entries(table: Table) -> Iterator[str]:
    """Rows as paragraphs under the value of the first column."""
    (first, _), *rest = visible_columns(table)
    for heading, rows in groupby(table.rows, key=lambda row: row[first]):
        yield from ("", shown(table.columns[first], heading) or "-")
        for row in rows:
            line = " · ".join(filter(None, (shown(c, row[k]) for k, c in rest if c.kind != "quote")))
            yield from textwrap.wrap(line, WIDTH, initial_indent="  ", subsequent_indent="    ")
            for k, column in rest:
                if column.kind == "quote" and row[k]:
                    yield from textwrap.wrap(
                        shown(column, row[k]), WIDTH, initial_indent="      ", subsequent_indent="      "
                    )


def _columns(table: Table) -> Iterator[str]:
    """Rows under headings, numbers to the right."""
    places = visible_columns(table)
    cells = [[shown(column, row[k]) for k, column in places] for row in table.rows]
    heads = [column.heading for _, column in places]
    widths = [min(CELL, max(map(len, column))) for column in zip(heads, *cells, strict=True)]
    right = [column.kind == "number" for _, column in places]
    yield from _line(heads, widths, right)
    yield "  ".join("-" * width for width in widths)
    for row in cells:
        yield from _line(row, widths, right)


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> Iterator[str]:
    wrapped = [textwrap.wrap(cell, width) or [""] for cell, width in zip(cells, widths, strict=True)]
    for k in range(max(map(len, wrapped))):
        parts = [lines[k] if k < len(lines) else "" for lines in wrapped]
        padded = (part.rjust(w) if r else part.ljust(w) for part, w, r in zip(parts, widths, right, strict=True))
        yield "  ".join(padded).rstrip()
