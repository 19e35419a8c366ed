"""Markdown for editors: pipe tables, everything in them shown as text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parley.exports.tables.shown import shown, visible_columns
from parley.table import Table

_MARKUP = re.compile(r"([\\`*_{}\[\]<>|#~&])")


def write(tables: Sequence[Table]) -> str:
    """All tables, each under a heading."""
    return "\n".join("\n".join(_table(table)) + "\n" for table in tables)


def plain(words: str) -> str:
    """Words in which no character means anything to Markdown; addresses are no links."""
    return _MARKUP.sub(r"\\\1", words).replace("://", ":\\//")


def _table(table: Table) -> Iterator[str]:
    yield from (f"## {plain(table.title)}", "")
    places = visible_columns(table)
    if not table.rows:
        yield "Nothing was found."
    else:
        yield _row([column.heading for _, column in places])
        yield "|" + "|".join("--:" if column.kind == "number" else "---" for _, column in places) + "|"
        for row in table.rows:
            yield _row([shown(column, row[k]) for k, column in places])
    for note in table.notes:
        yield from ("", plain(note))


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(map(plain, cells)) + " |"
