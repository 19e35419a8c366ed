"""From a row of the index to a hit."""

from __future__ import annotations

import json
import sqlite3

from parley.model import Span
from parley.store.search.hits import Hit, in_article, snippet, unmarked

_HIT = """
SELECT d.kind, d.local_id, d.act, d.issue, d.spans, d.words, a.article_id, a.title, a.outlet, a.published,
    (SELECT count(*) - 1 FROM copies c WHERE c.head = (SELECT head FROM copies o WHERE o.article_id = a.article_id))
        AS reprints
FROM documents d JOIN articles a ON a.n = d.article WHERE d.id = ?
"""
_PARTIES = "SELECT name FROM said_by JOIN parties ON parties.id = party WHERE document = ? ORDER BY parties.id"


def shown(connection: sqlite3.Connection, row: sqlite3.Row, marked: str | None) -> Hit:
    """The hit of a row.

    Args:
        connection: to the index.
        row: has the document's ``id``.
        marked: its words with marks around what matches, if anything was to match.
    """
    found = connection.execute(_HIT, (row["id"],)).fetchone()
    text, marks = (found["words"], ()) if marked is None else unmarked(marked)
    line, in_line = snippet(text, marks)
    spans: list[Span] = [(start, end) for start, end in json.loads(found["spans"] or "[]")]
    names = connection.execute(_PARTIES, (row["id"],)).fetchall()
    return Hit(
        kind=found["kind"],
        article_id=found["article_id"],
        local_id=found["local_id"],
        title=found["title"],
        outlet=found["outlet"],
        published=found["published"],
        snippet=line,
        marks=in_line,
        matches=marks if found["kind"] == "article" else in_article(marks, spans),
        score=0.0,
        parties=tuple(dict.fromkeys(name for (name,) in names)),
        act=found["act"],
        issue=found["issue"],
        reprints=max(found["reprints"] or 0, 0),
    )
