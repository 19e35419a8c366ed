"""On whose word each outlet tells: a row an outlet, each number with the words behind it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Literal

from fastapi import APIRouter, Request, Response

from parley.analysis.sourcing import KINDS, OWN, OutletSourcing, words_behind
from parley.analysis.sourcing import sourcing as find
from parley.exports.labels import count, label
from parley.exports.marks import anchor
from parley.web import words
from parley.web.asked import Number, Pages, Text
from parley.web.filters import Accounts, Asked, AskedHere, accounts
from parley.web.laid import laid
from parley.web.links import Link, article
from parley.web.render import page as rendered

router = APIRouter()
MOST = 60
"""Outlets that are shown: those with most statements."""
HERE = "/sourcing"
BAR = 240
"""Width of a bar, in the units of its picture."""


@dataclass(frozen=True)
class Part:
    """One kind of source of one outlet: a piece of its bar, and a number that leads to the words."""

    kind: str
    number: int
    percent: int
    at: float
    width: float
    """Where the piece begins and how wide it is, in units of ``BAR``."""
    href: str


@dataclass(frozen=True)
class Outlet:
    """One row."""

    name: str
    articles: int
    statements: int
    all: str
    """Where the words of all are."""
    parts: tuple[Part, ...]


@router.get(HERE)
def sourcing(request: Request, asked: AskedHere) -> Response:
    """The page."""
    record = accounts(request, asked.show)
    outlets = found(record, asked)
    return rendered(
        request,
        "sourcing.html.j2",
        title="Sourcing",
        outlets=tuple(_outlet(one, asked) for one in outlets[:MOST]),
        left_out=max(0, len(outlets) - MOST),
        kinds=KINDS,
        asked=asked,
        choices=laid(request).choices,
        bar=BAR,
    )


def found(record: Accounts, asked: Asked) -> tuple[OutletSourcing, ...]:
    """The outlets that a request asks for, with their numbers."""
    make = partial(find, record.source, asked.filters(), examples=False)
    return record.remembered(("sourcing", asked), make).outlets


@router.get(f"{HERE}/words")
def behind(
    request: Request,
    asked: AskedHere,
    kind: Literal["", "named", "office", "unnamed", "document", "outlet", "own_word"] = "",
    of: Text = "",
    page: Number = 1,
) -> Response:
    """The words behind a number."""
    source = accounts(request, asked.show).source
    start = (page - 1) * words.SIZE
    total, examples = words_behind(source, of, kind, asked.filters(), limit=words.SIZE, offset=start)
    listed = tuple(
        words.Word(one.words, article(one.article_id, anchor(one.row_id)), of, one.published, one.title, one.source)
        for one in examples
    )
    pages = Pages(f"{HERE}/words", asked.query(of=of, kind=kind), page, total, words.SIZE)
    said = f"{count(total, 'statement')} of {of or 'articles without an outlet'}: {shown_kind(kind)}."
    back = Link(asked.link(HERE), "Sourcing")
    return words.shown(request, f"{of or 'No outlet'}: {shown_kind(kind)}", words.Words(said, listed, pages, back))


def shown_kind(kind: str) -> str:
    """A kind of source in words."""
    if not kind:
        return "on whosever word"
    return "its own word" if kind == OWN else label("sourcing", kind)


def _outlet(one: OutletSourcing, asked: Asked) -> Outlet:
    parts, at = [], 0.0
    for share in one.shares:
        width = share.share * BAR
        href = asked.link(f"{HERE}/words", of=one.outlet, kind=share.kind)
        parts.append(Part(share.kind, share.number, round(100 * share.share), round(at, 1), round(width, 1), href))
        at += width
    whole = asked.link(f"{HERE}/words", of=one.outlet)
    return Outlet(one.outlet, one.articles, one.statements, whole, tuple(parts))
