"""Who did what to whom: the events of a record by their parties, their day and their outlet.

Each row is one article's telling: a deed that three outlets tell stands three times. A story that several outlets print
counts once. The day is the one that the words give, else that of publication.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any, Self

from parley import codebook
from parley.analysis.filters import Where
from parley.analysis.parties import ids_of, listed_name, parties_sql, spelled
from parley.analysis.source import HasConnection, rows
from parley.model import Status

GROUPS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
"""Groups of types of events, as the codebook names them."""


@dataclass(frozen=True, slots=True)
class DeedFilters:
    """Restrictions on events; those given must all hold, and within one any of its values will do."""

    type: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    """On either side; ids or names."""
    who: tuple[str, ...] = ()
    whom: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    status: tuple[Status, ...] = ()
    since: str | None = None
    """ISO 8601; a month or a year stands for all its days."""
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A party and what it is called."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Deed:
    """One article's telling of an event."""

    article_id: str
    event_id: str
    type: str
    status: str
    day: str | None
    given: bool
    """Whether the words give the day; else it is that of publication."""
    outlet: str | None
    published: str | None
    title: str | None
    who: tuple[Party, ...]
    whom: tuple[Party, ...]
    words: str
    trigger: str
    source: str | None
    """Words for whom the article cites; None: it tells the event on its own word."""
    reprints: int


@dataclass(frozen=True, slots=True)
class Dyad:
    """What one party did to another. An event with several parties on a side counts for each pair."""

    who: Party
    whom: Party
    number: int
    types: tuple[tuple[str, int], ...]
    """By type, the most frequent first."""
    cooperative: int
    conflictual: int


@dataclass(frozen=True, slots=True)
class Month:
    """The events of one month by group; events without a day stand under no month."""

    month: str | None
    groups: tuple[int, ...]
    """One number for each of ``GROUPS``."""


@cache
def group_of(kind: str) -> str:
    """The group of a type of events; empty for one that is not in the codebook."""
    return _groups().get(kind, "")


def types_of(group: str) -> tuple[str, ...]:
    """The types of events of a group; none for one that is not in the codebook."""
    return tuple(sorted(kind for kind, of in _groups().items() if of == group))


@cache
def _groups() -> dict[str, str]:
    folder = codebook.folder("plover")
    found = (codebook.load(f"plover/{path.stem}") for path in sorted(folder.glob("*.toml")))
    return {str(row["id"]): str(row["group"]) for row in found if "id" in row}


_number = count()


class Deeds:
    """The events of one commit, laid down once in the memory of the connection's database. Threads may share it."""

    def __init__(self, source: HasConnection, names: dict[str, str]) -> None:
        """Keep the names of the tables; ``Deeds.laid`` makes them."""
        self._source, self._names = source, names

    @classmethod
    def laid(cls, source: HasConnection) -> Self:
        """Lay the events of a source down.

        Args:
            source: a store, or whatever else has its tables; its connections must show one database.
        """
        number = next(_number)
        names = {name: f"parley_deed_{name}_{number}" for name in ("parties", "called", "deeds")}
        with source.connection() as connection:
            for name, sql in _LAYING.items():
                filled = sql.format(parties=parties_sql(), **{f"{key}_table": value for key, value in names.items()})
                connection.execute(f"CREATE TABLE {names[name]} AS {filled}")
        return cls(source, names)

    def drop(self) -> None:
        """Take the tables away."""
        with self._source.connection() as connection:
            for name in self._names.values():
                connection.execute(f"DROP TABLE IF EXISTS {name}")

    # ------------------------------------------------------------ questions
    def types(self, filters: DeedFilters) -> dict[str, int]:
        """Events by type, the most frequent first."""
        sql = "SELECT type, count(*) AS n FROM picked GROUP BY type ORDER BY n DESC, type"
        return {row["type"]: row["n"] for row in self._rows(filters, sql)}

    def months(self, filters: DeedFilters) -> tuple[Month, ...]:
        """Events by month, the undated last."""
        found: dict[str | None, list[int]] = {}
        sql = "SELECT left(day, 7) AS month, type, count(*) AS n FROM picked GROUP BY ALL ORDER BY month NULLS LAST"
        for row in self._rows(filters, sql):
            numbers = found.setdefault(row["month"], [0] * len(GROUPS))
            if group_of(row["type"]):
                numbers[GROUPS.index(group_of(row["type"]))] += row["n"]
        return tuple(Month(month, tuple(numbers)) for month, numbers in found.items())

    def dyads(self, filters: DeedFilters, *, most: int) -> tuple[Dyad, ...]:
        """Pairs of parties, those with most events first; what a party does to itself is left out."""
        pairs: dict[tuple[str, str], dict[str, int]] = {}
        for row in self._rows(filters, _PAIRS, most=most):
            pairs.setdefault((row["who"], row["whom"]), {})[row["type"]] = row["n"]
        called = self._called({party for pair in pairs for party in pair})
        return tuple(_dyad(called[who], called[whom], types) for (who, whom), types in pairs.items())

    def number(self, filters: DeedFilters) -> int:
        """How many events there are."""
        return int(self._rows(filters, "SELECT count(*) AS n FROM picked")[0]["n"])

    def told(self, filters: DeedFilters, *, limit: int, offset: int = 0) -> tuple[Deed, ...]:
        """Events with their words, the latest first, the undated last."""
        found = self._rows(filters, _TOLD, limit=limit, offset=offset)
        called = self._called({party for row in found for side in ("who", "whom") for party in row[side] or ()})
        return tuple(_deed(row, called) for row in found)

    def parties(self, *, most: int) -> tuple[Party, ...]:
        """The parties that do most."""
        sql = "SELECT p AS party FROM picked, unnest(who) t(p) GROUP BY p ORDER BY count(*) DESC, p LIMIT $most"
        ids = [row["party"] for row in self._rows(DeedFilters(), sql, most=most)]
        called = self._called(ids)
        return tuple(called[party] for party in ids)

    # ------------------------------------------------------------ how they are asked
    def _rows(self, filters: DeedFilters, sql: str, **more: object) -> list[dict[str, Any]]:
        where = self._where(filters)
        asked = f"WITH picked AS (SELECT * FROM {self._names['deeds']} WHERE {where}) {sql}"
        with self._source.connection() as connection:
            return rows(connection, asked, {**where.parameters, **more})

    def _where(self, filters: DeedFilters) -> Where:
        where = Where()
        where.add("type IN (SELECT unnest($types))", "types", filters.type)
        where.add("status IN (SELECT unnest($statuses))", "statuses", filters.status)
        where.add("lower(outlet) IN (SELECT unnest($outlets))", "outlets", [one.lower() for one in filters.outlet])
        where.add("left(day, length($since)) >= $since", "since", filters.since)
        where.add("left(day, length($until)) <= $until", "until", filters.until)
        for name, condition in _SIDES.items():
            if words := getattr(filters, name):
                where.add(condition, name, self._ids(words) or [""])
        return where

    def _ids(self, words: tuple[str, ...]) -> list[str]:
        """Ids of the parties that some words name."""
        table = self._names["parties"]
        sql = f"SELECT DISTINCT party FROM {table} WHERE spelled IN (SELECT unnest($words)) ORDER BY party"
        with self._source.connection() as connection:
            found = rows(connection, sql, {"words": [spelled(word) for word in words]})
        return [*ids_of(words), *(row["party"] for row in found)]

    def _called(self, parties: Iterable[str]) -> dict[str, Party]:
        wanted = sorted(parties)
        if not wanted:
            return {}
        sql = f"SELECT party, name FROM {self._names['called']} WHERE party IN (SELECT unnest($parties))"
        with self._source.connection() as connection:
            found = {row["party"]: row["name"] for row in rows(connection, sql, {"parties": wanted})}
        return {party: Party(party, listed_name(party, found.get(party, party))) for party in wanted}


_SIDES = {
    "party": "list_has_any(who, $party) OR list_has_any(whom, $party)",
    "who": "list_has_any(who, $who)",
    "whom": "list_has_any(whom, $whom)",
}
_LAYING = {
    "parties": """
        WITH used AS (
            SELECT article_id, unnest(actors) AS actor_id FROM events
            UNION SELECT article_id, unnest(recipients) FROM events
        ) {parties}
    """,
    "called": """
        SELECT party, name FROM {parties_table} GROUP BY party, name
        QUALIFY row_number() OVER (PARTITION BY party ORDER BY count(*) DESC, length(name) DESC, name) = 1
    """,
    "deeds": """
        WITH acting AS (SELECT article_id, event_id, unnest(actors) AS actor_id FROM events),
        suffering AS (SELECT article_id, event_id, unnest(recipients) AS actor_id FROM events),
        doers AS (
            SELECT article_id, event_id, list(DISTINCT party ORDER BY party) AS who
            FROM acting JOIN {parties_table} USING (article_id, actor_id) GROUP BY ALL
        ), receivers AS (
            SELECT article_id, event_id, list(DISTINCT party ORDER BY party) AS whom
            FROM suffering JOIN {parties_table} USING (article_id, actor_id) GROUP BY ALL
        ), heads AS (SELECT head, count(*) - 1 AS reprints FROM copies GROUP BY head)
        SELECT e.article_id, e.event_id, e.n, e.type, e.status,
            CASE WHEN e.date_precision = 'unknown' THEN left(a.published, 10)
                 ELSE coalesce(e.date_value, left(a.published, 10)) END AS day,
            e.date_precision <> 'unknown' AND e.date_value IS NOT NULL AND e.date_basis <> 'published' AS given,
            a.outlet, left(a.published, 10) AS published, doers.who, receivers.whom,
            coalesce(heads.reprints, 0) AS reprints
        FROM events e JOIN articles a USING (article_id)
        LEFT JOIN copies c USING (article_id) LEFT JOIN heads ON heads.head = e.article_id
        LEFT JOIN doers USING (article_id, event_id) LEFT JOIN receivers USING (article_id, event_id)
        WHERE coalesce(c.head, e.article_id) = e.article_id
    """,
}
"""Queries of the tables, in the order in which they are laid."""
_PAIRS = """
, alike AS (SELECT who, whom, type, count(*) AS n FROM picked WHERE len(who) > 0 AND len(whom) > 0 GROUP BY ALL),
pairs AS MATERIALIZED (
    SELECT w.id AS who, r.id AS whom, type, sum(n)::BIGINT AS n FROM alike, unnest(who) w(id), unnest(whom) r(id)
    WHERE w.id <> r.id GROUP BY ALL
), best AS (SELECT who, whom, sum(n) AS total FROM pairs GROUP BY ALL ORDER BY total DESC, who, whom LIMIT $most)
SELECT who, whom, type, n FROM pairs JOIN best USING (who, whom) ORDER BY total DESC, who, whom, n DESC, type
"""
_TOLD = """
, page AS (
    SELECT * FROM picked ORDER BY day DESC NULLS LAST, published DESC NULLS LAST, article_id, n
    LIMIT $limit OFFSET $offset
)
SELECT page.*, a.title, e.evidence_words, e.trigger_words, e.attribution, t.source_words
FROM page JOIN articles a USING (article_id) JOIN events e USING (article_id, event_id)
LEFT JOIN attributions t ON t.article_id = e.article_id AND t.attribution_id = e.attribution
ORDER BY day DESC NULLS LAST, page.published DESC NULLS LAST, article_id, page.n
"""


def _deed(row: dict[str, Any], called: dict[str, Party]) -> Deed:
    return Deed(
        article_id=row["article_id"],
        event_id=row["event_id"],
        type=row["type"],
        status=row["status"],
        day=row["day"],
        given=bool(row["given"]),
        outlet=row["outlet"],
        published=row["published"],
        title=row["title"],
        who=tuple(called[party] for party in row["who"] or ()),
        whom=tuple(called[party] for party in row["whom"] or ()),
        words=row["evidence_words"] or "",
        trigger=row["trigger_words"] or "",
        source=None if row["attribution"] is None else row["source_words"] or "",
        reprints=row["reprints"],
    )


def _dyad(who: Party, whom: Party, types: dict[str, int]) -> Dyad:
    both = {
        side: sum(n for kind, n in types.items() if group_of(kind).endswith(side))
        for side in ("cooperation", "conflict")
    }
    return Dyad(who, whom, sum(types.values()), tuple(types.items()), both["cooperation"], both["conflict"])
