"""What the pages of an issue and of a party share: the chart with its numbers, where each stands, who answers whom."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request

from parley.analysis.account import part_of
from parley.analysis.ledger import Cell
from parley.exports.labels import count, label
from parley.exports.names import day
from parley.web.asked import Pages
from parley.web.charts import SHAPE_WORDS, stretch
from parley.web.filters import Accounts, Asked, accounts
from parley.web.links import Link
from parley.web.pages import charts
from parley.web.pages.charts import By
from parley.web.pages.ledger import Reply, found, replies
from parley.web.pages.picture import Addresses, Picture, Table
from parley.web.told import Told, cell_address, told

SIZE = 25
"""Accounts a page."""
MOST_HEADS = 30
"""Cells whose heads are shown."""


@dataclass(frozen=True)
class Head:
    """A cell by the account that heads it, and how others answered."""

    told: Told
    accounts: int
    href: str
    contested: bool
    replies: tuple[Reply, ...]


@dataclass(frozen=True)
class Standing:
    """What the page shows."""

    facts: tuple[str, ...]
    picture: Picture | None
    heads: tuple[Head, ...]
    more_heads: int
    told: tuple[Told, ...]
    pages: Pages
    elsewhere: tuple[Link, ...]


def standing(request: Request, asked: Asked, *, by: By, path: str, number: int, elsewhere: Asked) -> Standing:
    """What is told of an issue or of a party.

    Args:
        request: what was asked for.
        asked: its filters, the issue or the party of the path among them.
        by: what makes a row: the parties of an issue, the issues of a party.
        path: of the page.
        number: of the part of the accounts that is shown, from 1.
        elsewhere: the filters of the address, without those of the path.
    """
    record = accounts(request, asked.show)
    book = found(record, asked)
    part = record.remembered(
        ("part", asked, number),
        lambda: part_of(record.source, asked.filters(), limit=SIZE, offset=(number - 1) * SIZE, order="date"),
    )
    cells = sorted(book.cells, key=lambda cell: -cell.accounts) if by == "party" else list(book.cells)
    heads = tuple(_head(cell, asked, record) for cell in cells)
    days = sorted({when for cell in book.cells for when in (cell.first, cell.last) if when})
    return Standing(
        facts=(
            count(part.total, "account"),
            count(len(book.cells), *(("party", "parties") if by == "party" else ("issue", "issues"))),
            " to ".join(day(when) for when in dict.fromkeys((*days[:1], *days[-1:]))),
        ),
        picture=picture(record, asked, by),
        heads=heads[:MOST_HEADS],
        more_heads=max(0, len(heads) - MOST_HEADS),
        told=tuple(told(account, asked, record) for account in part.accounts),
        pages=Pages(path, elsewhere.query(), number, part.total, SIZE),
        elsewhere=(
            Link(asked.link("/movement"), "How it moved"),
            Link(asked.link("/accounts"), "Where accounts of it differ"),
            Link(asked.link("/ledger"), "In the ledger"),
        ),
    )


def _head(cell: Cell, asked: Asked, record: Accounts) -> Head:
    return Head(
        told=told(cell.head, asked, record),
        accounts=cell.accounts,
        href=cell_address(asked, cell.party, cell.issue),
        contested=cell.contested,
        replies=replies(cell.answers, asked),
    )


# ---------------------------------------------------------------- the chart
def picture(record: Accounts, asked: Asked, by: By) -> Picture | None:
    """The chart of positions over time; none if there is nothing to draw."""
    numbers = charts.found(record, asked, by)
    if not numbers.points:
        return None
    titles = charts.titles(numbers, by)
    query = asked.query(by=by, commit=charts.version(record))
    units = sorted({point.at for point in numbers.points})
    notes = [f"Each column is a {numbers.unit} with accounts; those without are left out.", SHAPE_WORDS]
    if numbers.left_out:
        notes.append(f"{numbers.left_out} more are not drawn: those with fewest accounts.")
    if numbers.undated:
        notes.append(f"{count(numbers.undated, 'account')} without a day.")
    return Picture(
        at=Addresses.of("/charts/positions.svg", query),
        says=f"Positions from {stretch(units[0], numbers.unit)} to {stretch(units[-1], numbers.unit)} of "
        f"{', '.join(titles.values())}. The numbers are in the table below.",
        notes=tuple(notes),
        table=_table(record, asked, by, titles),
    )


def _table(record: Accounts, asked: Asked, by: By, titles: dict[str, str]) -> Table:
    """The numbers of the chart by act: each leads to its accounts."""
    cells = {(cell.party if by == "party" else cell.issue): cell for cell in found(record, asked).cells}
    shown = {row: cells[row] for row in titles if row in cells}
    acts = list(dict.fromkeys(act for cell in shown.values() for act, _ in cell.acts))
    rows = (
        (
            Link(cell_address(asked, cell.party, cell.issue), titles[row]),
            tuple((cell_address(asked, cell.party, cell.issue, act=act), dict(cell.acts).get(act, 0)) for act in acts),
        )
        for row, cell in shown.items()
    )
    return tuple(label("acts", act) for act in acts), tuple(rows)
