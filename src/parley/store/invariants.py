"""What must hold between the rows of a record, as questions that find the rows where it does not.

Every question gives one column, ``example``, which names what is wrong, and may give ``article_id`` or ``location``:
whose reading is not to be trusted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from parley.store.sql import literal
from parley.store.tables import COUNTED, PARTS, SPANS, TABLES

LOCAL = {
    "actors": "actor_id",
    "attributions": "attribution_id",
    "events": "event_id",
    "positions": "position_id",
    "passages": "n",
    "framing": "n",
}
"""The column that names a part within its article."""
PAIRS = {
    "passages": ("", "repeats_"),
    "events": ("trigger_",),
    "framing": ("",),
}
"""Spans that stand in two columns, by what comes before ``start`` and ``end``."""
WORDS = {"attributions": ("source", "cue", "content"), "events": ("evidence",), "positions": ("topic", "evidence")}
REFERENCES = (
    ("attributions", "speaker", "actors"),
    ("attributions", "via", "attributions"),
    ("events", "actors", "actors"),
    ("events", "recipients", "actors"),
    ("events", "attribution", "attributions"),
    ("positions", "party", "actors"),
    ("positions", "addressees", "actors"),
    ("positions", "attribution", "attributions"),
    ("positions", "condition", "positions"),
    ("framing", "speaker", "actors"),
)
"""Columns that hold ids of another table's rows in the same article."""
SPACES = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
"""Everything that Python takes for a space, as ``parley.record`` does."""


@dataclass(frozen=True, slots=True)
class Invariant:
    """One thing that must hold."""

    name: str
    table: str
    says: str
    """What is wrong with the rows that the question finds."""
    sql: str


def all_of_them() -> Iterator[Invariant]:
    """Every invariant, in the order in which they are looked at."""
    for make in (_keys, _owners, _places_in_order, _spans, _quotes, _sizes, _references, _sources, _copies, _runs):
        yield from make()


def _keys() -> Iterator[Invariant]:
    for name, table in TABLES.items():
        key = ", ".join(table.key)
        who = ", article_id" if name in PARTS else ""
        sql = f"SELECT concat_ws(' ', {key}) AS example{who} FROM {name} GROUP BY {key} HAVING count(*) > 1"
        yield Invariant("twice", name, "the same row stands twice", sql)


def _owners() -> Iterator[Invariant]:
    for name in PARTS[1:]:
        sql = (
            f"SELECT DISTINCT article_id AS example FROM {name} "
            "WHERE article_id NOT IN (SELECT article_id FROM articles)"
        )
        yield Invariant("orphan", name, "rows of an article that is not there", sql)


def _places_in_order() -> Iterator[Invariant]:
    for name in COUNTED:
        told = (
            f"SELECT article_id AS example, article_id FROM articles LEFT JOIN "
            f"(SELECT article_id, count(*) AS there FROM {name} GROUP BY article_id) USING (article_id) "
            f"WHERE parts IS NOT NULL AND parts.{name} <> coalesce(there, 0)"
        )
        yield Invariant("gap", name, "an article has fewer or more rows than it was stored with", told)
    for name in LOCAL:
        sql = (
            f"SELECT article_id AS example, article_id FROM {name} GROUP BY article_id "
            "HAVING min(n) <> 0 OR max(n) <> count(*) - 1"
        )
        yield Invariant("gap", name, "rows of an article are missing or come twice", sql)


def _spans() -> Iterator[Invariant]:
    edges = " OR ".join(f"contains({literal(SPACES)}, text[{place}])" for place in ("start + 1", '"end"'))
    wrong = f'start IS NULL OR "end" IS NULL OR start < 0 OR "end" <= start OR "end" > characters OR {edges}'
    for name, local in LOCAL.items():
        sql = (
            f"SELECT concat(article_id, ' ', {local}, ' [', start, ', ', \"end\", ')') AS example, article_id "
            f"FROM ({' UNION ALL '.join(_spans_of(name, local))}) JOIN articles USING (article_id) WHERE {wrong}"
        )
        yield Invariant("span", name, "a span is empty, outside the text, or begins or ends with a space", sql)


def _spans_of(name: str, local: str) -> Iterator[str]:
    """Questions for every span of a table: ``article_id``, the part's own name, ``start``, ``end``."""
    for field in TABLES[name].schema:
        if field.type == SPANS:
            one = f"SELECT article_id, {local}, unnest({field.name}) AS span FROM {name}"
            yield f'SELECT article_id, {local}, span.start AS start, span."end" AS "end" FROM ({one})'
    for prefix in PAIRS.get(name, ()):
        wanted = f" WHERE {prefix}start IS NOT NULL" if prefix == "repeats_" else ""
        yield f'SELECT article_id, {local}, {prefix}start AS start, "{prefix}end" AS "end" FROM {name}{wanted}'


def _quotes() -> Iterator[Invariant]:
    def differ(name: str, words: str, spans: str) -> Invariant:
        local = LOCAL[name]
        told = (
            f"array_to_string(list_transform({spans}, "
            "lambda s: substring(a.text, s.start + 1, s.\"end\" - s.start)), ' … ')"
        )
        sql = (
            f"SELECT concat(x.article_id, ' ', x.{local}) AS example, x.article_id FROM {name} x "
            f"JOIN articles a USING (article_id) WHERE x.{words} IS DISTINCT FROM {told}"
        )
        return Invariant("quote", name, f"{words} are not the words at their place in the text", sql)

    for name, roles in WORDS.items():
        yield from (differ(name, f"{role}_words", f"x.{role}") for role in roles)
    yield differ("events", "trigger_words", "[{'start': x.trigger_start, 'end': x.trigger_end}]")
    yield differ("framing", "words", "[{'start': x.start, 'end': x.\"end\"}]")


def _sizes() -> Iterator[Invariant]:
    sql = "SELECT article_id AS example, article_id FROM articles WHERE characters IS DISTINCT FROM length(text)"
    yield Invariant("size", "articles", "characters is not the length of the text", sql)


def _references() -> Iterator[Invariant]:
    for name, column, other in REFERENCES:
        many = pa.types.is_list(TABLES[name].schema.field(column).type)
        value = f"unnest({column})" if many else column
        sql = (
            f"SELECT concat(article_id, ' ', local, ' ', id) AS example, article_id FROM "
            f"(SELECT article_id, {LOCAL[name]} AS local, {value} AS id FROM {name}) "
            f"ANTI JOIN (SELECT article_id, {LOCAL[other]} AS id FROM {other}) USING (article_id, id) "
            "WHERE id IS NOT NULL"
        )
        yield Invariant("reference", name, f"{column} names what is not among the article's {other}", sql)


def _sources() -> Iterator[Invariant]:
    sql = (
        "SELECT location AS example, location FROM sources WHERE outcome = 'read' "
        "AND (article_id IS NULL OR article_id NOT IN (SELECT article_id FROM articles))"
    )
    yield Invariant("source", "sources", "a location was read, but its article is not there", sql)
    sql = (
        "SELECT location AS example, location FROM sources WHERE outcome = 'failed' "
        "AND location NOT IN (SELECT location FROM failures)"
    )
    yield Invariant("failure", "sources", "a location failed, but no failure says why", sql)
    sql = (
        "SELECT location AS example, location FROM failures "
        "WHERE location NOT IN (SELECT location FROM sources WHERE outcome = 'failed')"
    )
    yield Invariant("failure", "failures", "a failure of a location that did not fail", sql)


def _copies() -> Iterator[Invariant]:
    sql = "SELECT article_id AS example FROM copies WHERE article_id NOT IN (SELECT article_id FROM articles)"
    yield Invariant("copy", "copies", "a copy that is not among the articles", sql)
    sql = (
        "SELECT article_id AS example FROM copies "
        "WHERE head NOT IN (SELECT article_id FROM copies WHERE head = article_id)"
    )
    yield Invariant("copy", "copies", "the head of a copy is not there, or is itself a copy", sql)


def _runs() -> Iterator[Invariant]:
    for name in ("articles", "sources", "failures"):
        sql = f"SELECT DISTINCT run AS example FROM {name} WHERE run IS NULL OR run NOT IN (SELECT run FROM runs)"
        yield Invariant("run", name, "rows of a run that is not written down", sql)
    ended = "outcome NOT IN ('running', 'interrupted', 'failed')"
    sql = (
        f"SELECT run AS example FROM runs WHERE {ended} "
        "AND new + changed < (SELECT count(*) FROM articles a WHERE a.run = runs.run)"
    )
    yield Invariant("count", "runs", "a run counts fewer articles than it left", sql)
    sql = (
        f"SELECT run AS example FROM runs WHERE {ended} "
        "AND failed < (SELECT count(*) FROM failures f WHERE f.run = runs.run)"
    )
    yield Invariant("count", "runs", "a run counts fewer failures than it left", sql)
