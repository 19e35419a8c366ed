"""How each outlet names the same party, and in whose voice: its own, in reported speech, or in quotation marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache, partial
from typing import Any, Literal

import duckdb
import pyarrow as pa

from parley import codebook
from parley.analysis.account import names_by_use
from parley.analysis.filters import Filters
from parley.analysis.parties import ids_of, parties_sql, spelled
from parley.analysis.source import Rows, Source, opened, rows
from parley.analysis.statements import gathered
from parley.model import Span

Voice = Literal["own", "reported", "quoted"]
MOST = 8
"""Parties that are looked at unless the user names some: those with most accounts."""
EXAMPLES = 3
MAX_NAME = 80
"""Code points: a longer mention is a description and not a name."""


@dataclass(frozen=True, slots=True)
class Use:
    """One way in which an outlet names a party. Spans count code points of the article's text."""

    party: str
    party_name: str
    outlet: str
    name: str
    voice: Voice
    """own: the outlet's words; reported: inside what it reports of others; quoted: inside quotation marks."""
    number: int
    articles: int
    examples: tuple[tuple[str, Span], ...]
    """Article id and span of some mentions."""


@dataclass(frozen=True)
class Naming:
    """All uses: by party, outlet, then the most used."""

    uses: tuple[Use, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {"uses": [asdict(use) for use in self.uses]}

    def arrow(self) -> pa.Table:
        """One row a use."""
        columns = ("party", "party_name", "outlet", "name", "voice", "number", "articles")
        numbers = ("number", "articles")
        schema = pa.schema([(name, pa.int64() if name in numbers else pa.string()) for name in columns])
        return pa.Table.from_pylist([{name: getattr(use, name) for name in columns} for use in self.uses], schema)


_NAMED = """
, used AS (SELECT article_id, actor_id FROM actors SEMI JOIN read USING (article_id)),
stand AS (SELECT * FROM (WITH unused AS (SELECT 1) {parties})),
wanted AS (SELECT DISTINCT party FROM stand WHERE {picked})
SELECT r.outlet, s.party, s.name, a.article_id, a.mentions FROM stand s SEMI JOIN wanted USING (party)
JOIN actors a USING (article_id, actor_id) JOIN read r USING (article_id)
WHERE len(a.mentions) > 0 ORDER BY a.article_id, a.actor_id
"""
_STAND = """
WITH used AS (SELECT article_id, actor_id FROM actors WHERE article_id IN (SELECT unnest($articles))),
stand AS (SELECT * FROM (WITH unused AS (SELECT 1) {parties}))
SELECT r.outlet, s.party, s.name, s.spelled, a.article_id, a.mentions FROM stand s
JOIN actors a USING (article_id, actor_id) JOIN articles r USING (article_id)
WHERE len(a.mentions) > 0 ORDER BY a.article_id, a.actor_id
"""
_TEXTS = "SELECT article_id, text FROM articles WHERE article_id IN (SELECT unnest($articles))"
_SAID = """
SELECT article_id, content FROM attributions WHERE article_id IN (SELECT unnest($articles))
"""
_BATCH = 500
"""Articles whose texts are held at a time."""


def naming(source: Source, filters: Filters | None = None) -> Naming:
    """How outlets name parties.

    Args:
        source: a store or a connection.
        filters: the parties, outlets and days that count; of the rest nothing is asked.

    Raises:
        ParleyError: a filter has a value that cannot occur.
    """
    asked = filters or Filters()
    wanted = Filters(outlet=asked.outlet, on=asked.on, since=asked.since, until=asked.until)
    with gathered(source, wanted, most=MOST) as query:
        picked, parameters = "party IN (FROM top)", dict[str, object]()
        if asked.party:
            picked = "party IN (SELECT unnest($ids)) OR spelled IN (SELECT unnest($called))"
            parameters = {"ids": ids_of(asked.party), "called": [spelled(word) for word in asked.party]}
        stand = query.rows(_NAMED.format(parties=parties_sql(), picked=picked), **parameters)
        return Naming(_uses(stand, query.rows))


def naming_in(
    source: Source, articles: Sequence[str], filters: Filters | None = None, *, examples: int = EXAMPLES
) -> Naming:
    """How some articles name parties; quick, where a whole record would take seconds.

    Args:
        source: a store or a connection.
        articles: their ids.
        filters: the parties that count; without them those whose names the articles use most.
        examples: mentions that are given of each use, at most.

    Raises:
        ParleyError: a filter has a value that cannot occur.
    """
    asked = (filters or Filters()).checked()
    with opened(source) as connection:
        found = partial(_rows, connection)
        stand = found(_STAND.format(parties=parties_sql()), articles=list(articles))
        if asked.party:
            ids, called = set(ids_of(asked.party)), {spelled(word) for word in asked.party}
            wanted = {row["party"] for row in stand if row["party"] in ids or row["spelled"] in called}
        else:
            used = Counter[str]()
            for row in stand:
                used[row["party"]] += len(row["mentions"])
            wanted = {party for party, _ in sorted(used.items(), key=lambda item: (-item[1], item[0]))[:MOST]}
        return Naming(_uses([row for row in stand if row["party"] in wanted], found, examples))


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, **parameters: object) -> Rows:
    return rows(connection, sql, parameters)


def _uses(stand: Rows, ask: Callable[..., Rows], examples: int = EXAMPLES) -> tuple[Use, ...]:
    """The uses in the mentions of actors; ``ask`` is asked for texts, some articles at a time."""
    found: dict[tuple[str, str, str, Voice], list[tuple[str, Span]]] = {}
    by_article: dict[str, list[dict[str, Any]]] = {}
    for row in stand:
        by_article.setdefault(row["article_id"], []).append(row)
    listed = list(by_article)
    for k in range(0, len(listed), _BATCH):
        batch = listed[k : k + _BATCH]
        texts = {row["article_id"]: row["text"] for row in ask(_TEXTS, articles=batch)}
        said: dict[str, list[Span]] = {}
        for row in ask(_SAID, articles=batch):
            said.setdefault(row["article_id"], []).extend((s["start"], s["end"]) for s in row["content"] or ())
        for article in batch:
            voices = _Voices(texts[article], said.get(article, []))
            for row in by_article[article]:
                for name, voice, span in _mentions(row, texts[article], voices):
                    found.setdefault((row["party"], row["outlet"] or "", name, voice), []).append((article, span))
    called = names_by_use((row["party"], row["name"], len(row["mentions"])) for row in stand)
    return tuple(sorted((_use(key, places, called, examples) for key, places in found.items()), key=_order))


def _order(use: Use) -> tuple[Any, ...]:
    return use.party_name, use.party, use.outlet, -use.number, use.name, use.voice


def _use(
    key: tuple[str, str, str, Voice], places: list[tuple[str, Span]], called: dict[str, str], examples: int
) -> Use:
    party, outlet, name, voice = key
    articles = len({article for article, _ in places})
    return Use(party, called[party], outlet, name, voice, len(places), articles, tuple(places[:examples]))


def _mentions(row: dict[str, Any], text: str, voices: _Voices) -> Iterator[tuple[str, Voice, Span]]:
    """The names in the mentions of an actor, in whose voice, and where; words that only point back are left out."""
    for mention in row["mentions"]:
        span = (mention["start"], mention["end"])
        words = " ".join(text[slice(*span)].split())
        name = re.sub(r"^(?:[Tt]he|[Aa]n?) ", "", words)
        if 0 < len(name) <= MAX_NAME and name.lower() not in _pronouns():
            yield name, voices.of(span), span


@cache
def _pronouns() -> frozenset[str]:
    return frozenset(codebook.load("labels")["pronouns"]["words"])


_MARKS = re.compile(r"“[^”\n]{1,3000}”|\"[^\"\n]{1,3000}\"|«[^»\n]{1,3000}»")


class _Voices:
    """Tells in whose voice a stretch of an article stands."""

    def __init__(self, text: str, reported: list[Span]) -> None:
        """Mark every code point once."""
        self._marks = bytearray(len(text))
        for start, end in reported:
            self._marks[start:end] = b"\1" * len(self._marks[start:end])
        for match in _MARKS.finditer(text):
            self._marks[match.start() : match.end()] = b"\2" * (match.end() - match.start())

    def of(self, span: Span) -> Voice:
        """The voice in which a span begins."""
        voices: tuple[Voice, ...] = ("own", "reported", "quoted")
        return voices[self._marks[span[0]]]
