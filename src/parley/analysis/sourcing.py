"""On whose word each outlet tells its stories: shares of named, office, unnamed, document, other outlets, its own."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, get_args

import pyarrow as pa

from parley.analysis.account import spans_of
from parley.analysis.filters import Filters
from parley.analysis.source import Source
from parley.analysis.statements import gathered
from parley.model import Sourcing, Span

OWN = "own_word"
"""What the outlet tells on its own word: a position or event that it gives to no source."""
KINDS = (*get_args(Sourcing), OWN)
EXAMPLES = 3
"""Examples for each outlet and kind."""


@dataclass(frozen=True, slots=True)
class Example:
    """One statement of a kind. Spans count code points of the article's text."""

    article_id: str
    published: str | None
    source: str
    """The words that name the source; empty for the outlet's own word."""
    words: str
    spans: tuple[Span, ...]
    row_id: str = ""
    """Id of the attribution, position or event in the article's record."""
    title: str | None = None
    """Of the article; given by ``words_behind`` only."""


@dataclass(frozen=True, slots=True)
class Share:
    """How much of what an outlet tells stands on one kind of source."""

    kind: str
    number: int
    share: float
    """Of all statements of the outlet, 0 to 1."""
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class OutletSourcing:
    """One outlet."""

    outlet: str
    articles: int
    statements: int
    shares: tuple[Share, ...]
    """One for each of ``KINDS``, in order."""

    def share(self, kind: str) -> Share:
        """The share of a kind."""
        return self.shares[KINDS.index(kind)]


@dataclass(frozen=True)
class Sourcings:
    """All outlets, those with most statements first; articles without an outlet stand under an empty name."""

    outlets: tuple[OutletSourcing, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {"outlets": [asdict(outlet) for outlet in self.outlets]}

    def arrow(self) -> pa.Table:
        """One row for each outlet and kind."""
        schema = pa.schema(
            [("outlet", pa.string()), ("kind", pa.string()), ("number", pa.int64()), ("share", pa.float64())]
        )
        rows = [
            {"outlet": one.outlet, "kind": part.kind, "number": part.number, "share": part.share}
            for one in self.outlets
            for part in one.shares
        ]
        return pa.Table.from_pylist(rows, schema=schema)


_UNITS = """
, units AS (
    SELECT t.article_id, t.sourcing AS kind, t.n, t.source_words AS source, t.content_words AS words,
        t.content AS spans, t.attribution_id AS row_id
    FROM attributions t SEMI JOIN read USING (article_id) {attributed}
    UNION ALL
    SELECT p.article_id, '{own}', p.n, '', p.evidence_words, p.evidence, p.position_id
    FROM positions p SEMI JOIN statements USING (article_id, position_id) WHERE p.attribution IS NULL
    UNION ALL
    SELECT e.article_id, '{own}', 100000 + e.n, '', e.evidence_words, e.evidence, e.event_id
    FROM events e SEMI JOIN read USING (article_id) WHERE e.attribution IS NULL AND {events}
), told AS (
    SELECT coalesce(r.outlet, '') AS outlet, strftime(r.published, '%Y-%m-%d') AS published, u.*
    FROM units u JOIN read r USING (article_id)
)
"""
_COUNTS = "SELECT outlet, kind, count(*) AS number FROM told GROUP BY ALL"
_ARTICLES = "SELECT outlet, count(DISTINCT article_id) AS articles FROM told GROUP BY ALL ORDER BY outlet"
_EXAMPLES = f"""
SELECT outlet, kind, article_id, published, source, words, spans, row_id FROM told WHERE words <> ''
QUALIFY row_number() OVER (PARTITION BY outlet, kind ORDER BY published DESC NULLS LAST, article_id, n) <= {EXAMPLES}
ORDER BY outlet, kind, published DESC NULLS LAST, article_id, n
"""
_BEHIND = """
, page AS (
    SELECT *, count(*) OVER () AS total FROM told WHERE outlet = $of AND ($kind = '' OR kind = $kind)
    ORDER BY published DESC NULLS LAST, article_id, n LIMIT $limit OFFSET $offset
)
SELECT page.*, a.title FROM page JOIN articles a USING (article_id)
ORDER BY page.published DESC NULLS LAST, article_id, n
"""


def sourcing(source: Source, filters: Filters | None = None, *, examples: bool = True) -> Sourcings:
    """The sourcing of every outlet.

    Without filters on what is said all attributions count, and all positions and events without one; with them only
    those of the accounts that pass.

    Args:
        source: a store or a connection.
        filters: which accounts count.
        examples: whether to look for some of each outlet and kind.

    Raises:
        ParleyError: a filter has a value that cannot occur.
    """
    asked = filters or Filters()
    units = _units(asked)
    with gathered(source, asked) as query:
        counts = {(row["outlet"], row["kind"]): row["number"] for row in query.rows(units + _COUNTS)}
        articles = query.rows(units + _ARTICLES)
        found: dict[tuple[str, str], list[Example]] = {}
        for row in query.rows(units + _EXAMPLES) if examples else ():
            found.setdefault((row["outlet"], row["kind"]), []).append(_example(row))
    outlets = (_outlet(row["outlet"], row["articles"], counts, found) for row in articles)
    return Sourcings(tuple(sorted(outlets, key=lambda one: (-one.statements, one.outlet))))


def words_behind(
    source: Source, outlet: str, kind: str, filters: Filters | None = None, *, limit: int, offset: int = 0
) -> tuple[int, tuple[Example, ...]]:
    """How many statements stand behind one number of ``sourcing``, and some of them, the latest first.

    Args:
        source: a store or a connection.
        outlet: its name; empty for articles without one.
        kind: one of ``KINDS``; empty for all.
        filters: as they were when it was counted.
        limit: how many at most.
        offset: how many are passed over. Past the last there are none, and the number is 0.

    Raises:
        ParleyError: a filter has a value that cannot occur.
    """
    asked = filters or Filters()
    with gathered(source, asked) as query:
        found = query.rows(_units(asked) + _BEHIND, of=outlet, kind=kind, limit=limit, offset=offset)
    return (found[0]["total"] if found else 0), tuple(_example(row) for row in found)


def _units(asked: Filters) -> str:
    """The relation ``told``: all that counts under some filters."""
    some = any((asked.party, asked.issue, asked.act, asked.layer, asked.sourcing, asked.since, asked.until))
    picked = "SELECT s.article_id, p.attribution FROM statements s JOIN positions p USING (article_id, position_id)"
    attributed = f"WHERE (t.article_id, t.attribution_id) IN ({picked})" if some else ""
    return _UNITS.format(own=OWN, attributed=attributed, events="FALSE" if some else "TRUE")


def _example(row: dict[str, Any]) -> Example:
    spans = spans_of(row["spans"])
    return Example(
        row["article_id"], row["published"], row["source"] or "", row["words"], spans, row["row_id"], row.get("title")
    )


def _outlet(
    outlet: str,
    articles: int,
    counts: dict[tuple[str, str], int],
    examples: dict[tuple[str, str], list[Example]],
) -> OutletSourcing:
    numbers = [counts.get((outlet, kind), 0) for kind in KINDS]
    total = sum(numbers)
    shares = tuple(
        Share(kind, number, number / total if total else 0.0, tuple(examples.get((outlet, kind), ())))
        for kind, number in zip(KINDS, numbers, strict=True)
    )
    return OutletSourcing(outlet, articles, total, shares)
