"""How values of tables read to a person, in any form."""

from __future__ import annotations

from parley.exports.visible import one_line, quoted, shortened
from parley.table import Column, Table, Value

MAX_QUOTE = 600
"""Code points of a quotation where a person reads; CSV and JSON have the whole."""


def shown(column: Column, value: Value) -> str:
    """A value in words, on one line; nothing for what is absent."""
    if value is None or value == "" or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, int):
        return f"{value:,}"
    words = one_line(value)
    return quoted(shortened(words, MAX_QUOTE)) if column.kind == "quote" and words else words


def visible_columns(table: Table) -> list[tuple[int, Column]]:
    """The columns that a person reads, with their places."""
    return [(k, column) for k, column in enumerate(table.columns) if not column.extra]
