"""How far people agree with each other and with the machine on the rows that they have judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from parley.analysis.agreement import FIELDS, Agreement, Answer, Compared, agreements
from parley.exports.labels import issue_title, label
from parley.store import Store, judged
from parley.web.links import article, with_query
from parley.web.render import page

router = APIRouter()
MOST = 100
"""Rows on which two differ that are listed."""
TABLES = {"act": "acts", "layer": "layers", "sourcing": "sourcing", "status": "statuses"}
"""Fields whose values have labels."""


@dataclass(frozen=True)
class Line:
    """One row on which two differ."""

    href: str
    row_id: str
    differ: str
    one: str
    other: str


@dataclass(frozen=True)
class Shown:
    """What the page shows."""

    agreements: tuple[Agreement, ...]
    chosen: Agreement | None
    lines: tuple[Line, ...]
    further: int


@router.get("/agreement")
def agreement(
    request: Request,
    one: Annotated[str, Query(max_length=80)] = "",
    other: Annotated[str, Query(max_length=80)] = "",
    row: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """The page; with ``one``, ``other`` and ``row``, the rows on which the two differ."""
    shown = _shown(request.app.state.room.store(), one, other, row)
    return page(request, "agreement.html.j2", title="Agreement", shown=shown, fields=FIELDS)


def _shown(store: Store, one: str, other: str, row: str) -> Shown:
    found = agreements(judged.corrections(store))
    chosen = next((a for a in found if (a.one, a.other, a.row) == (one, other, row)), None)
    differ = [pair for pair in chosen.compared if pair.differ] if chosen else []
    return Shown(found, chosen, tuple(map(_line, differ[:MOST])), len(differ[MOST:]))


def _line(pair: Compared) -> Line:
    here = with_query(article(pair.article_id), show="both") + f"#{pair.row_id}"
    differ = "whether there is such a row" if pair.differ == ("row",) else ", ".join(pair.differ)
    return Line(here, pair.row_id, differ, _said(pair.row, pair.one), _said(pair.row, pair.other))


def _said(row: str, values: Answer) -> str:
    if values is None:
        return "no such row"
    return ", ".join(_named(field, str(values[field])) for field in FIELDS[row] if values[field])


def _named(field: str, value: str) -> str:
    if field == "issue":
        return issue_title(value)
    return label(TABLES[field], value) if field in TABLES else value
