"""The database holds to the tables of DNA 3, and its offsets find the words in Java's count."""

from __future__ import annotations

import base64
import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from parley.exports.whole import dna
from parley.exports.whole.selection import Selection
from parley.exports.whole.units import utf16, without_returns


@pytest.fixture
def database(written: Callable[..., bytes], tmp_path: Path) -> Iterator[sqlite3.Connection]:
    path = tmp_path / "x.dna"
    path.write_bytes(written("dna"))
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


def test_it_is_whole(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert dict(database.execute("SELECT * FROM SETTINGS"))["version"].startswith("3.0")


def test_the_password_opens_it(database: sqlite3.Connection) -> None:
    ((kept,),) = database.execute("SELECT Password FROM CODERS")
    raw = base64.b64decode(kept)
    digest = raw[:16] + dna.PASSWORD.encode()
    for _ in range(100_000):
        digest = hashlib.sha256(digest).digest()
    assert digest == raw[16:]


def test_statements_stand_where_their_words_are(database: sqlite3.Connection, selection: Selection) -> None:
    found = database.execute(
        "SELECT Text, Start, Stop FROM STATEMENTS s JOIN DOCUMENTS d ON d.ID = s.DocumentId ORDER BY s.ID"
    )
    accounts = list(selection.accounts())
    texts = {record.id: without_returns(record.text) for record in selection.records()}
    words = [text.encode("utf-16-le")[2 * start : 2 * stop].decode("utf-16-le") for text, start, stop in found]
    assert words == [texts[a.article_id][a.spans[0][0] : a.spans[-1][1]] for a in accounts]


def test_every_statement_has_a_value_for_every_variable(database: sqlite3.Connection) -> None:
    (wanted,) = database.execute("SELECT count(*) FROM STATEMENTS JOIN VARIABLES USING (StatementTypeId)").fetchone()
    (found,) = database.execute(
        "SELECT (SELECT count(*) FROM DATASHORTTEXT) + (SELECT count(*) FROM DATABOOLEAN)"
    ).fetchone()
    assert found == wanted > 0
    (lacking,) = database.execute(
        "SELECT count(*) FROM ENTITIES e JOIN ATTRIBUTEVARIABLES v USING (VariableId) "
        "LEFT JOIN ATTRIBUTEVALUES a ON a.EntityId = e.ID AND a.AttributeVariableId = v.ID WHERE a.ID IS NULL"
    ).fetchone()
    assert lacking == 0


def test_agreement_is_said_only_where_there_is_a_stance(database: sqlite3.Connection, selection: Selection) -> None:
    kinds = dict(database.execute("SELECT StatementTypeId, count(*) FROM STATEMENTS GROUP BY 1"))
    accounts = list(selection.accounts())
    assert kinds[dna.NEUTRAL] == sum(account.polarity == "neutral" for account in accounts) == 1
    agreed = dict(database.execute("SELECT Value, count(*) FROM DATABOOLEAN GROUP BY 1"))
    assert agreed == {0: sum(a.polarity == "against" for a in accounts), 1: sum(a.polarity == "for" for a in accounts)}


def test_offsets_move_behind_an_emoji() -> None:
    at = utf16("a😀b")
    assert [at(0), at(1), at(2), at(3)] == [0, 1, 3, 4]
    assert without_returns("a\r\nb\rc") == "a \nb\nc"
