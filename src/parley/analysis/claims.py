"""What single sentences claim: the values, acts and descriptions in them, on which issue, on whose word.

A sentence that holds a position claims on its issue; any other claims on the issue that its words name. Only sentences
with a value, a description of the codebook or a position are kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from sys import intern
from typing import Any

from parley import codebook
from parley.analysis.account import iso
from parley.analysis.sentences import MANY, Figure, Said, SentenceFile
from parley.analysis.source import Rows, Source, opened, rows
from parley.analysis.statements import DAY, Gathered
from parley.analysis.values import Value, typed, values
from parley.model import Span

MAX_SENTENCE = 600
"""Code points: what is longer is no sentence, and is cut."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of one article, as far as it can be compared with others."""

    article_id: str
    outlet: str | None
    published: str | None
    day: str | None
    issue: str
    span: Span
    words: str
    parties: frozenset[str]
    """Parties that the sentence names, or whose position it is."""
    party: str | None
    """Whose position it is."""
    speaker: str | None
    """Name of whoever is cited."""
    sourcing: str
    layer: str
    act: str
    polarity: str
    position_id: str | None
    values: tuple[Value, ...]
    described: tuple[tuple[int, int], ...]
    """Index of a description of the codebook, and of its side."""
    content: frozenset[str]
    """Words that tell what it is about, cut to their stems."""

    @property
    def voice(self) -> tuple[str, str]:
        """Who tells it, to whom: outlet and source."""
        return self.outlet or self.article_id, self.speaker or ""


_BATCH = 2_000
"""Articles whose texts are held at a time."""


def claims(query: Gathered, kept: SentenceFile | None = None) -> Iterator[Claim]:
    """The claims of all articles that were read, by article and sentence.

    Args:
        query: accounts gathered without a filter on what they say.
        kept: holds what sentences say, which is slow to find out; what it lacks is added to it.
    """
    articles = query.rows(_ARTICLES.format(which="SEMI JOIN read USING (article_id)"))
    judged = _judged(query)
    for k in range(0, len(articles), _BATCH):
        batch = articles[k : k + _BATCH]
        lasting = [row for row in batch if row["article_id"] not in judged]
        known = kept.read([_key(row) for row in lasting]) if kept else {}
        people = _People.of(query, [row["article_id"] for row in batch])
        fresh = [row for row in batch if row["article_id"] not in known]
        parts = _parts(query.rows, [row["article_id"] for row in fresh])
        said = {row["article_id"]: list(_of_article(row, parts)) for row in fresh}
        if kept:
            kept.add([(_key(row), said[row["article_id"]]) for row in lasting if row["article_id"] in said])
        for row in batch:
            article = row["article_id"]
            for one in known[article] if article in known else said[article]:
                yield _claim(row, one, people)


def keep(source: Source, folder: Path) -> int:
    """Bring the file of sentences up to a commit; how many articles were added to it, none if the record is small.

    Args:
        source: a store, or a connection to its tables.
        folder: of the record.
    """
    with opened(source) as connection:
        articles = rows(connection, _ARTICLES.format(which=""))
        if len(articles) < MANY:
            return 0

        def ask(sql: str, **parameters: object) -> Rows:
            return rows(connection, sql, parameters)

        with SentenceFile(folder) as kept:
            stamps = kept.stamps()
            fresh = [row for row in articles if stamps.get(row["article_id"]) != _key(row)[1]]
            for k in range(0, len(fresh), _BATCH):
                batch = fresh[k : k + _BATCH]
                parts = _parts(ask, [row["article_id"] for row in batch])
                kept.add([(_key(row), list(_of_article(row, parts))) for row in batch])
            kept.drop(stamps.keys() - {row["article_id"] for row in articles})
    return len(fresh)


def _key(row: dict[str, Any]) -> tuple[str, str]:
    """An article, and what changes whenever its claims may."""
    stamp = "\t".join(str(row[name] or "") for name in ("sha256", "versions", "run", "outlet", "published"))
    return row["article_id"], stamp


def _judged(query: Gathered) -> frozenset[str]:
    """Articles of which people have judged rows, where what they say is applied: the machine's claims are others."""
    there = "SELECT 1 FROM duckdb_views() WHERE view_name = 'judged_articles'"
    found = query.rows("SELECT article_id FROM judged_articles") if query.rows(there) else []
    return frozenset(row["article_id"] for row in found)


@dataclass(frozen=True)
class _People:
    """Whom actors stand for, which may depend on other articles; by article and their ids there."""

    parties: dict[tuple[str, str], str]
    """The party of each position."""
    states: dict[tuple[str, str], str]
    """The state of each actor that has one."""

    @classmethod
    def of(cls, query: Gathered, articles: list[str]) -> _People:
        """Those of some articles."""
        of_these = "article_id IN (SELECT unnest($articles))"
        parties = query.tuples(
            f"SELECT article_id, position_id, party FROM everyone WHERE {of_these}", articles=articles
        )
        those = f"length(country) = 3 AND {of_these}"
        states = query.tuples(f"SELECT article_id, actor_id, country FROM actors WHERE {those}", articles=articles)
        return cls({(a, p): intern(party) for a, p, party in parties}, {(a, n): intern(c) for a, n, c in states})


def _claim(row: dict[str, Any], one: Said, people: _People) -> Claim:
    """A claim, of what a sentence says."""
    article = row["article_id"]
    party = people.parties.get((article, one.position_id)) if one.position_id else None
    names = frozenset(people.states[article, who] for who in one.named if (article, who) in people.states)
    return Claim(
        article_id=article,
        outlet=row["outlet"],
        published=row["published"],
        day=one.day,
        issue=intern(one.issue),
        span=(one.start, one.end),
        words=one.words,
        parties=names | {party} if party else names,
        party=party,
        speaker=one.speaker,
        sourcing=intern(one.sourcing),
        layer=intern(one.layer),
        act=intern(one.act),
        polarity=intern(one.polarity),
        position_id=one.position_id,
        values=one.found,
        described=one.described,
        content=frozenset(map(intern, one.content)),
    )


_ARTICLES = """
SELECT article_id, sha256, versions, run, outlet, left(published, 10) AS published FROM articles {which}
ORDER BY article_id
"""
_TEXTS = "SELECT article_id, text FROM articles WHERE article_id IN (SELECT unnest($fresh))"
_POSITIONS = """
SELECT p.article_id, p.position_id, p.act, p.issue, p.polarity, p.layer, coalesce(t.sourcing, 'outlet') AS sourcing,
    {day} AS day, p.evidence, t.source_words
FROM positions p JOIN articles a USING (article_id)
SEMI JOIN (SELECT article_id, actor_id AS party FROM actors) USING (article_id, party)
LEFT JOIN attributions t ON t.article_id = p.article_id AND t.attribution_id = p.attribution
WHERE p.article_id IN (SELECT unnest($fresh)) ORDER BY p.article_id, p.position_id
""".format(day=DAY.format(published="try_cast(left(a.published, 10) AS DATE)"))
_SPOKEN = """
SELECT article_id, content, source_words, sourcing FROM attributions
WHERE article_id IN (SELECT unnest($fresh)) ORDER BY article_id, attribution_id
"""
_NAMED = """
SELECT article_id, actor_id, mentions FROM actors WHERE article_id IN (SELECT unnest($fresh))
ORDER BY article_id, actor_id
"""
_OUTSIDE = """
SELECT article_id, start, "end" FROM passages WHERE article_id IN (SELECT unnest($fresh)) AND kind <> 'body'
"""


@dataclass(frozen=True)
class _Parts:
    """What is known of some articles, by article."""

    texts: dict[str, str]
    positions: dict[str, list[dict[str, Any]]]
    spoken: dict[str, list[dict[str, Any]]]
    named: dict[str, list[dict[str, Any]]]
    outside: dict[str, list[dict[str, Any]]]


def _parts(ask: Callable[..., Rows], fresh: list[str]) -> _Parts:
    def by_article(sql: str) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for row in ask(sql, fresh=fresh) if fresh else ():
            found.setdefault(row["article_id"], []).append(row)
        return found

    texts = {article: found[0]["text"] for article, found in by_article(_TEXTS).items()}
    return _Parts(texts, *(by_article(sql) for sql in (_POSITIONS, _SPOKEN, _NAMED, _OUTSIDE)))


# ---------------------------------------------------------------- sentences
_SENTENCE = re.compile(
    r"[^\n]+?(?:(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bSt)(?<!\bGen)[.!?][\"”’')\]]*(?=\s|$)|(?=\n|$))"
)


def sentences(text: str) -> Iterator[Span]:
    """Spans of the sentences of a text; long ones are cut."""
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        start += len(match[0]) - len(match[0].lstrip())
        end = min(end, start + MAX_SENTENCE)
        if start < end:
            yield start, end


def _of_article(row: dict[str, Any], parts: _Parts) -> Iterator[Said]:
    """What the sentences of one article say."""
    article, text = row["article_id"], parts.texts.get(row["article_id"], "")
    holds = _Sweep((span["start"], span["end"], p) for p in parts.positions.get(article, ()) for span in p["evidence"])
    spoken = _Sweep((span["start"], span["end"], t) for t in parts.spoken.get(article, ()) for span in t["content"])
    named = _Sweep((m["start"], m["end"], a["actor_id"]) for a in parts.named.get(article, ()) for m in a["mentions"])
    outside = _Sweep((p["start"], p["end"], True) for p in parts.outside.get(article, ()))
    back: tuple[int, ...] = ()
    for start, end in sentences(text):
        positions = holds.within(start, end)
        words = text[start:end]
        described = _described(words)
        if outside.within(start, end) or not (positions or described or typed(words)):
            back = (*back[-1:], start)
            continue
        found = values(words, row["published"]) if typed(words) else ()
        said, names = spoken.within(start, end), tuple(dict.fromkeys(named.within(start, end)))
        bare = bool(back) and any(_is_bare(value) for value in found)
        before = text[back[0] : start] if bare else ""
        back = (*back[-1:], start)
        yield from _of_sentence(row, (start, end), words, positions, said, names, found, described, before)


def _of_sentence(
    row: dict[str, Any],
    span: Span,
    words: str,
    positions: list[dict[str, Any]],
    said: list[dict[str, Any]],
    names: tuple[str, ...],
    found: tuple[Value, ...],
    described: tuple[tuple[int, int], ...],
    before: str,
) -> Iterator[Said]:
    """One claim for each position of a sentence; without one, one on the issue that its words name.

    A bare number ("put it at 6,060") that names no issue is of that of the two sentences ``before``. A length of time
    is also claimed on the issue that its own clause names ("after a meeting that lasted two hours").
    """
    if not (positions or described or found):
        return
    issues = {p["issue"] for p in positions}
    holders: list[dict[str, Any]] = list({p["position_id"]: p for p in positions}.values())
    named = "" if issues - {codebook.OTHER} else _named_issue(words) or (_named_issue(before) if before else "")
    if not holders or named:
        if not named:
            return
        holders = holders or [{}]
    issues |= {named}
    for value in found:
        clause = _clause(words, value) if value.kind == "duration" and positions else ""
        own = _named_issue(clause) if clause else ""
        if own and own not in issues:
            cited = said[0] if said else {}
            yield _said(row, span, words, {}, cited, names, own, (value,), (), content_words(clause))
    for p in holders:
        cited = p if p.get("source_words") else (said[0] if said else {})
        issue = p.get("issue", codebook.OTHER)
        about = named if issue == codebook.OTHER and named else issue
        yield _said(row, span, words, p, cited, names, about, found, described, content_words(words))


def _said(
    row: dict[str, Any],
    span: Span,
    words: str,
    position: dict[str, Any],
    cited: dict[str, Any],
    names: tuple[str, ...],
    issue: str,
    found: tuple[Value, ...],
    described: tuple[tuple[int, int], ...],
    content: frozenset[str],
) -> Said:
    return Said(
        start=span[0],
        end=span[1],
        words=words,
        named=names,
        position_id=position.get("position_id"),
        day=iso(position.get("day")) or row["published"],
        issue=issue,
        speaker=cited.get("source_words"),
        sourcing=cited.get("sourcing") or "outlet",
        layer=position.get("layer", ""),
        act=position.get("act", ""),
        polarity=position.get("polarity", ""),
        values=tuple(Figure.of(value) for value in found),
        described=described,
        content=tuple(sorted(content)),
    )


def _is_bare(value: Value) -> bool:
    """Whether a value does not say what it measures."""
    return value.kind == "duration" or (value.kind == "count" and not value.unit)


def _clause(words: str, value: Value) -> str:
    """The stretch between commas in which a value stands."""
    start = max((words.rfind(mark, 0, value.start) for mark in ",;:"), default=-1) + 1
    ends = [at for mark in ",;:" if (at := words.find(mark, value.end)) >= 0]
    return words[start : min(ends, default=len(words))]


class _Sweep:
    """Things at spans, asked for by stretches that go from left to right."""

    def __init__(self, found: Iterable[tuple[int, int, Any]]) -> None:
        """Sort them."""
        self._found = sorted(found, key=lambda one: one[:2])
        self._at = 0

    def within(self, start: int, end: int) -> list[Any]:
        """What overlaps a stretch that does not begin before the last one."""
        while self._at < len(self._found) and self._found[self._at][1] <= start:
            self._at += 1
        things = []
        for k in range(self._at, len(self._found)):
            if self._found[k][0] >= end:
                break
            if self._found[k][1] > start:
                things.append(self._found[k][2])
        return things


@cache
def _book() -> codebook.Codebook:
    return codebook.codebook()


@lru_cache(maxsize=65_536)
def _named_issue(words: str) -> str:
    """The issue that the words of a sentence name best; empty if they name none. Reprints say the same again."""
    hits = _book().recognise(words)
    return hits[0].issue if hits else ""


# ---------------------------------------------------------------- words
_TOKEN = re.compile(r"[^\W\d_]{4,}")
STEM = 6
"""Letters to which words are cut, so that "exchanged" and "exchange" are one."""


@cache
def _empty() -> frozenset[str]:
    return frozenset(codebook.load("analysis")["differences"]["empty"])


def content_words(text: str) -> frozenset[str]:
    """The words of a text that tell what it is about, without its names' capitals and endings."""
    return frozenset(word[:STEM] for word in _TOKEN.findall(text.lower()) if word not in _empty())


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the words of the shorter that the longer has too, 0 to 1, lowered if they are very unequal."""
    if not one or not other:
        return 0.0
    both = len(one & other)
    return both / (min(len(one), len(other)) * 0.5 + max(len(one), len(other)) * 0.5)


@cache
def descriptions() -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
    """The ways to describe a thing that exclude each other: name, and the words of each side."""
    rows = codebook.load("analysis")["descriptions"]
    return tuple((row["name"], tuple(tuple(side) for side in row["sides"])) for row in rows)


@cache
def _describing() -> tuple[re.Pattern[str], dict[str, tuple[int, int]]]:
    where = {
        word.lower(): (k, side)
        for k, (_, sides) in enumerate(descriptions())
        for side, words in enumerate(sides)
        for word in words
    }
    longest = sorted(where, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE), where


def _described(words: str) -> tuple[tuple[int, int], ...]:
    """Which descriptions a sentence uses, by index and side; one that uses both sides uses neither."""
    pattern, where = _describing()
    found = {where[match.lower()] for match in pattern.findall(words)}
    return tuple(sorted(one for one in found if (one[0], 1 - one[1]) not in found))
