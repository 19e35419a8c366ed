"""The marks of framing of each outlet, by voice: a row an outlet, each number with the words behind it."""

from __future__ import annotations

from typing import Any, get_args

from fastapi import APIRouter, Request, Response

from parley.exports.labels import count, label
from parley.model import FramingKind, Voice
from parley.web import words
from parley.web.asked import Day, Number, Pages, Text
from parley.web.laid import laid
from parley.web.links import Link, article, with_query
from parley.web.render import page as rendered

router = APIRouter()
MOST = 60
"""Outlets that are shown: those with most articles."""
HERE = "/sourcing/framing"

_MARKS = """
WITH heads AS (
    SELECT article_id, coalesce(outlet, '') AS outlet, left(published, 10) AS published, title, words FROM articles
    LEFT JOIN copies USING (article_id) WHERE coalesce(head, article_id) = article_id
        AND ($outlet = '' OR lower(outlet) = lower($outlet))
        AND ($since = '' OR left(published, length($since)) >= $since)
        AND ($until = '' OR left(published, length($until)) <= $until)
)
"""
_COUNTS = """
, marks AS (SELECT outlet, kind, voice, count(*) AS n FROM framing JOIN heads USING (article_id) GROUP BY ALL)
SELECT h.outlet, h.words, h.articles, m.kind, m.voice, m.n
FROM (SELECT outlet, sum(words)::BIGINT AS words, count(*) AS articles FROM heads GROUP BY outlet) h
LEFT JOIN marks m USING (outlet) ORDER BY h.articles DESC, h.outlet, m.kind, m.voice
"""
_BEHIND = """
SELECT f.article_id, f.n, f.words, f.why, f.speaker, h.outlet, h.published, h.title, count(*) OVER () AS total
FROM framing f JOIN heads h USING (article_id) WHERE h.outlet = $of AND f.kind = $kind AND f.voice = $voice
ORDER BY h.published DESC NULLS LAST, f.article_id, f.n LIMIT $limit OFFSET $offset
"""


@router.get(HERE)
def framing(request: Request, outlet: Text = "", since: Day = "", until: Day = "") -> Response:
    """Marks of framing by outlet and voice."""
    asked: dict[str, object] = {"outlet": outlet.strip(), "since": since, "until": until}
    record = laid(request)
    found: dict[str, dict[str, Any]] = {}
    for row in record.store.query(_MARKS + _COUNTS, asked):
        one = found.setdefault(row["outlet"], {"words": row["words"], "articles": row["articles"], "marks": {}})
        if row["kind"]:
            one["marks"][row["kind"], row["voice"]] = row["n"]
    used = {kind for one in found.values() for kind, _ in one["marks"]}
    kinds = tuple(kind for kind in get_args(FramingKind) if kind in used)
    shown = tuple(_marks(name, one, kinds, asked) for name, one in list(found.items())[:MOST])
    return rendered(
        request, "framing.html.j2", title="Marks of framing", outlets=shown, left_out=max(0, len(found) - MOST),
        kinds=kinds, asked=asked, choices=record.choices,
    )  # fmt: skip


def _marks(name: str, one: dict[str, Any], kinds: tuple[str, ...], asked: dict[str, object]) -> dict[str, Any]:
    """A row: for each kind its numbers in the outlet's voice and in others', with their addresses."""
    cells = [
        [
            (one["marks"].get((kind, voice), 0), with_query(f"{HERE}/words", asked, of=name, kind=kind, voice=voice))
            for voice in get_args(Voice)
        ]
        for kind in kinds
    ]
    own = sum(n for (_, voice), n in one["marks"].items() if voice == "outlet")
    rate = 1000 * own / one["words"] if one["words"] else 0.0
    return {"name": name, "articles": one["articles"], "words": one["words"] or 0, "cells": cells, "rate": rate}


@router.get(f"{HERE}/words")
def framed(
    request: Request,
    kind: FramingKind,
    voice: Voice,
    of: Text = "",
    outlet: Text = "",
    since: Day = "",
    until: Day = "",
    page: Number = 1,
) -> Response:
    """The words behind a number."""
    asked = {"outlet": outlet.strip(), "since": since, "until": until}
    more = {"of": of, "kind": kind, "voice": voice, "limit": words.SIZE, "offset": (page - 1) * words.SIZE}
    rows = laid(request).store.query(_MARKS + _BEHIND, {**asked, **more})
    listed = tuple(
        words.Word(r["words"], article(r["article_id"], f"f{r['n'] + 1}"), of, r["published"], r["title"], r["why"])
        for r in rows
    )
    total = rows[0]["total"] if rows else 0
    pages = Pages(f"{HERE}/words", {"of": of, "kind": kind, "voice": voice, **asked}, page, total, words.SIZE)
    title = f"{of or 'No outlet'}: {label('framing', kind)}"
    said = f"{count(total, 'mark')} of {label('framing', kind)}. {label('voices', voice)}."
    back = Link(with_query(HERE, asked), "Marks of framing")
    return words.shown(request, title, words.Words(said, listed, pages, back))
