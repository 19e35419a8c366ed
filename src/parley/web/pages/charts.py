"""The charts as pictures of their own: an address says what is drawn, so that a browser may keep it for a commit."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query, Request, Response

from parley.analysis.timeline import Timeline, timeline
from parley.exports.labels import issue_title
from parley.exports.visible import one_line, shortened
from parley.web import charts
from parley.web.filters import Accounts, Asked, AskedHere, accounts

router = APIRouter()
By = Literal["party", "issue"]
MOST: dict[By, int] = {"party": 8, "issue": 14}
"""Rows of a chart: more are not told apart."""
KEPT = "private, max-age=3600"
"""A picture's address names its commit, so it never changes; judgements may."""


def found(record: Accounts, asked: Asked, by: By) -> Timeline:
    """The numbers of a chart of positions."""
    return record.remembered(
        ("timeline", asked, by), lambda: timeline(record.source, asked.filters(), by=by, most=MOST[by])
    )


def titles(numbers: Timeline, by: By) -> dict[str, str]:
    """What the rows of a chart are called."""
    called = {point.row: point.name for point in numbers.points}
    return {row: shortened(one_line(name if by == "party" else issue_title(row)), 60) for row, name in called.items()}


@router.get("/charts/positions.svg")
def positions(
    request: Request,
    asked: AskedHere,
    by: By = "party",
    theme: charts.Theme = "light",
    width: charts.Width = "wide",
    commit: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """Positions over time, one row for each party or issue. ``commit`` only makes the address that of one commit."""
    record = accounts(request, asked.show)
    numbers = found(record, asked, by)
    if not numbers.points:
        raise HTTPException(404, "There is nothing to draw.")
    draw = partial(charts.positions, numbers, titles(numbers, by), theme=theme, width=width)
    return picture(record.remembered(("positions.svg", asked, by, theme, width), draw))


def picture(svg: str) -> Response:
    """A picture that a browser may keep."""
    return Response(svg, media_type="image/svg+xml", headers={"cache-control": KEPT})


def version(record: Accounts) -> str:
    """What names a commit and its judgements in the address of a picture."""
    return f"{record.store.commit.number}.{record.judged}"
