"""What holds for every form."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from importlib import import_module

import pytest

from parley.analysis.filters import Filters
from parley.exports.whole.archive import safe_name
from parley.exports.whole.formats import FORMATS, file_name
from parley.exports.whole.selection import Selection
from parley.store import Store
from tests.exports.whole.conftest import HARM_ID

Written = Callable[..., bytes]
forms = pytest.mark.parametrize("name", FORMATS)


@forms
def test_equal_records_give_equal_bytes(name: str, written: Written) -> None:
    assert written(name) == written(name)


@forms
def test_a_selection_of_nothing_can_be_written(name: str, written: Written) -> None:
    assert len(written(name, party=("nobody at all",))) <= len(written(name))


@forms
def test_reprints_are_counted_once(name: str, selection: Selection) -> None:
    assert [account.article_id for account in selection.accounts()].count("delta-2") == 0


@forms
def test_the_row_names_a_writer(name: str) -> None:
    module, function = FORMATS[name].writer.split(".")
    assert callable(getattr(import_module(f"parley.exports.whole.{module}"), function))


@forms
def test_file_names_are_plain_and_unlike(name: str) -> None:
    names = [file_name(form, "../Talks\n=2024") for form in FORMATS.values()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", one) for one in names)


@pytest.mark.parametrize("name", ["brat", "bundle"])
def test_names_in_archives_stay_in_their_folder(name: str, written: Written) -> None:
    archive = zipfile.ZipFile(io.BytesIO(written(name)))
    assert archive.testzip() is None
    for entry in archive.infolist():
        assert entry.filename.startswith("parley-")
        assert re.fullmatch(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+", entry.filename), entry.filename
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)


@pytest.mark.parametrize(
    "text",
    ["../../etc/passwd", "/abs", "C:\\x", "con", "CON.txt", "nul", "", ".", "..", "a" * 300, "é\u202e", "a/b", "A"],
)
def test_any_text_becomes_a_safe_name(text: str) -> None:
    name = safe_name(text)
    assert re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9._-]*", name)
    assert len(name) < 100
    assert name.split(".")[0].lower() not in ("con", "nul")
    assert safe_name("a/b") != safe_name("a_b")
    assert safe_name("a") != safe_name("A").lower()


def test_filters_narrow_records_too(store: Store) -> None:
    chosen = Selection.of(store, Filters(issue=("prisoners",)))
    (record,) = chosen.records()
    assert [position.id for position in record.positions] == ["p6"]
    assert [row["article_id"] for row in chosen.articles()] == ["delta-1"]
    assert len(list(Selection.of(store).records())) == 3


def test_a_condition_that_is_left_out_is_not_named(store: Store) -> None:
    (record,) = Selection.of(store, Filters(issue=("=1+1",))).records()
    assert record.id == HARM_ID
    assert record.positions[0].condition is None


def test_a_connection_stands_in_for_the_store(store: Store) -> None:
    with store.connection() as connection:
        connection.execute("CREATE TEMP TABLE kept AS SELECT * FROM positions WHERE issue = 'prisoners'")
        connection.execute("CREATE TEMP VIEW corrected AS SELECT * FROM kept")
        accounts = list(Selection.of(store, source=connection, show="corrected").accounts())
    assert len(accounts) > 1
