"""What the sentences of articles say, kept on the disk beside the record: it is slow to find out and does not change.

The file is derived from the record and can be thrown away. Other versions of the rules that read sentences do not
believe it.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cache
from importlib import resources
from pathlib import Path

import msgspec

from parley.analysis.values import Bound, Kind, Value

NAME = "sentences.sqlite"
MANY = 200
"""Articles from which on it is worth while."""
WAIT = 10.0
"""Seconds to wait for another process that writes."""
_RULES = ("analysis/claims.py", "analysis/values.py", "analysis/value_dates.py", "analysis/sentences.py", "terms.py",
          "codebook.py", "codebooks")  # fmt: skip
"""What the reading of sentences depends on."""
_TABLE = """
CREATE TABLE IF NOT EXISTS sentences(article_id TEXT PRIMARY KEY, stamp TEXT NOT NULL, rules TEXT NOT NULL,
    said BLOB NOT NULL) WITHOUT ROWID
"""
Key = tuple[str, str]
"""An article's id, and what changes whenever its sentences may say something else."""


class Figure(msgspec.Struct, array_like=True, frozen=True):
    """A value in a sentence."""

    kind: Kind
    low: float
    high: float
    unit: str
    words: str
    start: int
    end: int
    bound: Bound

    @classmethod
    def of(cls, value: Value) -> Figure:
        """A value as it is kept."""
        return cls(value.kind, value.low, value.high, value.unit, value.words, value.start, value.end, value.bound)


class Said(msgspec.Struct, array_like=True, frozen=True):
    """What one sentence says of one issue; actors and positions by their ids in the article."""

    start: int
    end: int
    words: str
    named: tuple[str, ...]
    position_id: str | None
    day: str | None
    issue: str
    speaker: str | None
    sourcing: str
    layer: str
    act: str
    polarity: str
    values: tuple[Figure, ...]
    described: tuple[tuple[int, int], ...]
    content: tuple[str, ...]

    @property
    def found(self) -> tuple[Value, ...]:
        """The values in it."""
        return tuple(Value(*(getattr(one, name) for name in Figure.__struct_fields__)) for one in self.values)


_read = msgspec.msgpack.Decoder(list[Said]).decode
_write = msgspec.msgpack.Encoder().encode


class SentenceFile:
    """The file of one record; a context manager. One that cannot be written or read is done without."""

    def __init__(self, folder: Path) -> None:
        """Open it; it is made if it is not there.

        Args:
            folder: of the record.
        """
        self._connection = _opened(folder / NAME)

    def __enter__(self) -> SentenceFile:
        """The file itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close it."""
        if self._connection is not None:
            self._connection.close()

    def read(self, keys: Iterable[Key]) -> dict[str, list[Said]]:
        """What is known of some articles, by id."""
        if self._connection is None:
            return {}
        wanted = dict(keys)
        marks = ",".join("?" * len(wanted))
        sql = f"SELECT article_id, stamp, said FROM sentences WHERE rules = ? AND article_id IN ({marks})"
        try:
            found = self._connection.execute(sql, (rules(), *wanted)).fetchall()
            return {article: _read(said) for article, stamp, said in found if stamp == wanted[article]}
        except (sqlite3.Error, msgspec.DecodeError):
            return {}

    def stamps(self) -> dict[str, str]:
        """The stamps of all articles that are known."""
        if self._connection is None:
            return {}
        sql = "SELECT article_id, stamp FROM sentences WHERE rules = ?"
        try:
            return dict(self._connection.execute(sql, (rules(),)).fetchall())
        except sqlite3.Error:
            return {}

    def drop(self, articles: Iterable[str]) -> None:
        """Forget some articles."""
        if self._connection is not None:
            with suppress(sqlite3.Error), self._connection:
                gone = [(article,) for article in articles]
                self._connection.executemany("DELETE FROM sentences WHERE article_id = ?", gone)

    def add(self, found: Sequence[tuple[Key, list[Said]]]) -> None:
        """Keep what the sentences of some articles say."""
        if self._connection is None or not found:
            return
        rows = [(article, stamp, rules(), _write(said)) for (article, stamp), said in found]
        try:
            with self._connection:
                self._connection.executemany("INSERT OR REPLACE INTO sentences VALUES(?, ?, ?, ?)", rows)
        except (sqlite3.Error, UnicodeError):
            return


@cache
def rules() -> str:
    """A digest of what the reading of sentences depends on."""
    root, digest = Path(str(resources.files("parley"))), hashlib.sha256()
    for name in _RULES:
        path = root / name
        for file in sorted(path.rglob("*.toml")) if path.is_dir() else [path]:
            digest.update(file.relative_to(root).as_posix().encode() + b"\n" + file.read_bytes())
    return digest.hexdigest()[:16]


def _opened(path: Path) -> sqlite3.Connection | None:
    """A connection; none where there can be no file."""
    if not os.access(path.parent, os.W_OK):
        return None
    try:
        connection = sqlite3.connect(path, timeout=WAIT)
    except sqlite3.Error:
        return None
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")  # what a power cut takes away is found out again
        connection.execute(_TABLE)
        connection.commit()
    except sqlite3.Error:
        connection.close()
        return None
    return connection
