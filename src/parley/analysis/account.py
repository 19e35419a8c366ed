"""One account: what one article tells of one party's position, with the words it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Literal

import pyarrow as pa

from parley.analysis.filters import Filters
from parley.analysis.parties import listed_name
from parley.analysis.source import Rows, Source
from parley.analysis.statements import Gathered, gathered
from parley.model import Span

GAP = " … "
"""What joins words that do not stand together."""


@dataclass(frozen=True, slots=True)
class Reprint:
    """Another article that carries the same text."""

    article_id: str
    outlet: str | None


@dataclass(frozen=True, slots=True)
class Account:
    """One article's telling of a party's position. Spans are code points into the article's text."""

    article_id: str
    position_id: str
    party: str
    """Id of the party across articles: a state's ISO code, a Wikidata id, or ``name:...``."""
    party_name: str
    actor: str
    """The party as this article names it."""
    issue: str
    act: str
    act_group: str
    polarity: str
    layer: str
    sourcing: str
    """Kind of source: named, office, unnamed, document, outlet (its own word, or another outlet's)."""
    hedged: bool
    at: str | None
    """Day when it was said as far as known, else when it was published; ISO 8601."""
    said: str | None
    """The date that the words give, as precise as they give it."""
    published: str | None
    outlet: str | None
    title: str | None
    url: str | None
    quotation: str
    spans: tuple[Span, ...]
    topic: str
    addressees: tuple[str, ...]
    """Ids of parties."""
    source: str
    """The words that name the source; empty where the outlet names none."""
    speaker: str | None
    """The party whose word it is, if it is known."""
    condition: str | None
    """Id of the position, in this article, that must be met first."""
    condition_words: str
    reprints: tuple[Reprint, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What names the account in the record."""
        return self.article_id, self.position_id

    @property
    def own(self) -> bool:
        """Whether it rests on the party's own words or document."""
        return self.layer in ("own", "document")

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Accounts:
    """Several accounts, in the order in which they head their cells."""

    accounts: tuple[Account, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {"accounts": [account.as_dict() for account in self.accounts]}

    def arrow(self) -> pa.Table:
        """One row an account; spans as lists."""
        return pa.Table.from_pylist([account.as_dict() for account in self.accounts], schema=_SCHEMA)


_SPANS = pa.list_(pa.list_(pa.int64()))
_REPRINTS = pa.list_(pa.struct([("article_id", pa.string()), ("outlet", pa.string())]))
_TYPES = {"hedged": pa.bool_(), "spans": _SPANS, "addressees": pa.list_(pa.string()), "reprints": _REPRINTS}
_SCHEMA = pa.schema([(one.name, _TYPES.get(one.name, pa.string())) for one in fields(Account)])

_WORDS = """
SELECT s.article_id, s.position_id, s.party, s.actor, s.issue, s.act, s.act_group, s.polarity, s.layer, s.sourcing,
    s.hedged, s.day, s.published, s.outlet, p.date_value, p.date_precision, p.evidence, p.evidence_words,
    p.topic_words, p.condition, a.title, a.url, p.source_words, p.speaker, r.copies, s.addressed, p.condition_words
    {more}
FROM {picked} s JOIN details p USING (rank) JOIN read a ON a.article_id = s.article_id
LEFT JOIN reprints r ON r.article_id = s.article_id {joined}
ORDER BY {order}
"""


def words_sql(picked: str, order: str, *, around: bool = False) -> str:
    """A query for some accounts with their words, to be asked of ``gathered``; ``read`` makes accounts of its rows.

    Args:
        picked: a relation with the columns of ``statements``.
        order: of the rows; ``s`` stands for that relation.
        around: whether to give ``period`` and ``context`` as well, the words around those of the account.
    """
    more, joined = (", s.period, c.context", "LEFT JOIN contexts c USING (rank)") if around else ("", "")
    return _WORDS.format(picked=picked, order=order, more=more, joined=joined)


BY_TRUST = "s.rank"
"""The order in which accounts head a cell."""
BY_DATE = "s.day NULLS LAST, s.article_id, s.position_id"


def accounts_of(source: Source, filters: Filters | None = None, *, limit: int | None = None) -> tuple[Account, ...]:
    """All accounts that pass some filters, in the order in which they head a cell.

    Args:
        source: a store or a connection.
        filters: what is asked about.
        limit: how many at most.

    Raises:
        ParleyError: a filter has a value that cannot occur.
    """
    return _part(source, filters or Filters(), BY_TRUST, limit, 0)[1]


@dataclass(frozen=True)
class Part:
    """Some of many accounts."""

    total: int
    """How many there are in all."""
    accounts: tuple[Account, ...]


def part_of(
    source: Source,
    filters: Filters,
    *,
    limit: int,
    offset: int = 0,
    order: Literal["trust", "date"] = "trust",
    polarity: str = "",
) -> Part:
    """A stretch of the accounts that pass some filters.

    Args:
        source: a store or a connection.
        filters: what is asked about.
        limit: how many at most.
        offset: how many are left out before them.
        order: as they head a cell, or by the day.
        polarity: that they must have; empty: any.

    Raises:
        ParleyError: a filter has a value that cannot occur.
    """
    return Part(*_part(source, filters, BY_TRUST if order == "trust" else BY_DATE, limit, offset, polarity))


def _part(
    source: Source, filters: Filters, order: str, limit: int | None, offset: int, polarity: str = ""
) -> tuple[int, tuple[Account, ...]]:
    """How many accounts there are, and some of them."""
    with gathered(source, filters) as query:
        if limit is None:
            every = read(query.rows(words_sql("statements", order)), names(query))
            return len(every), every
        heard = "$polarity IN ('', polarity)"
        (total,) = query.rows(f"SELECT count(*) AS number FROM statements WHERE {heard}", polarity=polarity)
        first = f"SELECT * FROM statements s WHERE {heard} ORDER BY {order} LIMIT {limit:d} OFFSET {offset:d}"
        picked = f", picked AS MATERIALIZED ({first})"
        found = query.rows(picked + words_sql("picked", order), polarity=polarity)
        return total["number"], read(found, names(query))


def read(found: Rows, called: Mapping[str, str]) -> tuple[Account, ...]:
    """The accounts in rows of ``words_sql``, given what the parties are called."""
    return tuple(_account(row, called) for row in found)


def names(query: Gathered) -> dict[str, str]:
    """What the parties are called that are spoken of."""
    sql = "SELECT party, actor, count(*) AS n FROM everyone WHERE party IN (FROM main) GROUP BY ALL"
    return names_by_use((row["party"], row["actor"], row["n"]) for row in query.rows(sql))


def names_by_use(found: Iterable[tuple[str, str, int]]) -> dict[str, str]:
    """A name for every party: listed, else the one used most, else the longest, else the first by alphabet.

    Args:
        found: party, a name for it, and how often it is used.
    """
    used: dict[str, dict[str, int]] = {}
    for party, actor, uses in found:
        counts = used.setdefault(party, {})
        counts[actor] = counts.get(actor, 0) + uses
    return {
        party: listed_name(party, min(counts, key=lambda name: (-counts[name], -len(name), name)))
        for party, counts in used.items()
    }


def iso(value: date | None) -> str | None:
    """A day as ISO 8601."""
    return value.isoformat() if value else None


def spans_of(found: Iterable[dict[str, int]] | None) -> tuple[Span, ...]:
    """Spans as the record has them."""
    return tuple((span["start"], span["end"]) for span in found or ())


def _account(row: dict[str, Any], called: Mapping[str, str]) -> Account:
    return Account(
        article_id=row["article_id"],
        position_id=row["position_id"],
        party=row["party"],
        party_name=called[row["party"]],
        actor=row["actor"],
        issue=row["issue"],
        act=row["act"],
        act_group=row["act_group"] or "",
        polarity=row["polarity"],
        layer=row["layer"],
        sourcing=row["sourcing"],
        hedged=bool(row["hedged"]),
        at=iso(row["day"]),
        said=row["date_value"] if row["date_precision"] != "unknown" else None,
        published=iso(row["published"]),
        outlet=row["outlet"],
        title=row["title"],
        url=row["url"],
        quotation=row["evidence_words"] or "",
        spans=spans_of(row["evidence"]),
        topic=row["topic_words"] or "",
        addressees=tuple(sorted(row["addressed"])),
        source=row["source_words"] or "",
        speaker=row["speaker"],
        condition=row["condition"],
        condition_words=row["condition_words"] or "",
        reprints=tuple(Reprint(copy["article_id"], copy["outlet"]) for copy in row["copies"] or ()),
    )
