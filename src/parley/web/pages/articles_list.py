"""All articles, the latest first; reprints stand under the article that they repeat."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from fastapi import APIRouter, Request, Response

from parley.analysis.filters import Filters, Where
from parley.analysis.statements import gathered
from parley.web.asked import Day, Number, Pages, Text
from parley.web.laid import Laid, laid
from parley.web.render import page as rendered

router = APIRouter()
SIZE = 50
"""Stories a page."""
MOST_COPIES = 40
"""Reprints that are listed under a story."""
Reprints = Literal["", "folded", "each", "only"]
SHOWN = (("each", "each in its place"), ("only", "only reprints"))

Row = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """What is asked for."""

    outlet: str = ""
    party: str = ""
    issue: str = ""
    since: str = ""
    until: str = ""
    reprints: str = ""

    def query(self) -> dict[str, object]:
        """The same as the query of an address."""
        return {key: value for key, value in vars(self).items() if value and value != "folded"}


@dataclass(frozen=True)
class Shown:
    """What the page shows."""

    rows: tuple[Row, ...]
    articles: int
    stories: int
    pages: Pages


_CHOSEN = """
chosen AS (
    SELECT a.article_id, left(a.published, 10) AS published, coalesce(c.head, a.article_id) AS story
    FROM articles a LEFT JOIN copies c USING (article_id) WHERE {where}
), told AS (
    SELECT {key} AS story, arg_min(article_id, (article_id <> story, coalesce(published, '9999'), article_id))
        AS article_id, list(article_id ORDER BY published NULLS LAST, article_id) AS members
    FROM chosen GROUP BY 1
)
"""
_COUNT = "SELECT count(*) AS stories, coalesce(sum(len(members)), 0)::BIGINT AS articles FROM told"
_PAGE = """
SELECT t.article_id, t.members, a.outlet, a.title, left(a.published, 10) AS published
FROM told t JOIN articles a USING (article_id)
ORDER BY a.published DESC NULLS LAST, t.article_id LIMIT $limit OFFSET $offset
"""
_NUMBERS = """
SELECT article_id, (SELECT count(*) FROM positions p WHERE p.article_id = a.article_id) AS positions,
    (SELECT count(*) FROM attributions t WHERE t.article_id = a.article_id) AS quotations,
    (SELECT count(*) FROM events e WHERE e.article_id = a.article_id) AS events, a.words
FROM (SELECT article_id, words FROM articles WHERE article_id IN (SELECT unnest($ids))) a
"""
_COPIES = """
SELECT article_id, outlet, title, left(published, 10) AS published FROM articles
WHERE article_id IN (SELECT unnest($ids)) ORDER BY published NULLS LAST, article_id
"""


@router.get("/articles")
def articles(
    request: Request,
    outlet: Text = "",
    party: Text = "",
    issue: Text = "",
    since: Day = "",
    until: Day = "",
    reprints: Reprints = "",
    page: Number = 1,
) -> Response:
    """The page."""
    asked = Asked(outlet.strip(), party.strip(), issue.strip(), since, until, reprints)
    record = laid(request)
    shown = _shown(record, asked, page)
    return rendered(
        request, "articles.html.j2", title="Articles", shown=shown, asked=asked, choices=record.choices, kinds=SHOWN
    )


def _shown(record: Laid, asked: Asked, number: int) -> Shown:
    where = _where(asked)
    key = "article_id" if asked.reprints in ("each", "only") else "story"
    sql, at = _CHOSEN.format(where=where, key=key), {"limit": SIZE, "offset": (number - 1) * SIZE}
    with _asking(record, asked) as ask:
        (totals,) = ask(sql + _COUNT, where.parameters)
        rows = ask(sql + _PAGE, {**where.parameters, **at})
    _complete(record, rows)
    pages = Pages("/articles", asked.query(), number, totals["stories"], SIZE)
    return Shown(tuple(rows), totals["articles"], totals["stories"], pages)


def _where(asked: Asked) -> Where:
    where = Where()
    where.add("lower(a.outlet) = $outlet", "outlet", asked.outlet.lower() or None)
    where.add("left(a.published, length($since)) >= $since", "since", asked.since or None)
    where.add("left(a.published, length($until)) <= $until", "until", asked.until or None)
    if asked.reprints == "only":
        where.add("c.head <> a.article_id AND $only", "only", True)
    if asked.party or asked.issue:
        where.add("coalesce(c.head, a.article_id) IN (SELECT article_id FROM statements) AND $told", "told", True)
    return where


@contextmanager
def _asking(record: Laid, asked: Asked) -> Iterator[Callable[[str, Mapping[str, object]], list[Row]]]:
    """Asks for relations and a SELECT; ``statements`` has the accounts of a party, of an issue, or of both."""
    if not (asked.party or asked.issue):
        yield lambda sql, values: record.store.query(f"WITH {sql}", dict(values))
        return
    filters = Filters(party=(asked.party,) if asked.party else (), issue=(asked.issue,) if asked.issue else ())
    with gathered(record.accounts, filters) as query:
        yield lambda sql, values: query.rows(f", {sql}", **values)


def _complete(record: Laid, rows: list[Row]) -> None:
    """Put numbers and reprints beside the articles."""
    ids = [row["article_id"] for row in rows]
    numbers: Mapping[str, Row] = {row["article_id"]: row for row in record.store.query(_NUMBERS, {"ids": ids})}
    copies = [one for row in rows for one in row["members"][: MOST_COPIES + 1] if one != row["article_id"]]
    told = {row["article_id"]: row for row in record.store.query(_COPIES, {"ids": copies})} if copies else {}
    for row in rows:
        members = [one for one in row.pop("members") if one != row["article_id"]]
        row.update(numbers[row["article_id"]], reprints=len(members), copies=[told[m] for m in members if m in told])
