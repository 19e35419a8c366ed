"""What people say about the machine's rows: ``DIR/judgements.sqlite``, to which judgements are added and nothing else.

A run of the machine never touches the file, and nothing in it is changed or removed: an undo is a judgement too. Any
number of readers and writers may use it at once, each with a connection of its own.
"""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args
from urllib.parse import quote

from parley.errors import StoreError

Kind = Literal["confirm", "reject", "change", "add", "same", "undo"]
RowKind = Literal["position", "attribution", "event", "actor", "article", "party"]
Values = Mapping[str, Any]
"""Plain values, fit for JSON."""

NAME = "judgements.sqlite"
WAIT = 30.0
"""Seconds to wait for other writers."""
PAUSE = 0.02
"""Seconds until a locked file is tried again."""
LONGEST = {"who": 80, "why": 2000, "article_id": 500}
"""Code points."""
_TABLES = """
CREATE TABLE judgements(
    id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL, kind TEXT NOT NULL,
    article_id TEXT NOT NULL, row TEXT NOT NULL, target TEXT NOT NULL, "values" TEXT NOT NULL, why TEXT NOT NULL,
    undoes INTEGER REFERENCES judgements(id), "commit" INTEGER NOT NULL);
CREATE INDEX judgements_article ON judgements(article_id);
CREATE TRIGGER judgements_stay BEFORE UPDATE ON judgements BEGIN SELECT RAISE(ABORT, 'judgements are kept'); END;
CREATE TRIGGER judgements_remain BEFORE DELETE ON judgements BEGIN SELECT RAISE(ABORT, 'judgements are kept'); END;
PRAGMA user_version = 1;
"""
_COLUMNS = 'id, at, who, kind, article_id, row, target, "values", why, undoes, "commit"'
NEVER = datetime(1, 1, 1, tzinfo=UTC)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one person says about one row.

    A row is named by what the machine said in it, not by its id alone, as a new run numbers the rows anew.
    """

    who: str
    kind: Kind
    article_id: str
    row: RowKind
    """What is judged; ``article``: that everything in the article has been looked at; ``party``: who a party is, in all
    articles, so that it has no article of its own."""
    target: Values = field(default_factory=dict)
    """What the machine's row said; ``{"judgement": id}`` for a row that a person added."""
    values: Values = field(default_factory=dict)
    """What the row should say, every field of it; empty for reject and undo."""
    why: str = ""
    undoes: int | None = None
    """Id of the judgement that an undo takes back; an undo can be undone too."""
    commit: int = 0
    """Number of the commit whose row was judged."""
    id: int = 0
    """Given when it is kept, from 1 on."""
    at: datetime = NEVER
    """Given when it is kept."""


def add(folder: Path, judgement: Judgement) -> Judgement:
    """Keep a judgement; when this returns, it is on the disk.

    Returns:
        The judgement with its id and time.

    Raises:
        StoreError: it says something that cannot be, or the file cannot be written.
    """
    row = _checked(judgement)

    def write(connection: sqlite3.Connection) -> Judgement:
        at = datetime.now(UTC).isoformat(timespec="microseconds")
        connection.execute("BEGIN IMMEDIATE")
        try:
            marks = ", ".join("?" * (len(row) + 1))
            cursor = connection.execute(
                f"INSERT INTO judgements({_COLUMNS.removeprefix('id, ')}) VALUES({marks}) RETURNING {_COLUMNS}",
                (at, *row),
            )
            kept = _judgement(cursor.fetchone())
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return kept

    path = folder / NAME
    if not path.exists():
        _make(path)
    return _patiently(path, lambda: _used(path, "rw", write))


def undo(folder: Path, judgement_id: int, *, who: str, why: str = "") -> Judgement:
    """Take a judgement back; the judgement stays in the history, and so does this.

    Raises:
        StoreError: there is no such judgement, or the file cannot be written.
    """
    found = get(folder, judgement_id)
    return add(folder, Judgement(who, "undo", found.article_id, found.row, why=why, undoes=found.id))


def get(folder: Path, judgement_id: int) -> Judgement:
    """One judgement.

    Raises:
        StoreError: there is none of that id.
    """
    for judgement in _asked(folder, "WHERE id = ?", (judgement_id,)):
        return judgement
    raise StoreError(f"{folder}: no judgement {judgement_id}")


def history(folder: Path) -> tuple[Judgement, ...]:
    """All judgements in the order in which they were made; none where nobody has judged."""
    return _asked(folder, "", ())


def for_article(folder: Path, article_id: str) -> tuple[Judgement, ...]:
    """The judgements about one article, in the order in which they were made."""
    return _asked(folder, "WHERE article_id = ?", (article_id,))


def on_parties(folder: Path) -> tuple[Judgement, ...]:
    """The judgements on who a party is, in the order in which they were made, with their undos."""
    return _asked(folder, "WHERE row = 'party'", ())


def last(folder: Path) -> int:
    """Id of the newest judgement; 0 if there is none."""
    path = folder / NAME
    if not path.exists():
        return 0

    def read(connection: sqlite3.Connection) -> int:
        return int(connection.execute("SELECT coalesce(max(id), 0) FROM judgements").fetchone()[0])

    return _patiently(path, lambda: _used(path, "ro", read))


def undone(judgements: Iterable[Judgement]) -> frozenset[int]:
    """Ids of the judgements that an undo takes back which is not itself taken back.

    Args:
        judgements: with each the undos that name it.
    """
    found: set[int] = set()
    for judgement in sorted(judgements, key=lambda one: -one.id):
        if judgement.undoes is not None and judgement.id not in found:
            found.add(judgement.undoes)
    return frozenset(found)


def standing(judgements: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """The judgements that hold: neither undos nor undone."""
    gone = undone(judgements)
    return tuple(one for one in judgements if one.kind != "undo" and one.id not in gone)


# ---------------------------------------------------------------- the file
def _checked(judgement: Judgement) -> tuple[object, ...]:
    """The columns from ``who`` on.

    Raises:
        StoreError: a value cannot be.
    """
    if judgement.kind not in get_args(Kind) or judgement.row not in get_args(RowKind):
        raise StoreError(f"no judgement of the kind {judgement.kind!r} on {judgement.row!r}")
    if not judgement.who.strip():
        raise StoreError("a judgement says who made it; give a name")
    if (judgement.kind == "undo") != (judgement.undoes is not None):
        raise StoreError("an undo names the judgement that it takes back, and no other judgement does")
    for name, most in LONGEST.items():
        if len(getattr(judgement, name)) > most:
            raise StoreError(f"{name} is longer than {most} characters")
    texts = (judgement.who.strip(), judgement.kind, judgement.article_id, judgement.row)
    objects = (_json(judgement.target), _json(judgement.values))
    return (*map(_stored, texts), *objects, _stored(judgement.why), judgement.undoes, judgement.commit)


def _stored(text: str) -> str:
    """A text without lone surrogates, which SQLite cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _json(values: Values) -> str:
    return json.dumps(values, ensure_ascii=True, sort_keys=True)


def _asked(folder: Path, where: str, parameters: tuple[object, ...]) -> tuple[Judgement, ...]:
    path = folder / NAME
    if not path.exists():
        return ()

    def read(connection: sqlite3.Connection) -> tuple[Judgement, ...]:
        rows = connection.execute(f"SELECT {_COLUMNS} FROM judgements {where} ORDER BY id", parameters)
        return tuple(map(_judgement, rows))

    return _patiently(path, lambda: _used(path, "ro", read))


def _judgement(row: Sequence[Any]) -> Judgement:
    number, at, who, kind, article_id, kind_of_row, target, values, why, undoes, commit = row
    return Judgement(
        who, kind, article_id, kind_of_row, json.loads(target), json.loads(values), why, undoes, commit,
        number, datetime.fromisoformat(at),
    )  # fmt: skip


def _used(path: Path, mode: str, use: Callable[[sqlite3.Connection], T]) -> T:
    """What comes of a connection of one's own, which is closed again."""
    address = f"file:{quote(str(path.absolute()))}?mode={mode}"
    if mode == "ro" and not os.access(path.parent, os.W_OK) and not path.with_name(NAME + "-shm").exists():
        address += "&immutable=1"  # where not even a lock can be put down, the file as it lies
    with closing(sqlite3.connect(address, uri=True, timeout=WAIT, isolation_level=None)) as connection:
        if mode == "rw":
            connection.execute("PRAGMA synchronous = FULL")  # what a person has done must outlive a power cut
        return use(connection)


def _make(path: Path) -> None:
    """Make the file, whole or not at all, if no other process has by then.

    Raises:
        StoreError: it cannot be written.
    """
    draft = path.with_name(f"{NAME}.{secrets.token_hex(6)}.tmp")
    try:
        with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_TABLES)
        _place(draft, path)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{path}: cannot be written ({error})") from error
    finally:
        draft.unlink(missing_ok=True)


def _place(draft: Path, path: Path) -> None:
    """Give a file its name unless there is one of that name."""
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without links: what is left is a moment in which two may do it at once
        if not path.exists():
            draft.replace(path)


def _patiently(path: Path, use: Callable[[], T]) -> T:
    """Try again while another connection opens, mends or closes the file, which SQLite itself does not wait for.

    Raises:
        StoreError: the file is damaged, or stays locked.
    """
    until = time.monotonic() + WAIT
    while True:
        try:
            return use()
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            if not busy or time.monotonic() > until:
                raise StoreError(f"{path}: {error}") from error
            time.sleep(PAUSE)
        except sqlite3.DatabaseError as error:
            raise StoreError(f"{path}: damaged ({error}); it cannot be made anew, restore a copy of it") from error
