"""Events: when, who did what to whom, and each with its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from fastapi import APIRouter, Request, Response

from parley.analysis.deeds import GROUPS, Deed, DeedFilters, Dyad, Month, group_of, types_of
from parley.exports.labels import label
from parley.model import Status
from parley.web.asked import Day, Number, Pages, Text
from parley.web.filters import Show, accounts
from parley.web.laid import deeds_of, laid
from parley.web.links import with_query
from parley.web.render import page as rendered

router = APIRouter()
HERE = "/events"
Group = Literal["", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]
"""As ``parley.analysis.deeds`` has them."""
SIZE = 40
PAIRS = 12
"""Dyads that are shown."""
BARS = 36
"""Months that are drawn, the latest that have events."""
STEP, BAR, HALF = 26, 18, 80
"""Width of a month and of its bar, and height of the drawing above and below its line."""
YEAR = 44
"""Width that the label of a year takes."""


@dataclass(frozen=True)
class Piece:
    """A piece of a bar."""

    y: float
    height: float
    group: str


@dataclass(frozen=True)
class Bar:
    """One month as it is drawn."""

    x: int
    pieces: tuple[Piece, ...]
    month: str
    year: str
    """Shown below it where a year begins."""
    gap: bool
    """Whether months without events were passed over before it."""
    told: str
    href: str


@dataclass(frozen=True)
class Kind:
    """A type of events with its number."""

    id: str
    name: str
    group: str
    number: int
    href: str


@router.get(HERE)
def events(
    request: Request,
    type: Text = "",
    party: Text = "",
    who: Text = "",
    whom: Text = "",
    outlet: Text = "",
    status: Literal["", Status] = "",
    group: Group = "",
    since: Day = "",
    until: Day = "",
    show: Show = "machine",
    page: Number = 1,
) -> Response:
    """The page."""
    asked = {"type": type, "party": party, "who": who, "whom": whom, "outlet": outlet, "status": status,
             "group": group}  # fmt: skip
    asked = {key: value.strip() for key, value in {**asked, "since": since, "until": until}.items() if value.strip()}
    record = accounts(request, show)
    deeds, filters = deeds_of(record), _filters(asked)
    if show != "machine":
        asked["show"] = show
    total = deeds.number(filters)
    return rendered(
        request, "events.html.j2", title="Events", asked=asked, choices=laid(request).choices, shown_rows=show,
        groups=GROUPS, half=HALF,
        kinds=_kinds(deeds.types(_filters({**asked, "type": "", "group": ""})), asked),
        bars=(bars := _bars(deeds.months(filters), asked)), width=(bars[-1].x + STEP if bars else 0),
        months=deeds.months(filters), step=STEP, bar=BAR,
        dyads=tuple(_dyad(one, asked) for one in deeds.dyads(filters, most=PAIRS)),
        deeds=_told(deeds.told(filters, limit=SIZE, offset=(page - 1) * SIZE)),
        pages=Pages(HERE, asked, page, total, SIZE), here=HERE,
    )  # fmt: skip


def _filters(asked: dict[str, str]) -> DeedFilters:
    several: dict[str, tuple[str, ...]] = {}
    several |= {key: (asked[key],) for key in ("type", "party", "who", "whom", "outlet", "status") if asked.get(key)}
    if asked.get("group") and "type" not in several:
        several["type"] = types_of(asked["group"])
    return DeedFilters(**several, since=asked.get("since"), until=asked.get("until"))  # type: ignore[arg-type]


def _kinds(types: dict[str, int], asked: dict[str, str]) -> tuple[Kind, ...]:
    """The types by group, so that those alike stand together."""
    kinds = [
        Kind(one, label("events", one), group_of(one), n, with_query(HERE, asked, type=one, group=None))
        for one, n in types.items()
    ]
    order = {group: k for k, group in enumerate(GROUPS)}
    return tuple(sorted(kinds, key=lambda kind: (order.get(kind.group, len(order)), -kind.number, kind.id)))


def _dyad(dyad: Dyad, asked: dict[str, str]) -> dict[str, Any]:
    """A pair, each of its numbers with an address."""
    both = {**asked, "who": dyad.who.name, "whom": dyad.whom.name}
    both.pop("party", None)
    types = [
        (label("events", kind), number, with_query(HERE, both, type=kind, group=None)) for kind, number in dyad.types
    ]
    return {"dyad": dyad, "href": with_query(HERE, both), "types": types}


def _told(deeds: tuple[Deed, ...]) -> list[tuple[str | None, list[Deed]]]:
    """The events by day."""
    found: list[tuple[str | None, list[Deed]]] = []
    for deed in deeds:
        if not found or found[-1][0] != deed.day:
            found.append((deed.day, []))
        found[-1][1].append(deed)
    return found


# ------------------------------------------------------------ the timeline
def _bars(months: tuple[Month, ...], asked: dict[str, str]) -> tuple[Bar, ...]:
    """The latest months with events as bars: cooperation upwards from a line, conflict downwards."""
    dated = [(one.month, one.groups) for one in months if one.month and len(one.month) == 7 and sum(one.groups)][-BARS:]
    most = max((max(g[0] + g[1], g[2] + g[3]) for _, g in dated), default=1)
    bars: list[Bar] = []
    before, x, labelled = "", 0, -YEAR
    for month, groups in dated:
        gap = bool(before) and _number(month) - _number(before) > 1
        x += STEP // 2 if gap else 0
        year = month[:4] if month[:4] != before[:4] else ""
        if year:
            x = max(x, labelled + YEAR)
            labelled = x
        told = ", ".join(f"{n} {group}" for group, n in zip(GROUPS, groups, strict=True) if n)
        href = with_query(HERE, {**asked, "since": month, "until": month})
        bars.append(Bar(x, _pieces(groups, most), month, year, gap, told, href))
        before, x = month, x + STEP
    return tuple(bars)


def _number(month: str) -> int:
    return 12 * int(month[:4]) + int(month[5:7])


def _pieces(groups: tuple[int, ...], most: int) -> tuple[Piece, ...]:
    """The pieces of a bar; words next to the line, deeds farther out."""
    pieces, up, down = [], float(HALF), float(HALF)
    for group, number in zip(GROUPS, groups, strict=True):
        height = round(number * (HALF - 4) / most, 1)
        if not number:
            continue
        if group.endswith("cooperation"):
            up -= height
            pieces.append(Piece(round(up, 1), height, group.replace(" ", "-")))
        else:
            pieces.append(Piece(round(down, 1), height, group.replace(" ", "-")))
            down += height
    return tuple(pieces)
