"""The rounds on a timeline: accounts by day, week or month, and when several outlets tell of a meeting or of talks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response

from parley.analysis.filters import Filters
from parley.analysis.statements import gathered
from parley.analysis.timeline import Unit, unit_of
from parley.web import charts
from parley.web.charts import stretch
from parley.web.filters import Accounts, accounts
from parley.web.links import Link, with_query
from parley.web.pages.charts import picture, version
from parley.web.pages.picture import Addresses, Picture

router = APIRouter()
TOLD = 2
"""Outlets that must tell of talks for a stretch to be marked: one alone may speak of other talks."""
_FILLED = "SELECT count(DISTINCT day) AS day, count(DISTINCT date_trunc('week', day)) AS week FROM statements"
_BARS = """
SELECT date_trunc('{unit}', day)::DATE AS began, count(*) AS accounts, count(DISTINCT outlet) AS outlets,
    max(day) AS last
FROM statements WHERE day IS NOT NULL GROUP BY began ORDER BY began
"""
_TALKS = """
SELECT date_trunc('{unit}',
    CASE WHEN e.date_precision = 'day' THEN try_cast(e.date_value AS DATE) ELSE read.published END)::DATE AS began
FROM events e JOIN read USING (article_id)
WHERE e.type = 'CONSULT' AND e.status = 'asserted'
    AND (e.date_precision <> 'day' OR try_cast(e.date_value AS DATE) <= read.published)
GROUP BY began HAVING count(DISTINCT read.outlet) >= {told}
"""


@dataclass(frozen=True)
class Stretch:
    """A day, a week or a month."""

    at: str
    since: str
    until: str
    accounts: int
    outlets: int
    talks: bool


@dataclass(frozen=True)
class Rounds:
    """The chart and its numbers."""

    picture: Picture
    talks: int
    unit: Unit


def rounds(record: Accounts) -> Rounds | None:
    """The rounds of a record; none if no account has a day."""
    unit, found = record.remembered("rounds", lambda: _found(record))
    if not found:
        return None
    talks = sum(one.talks for one in found)
    shown = Picture(
        at=Addresses.of("/charts/rounds.svg", {"commit": version(record)}),
        says=f"Accounts from {found[0].at} to {found[-1].at}; the numbers are in the table below.",
        notes=(
            f"Each bar is a {unit} with accounts; those without are left out.",
            f"A triangle marks those in which {TOLD} outlets or more tell of a meeting or talks: {talks}.",
        ),
        table=(("Accounts", "Outlets", "Talks"), tuple(map(_row, found))),
    )
    return Rounds(shown, talks, unit)


def _row(one: Stretch) -> tuple[Link, tuple[tuple[str, int], ...]]:
    """A row of the table: each number leads to what it counts."""
    articles = with_query("/articles", since=one.since, until=one.until)
    accounts = with_query("/ledger", since=one.since, until=one.until)
    talks = with_query("/events", type="CONSULT", since=one.since, until=one.until)
    return Link(articles, one.at), ((accounts, one.accounts), (articles, one.outlets), (talks, int(one.talks)))


def _found(record: Accounts) -> tuple[Unit, tuple[Stretch, ...]]:
    with gathered(record.source, Filters()) as query:
        (filled,) = query.rows(_FILLED)
        unit = unit_of(filled["day"], filled["week"])
        bars = query.rows(_BARS.format(unit=unit))
        talks = {row["began"] for row in query.rows(_TALKS.format(unit=unit, told=TOLD))}
    return unit, tuple(
        Stretch(
            at=stretch(row["began"].isoformat(), unit),
            since=stretch(row["began"].isoformat(), unit),
            until=stretch((row["began"] if unit == "month" else row["last"]).isoformat(), unit),
            accounts=row["accounts"],
            outlets=row["outlets"],
            talks=row["began"] in talks,
        )
        for row in bars
    )


@router.get("/charts/rounds.svg")
def drawn(
    request: Request,
    theme: charts.Theme = "light",
    width: charts.Width = "wide",
    commit: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """The chart. ``commit`` only makes the address that of one commit."""
    record = accounts(request, "machine")
    svg = drawing(record, theme, width)
    if svg is None:
        raise HTTPException(404, "There is nothing to draw.")
    return picture(svg)


def drawing(record: Accounts, theme: charts.Theme, width: charts.Width) -> str | None:
    """The chart as SVG; none if there is nothing to draw."""
    _, found = record.remembered("rounds", lambda: _found(record))
    bars = [{"at": one.at, "accounts": one.accounts, "talks": one.talks} for one in found]
    draw = partial(charts.bars, bars, theme=theme, width=width)
    return record.remembered(("rounds.svg", theme, width), draw) if bars else None
