"""The ledger: who wants what, parties across and issues down; behind each cell a page with all its accounts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query, Request, Response

from parley.analysis.account import part_of
from parley.analysis.ledger import MOST, Answer, Cell, Ledger, ledger
from parley.exports.labels import count, issue_title, label
from parley.exports.marks import anchor
from parley.exports.names import day
from parley.exports.visible import one_line
from parley.web.asked import Number, Pages
from parley.web.filters import Accounts, Asked, AskedHere, accounts
from parley.web.laid import laid
from parley.web.links import Link, article
from parley.web.render import page as rendered
from parley.web.told import SIGNS, Told, cell_address, issue_address, party_address, told

router = APIRouter()
ACROSS = 7
"""Parties that are shown at first: as many as a screen is wide."""
LEAST = 3
"""Accounts that a party has at least to be shown at first."""
SIZE = 20
"""Accounts a page."""
MOMENTS = 4
"""Periods of a cell that are shown: the latest. Its page has the others."""
Periods = Literal["", "month", "quarter", "year"]
PERIODS = (("month", "by month"), ("quarter", "by quarter"), ("year", "by year"))


@dataclass(frozen=True)
class Moment:
    """What heads a cell, over all time or in one period."""

    period: str
    href: str
    act: str
    polarity: str
    own: bool
    hedged: bool
    contested: bool
    day: str

    @property
    def sign(self) -> str:
        """The sign of its stance."""
        return SIGNS.get(self.polarity, "")


@dataclass(frozen=True)
class Square:
    """A cell of the matrix; without moments if the record is silent."""

    moments: tuple[Moment, ...] = ()
    accounts: int = 0
    href: str = ""
    """Where these are."""
    earlier: Link | None = None
    """Where earlier periods are that are not shown, and how many."""
    answered: str = ""
    """Who answered, and how."""


@dataclass(frozen=True)
class Row:
    """An issue."""

    issue: Link
    squares: tuple[Square, ...]


@dataclass(frozen=True)
class Matrix:
    """What the page shows."""

    parties: tuple[Link, ...]
    rows: tuple[Row, ...]
    more: int
    """Parties that are known but not shown."""
    cells: int
    contested: int


@router.get("/ledger")
def matrix(
    request: Request,
    asked: AskedHere,
    periods: Periods = "",
    parties: Annotated[int, Query(ge=0, le=MOST)] = 0,
) -> Response:
    """The matrix."""
    record = accounts(request, asked.show)
    shown = _matrix(found(record, asked, periods), asked, periods, parties)
    return rendered(request, "ledger.html.j2", title="Ledger", shown=shown, asked=asked, periods=periods, all=MOST,
                    choices=laid(request).choices, period_choices=PERIODS, parties=parties)  # fmt: skip


def found(record: Accounts, asked: Asked, periods: Periods = "") -> Ledger:
    """The ledger that a request asks for."""
    return record.remembered(
        ("ledger", asked, periods), lambda: ledger(record.source, asked.filters(), periods=periods or None)
    )


def _matrix(book: Ledger, asked: Asked, periods: Periods, across: int) -> Matrix:
    parties = book.parties[:across] if across else _most_told(book)
    rows = (
        Row(Link(issue_address(asked, issue), issue_title(issue)),
            tuple(_square(book, asked, party, issue) for party, _ in parties))
        for issue in book.issues
    )  # fmt: skip
    return Matrix(
        parties=tuple(Link(party_address(asked, party), one_line(name)) for party, name in parties),
        rows=tuple(row for row in rows if any(square.moments for square in row.squares)),
        more=len(book.parties) - len(parties),
        cells=len(book.cells),
        contested=sum(cell.contested for cell in book.cells),
    )


def _most_told(book: Ledger) -> tuple[tuple[str, str], ...]:
    """The parties that are shown at first: a column of one account tells little, and many tell nothing."""
    told: dict[str, int] = {}
    for cell in book.cells:
        told[cell.party] = told.get(cell.party, 0) + cell.accounts
    return tuple(one for one in book.parties if told[one[0]] >= LEAST)[:ACROSS] or book.parties[:ACROSS]


def _square(book: Ledger, asked: Asked, party: str, issue: str) -> Square:
    cells = [cell for period in book.periods if (cell := book.cell(party, issue, period))]
    if not cells:
        return Square()
    return Square(
        moments=tuple(moment(cell, asked) for cell in cells[-MOMENTS:]),
        earlier=Link(cell_address(asked, party, issue), f"{len(cells) - MOMENTS} earlier")
        if len(cells) > MOMENTS
        else None,
        accounts=sum(cell.accounts for cell in cells),
        href=cell_address(asked, party, issue),
        answered=answered(cells[-1].answers),
    )


def moment(cell: Cell, asked: Asked) -> Moment:
    """What heads a cell."""
    span = _span_of(cell.period)
    return Moment(
        period=cell.period,
        href=cell_address(asked, cell.party, cell.issue, **({"since": span, "until": span} if span else {})),
        act=label("acts", cell.head.act),
        polarity=cell.head.polarity,
        own=cell.head.own,
        hedged=cell.head.hedged,
        contested=cell.contested,
        day=day(cell.head.at) if cell.head.at else "",
    )


def _span_of(period: str) -> str:
    """A period as the filters write it; empty for a quarter or what has no date."""
    return period if period[:1].isdigit() and "Q" not in period else ""


def answered(answers: Iterable[Answer]) -> str:
    """Who answered, in words: "Russia rejects; Turkey takes note"."""
    return "; ".join(f"{one_line(one.party_name)} {label('acts', one.act)}" for one in answers)


# ---------------------------------------------------------------- one cell
@dataclass(frozen=True)
class Reply:
    """How another party answered."""

    party: Link
    act: str
    day: str
    layer: str
    href: str


@dataclass(frozen=True)
class Behind:
    """What stands behind a cell."""

    party: Link
    issue: Link
    facts: tuple[str, ...]
    contested: bool
    acts: tuple[tuple[Link, int], ...]
    layers: tuple[tuple[Link, int], ...]
    replies: tuple[Reply, ...]
    told: tuple[Told, ...]
    pages: Pages
    elsewhere: tuple[Link, ...]


@router.get("/ledger/cell")
def cell(request: Request, asked: AskedHere, page: Number = 1) -> Response:
    """All accounts of one party on one issue."""
    if len(asked.party) != 1 or len(asked.issue) != 1:
        raise HTTPException(404, "A cell has one party and one issue.")
    record = accounts(request, asked.show)
    book = found(record, asked)
    if not book.cells:
        raise HTTPException(404, "Nothing is told of that party on that issue, as far as these filters go.")
    shown = _behind(record, book, asked, page)
    return rendered(request, "cell.html.j2", title=f"{shown.party.name}: {shown.issue.name}", shown=shown, asked=asked,
                    choices=laid(request).choices)  # fmt: skip


def _behind(record: Accounts, book: Ledger, asked: Asked, number: int) -> Behind:
    one = max(book.cells, key=lambda cell: cell.accounts)
    part = record.remembered(
        ("cell", asked, number),
        lambda: part_of(record.source, asked.filters(), limit=SIZE, offset=(number - 1) * SIZE),
    )
    days = {one.first, one.last} - {None}
    return Behind(
        party=Link(party_address(asked, one.party), one_line(one.party_name)),
        issue=Link(issue_address(asked, one.issue), issue_title(one.issue)),
        facts=(
            count(one.accounts, "account"),
            count(one.articles, "article"),
            count(one.outlets, "outlet"),
            " to ".join(day(when) for when in sorted(filter(None, days))),
        ),
        contested=one.contested,
        acts=tuple((Link(asked.link("/ledger/cell", act=act), label("acts", act)), n) for act, n in one.acts),
        layers=tuple((Link(asked.link("/ledger/cell", layer=of), label("layers", of)), n) for of, n in one.layers),
        replies=replies(one.answers, asked),
        told=tuple(told(account, asked, record) for account in part.accounts),
        pages=Pages("/ledger/cell", asked.query(), number, part.total, SIZE),
        elsewhere=(
            Link(asked.link("/movement"), "How it moved"),
            Link(asked.link("/accounts"), "Where accounts of it differ"),
        ),
    )


def replies(answers: Iterable[Answer], asked: Asked) -> tuple[Reply, ...]:
    """How other parties answered."""
    return tuple(
        Reply(
            party=Link(party_address(asked, one.party), one_line(one.party_name)),
            act=label("acts", one.act),
            day=day(one.at) if one.at else "",
            layer=label("layers", one.layer),
            href=article(one.article_id, anchor(one.position_id)),
        )
        for one in answers
    )
