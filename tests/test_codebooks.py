"""The codebook is data: every file is whole, every example sentence is recognised as it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.codebook import OTHER, codebook, issue_from
from parley.errors import CodebookError

BOOK = codebook()
GROUPS = {"fighting", "security_order", "territory", "people", "rights", "economy", "process"}
ISSUES = list(BOOK.issues.values())


def test_all_acts_and_issues_are_there() -> None:
    assert len(BOOK.acts) == 20
    assert len(BOOK.issues) == 38
    assert OTHER not in BOOK.issues


@pytest.mark.parametrize("issue", ISSUES, ids=lambda issue: issue.id)
def test_an_issue_is_whole(issue) -> None:
    assert issue.group in GROUPS
    assert issue.definition.count(".") == 1
    assert len(issue.match) >= 6
    assert len(issue.no_match) >= 4
    assert len({*issue.match, *issue.no_match}) == len(issue.match) + len(issue.no_match)


@pytest.mark.parametrize(("issue", "sentence"), [(i.id, s) for i in ISSUES for s in i.match])
def test_match(issue: str, sentence: str) -> None:
    hits = BOOK.recognise(sentence)
    assert hits
    assert hits[0].issue == issue


@pytest.mark.parametrize(("issue", "sentence"), [(i.id, s) for i in ISSUES for s in i.no_match])
def test_no_match(issue: str, sentence: str) -> None:
    hits = BOOK.recognise(sentence)
    assert not hits or hits[0].issue != issue


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('id = "x"', "group"),
        ('id = "x"\ngroup = "g"\ntitle = "t"\ndefinition = "d"', "terms"),
        ('id = "x"\ngroup = "g"\ntitle = "t"\ndefinition = "d"\nterms = "word"', "terms"),
        ('id = "x"\ngroup = "g"\ntitle = "t"\ndefinition = "d"\nterms = [".. word"]', "terms"),
        ('id = "x"\ngroup = "g"\ntitle = "t"\ndefinition = "d"\nterms = ["a(b"]', "terms"),
        ("id = ", "file"),
    ],
)
def test_a_bad_file_says_where_and_why(text: str, key: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError) as caught:
        codebook((str(path),))
    assert caught.value.key == key
    assert "mine.toml" in str(caught.value)


def test_a_users_issue_comes_beside_the_shipped_ones(tmp_path: Path) -> None:
    path = tmp_path / "dam.toml"
    path.write_text(
        'id = "dam_filling"\ngroup = "economy"\ntitle = "Filling of the reservoir"\n'
        'definition = "How fast a reservoir is filled."\nterms = ["fill* .. reservoir/dam"]\n',
        encoding="utf-8",
    )
    book = codebook((str(path),))
    assert len(book.issues) == 39
    assert book.recognise("Cairo demanded that the filling of the reservoir stop.")[0].issue == "dam_filling"


def test_a_row_needs_lists_of_texts() -> None:
    row = {"id": "x", "group": "g", "title": "t", "definition": "d", "terms": [1]}
    with pytest.raises(CodebookError):
        issue_from(row, Path("x.toml"))
