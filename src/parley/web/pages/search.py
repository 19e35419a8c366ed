"""Search: words in the articles and in what was read in them; with a script the hits come while one types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from fastapi import APIRouter, Request, Response

from parley.exports.labels import issue_title, label
from parley.store import search as index
from parley.store.search import Filters, Hit, Kind
from parley.web.asked import Day, Text
from parley.web.indexed import indexed
from parley.web.laid import laid
from parley.web.links import article, with_query
from parley.web.render import page as rendered

router = APIRouter()
SIZES = (20, 100, 400)
"""Hits at first, and each time that more are asked for."""
WAIT = "2"
"""Seconds after which a page that waits for the index is loaded again."""
KINDS = (("article", "articles"), ("position", "positions"), ("quote", "quotations"), ("event", "events"))


@dataclass(frozen=True)
class Piece:
    """A part of a snippet."""

    words: str
    matches: bool


@dataclass(frozen=True)
class Found:
    """A hit as it is shown."""

    hit: Hit
    href: str
    what: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Shown:
    """What the page shows."""

    found: tuple[Found, ...]
    said: str
    more: str | None
    """Where more hits are."""


@router.get("/search")
def search(
    request: Request, q: Text = "", kind: Literal["", Kind] = "", party: Text = "", act: Text = "", issue: Text = "",
    outlet: Text = "", since: Day = "", until: Day = "", most: Literal["", "100", "400"] = "",
) -> Response:  # fmt: skip
    """The page."""
    return _answer(request, "search.html.j2", q, kind, party, act, issue, outlet, since, until, most, typed=False)


@router.get("/search/results")
def results(
    request: Request, q: Text = "", kind: Literal["", Kind] = "", party: Text = "", act: Text = "", issue: Text = "",
    outlet: Text = "", since: Day = "", until: Day = "", most: Literal["", "100", "400"] = "",
) -> Response:  # fmt: skip
    """The hits alone, for the page's script; the last word is still being typed."""
    return _answer(request, "search_hits.html.j2", q, kind, party, act, issue, outlet, since, until, most, typed=True)


def _answer(
    request: Request, template: str, q: str, kind: Literal["", Kind], party: str, act: str, issue: str, outlet: str,
    since: str, until: str, most: str, *, typed: bool,
) -> Response:  # fmt: skip
    asked = {"q": q, "kind": kind, "party": party, "act": act, "issue": issue, "outlet": outlet}
    asked = {key: value.strip() for key, value in {**asked, "since": since, "until": until}.items() if value.strip()}
    record = laid(request)
    filters = Filters(
        kind=kind or None, **{key: asked.get(key) for key in ("party", "act", "issue", "outlet", "since", "until")}
    )
    limit, state = int(most or SIZES[0]), indexed(request)
    hits = index.query(record.store.folder, q, filters, limit + 1, unfinished=typed) if state.ready else []
    shown = Shown(tuple(_found(hit) for hit in hits[:limit]), _said(hits, limit, asked), _more(len(hits), limit, asked))
    about: dict[str, Any] = {"shown": shown, "asked": asked, "state": state, "folder": str(record.store.folder)}
    if typed:
        return rendered(request, template, title="Search", **about)
    answer = rendered(request, template, title="Search", **about, choices=record.choices, kinds=KINDS)
    if state.making:
        answer.headers["refresh"] = WAIT
    return answer


def _said(hits: list[Hit], limit: int, asked: dict[str, str]) -> str:
    """How many hits there are, in words."""
    if not asked:
        return ""
    if len(hits) > limit:
        return f"The best {limit} hits." if "q" in asked else f"The latest {limit} hits."
    return "1 hit." if len(hits) == 1 else f"{len(hits) or 'No'} hits."


def _more(number: int, limit: int, asked: dict[str, str]) -> str | None:
    larger = next((size for size in SIZES if size > limit), None)
    return with_query("/search", asked, most=larger) if number > limit and larger else None


def _found(hit: Hit) -> Found:
    return Found(hit, article(hit.article_id, hit.local_id or ""), _what(hit), _pieces(hit))


def _what(hit: Hit) -> str:
    """What was found, in words: "Russia demands: prisoners"."""
    parties = ", ".join(hit.parties)
    if hit.kind == "position":
        return f"{parties} {label('acts', hit.act or '')}: {issue_title(hit.issue or '')}"
    if hit.kind == "event":
        return f"Event: {parties} {label('events', hit.act or '')}"
    if hit.kind == "quote":
        return f"Reported of {parties}" if parties else "Reported"
    return "Article"


def _pieces(hit: Hit) -> tuple[Piece, ...]:
    pieces, at = [], 0
    for start, end in hit.marks:
        pieces += [Piece(hit.snippet[at:start], False), Piece(hit.snippet[start:end], True)]
        at = end
    return tuple(piece for piece in (*pieces, Piece(hit.snippet[at:], False)) if piece.words)
