"""Where accounts differ: the same thing as told by different outlets, side by side. None is judged true."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from parley.analysis.differences import Difference, Telling, Version
from parley.exports.labels import issue_title, label
from parley.exports.marks import anchor
from parley.exports.names import day
from parley.exports.visible import one_line, shortened
from parley.web.asked import Number, Pages
from parley.web.compared import compared, narrowed
from parley.web.contrast import Piece, pieces
from parley.web.filters import Asked, AskedHere, accounts
from parley.web.laid import laid
from parley.web.links import Link, article
from parley.web.render import page as rendered
from parley.web.told import issue_address

router = APIRouter()
SIZE = 10
"""Differences a page."""
MOST_TELLINGS, MOST_REST = 4, 8
"""Tellings of one way that are shown at once, and that can be unfolded."""
WAIT = "2"
"""Seconds after which a page that waits for the comparison is loaded again."""
KINDS = {
    "number": "Numbers",
    "duration": "Length of time",
    "date": "Dates",
    "agreed": "Agreed or only proposed",
    "holder": "Its own words, or others'",
    "description": "Description",
}


@dataclass(frozen=True)
class Teller:
    """One sentence."""

    href: str
    pieces: tuple[Piece, ...]
    outlet: str
    day: str
    word: str
    """On whose word."""


@dataclass(frozen=True)
class Way:
    """One way to tell it."""

    label: str
    outlets: tuple[str, ...]
    tellers: tuple[Teller, ...]
    rest: tuple[Teller, ...]
    whole: bool
    """Whether these are all."""


@dataclass(frozen=True)
class Differing:
    """One thing told in several ways."""

    id: str
    issue: Link
    about: str
    kind: str
    days: str
    parties: str
    strength: float
    ways: tuple[Way, ...]


@router.get("/accounts")
def differing(request: Request, asked: AskedHere, kind: str = "", page: Number = 1) -> Response:
    """The page."""
    filters, record = asked.filters(), accounts(request, asked.show)
    found = compared(record, asked.show).found()
    shown: tuple[Differing, ...] = ()
    total = 0
    if found is not None:
        kept = record.remembered(("differences", asked), lambda: narrowed(found, filters))
        kept = tuple(one for one in kept if not kind or one.kind == kind)
        total, first = len(kept), (page - 1) * SIZE
        shown = tuple(_differing(one, first + k, asked) for k, one in enumerate(kept[first : first + SIZE]))
    query = asked.query(kind=kind)
    answer = rendered(request, "accounts.html.j2", title="Where accounts differ", shown=shown, asked=asked, kind=kind,
                      kinds=tuple(KINDS.items()), waiting=found is None, total=total,
                      pages=Pages("/accounts", query, page, total, SIZE), choices=laid(request).choices)  # fmt: skip
    if found is None:
        answer.headers["refresh"] = WAIT
    return answer


def _differing(one: Difference, number: int, asked: Asked) -> Differing:
    days = [day(when) for when in dict.fromkeys((one.first, one.last)) if when]
    return Differing(
        id=f"d{number + 1}",
        issue=Link(issue_address(asked, one.issue), issue_title(one.issue)),
        about=_ISO_DAY.sub(lambda match: day(match[0]), one_line(one.about)),
        kind=KINDS[one.kind],
        days=" to ".join(days),
        parties=", ".join(map(one_line, one.parties)),
        strength=one.strength,
        ways=tuple(_way(version, one) for version in one.versions),
    )


def _way(version: Version, of: Difference) -> Way:
    tellers = [_teller(telling, version, of) for telling in version.tellings[: MOST_TELLINGS + MOST_REST]]
    return Way(
        label=_label(version, of),
        outlets=tuple(map(one_line, version.outlets)),
        tellers=tuple(tellers[:MOST_TELLINGS]),
        rest=tuple(tellers[MOST_TELLINGS:]),
        whole=len(tellers) == len(version.tellings),
    )


def _label(version: Version, of: Difference) -> str:
    """What the way is called: of two plans for one date, what each is about."""
    if of.kind == "description" and of.about.startswith("what is planned"):
        return issue_title(version.label)
    return _ISO_DAY.sub(lambda match: day(match[0]), one_line(version.label))


_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _teller(one: Telling, version: Version, of: Difference) -> Teller:
    source = shortened(one_line(one.source), 90)
    return Teller(
        href=article(one.article_id, anchor(one.position_id) if one.position_id else ""),
        pieces=pieces(one, version, of),
        outlet=one_line(one.outlet or "") or "outlet unknown",
        day=day(one.day) if one.day else "date unknown",
        word=f"{source} ({label('sourcing', one.sourcing)})" if source else "on its own word",
    )
