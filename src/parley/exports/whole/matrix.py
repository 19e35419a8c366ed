"""The matrix: parties by issues, each cell the act that heads it and how many accounts stand behind it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cached_property
from typing import BinaryIO

from parley.analysis.ledger import Cell, Ledger, ledger
from parley.exports.labels import issue_title, label
from parley.exports.whole.cells import defused
from parley.exports.whole.long import text_of
from parley.exports.whole.selection import Selection

CONTESTED = "accounts differ"


@dataclass(frozen=True)
class Matrix:
    """Issues down, parties across; as in the ledger of the reading room."""

    ledger: Ledger

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """Names of the parties, those with most accounts first."""
        return tuple(name for _, name in self.ledger.parties)

    def rows(self) -> list[tuple[str, ...]]:
        """The title of an issue, then a cell for each party; empty where it is silent."""
        return [
            (
                issue_title(issue),
                *(cell_words(self.ledger.cell(party, issue)) for party, _ in self.ledger.parties),
            )
            for issue in self.ledger.issues
        ]


def cell_words(cell: Cell | None) -> str:
    """A cell in words: "rejects (own; 3 accounts; accounts differ)"."""
    if cell is None:
        return ""
    parts = [label("layers", cell.head.layer), f"{cell.accounts} account{'' if cell.accounts == 1 else 's'}"]
    if cell.contested:
        parts.append(CONTESTED)
    return f"{label('acts', cell.head.act)} ({'; '.join(parts)})"


def matrix(selection: Selection) -> Matrix:
    """The matrix of a selection, with all its parties."""
    return Matrix(ledger(selection.source, selection.filters, most=None))


def write_csv(selection: Selection, out: BinaryIO) -> None:
    """One row an issue."""
    found = matrix(selection)
    with text_of(out) as text:
        table = csv.writer(text)
        table.writerow(["issue", *(defused(name) for name in found.parties)])
        table.writerows([defused(cell) for cell in row] for row in found.rows())
