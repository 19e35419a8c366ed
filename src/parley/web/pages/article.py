"""One article: its words with the record's marks, the rows beside them, its copies, and what people say of the rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request, Response

from parley.errors import NoSuchArticle
from parley.exports.html import LAYERS, headed, language, layer_counts, web_link
from parley.exports.marked import Block, blocks, stretches
from parley.exports.marks import MAX_FAR, anchor, reaches, target_rules
from parley.exports.rows import View
from parley.exports.view import view
from parley.model import Span
from parley.store import Store
from parley.store.judged import SHOWN, Show
from parley.web.judging.alike import alike
from parley.web.judging.fields import Field, fields
from parley.web.judging.seen import Row, Seen
from parley.web.judging.spoken import pieces, spans_from
from parley.web.judging.who import name_of
from parley.web.links import Link, article, with_query
from parley.web.render import page

router = APIRouter()
MOST_COPIES = 50
ADDED = ("position", "attribution", "event", "actor")

_COPIES = """
SELECT a.article_id, a.outlet, a.title, a.published, c.similarity, c.article_id = c.head AS head
FROM copies c JOIN articles a USING (article_id)
WHERE c.head = (SELECT head FROM copies WHERE article_id = $id) AND c.article_id <> $id
ORDER BY c.article_id <> c.head, c.similarity DESC, a.published, a.article_id
"""
_BESIDE = """
SELECT article_id, title, outlet, published FROM articles
WHERE (coalesce(published, ''), article_id) {than} (SELECT (coalesce(published, ''), article_id) FROM articles
    WHERE article_id = $id)
ORDER BY coalesce(published, '') {order}, article_id {order} LIMIT 1
"""


@dataclass(frozen=True)
class Form:
    """The open form: one row, or one that is to be added."""

    do: str
    title: str
    fields: tuple[Field, ...]
    values: Mapping[str, Any]
    words: str | None
    """None for a row that has no words of its own."""
    spans: str


@dataclass(frozen=True)
class Beside:
    """Another article, and how it stands to this one."""

    href: str
    title: str
    outlet: str
    published: str
    similarity: float | None = None
    head: bool = False


@dataclass(frozen=True)
class Shown:
    """What the page shows."""

    id: str
    view: View
    blocks: tuple[tuple[int, Block], ...]
    """Each paragraph with the offset at which it begins."""
    reach: Mapping[str, Span]
    headed: bool
    link: str | None
    language: str
    layers: tuple[tuple[str, str, bool, int], ...]
    show: Show
    shows: tuple[Link, ...]
    seen: Seen
    rows: Mapping[str, Row]
    """The rows that can be judged, by the ids that the page shows."""
    same: Mapping[str, tuple[Row, ...]]
    """The actors that each of the machine's actors may be the same as."""
    asked_same: str
    """The actor for which all others are offered."""
    names: tuple[str, ...]
    form: Form | None
    adds: tuple[Link, ...]
    who: str
    copies: tuple[Beside, ...]
    more_copies: int
    before: Beside | None
    after: Beside | None


@router.get("/articles/{article_id:anything}")
def one(
    request: Request,
    article_id: str,
    show: Show = "machine",
    layers: str | None = None,
    row: Annotated[str, Query(max_length=80)] = "",
    add: Annotated[str, Query(max_length=20)] = "",
    spans: Annotated[str, Query(max_length=500)] = "",
    same: Annotated[str, Query(max_length=80)] = "",
) -> Response:
    """The page.

    Args:
        request: what was asked for.
        article_id: of the article.
        show: whose rows.
        layers: the layers that are switched on; none: those that are at first.
        row: id of the row whose form is open.
        add: kind of the row whose form is open to add one.
        spans: the words with which it opens.
        same: id of the actor for which all others are offered as the same.
    """
    store = request.app.state.room.store()
    try:
        seen = Seen.of(store, article_id)
    except NoSuchArticle as error:
        raise HTTPException(404, "The record holds no article of that id.") from error
    shown = _shown(store, seen, show, layers, _form(seen, show, row, add, spans), name_of(request), same)
    return page(request, "article.html.j2", title=shown.view.title, shown=shown)


@router.get("/marks.css")
def marks(request: Request, id: Annotated[str, Query(max_length=500)], show: Show = "machine") -> Response:
    """Rules that light the words of a row when an address names it, for browsers that run no script."""
    try:
        seen = Seen.of(request.app.state.room.store(), id)
    except NoSuchArticle as error:
        raise HTTPException(404, "The record holds no article of that id.") from error
    record = seen.record(show)
    reach = reaches(view(record))
    rows = [f":root:has(#{anchor(one)}:target) .x-{anchor(one)}{{background-color:var(--target)}}" for one in reach]
    rules = [target_rules(reach, stretches(record)), *rows[:MAX_FAR]]
    return Response("\n".join(rules), media_type="text/css")


def _shown(store: Store, seen: Seen, show: Show, layers: str | None, form: Form | None, who: str, same: str) -> Shown:
    record = seen.record(show)
    shown = view(record)
    paragraphs, reach = stretches(record), reaches(shown)
    found = tuple(blocks(record, shown, paragraphs, reach))
    address = article(record.id)
    copies, more = _copies(store, record.id)
    on = set(layers.split(",")) if layers is not None else {key for key, _, first, _ in _layers(shown) if first}
    return Shown(
        id=record.id,
        view=shown,
        blocks=tuple(zip((start for start, _ in paragraphs), found, strict=True)),
        reach=reach,
        headed=headed(found, record.text[slice(*paragraphs[0])] if paragraphs else "", shown.title),
        link=web_link(record.article.url),
        language=language(record.article.language),
        layers=tuple((key, name, key in on, number) for key, name, _, number in _layers(shown)),
        show=show,
        shows=tuple(
            Link(with_query(address, show=one if one != "machine" else "", layers=layers), one) for one in SHOWN
        ),
        seen=seen,
        rows=seen.shown(show),
        same={} if show == "both" else _same(seen, same),
        asked_same=same,
        names=tuple(dict.fromkeys(actor.name for actor in record.actors)),
        form=form,
        adds=tuple(Link(with_query(address, show=show, layers=layers, add=kind) + "#judge", kind) for kind in ADDED),
        who=who,
        copies=copies,
        more_copies=more,
        before=_beside(store, record.id, "<", "DESC"),
        after=_beside(store, record.id, ">", "ASC"),
    )


def _same(seen: Seen, asked: str) -> dict[str, tuple[Row, ...]]:
    """For each actor those that it may be the same as, by their names; for the one that is asked about all others."""
    names = {row.id: str(row.values["name"]) for row in seen.actors}
    offered = {name: alike(name, names.values()) for name in names.values()}
    return {
        row.id: tuple(
            other
            for other in seen.actors
            if other.id != row.id
            and (row.id == asked or names[other.id] == names[row.id] or names[other.id] in offered[names[row.id]])
        )
        for row in seen.actors
    }


def _layers(shown: View) -> list[tuple[str, str, bool, int]]:
    numbers = layer_counts(shown)
    return [(key, name, first, number) for (key, name, first), number in zip(LAYERS, numbers, strict=True)]


def _form(seen: Seen, show: Show, row_id: str, add: str, spans: str) -> Form | None:
    """The form that an address opens."""
    text, given = seen.machine.text, spans_from(spans)
    if add in ADDED:
        words = None if add == "actor" else pieces(text, given)
        return Form(f"add {add}", f"Add: {add}", fields(add), {}, words, spans)
    found = seen.shown(show).get(row_id)
    if found is None:
        return None
    now = given or tuple((a, b) for a, b in found.values.get("spans", ()))
    words = None if found.kind == "actor" else pieces(text, now)
    written = ",".join(f"{a}-{b}" for a, b in now)
    do = f"change {found.id} {found.print}"
    return Form(do, f"Correct {found.id}", fields(found.kind, found.values), found.values, words, written)


def _copies(store: Store, article_id: str) -> tuple[tuple[Beside, ...], int]:
    """The articles that tell the same story in the same words, and how many more there are."""
    found = store.query(f"{_COPIES} LIMIT {MOST_COPIES + 1}", {"id": article_id})
    more = 0
    if len(found) > MOST_COPIES:
        (number,) = store.query(f"SELECT count(*) AS n FROM ({_COPIES})", {"id": article_id})
        more = number["n"] - MOST_COPIES
    return tuple(_to_beside(row) for row in found[:MOST_COPIES]), more


def _beside(store: Store, article_id: str, than: str, order: str) -> Beside | None:
    found = store.query(_BESIDE.format(than=than, order=order), {"id": article_id})
    return _to_beside(found[0]) if found else None


def _to_beside(row: Mapping[str, Any]) -> Beside:
    return Beside(
        article(row["article_id"]), row["title"] or "Untitled article", row["outlet"] or "", row["published"] or "",
        row.get("similarity"), bool(row.get("head")),
    )  # fmt: skip
