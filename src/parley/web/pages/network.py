"""Who stands for and against what: parties on the left, issues on the right, drawn by the server; and as a table."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter, Request, Response

from parley.analysis.account import part_of
from parley.analysis.network import Edge
from parley.analysis.network import network as find
from parley.exports.labels import count, issue_title, label
from parley.exports.marks import anchor
from parley.exports.visible import shortened
from parley.web import words
from parley.web.asked import Number, Pages
from parley.web.filters import Accounts, Asked, AskedHere, accounts
from parley.web.laid import laid
from parley.web.links import Link, article
from parley.web.render import page as rendered
from parley.web.told import cell_address

router = APIRouter()
HERE = "/network"
PARTIES, ISSUES = 8, 16
"""Of each so many are drawn, those with most accounts; the table has more."""
ROWS = 200
"""Edges of the table, those with most accounts."""
STEP, TOP, WIDTH = 32, 50, 860
LEFT, RIGHT = 190, 560
"""Where the lines begin and end."""
THICK = 7.0
PORT = 5
"""Between the ends of two lines at one node."""
LABEL = 34
"""Characters of a label in the picture; the table has the whole."""
POLARITIES = {"for": "for", "against": "against", "neutral": "neither"}


@dataclass(frozen=True)
class Line:
    """One edge as it is drawn."""

    path: str
    sign: str
    """for, against, or mixed where accounts are about even."""
    thick: float
    told: str
    href: str


@dataclass(frozen=True)
class Node:
    """A party or an issue as it is drawn."""

    y: float
    half: float
    """Half the height at which its lines end."""
    name: str
    whole: str
    href: str


@dataclass(frozen=True)
class Picture:
    """The drawing."""

    height: int
    parties: tuple[Node, ...]
    issues: tuple[Node, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Row:
    """A row of the table: the edge, the title of its issue, and where each number's words are."""

    edge: Edge
    issue: str
    numbers: tuple[tuple[int, str], ...]
    """For, against, neither, in the party's own words."""
    cell: str
    """Where all its accounts are, by whichever outlet."""


@router.get(HERE)
def network(request: Request, asked: AskedHere) -> Response:
    """The page."""
    record = accounts(request, asked.show)
    edges = sorted(found(record, asked), key=lambda e: (-_all(e), e.party, e.issue))
    named = [edge for edge in edges if edge.issue != "other"]
    return rendered(
        request, "network.html.j2", title="Network", picture=_picture(named, asked), asked=asked,
        rows=tuple(_row(edge, asked) for edge in edges[:ROWS]), left_out=max(0, len(edges) - ROWS),
        choices=laid(request).choices, width=WIDTH, left=LEFT, right=RIGHT,
    )  # fmt: skip


def found(record: Accounts, asked: Asked) -> tuple[Edge, ...]:
    """The edges that a request asks for."""
    return record.remembered(("network", asked), lambda: find(record.source, asked.filters())).edges


@router.get(f"{HERE}/words")
def behind(
    request: Request, asked: AskedHere, stance: Literal["", "for", "against", "neutral"] = "", page: Number = 1
) -> Response:
    """The accounts behind a number or a line."""
    source, start = accounts(request, asked.show).source, (page - 1) * words.SIZE
    part = part_of(source, asked.filters(), limit=words.SIZE, offset=start, polarity=stance)
    listed = tuple(
        words.Word(one.quotation, article(one.article_id, anchor(one.position_id)), one.outlet, one.published,
                   one.title, f"{one.party_name} {label('acts', one.act)}; {label('layers', one.layer)}")
        for one in part.accounts
    )  # fmt: skip
    pages = Pages(f"{HERE}/words", asked.query(stance=stance), page, part.total, words.SIZE)
    said = f"{count(part.total, 'account')}{f' {POLARITIES[stance]}' if stance else ''}. A reprinted story counts once."
    name = " and ".join((*asked.party, *map(issue_title, asked.issue))) or "All accounts"
    if len(asked.party) == 1 and part.accounts:
        name = ": ".join((part.accounts[0].party_name, *map(issue_title, asked.issue)))
    back = Link(asked.link(HERE, party=(), issue=()), "Network")
    return words.shown(request, name, words.Words(said, listed, pages, back))


def _all(edge: Edge) -> int:
    return edge.supports + edge.opposes + edge.neutral


def _row(edge: Edge, asked: Asked) -> Row:
    numbers = tuple(
        (number, _words(edge, asked, stance=stance))
        for stance, number in zip(POLARITIES, (edge.supports, edge.opposes, edge.neutral), strict=True)
    )
    own = edge.own, _words(edge, asked, layer=("own", "document"))
    return Row(edge, issue_title(edge.issue), (*numbers, own), cell_address(asked, edge.party, edge.issue))


def _words(edge: Edge, asked: Asked, **more: object) -> str:
    return asked.link(f"{HERE}/words", party=edge.party, issue=edge.issue, **more)


# ------------------------------------------------------------ the drawing
def _picture(edges: list[Edge], asked: Asked) -> Picture:
    """Parties and issues in two columns; each issue stands near the parties that speak of it."""
    by_party, by_issue = Counter[str](), Counter[str]()
    for edge in edges:
        by_party[edge.party] += _all(edge)
        by_issue[edge.issue] += _all(edge)
    parties = [party for party, _ in _most(by_party, PARTIES)]
    issues = [issue for issue, _ in _most(by_issue, ISSUES)]
    drawn = [edge for edge in edges if edge.party in parties and edge.issue in issues]
    place = {party: k for k, party in enumerate(parties)}
    issues = sorted({edge.issue for edge in drawn}, key=lambda issue: (_middle(drawn, issue, place), issue))
    rows = max(len(parties), len(issues))
    height = 2 * TOP + STEP * max(rows - 1, 0)
    at_party, at_issue = _spread(parties, height), _spread(issues, height)
    starts = _ports([(edge.party, at_issue[edge.issue], edge) for edge in drawn], at_party)
    ends = _ports([(edge.issue, at_party[edge.party], edge) for edge in drawn], at_issue)
    called = {edge.party: edge.party_name for edge in edges}
    most = max((_all(edge) for edge in drawn), default=1)
    lines = Counter(edge.party for edge in drawn) + Counter(edge.issue for edge in drawn)
    return Picture(
        height,
        tuple(_node(called[one], at_party[one], lines[one], asked.link(HERE, party=one)) for one in parties),
        tuple(_node(issue_title(one), at_issue[one], lines[one], asked.link(HERE, issue=one)) for one in issues),
        tuple(_line(edge, starts[edge], ends[edge], most, asked) for edge in reversed(drawn)),
    )


def _ports(lines: list[tuple[str, float, Edge]], at: dict[str, float]) -> dict[Edge, float]:
    """Where each line ends at its node: beside each other, in the order of their other ends."""
    found: dict[Edge, float] = {}
    for name in dict.fromkeys(name for name, _, _ in lines):
        mine = sorted((other, edge.party, edge.issue, edge) for one, other, edge in lines if one == name)
        for k, (*_, edge) in enumerate(mine):
            found[edge] = round(at[name] + PORT * (k - (len(mine) - 1) / 2), 1)
    return found


def _most(counts: Counter[str], number: int) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:number]


def _middle(edges: Iterable[Edge], issue: str, place: dict[str, int]) -> float:
    """The mean place of the parties that speak of an issue, by their accounts."""
    told = [(place[edge.party], _all(edge)) for edge in edges if edge.issue == issue]
    return sum(at * number for at, number in told) / sum(number for _, number in told)


def _spread(names: list[str], height: int) -> dict[str, float]:
    """Even places between top and bottom."""
    if len(names) == 1:
        return {names[0]: height / 2}
    return {name: round(TOP + k * (height - 2 * TOP) / (len(names) - 1), 1) for k, name in enumerate(names)}


def _node(name: str, y: float, lines: int, href: str) -> Node:
    return Node(y, max(3.0, PORT * lines / 2), shortened(name, LABEL), name, href)


def _line(edge: Edge, start: float, end: float, most: int, asked: Asked) -> Line:
    middle = (LEFT + RIGHT) / 2
    path = f"M{LEFT} {start} C{middle:g} {start} {middle:g} {end} {RIGHT} {end}"
    sign = "for" if edge.stance > 1 / 3 else "against" if edge.stance < -1 / 3 else "mixed"
    told = (
        f"{edge.party_name}, {issue_title(edge.issue)}: {edge.supports} for, {edge.opposes} against, "
        f"{edge.neutral} neither"
    )
    return Line(path, sign, round(1 + (THICK - 1) * math.sqrt(_all(edge) / most), 1), told, _words(edge, asked))
