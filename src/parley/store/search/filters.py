"""Filters of a search as SQL conditions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from parley.store.search.hits import Kind
from parley.store.search.tags import Name, any_of, tag, tags

Values = dict[str, str | None]
MOST_NAMES = 500
"""Parties by a name; with more the search is not narrowed down by them beforehand."""
_BY_NAME = "(p.name_key = :party OR ' ' || p.name_key || ' ' LIKE :part)"


@dataclass(frozen=True, slots=True)
class Filters:
    """What else must hold. An article passes ``party``, ``act`` and ``issue`` when one of its records does."""

    kind: Kind | None = None
    party: str | None = None
    """A name, or a country's code: RUS. The name of a state stands for all who speak for it."""
    act: str | None = None
    """An act of the codebook, or a type of event; in any case."""
    issue: str | None = None
    outlet: str | None = None
    since: str | None = None
    """The first day that the article may have been published on, ISO 8601."""
    until: str | None = None
    """The last day; ``2025-06`` is all of June."""

    def __bool__(self) -> bool:
        """Whether they leave anything out."""
        return self != Filters()

    def values(self, connection: sqlite3.Connection) -> Values:
        """What stands for the names in the conditions."""
        party = (self.party or "").strip()
        key = party.casefold()
        return {
            "kind": self.kind,
            "outlet": (self.outlet or "").casefold(),
            "since": self.since,
            "until": self.until,
            "act": self.act,
            "issue": self.issue,
            "party": key,
            "part": f"% {key} %",
            "country": _country(connection, key) or party.upper(),
        }

    def tagged(self, connection: sqlite3.Connection) -> list[str]:
        """FTS5 expressions that every document meets that the conditions let through."""
        plain: list[tuple[Name, str | None]] = [("outlet", self.outlet), ("act", self.act), ("issue", self.issue)]
        if self.kind != "article":
            plain.append(("kind", self.kind))
        found = [any_of([tag(name, value)]) for name, value in plain if value]
        if self.party:
            values = self.values(connection)
            sql = f"SELECT name FROM parties p WHERE {_BY_NAME} LIMIT {MOST_NAMES}"
            names = [name for (name,) in connection.execute(sql, values)]
            if len(names) < MOST_NAMES:
                country: tuple[Name, str | None] = ("country", values["country"])
                found.append(any_of(tags([country, *(("party", name) for name in names)])))
        return found

    def of_documents(self) -> Iterator[str]:
        """Conditions on a document ``d`` of the article ``a``, for positions, quotations and events."""
        if self.kind:
            yield "d.kind = :kind"
        yield from self._of_article()
        yield from self._of_record("d")

    def of_articles(self) -> Iterator[str]:
        """The same for articles themselves."""
        yield from self._of_article()
        met = " AND ".join(self._of_record("r"))
        if met:
            yield f"EXISTS (SELECT 1 FROM documents r WHERE r.article = d.article AND r.kind <> 'article' AND {met})"

    def _of_article(self) -> Iterator[str]:
        if self.outlet:
            yield "a.outlet_key = :outlet"
        if self.since:
            yield "a.published >= :since"
        if self.until:
            yield "substr(a.published, 1, length(:until)) <= :until"

    def _of_record(self, name: str) -> Iterator[str]:
        """What only a record can meet; the document is called ``name``."""
        if self.act:
            yield f"{name}.act = :act"
        if self.issue:
            yield f"{name}.issue = :issue"
        if self.party:
            yield (
                f"EXISTS (SELECT 1 FROM said_by s JOIN parties p ON p.id = s.party WHERE s.document = {name}.id AND "
                f"(p.country = :country OR {_BY_NAME}))"
            )


def _country(connection: sqlite3.Connection, key: str) -> str | None:
    """The country that a state's name stands for."""
    sql = "SELECT country FROM parties WHERE name_key = ? AND state AND country <> '' ORDER BY country"
    row = connection.execute(sql, (key,)).fetchone()
    return None if row is None else str(row[0])
