"""Bringing the index to a commit of the record."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from parley.errors import StoreError
from parley.store.search import documents, schema
from parley.store.search.documents import Found, Party

if TYPE_CHECKING:
    from parley.store.reader import Store

BATCH = 2_000
"""Articles read from the record at a time: some 100 MB."""
_COLUMNS = "article, kind, local_id, act, issue, spans, title, words, tags"


def update(folder: str | Path, store: Store, *, since: int | None = None, touched: Iterable[str] = ()) -> int:
    """Bring the index to the commit that a store shows, from whatever commit it is at.

    Args:
        folder: the record.
        store: opened on it.
        since: a commit number. If the index is at it, only ``touched`` is looked at, which saves comparing all
            articles.
        touched: ids of all articles that were added, changed or removed since then.

    Returns:
        How many articles were written or removed.

    Raises:
        StoreError: the index is damaged (``rebuild`` makes it anew) or cannot be written.
    """
    path = Path(folder)
    with schema.writing(path) as connection:
        at = schema.told_commit(connection)
        if at == store.commit.number:
            return 0
        changed = list(dict.fromkeys(touched)) if at is not None and at == since else _changed(connection, store)
        return _write(connection, store, changed)


def rebuild(folder: str | Path, store: Store) -> int:
    """Make the index anew; searches see the old one until the new one is complete, unless it is damaged.

    Returns:
        How many articles it holds.

    Raises:
        StoreError: it cannot be written.
    """
    path = Path(folder)
    try:
        with schema.writing(path) as connection:
            schema.make_anew(connection)
            return _write(connection, store, _changed(connection, store))
    except StoreError as error:
        if isinstance(error.__cause__, sqlite3.OperationalError):
            raise
    schema.remove(path)
    with schema.writing(path) as connection:
        return _write(connection, store, _changed(connection, store))


def check(folder: str | Path, store: Store) -> list[str]:
    """What is wrong with the index, one line each."""
    path = Path(folder)
    try:
        at = schema.commit_of(path)
        if at != store.commit.number:
            return [f"{schema.NAME}: shows commit {at}, the record is at {store.commit.number}"]
        with schema.reading(path) as connection:
            wrong = [row[0] for row in connection.execute("PRAGMA quick_check") if row[0] != "ok"]
            differing = _changed(connection, store)
    except StoreError as error:
        return [str(error)]
    wrong += [f"{len(differing)} articles differ from the record, {differing[0]} first"] if differing else []
    return [f"{schema.NAME}: {one}; parley repair makes it anew" for one in wrong]


def _changed(connection: sqlite3.Connection, store: Store) -> list[str]:
    """Ids of the articles in which index and record differ."""
    there = documents.stamps(store)
    here = dict(connection.execute("SELECT article_id, stamp FROM articles"))
    return sorted(name for name in there.keys() | here.keys() if there.get(name) != here.get(name))


def _write(connection: sqlite3.Connection, store: Store, changed: list[str]) -> int:
    """Replace some articles, then the copies; the commit's number last."""
    parties = _Parties(connection)
    for start in range(0, len(changed), BATCH):
        batch = changed[start : start + BATCH]
        for name in batch:
            _remove(connection, name)
        for found in documents.read(store, batch):
            _add(connection, found, parties)
    _copies(connection, store)
    connection.execute("INSERT OR REPLACE INTO about VALUES('commit', ?)", (str(store.commit.number),))
    return len(changed)


def _remove(connection: sqlite3.Connection, article_id: str) -> None:
    row = connection.execute("SELECT n FROM articles WHERE article_id = ?", (article_id,)).fetchone()
    if row is None:
        return
    gone = connection.execute("SELECT id, kind, title, words, tags FROM documents WHERE article = ?", row).fetchall()
    for document, kind, *indexed in gone:
        table = _found(kind)
        connection.execute(
            f"INSERT INTO {table}({table}, rowid, title, words, tags) VALUES('delete', ?, ?, ?, ?)",
            (document, *indexed),
        )
        connection.execute("DELETE FROM said_by WHERE document = ?", (document,))
    connection.execute("DELETE FROM documents WHERE article = ?", row)
    connection.execute("DELETE FROM articles WHERE n = ?", row)


def _add(connection: sqlite3.Connection, found: Found, parties: _Parties) -> None:
    title, outlet = (documents.fit(text) if text else None for text in (found.title, found.outlet))
    row = (found.article_id, title, outlet, outlet and outlet.casefold(), found.published, found.stamp)
    sql = "INSERT INTO articles(article_id, title, outlet, outlet_key, published, stamp) VALUES(?, ?, ?, ?, ?, ?)"
    article = connection.execute(sql, row).lastrowid
    for one, tagged in found.tagged():
        values = (article, one.kind, one.local_id, one.act, one.issue, one.spans_json, one.title, one.words, tagged)
        document = connection.execute(f"INSERT INTO documents({_COLUMNS}) VALUES(?,?,?,?,?,?,?,?,?)", values).lastrowid
        sql = f"INSERT INTO {_found(one.kind)}(rowid, title, words, tags) VALUES(?, ?, ?, ?)"
        connection.execute(sql, (document, one.title, one.words, tagged))
        said = [(document, parties.number(party)) for party in one.parties]
        connection.executemany("INSERT OR IGNORE INTO said_by VALUES(?, ?)", said)


def _found(kind: str) -> str:
    """The full-text table that a kind is in."""
    return "articles_found" if kind == "article" else "records_found"


def _copies(connection: sqlite3.Connection, store: Store) -> None:
    """Take over the clusters of copies, as far as they changed."""
    version = str(store.commit.tables["copies"])
    if connection.execute("SELECT 1 FROM about WHERE name = 'copies' AND value = ?", (version,)).fetchone():
        return
    table = store.arrow("SELECT article_id, head FROM copies")
    there = dict(zip(table.column(0).to_pylist(), table.column(1).to_pylist(), strict=True))
    here = dict(connection.execute("SELECT article_id, head FROM copies"))
    connection.executemany("DELETE FROM copies WHERE article_id = ?", [(one,) for one in here if one not in there])
    changed = [(one, head) for one, head in there.items() if here.get(one) != head]
    connection.executemany("INSERT OR REPLACE INTO copies VALUES(?, ?)", changed)
    connection.execute("INSERT OR REPLACE INTO about VALUES('copies', ?)", (version,))


class _Parties:
    """The numbers of parties; new ones are added. Names that nothing uses any more stay: they do no harm."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._numbers: dict[Party, int] = {}

    def number(self, party: Party) -> int:
        """A party's number."""
        if party not in self._numbers:
            row = (party.name, party.name.casefold(), party.country, party.state)
            sql = "INSERT OR IGNORE INTO parties(name, name_key, country, state) VALUES(?, ?, ?, ?)"
            self._connection.execute(sql, row)
            sql = "SELECT id FROM parties WHERE name = ? AND country = ? AND state = ?"
            self._numbers[party] = self._connection.execute(sql, (party.name, party.country, party.state)).fetchone()[0]
        return self._numbers[party]
