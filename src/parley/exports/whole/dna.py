"""A database of the Discourse Network Analyzer, version 3: it opens such files and imports from them, but no tables.

An account becomes a "DNA Statement": the party is the organization, a named source the person, the issue the concept,
and agreement says for or against. Accounts that are neither are statements of a type of their own, so that no network
counts them as agreement. DNA counts UTF-16 units, so offsets are reckoned anew.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import sqlite3
import tempfile
from datetime import UTC, date, datetime, time
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, BinaryIO

from parley.analysis.account import Account
from parley.exports.labels import issue_title
from parley.exports.visible import one_line, shortened
from parley.exports.whole.selection import Selection
from parley.exports.whole.units import utf16, without_returns

VERSION = "3.0.11"
"""The version of DNA whose tables these are; it refuses files that do not say 3.0."""
PASSWORD = "parley"
"""What DNA asks for when the file is opened; there is no database without one. It protects nothing."""
ROUNDS = 100_000
"""How often DNA's library hashes a password."""
MOST = 190
"""Letters of a short text; DNA refuses more."""
STATEMENT, NEUTRAL = 1, 2
TYPES = {STATEMENT: ("DNA Statement", 239, 208, 51), NEUTRAL: ("Neutral statement", 211, 211, 211)}
TEXTS = ("person", "organization", "concept", "act", "layer", "sourcing")
AGREEMENT = "agreement"
ATTRIBUTES = ("Type", "Alias", "Notes")


def write(selection: Selection, out: BinaryIO) -> None:
    """The database; it grows in a file of its own, as SQLite wants one, and is then copied."""
    with tempfile.TemporaryDirectory(prefix="parley-") as folder:
        path = Path(folder) / "record.dna"
        connection = sqlite3.connect(path)
        try:
            _Database(connection).fill(selection)
            connection.commit()
        finally:
            connection.close()
        with path.open("rb") as made:
            shutil.copyfileobj(made, out)


def password_hash(password: str, salt: bytes = b"parley.exports.1") -> str:
    """What DNA keeps of a password: salt and digest in Base64."""
    digest = salt + password.encode()
    for _ in range(ROUNDS):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode()


class _Database:
    """Fills one database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._do = connection.execute
        script = (resources.files("parley.exports.whole") / "dna.sql").read_text(encoding="utf-8")
        connection.executescript(script)
        self._documents: dict[str, int] = {}
        self._entities: dict[tuple[int, str], int] = {}
        self._offsets = lru_cache(maxsize=64)(self._read_offsets)

    @cached_property
    def _variables(self) -> dict[tuple[int, str], int]:
        """Numbers of the variables by type of statement and name."""
        pairs = [(STATEMENT, name) for name in (*TEXTS, AGREEMENT)] + [(NEUTRAL, name) for name in TEXTS]
        return {pair: number for number, pair in enumerate(pairs, 1)}

    def fill(self, selection: Selection) -> None:
        """Write everything."""
        self._do("INSERT INTO SETTINGS VALUES ('version', ?), ('date', '2025-06-01')", [VERSION])
        self._do("INSERT INTO CODERS (ID, Name, Red, Green, Blue, Password) VALUES (1, 'Parley', 255, 255, 0, ?)",
                 [password_hash(PASSWORD)])  # fmt: skip
        self._types()
        for row in selection.articles(text=True):
            self._document(row)
        for account in selection.accounts():
            self._statement(account)

    def _types(self) -> None:
        for number, row in TYPES.items():
            self._do("INSERT INTO STATEMENTTYPES VALUES (?, ?, ?, ?, ?)", [number, *row])
        for (kind, name), number in self._variables.items():
            data = "boolean" if name == AGREEMENT else "short text"
            self._do("INSERT INTO VARIABLES VALUES (?, ?, ?, ?)", [number, name, data, kind])
            if name != AGREEMENT:
                self._do("INSERT INTO ATTRIBUTEVARIABLES (VariableId, AttributeVariable) VALUES (?1, ?2), (?1, ?3), "
                         "(?1, ?4)", [number, *ATTRIBUTES])  # fmt: skip
                self._entity(number, "")

    def _document(self, row: dict[str, Any]) -> None:
        number = self._documents[row["article_id"]] = len(self._documents) + 1
        known = seconds(row["published"])
        notes = [f"article {row['article_id']}", row["url"], None if known is not None else "publication date unknown"]
        self._do(
            "INSERT INTO DOCUMENTS VALUES (?, ?, ?, 1, ?, ?, '', ?, ?, ?)",
            [number, _short(row["title"] or row["article_id"]), without_returns(row["text"]), _short(row["author"]),
             _short(row["outlet"]), "\n".join(note for note in notes if note), row["source_format"], known or 0],
        )  # fmt: skip

    def _statement(self, account: Account) -> None:
        if account.article_id not in self._documents or not account.spans:
            return
        kind = NEUTRAL if account.polarity == "neutral" else STATEMENT
        document, offset = self._documents[account.article_id], self._offsets(account.article_id)
        start, stop = offset(account.spans[0][0]), offset(account.spans[-1][1])
        number = self._do(
            "INSERT INTO STATEMENTS (StatementTypeId, DocumentId, Start, Stop, Coder) VALUES (?, ?, ?, ?, 1)",
            [kind, document, start, stop],
        ).lastrowid
        person = account.source if account.sourcing == "named" else ""
        values = (person, account.party_name, issue_title(account.issue), account.act, account.layer, account.sourcing)
        for name, value in zip(TEXTS, values, strict=True):
            variable = self._variables[kind, name]
            self._do("INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) VALUES (?, ?, ?)",
                     [number, variable, self._entity(variable, _short(value))])  # fmt: skip
        if kind == STATEMENT:
            self._do("INSERT INTO DATABOOLEAN (StatementId, VariableId, Value) VALUES (?, ?, ?)",
                     [number, self._variables[kind, AGREEMENT], int(account.polarity == "for")])  # fmt: skip

    def _entity(self, variable: int, value: str) -> int:
        """The number of a value of a variable, which is written when it first comes."""
        if (variable, value) not in self._entities:
            number = self._entities[variable, value] = len(self._entities) + 1
            self._do("INSERT INTO ENTITIES VALUES (?, ?, ?, 0, 0, 0, NULL)", [number, variable, value])
            self._do("INSERT INTO ATTRIBUTEVALUES (EntityId, AttributeVariableId) "
                     "SELECT ?, ID FROM ATTRIBUTEVARIABLES WHERE VariableId = ?", [number, variable])  # fmt: skip
        return self._entities[variable, value]

    def _read_offsets(self, article_id: str) -> Any:
        (text,) = self._do("SELECT Text FROM DOCUMENTS WHERE ID = ?", [self._documents[article_id]]).fetchone()
        return utf16(text)


def seconds(day: str | None) -> int | None:
    """Seconds from 1970 to midnight of a day; None if the day is not known."""
    try:
        return int(datetime.combine(date.fromisoformat((day or "")[:10]), time(), UTC).timestamp())
    except ValueError:
        return None


def _short(text: str | None) -> str:
    return shortened(one_line(text or ""), MOST)
