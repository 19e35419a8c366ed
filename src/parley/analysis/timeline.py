"""Positions over time: how many accounts for, against and neither, by party or by issue, in days, weeks or months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from parley.analysis.account import iso, names
from parley.analysis.filters import Filters
from parley.analysis.source import Source
from parley.analysis.statements import gathered

Unit = Literal["day", "week", "month"]
MOST_UNITS = 26
"""Stretches of time with accounts that a picture tells apart."""


@dataclass(frozen=True, slots=True)
class Point:
    """The accounts of one row in one stretch of time."""

    row: str
    """Id of a party or an issue."""
    name: str
    """What a party is called; an issue's id."""
    at: str
    """First day of the stretch, ISO 8601."""
    polarity: str
    own: bool
    """Whether the party's own words or document are among them."""
    accounts: int


@dataclass(frozen=True)
class Timeline:
    """Points by row, the rows with most accounts first, and by time."""

    points: tuple[Point, ...]
    unit: Unit
    left_out: int
    """Rows with fewer accounts that are not among them."""
    undated: int
    """Accounts of the rows that have no day."""


_ROWS = """
SELECT {by} AS row, count(*) AS n FROM statements GROUP BY 1 ORDER BY n DESC, row
"""
_FILLED = """
SELECT count(DISTINCT day) AS day, count(DISTINCT date_trunc('week', day)) AS week
FROM statements WHERE {by} IN (SELECT unnest($rows))
"""
_POINTS = """
SELECT {by} AS row, date_trunc('{unit}', day)::DATE AS began, polarity,
    bool_or(layer IN ('own', 'document')) AS own, count(*) AS accounts
FROM statements WHERE {by} IN (SELECT unnest($rows)) GROUP BY ALL ORDER BY began NULLS LAST, polarity
"""


def timeline(source: Source, filters: Filters, *, by: Literal["party", "issue"], most: int) -> Timeline:
    """Positions over time.

    Args:
        source: a store or a connection.
        filters: which accounts count.
        by: what makes a row.
        most: rows at most, those with most accounts.

    Raises:
        ParleyError: a filter has a value that cannot occur.
    """
    with gathered(source, filters) as query:
        called = names(query)
        order = [row["row"] for row in query.rows(_ROWS.format(by=by))]
        kept = order[:most]
        (filled,) = query.rows(_FILLED.format(by=by), rows=kept)
        unit = unit_of(filled["day"], filled["week"])
        found = query.rows(_POINTS.format(by=by, unit=unit), rows=kept)
    points = [
        Point(
            row=row["row"],
            name=str(called.get(row["row"], row["row"])),
            at=iso(row["began"]) or "",
            polarity=row["polarity"],
            own=row["own"],
            accounts=row["accounts"],
        )
        for row in sorted(found, key=lambda row: kept.index(row["row"]))
    ]
    undated = sum(point.accounts for point in points if not point.at)
    return Timeline(tuple(point for point in points if point.at), unit, len(order) - len(kept), undated)


def unit_of(days: int, weeks: int) -> Unit:
    """The finest unit of which not too many are filled."""
    return "day" if days <= MOST_UNITS else "week" if weeks <= MOST_UNITS else "month"
