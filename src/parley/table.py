"""A small table of plain values: what analyses give and exports write, so that neither has to know the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Value = str | int | float | bool | None
Kind = Literal["text", "number", "quote", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key in a machine's form, its heading for a person, and what stands in it."""

    key: str
    heading: str
    kind: Kind = "text"
    extra: bool = False
    """Only for machines: left out where a person reads."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; every row has a value for each column, in order."""

    name: str
    """Machine name: ledger, accounts ..."""
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...] = ()
    """Lines that a reader must know: how the rows were chosen, what was left out."""

    def __post_init__(self) -> None:
        """Refuse rows of another width.

        Raises:
            ValueError: a row does not fit the columns.
        """
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"table {self.name}: a row does not fit its {len(self.columns)} columns")


def columns(
    *rows: Column | tuple[str, str] | tuple[str, str, Kind] | tuple[str, str, Kind, bool],
) -> tuple[Column, ...]:
    """Columns from tuples of their fields."""
    return tuple(row if isinstance(row, Column) else Column(*row) for row in rows)
