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

    def tuples(self, rest: str, **parameters: object) -> list[tuple[Any, ...]]:
        """The same as tuples, for many rows."""
        return self.connection.execute(self.query.ask(rest), {**self.query.parameters, **parameters}).fetchall()


LAID = ("parties", "read", "statements", "reprints")
"""Relations that are laid down as tables before questions are asked."""
KEPT = (*LAID, "details", "contexts")
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

    There are more: ``details``, the words of the accounts; ``contexts``, those around them; ``everyone``, the accounts
    of all parties, whichever the filters pick (who answered may be another); and ``main``, the parties that are spoken
    of: those picked and those with most accounts, which ``top`` holds alone.

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
            label = f"REPLACE (({periods}) AS period)" if periods else ""
            everyone = Query(f"SELECT * {label} FROM {kept['statements']} WHERE {picked}", picked.parameters)
            yield Gathered(connection, _relations(connection, kept, everyone, filters.party, most))
        return
    tables = scratch(LAID)
    with opened(source) as connection:
        try:
            lay(connection, tables, asked, periods=periods, temporary=True)
            everyone = Query(f"FROM {tables['statements']}", {})
            yield Gathered(connection, _relations(connection, tables, everyone, filters.party, most))
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
        tables: names of the new tables by relation; parties first, then read and statements.
        filters: which accounts count.
        periods: as for ``statements``.
        temporary: for this connection alone, not for all of its database.
    """
    asked = statements(filters, periods=periods)
    kind = "TEMP TABLE" if temporary else "TABLE"
    for name, table in tables.items():
        if name in KEPT and name not in LAID:
            connection.execute(f"CREATE {kind} {table} AS {_wordings(tables)[name]}")
            continue
        connection.execute(f"CREATE {kind} {table} AS {asked.ask(f'SELECT * FROM {name}')}", asked.parameters)
        if name in _LAID_FIRST:
            asked = Query(asked.sql.replace(_LAID_FIRST[name](), f"FROM {table}"), asked.parameters)


AROUND, BEHIND = 240, 60
"""Code points before and behind an account's words in which a year is looked for."""


def _wordings(tables: dict[str, str]) -> dict[str, str]:
    """Queries for what stands in the articles about accounts whose other relations are laid down, by relation.

    ``details`` holds the words of each account; ``contexts`` the words around them, where a year may be among them.
    """
    begins = f"greatest(1, p.evidence[1].start - {AROUND})"
    needed = "SELECT article_id, condition AS position_id FROM positions WHERE condition IS NOT NULL"
    return {
        "details": f"""
            SELECT s.rank, s.article_id, s.position_id, p.date_value, p.date_precision, p.evidence, p.evidence_words,
                p.topic_words, p.condition, q.words AS condition_words, t.source_words, w.party AS speaker
            FROM {tables["statements"]} s JOIN positions p USING (article_id, position_id)
            LEFT JOIN (
                SELECT article_id, position_id, evidence_words AS words FROM positions
                SEMI JOIN ({needed}) USING (article_id, position_id)
            ) q ON q.article_id = p.article_id AND q.position_id = p.condition
            LEFT JOIN attributions t ON t.article_id = p.article_id AND t.attribution_id = p.attribution
            LEFT JOIN {tables["parties"]} w ON w.article_id = t.article_id AND w.actor_id = t.speaker
        """,
        "contexts": f"""
            SELECT rank, context FROM (
                SELECT p.rank, substring(a.text, p.begins, p.size) AS context FROM articles a JOIN (
                    SELECT s.rank, article_id, {begins} AS begins, p.evidence[-1]."end" - {begins} + {BEHIND} AS size
                    FROM {tables["statements"]} s JOIN positions p USING (article_id, position_id)
                ) p USING (article_id)
            ) WHERE regexp_matches(context, '(19|20)([0-9]|[^\x00-\x7f]){{2}}')
        """,
    }


def _relations(
    connection: duckdb.DuckDBPyConnection,
    tables: dict[str, str],
    everyone: Query,
    party: tuple[str, ...],
    most: int | None,
) -> Query:
    """The relations of laid down tables."""
    where, main, top = "TRUE", *("SELECT DISTINCT party FROM everyone",) * 2
    given: dict[str, object] = {}
    if most is not None:
        counted = f"GROUP BY party ORDER BY count(*) DESC, party LIMIT {most:d}"
        found = rows(connection, f"SELECT party FROM ({everyone.sql}) {counted}", everyone.parameters)
        given["top"] = [row["party"] for row in found]
        main = top = "SELECT unnest(CAST($top AS VARCHAR[])) AS party"
        where = "party IN (SELECT unnest(CAST($top AS VARCHAR[])))"
    if party:
        given["parties"] = parties_called(connection, tables["parties"], party)
        where = "party IN (SELECT unnest($parties))"
        main = f"{top} UNION SELECT party FROM everyone WHERE {where}"
    mode = "MATERIALIZED" if " OVER " in everyone.sql else "NOT MATERIALIZED"
    wordings = {name: f"FROM {tables[name]}" if name in tables else sql for name, sql in _wordings(tables).items()}
    sql = f"""
    WITH everyone AS {mode} ({everyone.sql}), parties AS NOT MATERIALIZED (FROM {tables["parties"]}),
    reprints AS NOT MATERIALIZED (FROM {tables["reprints"]}), read AS NOT MATERIALIZED (FROM {tables["read"]}),
    details AS NOT MATERIALIZED ({wordings["details"]}), contexts AS NOT MATERIALIZED ({wordings["contexts"]}),
    top AS NOT MATERIALIZED ({top}), main AS NOT MATERIALIZED ({main}),
    statements AS NOT MATERIALIZED (SELECT * FROM everyone WHERE {where})
    """
    return Query(sql, {**everyone.parameters, **given})


def parties_called(connection: duckdb.DuckDBPyConnection, table: str, words: tuple[str, ...]) -> list[str]:
    """Ids that the parties may have that a user calls by some words.

    Args:
        connection: has the table.
        table: whom actors stand for, as ``statements`` has it.
        words: ids or names.
    """
    sql = f"SELECT DISTINCT party FROM {table} WHERE spelled IN (SELECT unnest($called)) ORDER BY party"
    found = rows(connection, sql, {"called": [spelled(word) for word in words]})
    return [*ids_of(words), *(row["party"] for row in found)]


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


DAY = """least(CASE WHEN p.date_precision = 'day' THEN try_cast(p.date_value AS DATE)
                WHEN p.date_precision = 'month' THEN try_cast(p.date_value || '-01' AS DATE)
                ELSE {published} END, {published})"""
"""SQL for the day of a position ``p``: when it was said, else when it was published."""


def _read() -> str:
    """The articles that speak."""
    return """
        SELECT c.*, row_number() OVER (ORDER BY article_id)::INT AS article FROM chosen c
        SEMI JOIN stories USING (article_id)
    """


_LAID_FIRST = {"parties": _parties, "read": _read}
"""What other relations are made of: their queries ask the laid table instead."""


def statements(filters: Filters, *, periods: str | None = None) -> Query:
    """Relations for a question about accounts.

    ``parties`` (article_id, actor_id, name, spelled, party) holds whom actors stand for; ``reprints`` (article_id,
    copies) the reprints of each article that speaks for some; ``read`` the articles that speak (article_id, article:
    its number, outlet, published, title, url); ``statements`` one row for each account that passes the filters:
    article_id, position_id, party, actor, issue, act, act_group, polarity, layer, sourcing, hedged, day (DATE, when it
    was said, else published), outlet, published, article, trust, weight, addressed (parties), voice (a number for layer
    and outlet), period, and rank, its number in the order in which accounts head a cell.

    Args:
        filters: what is asked about.
        periods: SQL for the label of the period of ``day``; none: one period for all.
    """
    sort, picked = _article_filter(filters), _account_filter(filters)
    case = _tables()
    sql = f"""
    WITH chosen AS (
        SELECT a.article_id, a.outlet, try_cast(left(a.published, 10) AS DATE) AS published, a.title, a.url,
            coalesce(c.head, a.article_id) AS story
        FROM articles a LEFT JOIN copies c USING (article_id) WHERE {sort}
    ), stories AS (
        SELECT story, arg_min(article_id, (article_id <> story, coalesce(published, DATE '9999-12-31'), article_id))
            AS article_id, list({{'article_id': article_id, 'outlet': outlet}} ORDER BY published, article_id) AS copies
        FROM chosen GROUP BY story
    ), reprints AS (
        SELECT article_id, list_filter(copies, lambda c: c.article_id <> article_id) AS copies
        FROM stories WHERE len(copies) > 1
    ), read AS ({_read()}),
    parties AS MATERIALIZED ({_parties()}),
    addressed AS (
        SELECT article_id, position_id, list(DISTINCT party ORDER BY party) AS addressed
        FROM (SELECT article_id, position_id, unnest(addressees) AS actor_id FROM positions)
        JOIN (SELECT article_id, actor_id, party FROM parties) USING (article_id, actor_id)
        GROUP BY article_id, position_id
    ), told AS (
        SELECT p.article_id, p.position_id, w.party, w.name AS actor, p.issue, p.act,
            {case["group"]} AS act_group, p.polarity, p.layer, coalesce(t.sourcing, 'outlet') AS sourcing, p.hedged,
            {DAY.format(published="read.published")} AS day,
            read.outlet, read.published, read.article, {case["trust"]} AS trust, {case["weight"]} AS weight,
            coalesce(addressed.addressed, []) AS addressed,
            hash(p.layer || '|' || coalesce(read.outlet, p.article_id)) AS voice
        FROM positions p JOIN read USING (article_id)
        JOIN parties w ON w.article_id = p.article_id AND w.actor_id = p.party
        LEFT JOIN attributions t ON t.article_id = p.article_id AND t.attribution_id = p.attribution
        LEFT JOIN addressed ON addressed.article_id = p.article_id AND addressed.position_id = p.position_id
    ), statements AS (
        SELECT *, row_number() OVER () AS rank FROM (
            SELECT *, {periods or "''"} AS period FROM told WHERE {picked}
            ORDER BY trust, day DESC NULLS LAST, weight, hedged, article_id, position_id
        )
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
    """Which accounts are picked, parties aside."""
    where = Where()
    for name in ("issue", "layer", "sourcing", "act"):
        where.add(f"{name} IN (SELECT unnest(${name}s))", f"{name}s", getattr(filters, name))
    where.add("day >= CAST($since AS DATE)", "since", filters.since)
    where.add("day <= CAST($until AS DATE)", "until", filters.until)
    where.add("day <= CAST($seen AS DATE)", "seen", filters.on)
    return where
