"""The ledger: which party holds what on which issue, each cell with all its accounts behind it.

A cell is headed by the account that weighs most: the party's own words or document before unnamed sources, and these
before what others ascribe to it; among equals the latest; on one day a stance before a charge. Nothing is dropped: a
cell counts its accounts by act and layer, says whether they are contested and who answered, and ``accounts_of`` gives
them all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa

from parley import codebook
from parley.analysis.account import Account, iso, names, read, words_sql
from parley.analysis.filters import Filters
from parley.analysis.periods import in_order, period_sql
from parley.analysis.source import Rows, Source, literals
from parley.analysis.statements import Gathered, gathered
from parley.errors import CodebookError

_ISSUE_ID = re.compile(r"[a-z0-9_]+")

MOST = 30
"""Parties that a ledger shows unless told otherwise; a table of more is not read by anyone."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How another party answered on the issue: its weightiest account that is addressed to this party."""

    party: str
    party_name: str
    act: str
    layer: str
    at: str | None
    article_id: str
    position_id: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One party on one issue, in one period or over all time."""

    party: str
    party_name: str
    issue: str
    period: str
    """Label of the period; empty where the ledger has none."""
    head: Account
    """The account that weighs most."""
    accounts: int
    """How many accounts there are, reprints not counted."""
    articles: int
    outlets: int
    acts: tuple[tuple[str, int], ...]
    """Acts and how many accounts tell of each, the most first."""
    layers: tuple[tuple[str, int], ...]
    first: str | None
    """Days of the earliest and the latest account."""
    last: str | None
    contested: bool
    """Whether accounts for and against stand within a few days on different layers or in different outlets."""
    answers: tuple[Answer, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """What names the cell."""
        return self.party, self.issue, self.period


@dataclass(frozen=True)
class Ledger:
    """Cells in order: by issue as in the codebook, then the parties with most accounts first, then by period."""

    cells: tuple[Cell, ...]
    parties: tuple[tuple[str, str], ...]
    """Id and name, those with most accounts first."""
    issues: tuple[str, ...]
    periods: tuple[str, ...]
    """Labels by time; one empty label where the ledger has no periods."""

    @cached_property
    def _by_key(self) -> dict[tuple[str, str, str], Cell]:
        return {cell.key: cell for cell in self.cells}

    def cell(self, party: str, issue: str, period: str = "") -> Cell | None:
        """The cell of a party and an issue, if an account fills it."""
        return self._by_key.get((party, issue, period))

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "parties": [{"id": party, "name": name} for party, name in self.parties],
            "issues": list(self.issues),
            "periods": list(self.periods),
            "cells": [asdict(cell) for cell in self.cells],
        }

    def arrow(self) -> pa.Table:
        """One row a cell, flat."""
        flat = [
            {
                **{name: getattr(cell, name) for name in ("party", "party_name", "issue", "period")},
                **{name: getattr(cell.head, name) for name in _HEAD},
                **{name: getattr(cell, name) for name in ("accounts", "articles", "outlets", "first", "last")},
                "contested": cell.contested,
                "answered_by": [answer.party for answer in cell.answers],
                "answers": [answer.act for answer in cell.answers],
            }
            for cell in self.cells
        ]
        return pa.Table.from_pylist(flat, schema=_SCHEMA)


_HEAD = ("act", "polarity", "layer", "sourcing", "hedged", "at", "outlet", "quotation", "article_id", "position_id")
_TYPES = {
    "hedged": pa.bool_(),
    "contested": pa.bool_(),
    **dict.fromkeys(("accounts", "articles", "outlets"), pa.int64()),
    **dict.fromkeys(("answered_by", "answers"), pa.list_(pa.string())),
}
_SCHEMA = pa.schema(
    [
        (name, _TYPES.get(name, pa.string()))
        for name in (
            *("party", "party_name", "issue", "period"),
            *_HEAD,
            *("accounts", "articles", "outlets", "first", "last", "contested", "answered_by", "answers"),
        )
    ]
)


def ledger(
    source: Source,
    filters: Filters | None = None,
    *,
    periods: str | Sequence[str] | None = None,
    most: int | None = MOST,
) -> Ledger:
    """The ledger of a record.

    Args:
        source: a store or a connection.
        filters: which accounts count.
        periods: none for the latest state; month, quarter, year or days that begin a period for the course of time.
        most: how many parties at most, those with most accounts; none: all. A long record names thousands.

    Raises:
        ParleyError: a filter or period is none that can be.
    """
    with gathered(source, filters or Filters(), periods=period_sql(periods), most=most) as query:
        called = names(query)
        heads = read(query.rows(_HEADS + words_sql("heads", "s.party, s.issue, s.period")), called)
        sums = query.rows(_SUMS.format(**_contested()))
        replies = _answers(query)
    cells = [_cell(row, head, replies, called) for row, head in zip(sums, heads, strict=True)]
    return _ordered(cells, called)


_HEADS = """, firsts AS (SELECT min(rank) AS rank FROM statements GROUP BY party, issue, period),
heads AS MATERIALIZED (SELECT * FROM statements SEMI JOIN firsts USING (rank))"""
_SUMS = """, near AS (
    SELECT party, issue, period, min(against) AS against, max(against) AS also, min(min(favour)) OVER close AS low,
        max(max(favour)) OVER close AS high
    FROM (
        SELECT party, issue, period, day, CASE WHEN polarity = 'for' THEN voice END AS favour,
            CASE WHEN polarity = 'against' THEN voice END AS against
        FROM statements
        WHERE day IS NOT NULL AND act_group NOT IN ({leave_out}) AND polarity IN ('for', 'against')
    ) GROUP BY party, issue, period, day
    WINDOW close AS (PARTITION BY party, issue, period ORDER BY day
        RANGE BETWEEN INTERVAL {days} DAYS PRECEDING AND INTERVAL {days} DAYS FOLLOWING)
), disputed AS (
    SELECT DISTINCT party, issue, period FROM near WHERE greatest(also, high) <> least(against, low)
        AND against IS NOT NULL AND low IS NOT NULL
), counted AS MATERIALIZED (
    SELECT party, issue, period, act, layer, outlet, count(*) AS n, min(day) AS first, max(day) AS last
    FROM statements GROUP BY ALL
), acts AS (
    SELECT party, issue, period, list({{'name': act, 'n': n}} ORDER BY n DESC, act) AS acts
    FROM (SELECT party, issue, period, act, sum(n)::INT AS n FROM counted GROUP BY ALL) GROUP BY ALL
), layers AS (
    SELECT party, issue, period, list({{'name': layer, 'n': n}} ORDER BY n DESC, layer) AS layers
    FROM (SELECT party, issue, period, layer, sum(n)::INT AS n FROM counted GROUP BY ALL) GROUP BY ALL
), articles AS (
    SELECT party, issue, period, count(*) AS articles
    FROM (SELECT DISTINCT party, issue, period, article FROM statements) GROUP BY ALL
), sums AS (
    SELECT party, issue, period, sum(n)::BIGINT AS accounts, count(DISTINCT outlet) AS outlets, min(first) AS first,
        max(last) AS last FROM counted GROUP BY ALL
)
SELECT s.*, articles.articles, acts.acts, layers.layers, disputed.party IS NOT NULL AS contested
FROM sums s JOIN acts USING (party, issue, period) JOIN layers USING (party, issue, period)
JOIN articles USING (party, issue, period) LEFT JOIN disputed USING (party, issue, period)
ORDER BY s.party, s.issue, s.period
"""


def _contested() -> dict[str, Any]:
    rule = codebook.load("analysis")["contested"]
    return {"days": int(rule["days"]), "leave_out": literals(rule["leave_out"])}


Replies = dict[tuple[str, str, str], Rows]

_ANSWERS = """, replies AS (
    SELECT DISTINCT s.rank, s.answered
    FROM (SELECT rank, party, unnest(addressed) AS answered FROM everyone WHERE act_group = 'answer') s
    WHERE s.answered <> s.party AND s.party IN (FROM main) AND s.answered IN (SELECT party FROM statements)
), firsts AS (
    SELECT r.answered, min(rank) AS rank FROM replies r JOIN everyone s USING (rank)
    GROUP BY r.answered, s.issue, s.period, s.party
)
SELECT f.answered, s.issue, s.period, s.party, s.actor, s.act, s.layer, s.day, s.article_id, s.position_id
FROM firsts f JOIN everyone s USING (rank) ORDER BY f.answered, s.issue, s.period, s.party
"""


def _answers(query: Gathered) -> Replies:
    """For each cell: how other parties answered it, one row for each."""
    found: Replies = {}
    for row in query.rows(_ANSWERS):
        found.setdefault((row["answered"], row["issue"], row["period"]), []).append(row)
    return found


def _cell(
    row: dict[str, Any],
    head: Account,
    replies: Replies,
    called: dict[str, str],
) -> Cell:
    key = row["party"], row["issue"], row["period"]
    return Cell(
        party=row["party"],
        party_name=called[row["party"]],
        issue=row["issue"],
        period=row["period"],
        head=head,
        accounts=row["accounts"],
        articles=row["articles"],
        outlets=row["outlets"],
        acts=tuple((one["name"], one["n"]) for one in row["acts"]),
        layers=tuple((one["name"], one["n"]) for one in row["layers"]),
        first=iso(row["first"]),
        last=iso(row["last"]),
        contested=row["contested"],
        answers=tuple(
            Answer(
                party=reply["party"],
                party_name=called[reply["party"]],
                act=reply["act"],
                layer=reply["layer"],
                at=iso(reply["day"]),
                article_id=reply["article_id"],
                position_id=reply["position_id"],
            )
            for reply in replies.get(key, ())
        ),
    )


def _ordered(cells: list[Cell], called: dict[str, str]) -> Ledger:
    """The ledger of some cells."""
    totals: dict[str, int] = {}
    for cell in cells:
        totals[cell.party] = totals.get(cell.party, 0) + cell.accounts
    parties = sorted(totals, key=lambda party: (-totals[party], party))
    place = {party: k for k, party in enumerate(parties)}
    issues = sorted({cell.issue for cell in cells}, key=lambda issue: (_place(issue), issue))
    where = {issue: k for k, issue in enumerate(issues)}
    periods = in_order([cell.period for cell in cells])
    when = {period: k for k, period in enumerate(periods)}
    return Ledger(
        cells=tuple(sorted(cells, key=lambda cell: (where[cell.issue], place[cell.party], when[cell.period]))),
        parties=tuple((party, called[party]) for party in parties),
        issues=tuple(issues),
        periods=periods,
    )


def _place(issue: str) -> int:
    """Where the group of an issue stands among the groups; issues that are not shipped come after them."""
    groups: list[str] = codebook.load("analysis")["issue_groups"]
    try:
        group = codebook.load(f"issues/{issue}")["group"] if _ISSUE_ID.fullmatch(issue) else ""
    except CodebookError:
        group = ""
    return groups.index(group) if group in groups else len(groups) + (issue == codebook.OTHER)
