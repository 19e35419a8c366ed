"""Asking the index: a query and filters become SQL, and what comes back is folded to one hit a story."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from parley.store.search import schema
from parley.store.search.filters import Filters
from parley.store.search.hits import CLOSE, KINDS, OPEN, Hit
from parley.store.search.show import shown
from parley.store.search.words import expression

MOST = 1_000
"""Hits that a query may ask for, and rows that are looked at for reprints of them."""
RANKED = 2_000
"""Where more documents match, as with a word that stands in every article, the latest added of them are ranked: going
through all would take seconds, and the order among so many says little."""


def query(
    folder: str | Path, text: str, filters: Filters | None = None, limit: int = 20, *, unfinished: bool = False
) -> list[Hit]:
    """What matches, the best first; without any words the latest that the filters let through.

    Reprints of a story are folded into one hit, and so are the same words in records of its reprints.

    Args:
        folder: the record.
        text: words, as ``parley.store.search.words.expression`` explains.
        filters: what else must hold.
        limit: hits at most.
        unfinished: the last word is still being typed.

    Raises:
        StoreError: there is no index, or it is damaged.
    """
    asked = filters or Filters()
    limit = max(min(limit, MOST), 0)
    words = expression(text, unfinished=unfinished)
    if not words and (text.strip() or not asked):
        return []  # nothing but punctuation
    with schema.reading(Path(folder)) as connection:
        connection.row_factory = sqlite3.Row
        found: list[Hit] = []
        for table, kinds in (("articles_found", ("article",)), ("records_found", KINDS[1:])):
            if asked.kind is None or asked.kind in kinds:
                found += _Question(connection, table, words, asked).hits(limit)
    order = {kind: n for n, kind in enumerate(KINDS)}
    if words:
        return sorted(found, key=lambda hit: -hit.score)[:limit]
    found.sort(key=lambda hit: (order[hit.kind], hit.article_id))
    return sorted(found, key=lambda hit: hit.published or "", reverse=True)[:limit]


class _Question:
    """One query to one of the two full-text tables."""

    def __init__(self, connection: sqlite3.Connection, table: str, words: str, asked: Filters) -> None:
        self._connection, self._table, self._words = connection, table, words
        text = [f"{{title words}} : ({words})"] if words else []
        match = " AND ".join(text + asked.tagged(connection))
        self._values = {**asked.values(connection), "match": match, "open": OPEN, "close": CLOSE}
        self._conditions = list(asked.of_articles() if table == "articles_found" else asked.of_documents())
        self._by_match = bool(match) and (bool(words) or not self._common())

    def hits(self, limit: int) -> list[Hit]:
        """The best hits, copies folded."""
        rows = self._folded(limit)
        best = min((row["rank"] for row in rows), default=0.0)
        hits = []
        for row in rows:
            head = self._head(row)
            hit = shown(self._connection, head, self._highlighted(head))
            hits.append(replace(hit, score=round(row["rank"] / best, 4) if best else 0.0))
        return hits

    def _common(self) -> bool:
        """Whether so much passes the filters that going through the articles by date soon meets enough."""
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {self._table} WHERE {self._table} MATCH :match LIMIT {RANKED})"
        return bool(self._connection.execute(sql, self._values).fetchone()[0] == RANKED)

    def _folded(self, limit: int) -> list[sqlite3.Row]:
        """The best rows, one for each story or, of records, for each wording in a story."""
        size = limit + 20
        while True:
            rows = self._rows(min(size, MOST))
            stories: dict[object, sqlite3.Row] = {}
            for row in rows:
                key = self._story(row)
                if key not in stories or (
                    row["article_id"] == row["head"] and stories[key]["article_id"] != row["head"]
                ):
                    stories[key] = row
            if len(stories) >= limit or len(rows) < size or size >= MOST:
                return list(stories.values())[:limit]
            size *= 4

    def _story(self, row: sqlite3.Row) -> object:
        """What two rows share that are to be folded."""
        if row["kind"] == "article":
            return row["head"]
        if not row["copied"]:
            return row["id"]
        words = self._connection.execute("SELECT words FROM documents WHERE id = ?", (row["id"],)).fetchone()[0]
        return row["head"], row["kind"], row["act"], row["issue"], words.casefold()

    def _head(self, row: sqlite3.Row) -> sqlite3.Row:
        """For an article that is a reprint: its head's row, where that matches too."""
        if row["kind"] != "article" or row["article_id"] == row["head"]:
            return row
        whole = "SELECT o.id FROM articles h JOIN documents o ON o.article = h.n AND o.kind = 'article'"
        more = f"d.id = ({whole} WHERE h.article_id = :head)"
        return next(iter(self._rows(1, more, head=row["head"])), row)

    def _rows(self, limit: int, more: str = "", **values: object) -> list[sqlite3.Row]:
        """Matching rows, the best first; without words the latest."""
        conditions = [*self._conditions, *([more] if more else [])]
        if self._by_match:
            source = (
                f"{self._table} f CROSS JOIN documents d ON d.id = f.rowid CROSS JOIN articles a ON a.n = d.article"
            )
            conditions.insert(0, f"f.{self._table} MATCH :match")
            order = f"f.rowid DESC LIMIT {RANKED}"
        else:
            source = "articles a CROSS JOIN documents d ON d.article = a.n"
            conditions.insert(0, f"d.kind {'=' if self._table == 'articles_found' else '<>'} 'article'")
            order = "a.published DESC, d.id LIMIT :limit"
        rank, then = ("f.rank", "id") if self._words else ("0.0", "published DESC, id")
        sql = (
            "SELECT * FROM (SELECT d.id, d.kind, a.article_id, d.act, d.issue, a.published, "
            f"coalesce(c.head, a.article_id) AS head, c.head IS NOT NULL AS copied, {rank} AS rank FROM {source} "
            f"LEFT JOIN copies c ON c.article_id = a.article_id WHERE {' AND '.join(conditions)} ORDER BY {order}) "
            f"ORDER BY rank, {then} LIMIT :limit"
        )
        return self._connection.execute(sql, {**self._values, **values, "limit": limit}).fetchall()

    def _highlighted(self, row: sqlite3.Row) -> str | None:
        """The words of a row with marks around what matches; None where there is nothing to match."""
        if not self._words:
            return None
        sql = (
            f"SELECT highlight({self._table}, 1, :open, :close) FROM {self._table} "
            f"WHERE {self._table} MATCH :match AND rowid = :id"
        )
        marked = self._connection.execute(sql, {**self._values, "id": row["id"]}).fetchone()
        return None if marked is None else str(marked[0])
