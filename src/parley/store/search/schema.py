"""The tables inside ``search.sqlite``, and how it is opened."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from parley.errors import StoreError

NAME = "search.sqlite"
FORMAT = "1"
"""Goes up when the tables below change; an index of another format is made anew."""
WAIT = 30.0
"""Seconds to wait for another writer of the index; readers never wait."""

_FOUND = (
    "USING fts5(title, words, tags, content='documents', content_rowid='id', tokenize='unicode61 remove_diacritics 2')"
)
TABLES = f"""
CREATE TABLE about(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles(
    n INTEGER PRIMARY KEY, article_id TEXT NOT NULL UNIQUE, title TEXT, outlet TEXT, outlet_key TEXT, published TEXT,
    stamp TEXT NOT NULL);
CREATE INDEX articles_published ON articles(published);
CREATE TABLE documents(
    id INTEGER PRIMARY KEY, article INTEGER NOT NULL, kind TEXT NOT NULL, local_id TEXT, act TEXT COLLATE NOCASE,
    issue TEXT COLLATE NOCASE, spans TEXT, title TEXT NOT NULL, words TEXT NOT NULL, tags TEXT NOT NULL);
CREATE INDEX documents_article ON documents(article, kind);
CREATE TABLE parties(
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL, country TEXT NOT NULL, state INTEGER NOT NULL,
    UNIQUE(name, country, state));
CREATE TABLE said_by(document INTEGER, party INTEGER, PRIMARY KEY(document, party)) WITHOUT ROWID;
CREATE TABLE copies(article_id TEXT PRIMARY KEY, head TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX copies_head ON copies(head);
CREATE VIRTUAL TABLE articles_found {_FOUND};
CREATE VIRTUAL TABLE records_found {_FOUND};
INSERT INTO articles_found(articles_found, rank) VALUES('rank', 'bm25(4.0, 1.0, 0.0)');
INSERT INTO records_found(records_found, rank) VALUES('rank', 'bm25(1.0, 1.0, 0.0)');
"""
"""Articles and records are ranked apart: a record is one sentence, and would always win. A word in a title counts four
times."""
_DROPPED = ("articles_found", "records_found", "about", "articles", "documents", "parties", "said_by", "copies")


@contextmanager
def writing(folder: Path) -> Iterator[sqlite3.Connection]:
    """The index, for writing: all that is done in the block is one transaction. It is made where there is none.

    Raises:
        StoreError: it is damaged, or cannot be written.
    """
    path = folder / NAME
    with _told(path), closing(sqlite3.connect(path, timeout=WAIT, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")  # what a power cut takes away is added again
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("BEGIN IMMEDIATE")
        try:
            if _format(connection) != FORMAT:
                make_anew(connection)
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


@contextmanager
def reading(folder: Path) -> Iterator[sqlite3.Connection]:
    """The index as it is now, read-only, unmoved by writers.

    Raises:
        StoreError: there is none, or it is damaged.
    """
    path = folder / NAME
    if not path.exists():
        raise StoreError(f"{folder}: nothing to search in yet; parley repair makes the index")
    with _told(path), closing(_opened(path)) as connection:
        if _format(connection) != FORMAT:
            raise StoreError(f"{path}: made by another version of Parley; parley repair makes it anew")
        yield connection


def commit_of(folder: Path) -> int | None:
    """The number of the commit that the index shows; None if there is no index.

    Raises:
        StoreError: it is damaged.
    """
    if not (folder / NAME).exists():
        return None
    with reading(folder) as connection:
        return told_commit(connection)


def told_commit(connection: sqlite3.Connection) -> int | None:
    """The same of an open index."""
    row = connection.execute("SELECT value FROM about WHERE name = 'commit'").fetchone()
    return None if row is None else int(row[0])


def make_anew(connection: sqlite3.Connection) -> None:
    """Empty tables, whatever was there; within the caller's transaction."""
    for name in _DROPPED:
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    for statement in TABLES.split(";\n"):
        connection.execute(statement)
    connection.execute("INSERT INTO about VALUES('format', ?)", (FORMAT,))


def remove(folder: Path) -> None:
    """Throw a damaged index away, with what belongs to it."""
    for ending in ("", "-wal", "-shm"):
        (folder / (NAME + ending)).unlink(missing_ok=True)


def _opened(path: Path) -> sqlite3.Connection:
    """A read-only connection in a transaction; where not even a lock can be put down, the file as it lies."""
    address = f"file:{quote(str(path.absolute()))}?mode=ro"
    if not os.access(path.parent, os.W_OK) and not path.with_name(NAME + "-shm").exists():
        address += "&immutable=1"
    connection = sqlite3.connect(address, uri=True, timeout=WAIT, isolation_level=None)
    try:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _format(connection: sqlite3.Connection) -> str | None:
    """The format that an index says it has."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'about'").fetchone():
        return None
    row = connection.execute("SELECT value FROM about WHERE name = 'format'").fetchone()
    return None if row is None else str(row[0])


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what SQLite says into the project's own error."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise StoreError(f"{path}: {error}") from error
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: damaged ({error}); parley repair makes it anew") from error
