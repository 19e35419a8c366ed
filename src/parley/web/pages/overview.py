"""What is in the record: how much, from whom, from when, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from parley.analysis.account import names
from parley.analysis.filters import Filters
from parley.analysis.statements import gathered
from parley.exports.labels import issue_title
from parley.store import Store
from parley.web.filters import Accounts, Asked, accounts
from parley.web.links import Link, with_query
from parley.web.pages.rounds import Rounds, rounds
from parley.web.render import page
from parley.web.told import party_address

router = APIRouter()
MOST = 12
"""Rows of a table on this page; the rest is one link away."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Count:
    """A number and where the words behind it are."""

    number: int
    singular: str
    href: str


@dataclass(frozen=True)
class Shown:
    """What the page shows."""

    counts: tuple[Count, ...]
    months: tuple[Row, ...]
    outlets: tuple[Row, ...]
    issues: tuple[Row, ...]
    parties: tuple[tuple[Link, int], ...]
    """Those with most accounts, and how many."""
    rounds: Rounds | None
    freshness: tuple[str, ...]
    more: Link


_COUNTS = """
select (select count(*) from articles) as articles, (select count(distinct outlet) from articles) as outlets,
    (select count(*) from positions) as positions, (select count(*) from attributions) as quotations,
    (select count(*) from events) as events, (select count(*) from copies where article_id <> head) as reprints,
    (select count(*) from failures) as failures
"""
_LINKS = {
    "articles": ("article", "/articles"),
    "outlets": ("outlet", "/sourcing"),
    "positions": ("position", "/ledger"),
    "quotations": ("quotation", "/sourcing"),
    "events": ("event", "/events"),
    "reprints": ("reprint", "/articles?reprints=only"),
    "failures": ("document that could not be read", "/failures"),
}
_MONTHS = """
select coalesce(substr(published, 1, 7), '') as month, count(*) as articles,
    count(distinct outlet) as outlets, sum(positions)::int as positions
from articles left join (select article_id, count(*) as positions from positions group by all) using (article_id)
group by month order by month
"""
_OUTLETS = """
select outlet, count(*) as articles, min(published) as first, max(published) as last
from articles group by outlet order by articles desc, outlet nulls last
"""
_ISSUES = """
select issue, count(*) as positions, count(distinct article_id) as articles
from positions group by issue order by positions desc, issue
"""


@router.get("/")
def overview(request: Request) -> Response:
    """The page."""
    record = accounts(request, "machine")
    return page(request, "overview.html.j2", title="Overview", shown=shown(record))


def shown(record: Accounts) -> Shown:
    """What the page shows of some accounts."""
    return record.remembered("overview", lambda: _shown(record))


def _shown(record: Accounts) -> Shown:
    store = record.store
    (counts,) = store.query(_COUNTS)
    return Shown(
        counts=tuple(Count(counts[key], singular, href) for key, (singular, href) in _LINKS.items()),
        months=tuple(store.query(_MONTHS)),
        outlets=tuple(store.query(f"{_OUTLETS} limit {MOST}")),
        issues=tuple({**row, "title": issue_title(row["issue"])} for row in store.query(f"{_ISSUES} limit {MOST}")),
        parties=_parties(record),
        rounds=rounds(record),
        freshness=_freshness(store),
        more=Link(with_query("/sourcing"), "All outlets"),
    )


_PARTIES = "SELECT party, count(*) AS accounts FROM statements GROUP BY party ORDER BY accounts DESC, party"


def _parties(record: Accounts) -> tuple[tuple[Link, int], ...]:
    """The parties with most accounts, reprints not counted."""
    with gathered(record.source, Filters(), most=MOST) as query:
        called, found = names(query), query.rows(_PARTIES)
    return tuple((Link(party_address(Asked(), row["party"]), called[row["party"]]), row["accounts"]) for row in found)


def _freshness(store: Store) -> tuple[str, ...]:
    """How new the record and its articles are."""
    (days,) = store.query("select min(published) as first, max(published) as last from articles")
    lines = [f"commit {store.commit.number}, {store.commit.time:%Y-%m-%d %H:%M} UTC"]
    if days["first"]:
        lines.append(f"articles published from {days['first']} to {days['last']}")
    return tuple(lines)
