"""The accounts of a record as one relation: every position with its party, its outlet, its date and its weight.

This is the only place that joins positions to articles, actors and attributions. One wire story that ten outlets
reprint counts once: the article that heads its copies (or, under a filter that leaves it out, the earliest chosen one)
speaks for all, and the others are listed as reprints.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from typing import Any

import duckdb

from parley import codebook
from parley.analysis.filters import Filters, Where
from parley.analysis.parties import ids_of, parties_sql, spelled
from parley.analysis.source import KeepsAccounts, Rows, Source, cases, opened, rows


@dataclass(frozen=True, slots=True)
class Query:
    """The beginning of a query: relations under WITH, and their parameters."""

    sql: str
    parameters: dict[str, object]

    def ask(self, rest: str) -> str:
        """The whole query, ``rest`` being further relations (after a comma) or the SELECT."""
        return f"{self.sql}{rest}"


@dataclass(frozen=True, slots=True)
class Gathered:
    """Accounts laid down in scratch tables of one connection, ready for questions."""

    connection: duckdb.DuckDBPyConnection
    query: Query

    def rows(self, rest: str, **parameters: object) -> Rows:
        """The rows of a question, ``rest`` being further relations (after a comma) or the SELECT."""
        return rows(self.connection, self.query.ask(rest), {**self.query.parameters, **parameters})


LAID = ("parties", "read", "statements", "reprints")
"""Relations that are laid down as tables before questions are asked."""
KEPT = (*LAID, "details")
"""Those that are laid down where many questions will be asked of the same accounts."""

_number = count()
"""Tells the scratch tables of two questions on one connection apart."""


def scratch(names: tuple[str, ...]) -> dict[str, str]:
    """Names that no other tables have, by relation."""
    number = next(_number)
    return {name: f"parley_{name}_{number}" for name in names}


@contextmanager
def gathered(
    source: Source, filters: Filters, *, periods: str | None = None, most: int | None = None
) -> Iterator[Gathered]:
    """The relations of ``statements`` laid down in scratch tables, for several questions about the same accounts.

    There are four more: ``read``, the articles that speak for themselves and their reprints; ``details``, the words of
    the accounts; ``everyone``, the accounts of all parties, whichever the filters pick (who answered may be another);
    and ``main``, the parties that are spoken of: those picked and those with most accounts.

    Args:
        source: a store, a connection, or a source that keeps its accounts; its own tables are not touched.
        filters: what is asked about.
        periods: as for ``statements``.
        most: how many parties at most, those with most accounts; none: all.

    Raises:
        ParleyError: a filter has a value that cannot occur.
    """
    asked = replace(filters.checked(), party=())
    if isinstance(source, KeepsAccounts):
        with source.accounts(Filters(outlet=asked.outlet, on=asked.on)) as kept, source.connection() as connection:
            picked = _account_filter(replace(asked, on=None))
            label = periods or "''"
            everyone = f"SELECT * REPLACE ({label} AS period) FROM {kept['statements']} WHERE {picked}"
            sql, parameters = _relations({**kept, "statements": f"({everyone})"}, filters.party, most)
            yield Gathered(connection, Query(sql, {**parameters, **picked.parameters}))
        return
    tables = scratch(LAID)
    with opened(source) as connection:
        try:
            lay(connection, tables, asked, periods=periods, temporary=True)
            yield Gathered(connection, Query(*_relations(tables, filters.party, most)))
        finally:
            for table in tables.values():
                connection.execute(f"DROP TABLE IF EXISTS {table}")


def lay(
    connection: duckdb.DuckDBPyConnection,
    tables: dict[str, str],
    filters: Filters,
    *,
    periods: str | None = None,
    temporary: bool,
) -> None:
    """Lay relations down as tables.

    Args:
        connection: has the tables of a record.
        tables: names of the new tables by relation; parties first.
        filters: which accounts count.
        periods: as for ``statements``.
        temporary: for this connection alone, not for all of its database.
    """
    asked = statements(filters, periods=periods)
    kind = "TEMP TABLE" if temporary else "TABLE"
    for name, table in tables.items():
        sql = f"SELECT * FROM ({DETAILS})" if name == "details" else f"SELECT * FROM {name}"
        connection.execute(f"CREATE {kind} {table} AS {asked.ask(sql)}", asked.parameters)
        if name == "parties":
            asked = Query(asked.sql.replace(_parties(), f"FROM {table}"), asked.parameters)


DETAILS = """
SELECT p.article_id, p.position_id, p.date_value, p.date_precision, p.evidence, p.evidence_words, p.topic_words,
    p.condition, q.evidence_words AS condition_words, t.source_words, t.speaker
FROM positions p SEMI JOIN read ON p.article_id = read.article_id
LEFT JOIN positions q ON q.article_id = p.article_id AND q.position_id = p.condition
LEFT JOIN attributions t ON t.article_id = p.article_id AND t.attribution_id = p.attribution
"""


def _relations(tables: dict[str, str], party: tuple[str, ...], most: int | None) -> tuple[str, dict[str, object]]:
    """The relations of laid down tables, and their parameters."""
    where = Where()
    _party_filter(where, party)
    kept = str(where) if party else "party IN (FROM top)"
    limit = "" if most is None else f"LIMIT {most:d}"
    details = f"FROM {tables['details']}" if "details" in tables else DETAILS
    sql = f"""
    WITH everyone AS MATERIALIZED (FROM {tables["statements"]}), parties AS (FROM {tables["parties"]}),
    reprints AS (FROM {tables["reprints"]}), read AS (FROM {tables["read"]}), details AS ({details}),
    top AS (SELECT party FROM everyone GROUP BY party ORDER BY count(*) DESC, party {limit}),
    statements AS (SELECT * FROM everyone WHERE {kept}),
    main AS (FROM top UNION SELECT party FROM statements)
    """
    return sql, where.parameters


def _parties() -> str:
    """Whom the actors stand for that positions name."""
    return f"""
        WITH used AS (
            SELECT article_id, party AS actor_id FROM positions
            UNION SELECT article_id, unnest(addressees) FROM positions
        ) {parties_sql()}
    """


@cache
def _tables() -> dict[str, Any]:
    """Tables of the codebook that become CASE expressions."""
    acts = codebook.load("acts")
    groups = {act: row["group"] for act, row in acts.items()}
    analysis = codebook.load("analysis")
    return {
        "group": cases("p.act", groups),
        "trust": f"coalesce({cases('p.layer', analysis['trust'])}, 9)",
        "weight": f"coalesce({cases('p.act', {a: analysis['weight'].get(g, 1) for a, g in groups.items()})}, 1)",
    }


def statements(filters: Filters, *, periods: str | None = None) -> Query:
    """Relations for a question about accounts.

    ``parties`` (article_id, actor_id, name, spelled, party) holds whom actors stand for; ``reprints`` (article_id,
    copies) the reprints of each article that speaks for some; ``statements`` one row for each account that passes the
    filters: article_id, position_id, party, actor, issue, act, act_group, polarity, layer, sourcing, hedged, day (DATE,
    when it was said, else published), outlet, published, trust, weight, period.

    Args:
        filters: what is asked about.
        periods: SQL for the label of the period of ``day``; none: one period for all.
    """
    sort, picked = _article_filter(filters), _account_filter(filters)
    case = _tables()
    sql = f"""
    WITH chosen AS (
        SELECT a.article_id, a.outlet, try_cast(left(a.published, 10) AS DATE) AS published,
            coalesce(c.head, a.article_id) AS story
        FROM articles a LEFT JOIN copies c USING (article_id) WHERE {sort}
    ), stories AS (
        SELECT story, arg_min(article_id, (article_id <> story, coalesce(published, DATE '9999-12-31'), article_id))
            AS article_id, list({{'article_id': article_id, 'outlet': outlet}} ORDER BY published, article_id) AS copies
        FROM chosen GROUP BY story
    ), reprints AS (
        SELECT article_id, list_filter(copies, lambda c: c.article_id <> article_id) AS copies
        FROM stories WHERE len(copies) > 1
    ), read AS (SELECT c.* FROM chosen c SEMI JOIN stories USING (article_id)),
    parties AS MATERIALIZED ({_parties()}),
    told AS (
        SELECT p.article_id, p.position_id, w.party, w.spelled, w.name AS actor, p.issue, p.act,
            {case["group"]} AS act_group, p.polarity, p.layer, coalesce(t.sourcing, 'outlet') AS sourcing, p.hedged,
            least(CASE WHEN p.date_precision = 'day' THEN try_cast(p.date_value AS DATE)
                       WHEN p.date_precision = 'month' THEN try_cast(p.date_value || '-01' AS DATE)
                       ELSE read.published END, read.published) AS day,
            read.outlet, read.published, {case["trust"]} AS trust, {case["weight"]} AS weight, p.addressees
        FROM positions p JOIN read USING (article_id)
        JOIN parties w ON w.article_id = p.article_id AND w.actor_id = p.party
        LEFT JOIN attributions t ON t.article_id = p.article_id AND t.attribution_id = p.attribution
    ), statements AS MATERIALIZED (
        SELECT *, {periods or "''"} AS period FROM told WHERE {picked}
    )
    """
    return Query(sql, {**sort.parameters, **picked.parameters})


def _article_filter(filters: Filters) -> Where:
    """Which articles are chosen."""
    where = Where()
    where.add("lower(a.outlet) IN (SELECT unnest($outlets))", "outlets", [name.lower() for name in filters.outlet])
    where.add("left(a.published, 10) <= $known", "known", filters.on)
    return where


def _account_filter(filters: Filters) -> Where:
    """Which accounts are picked."""
    where = Where()
    _party_filter(where, filters.party)
    for name in ("issue", "layer", "sourcing", "act"):
        where.add(f"{name} IN (SELECT unnest(${name}s))", f"{name}s", getattr(filters, name))
    where.add("day >= CAST($since AS DATE)", "since", filters.since)
    where.add("day <= CAST($until AS DATE)", "until", filters.until)
    where.add("day <= CAST($seen AS DATE)", "seen", filters.on)
    return where


def _party_filter(where: Where, party: tuple[str, ...]) -> None:
    """Pick the parties that some words name."""
    if party:
        where.add(
            "party IN (SELECT unnest($parties)) OR spelled IN (SELECT unnest($spelled))"
            " OR party IN (SELECT w.party FROM parties w WHERE w.spelled IN (SELECT unnest($spelled)))",
            "parties",
            ids_of(party),
        )
        where.parameters["spelled"] = [spelled(word) for word in party]
