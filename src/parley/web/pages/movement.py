"""How parties moved: each on each issue at two times, both quotations side by side, and what the acts say of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter, Request, Response

from parley.analysis.movement import Move, Movement, movement
from parley.errors import ParleyError
from parley.exports.labels import issue_title
from parley.exports.names import day
from parley.exports.visible import one_line
from parley.web.asked import Day, Number, Pages
from parley.web.filters import Accounts, Asked, AskedHere, accounts, whole_day
from parley.web.laid import laid
from parley.web.links import Link
from parley.web.pages.ledger import PERIODS, Periods
from parley.web.render import page as rendered
from parley.web.told import Told, cell_address, issue_address, party_address, told

router = APIRouter()
SIZE = 20
"""Moves a page."""
Verdict = Literal["", "moved", "hardened", "unchanged", "cannot tell"]
VERDICTS = tuple((one, one) for one in ("moved", "hardened", "unchanged", "cannot tell"))
SIGNS = {"moved": "↗", "hardened": "↘", "unchanged": "→", "cannot tell": "?"}


@dataclass(frozen=True)
class Moved:
    """A party on an issue at two times."""

    party: Link
    issue: Link
    cell: str
    verdict: str
    sign: str
    reason: str
    periods: tuple[str, str]
    before: Told
    after: Told


@router.get("/movement")
def moves(
    request: Request,
    asked: AskedHere,
    first: Day = "",
    second: Day = "",
    periods: Periods = "",
    verdict: Verdict = "",
    page: Number = 1,
) -> Response:
    """The page. ``first`` and ``second`` are the two days that are compared; none: the ends of what is told."""
    if bool(first) != bool(second):
        raise ParleyError("Two days are compared: give both, or none.")
    record = accounts(request, asked.show)
    told_of = found(record, asked, first, second, periods)
    counts = {one: sum(move.verdict == one for move in told_of.moves) for one, _ in VERDICTS}
    kept = [move for move in told_of.moves if not verdict or move.verdict == verdict]
    start = (page - 1) * SIZE
    query = asked.query(first=first, second=second, periods=periods, verdict=verdict)
    return rendered(
        request,
        "movement.html.j2",
        title="Movement",
        shown=tuple(_moved(move, asked, record) for move in kept[start : start + SIZE]),
        asked=asked,
        counts=tuple(
            (Link(asked.link("/movement", first=first, second=second, periods=periods, verdict=one), one), number)
            for one, number in counts.items()
        ),
        first=first,
        second=second,
        periods=periods,
        verdict=verdict,
        verdicts=VERDICTS,
        period_choices=PERIODS,
        pages=Pages("/movement", query, page, len(kept), SIZE),
        choices=laid(request).choices,
    )


def found(record: Accounts, asked: Asked, first: str = "", second: str = "", periods: str = "") -> Movement:
    """The movement that a request asks for.

    Raises:
        ParleyError: the days are in the wrong order.
    """
    days = whole_day(first, last=True), whole_day(second, last=True)
    between = (days[0], days[1]) if days[0] and days[1] else None
    if between and between[0] >= between[1]:
        raise ParleyError(f"{between[0]} is not before {between[1]}; the earlier day comes first.")
    return record.remembered(
        ("movement", asked, between, periods),
        lambda: movement(record.source, asked.filters(), between=between, periods=periods or None),
    )


def _moved(move: Move, asked: Asked, record: Accounts) -> Moved:
    return Moved(
        party=Link(party_address(asked, move.party), one_line(move.party_name)),
        issue=Link(issue_address(asked, move.issue), issue_title(move.issue)),
        cell=cell_address(asked, move.party, move.issue),
        verdict=move.verdict,
        sign=SIGNS[move.verdict],
        reason=_ISO_DAY.sub(lambda match: day(match[0]), move.reason),
        periods=(_time(move.periods[0]), _time(move.periods[1])),
        before=told(move.before, asked, record),
        after=told(move.after, asked, record),
    )


def _time(label: str) -> str:
    """A time in words."""
    return TIMES.get(label) or _ISO_DAY.sub(lambda match: day(match[0]), label)


TIMES = {"from the first": "among the earliest accounts", "to the last": "among the latest accounts"}
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
