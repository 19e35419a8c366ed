"""The demonstration corpus is whole: articles are marked and dated, its gold stands on exact words."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from parley import readers
from parley.codebook import codebook

DEMO = Path(str(resources.files("parley"))) / "demo"
GOLD: dict[str, Any] = tomllib.loads((DEMO / "expected.toml").read_text(encoding="utf-8"))
PATHS = sorted((DEMO / "articles").iterdir())
ARTICLES = {path.stem: readers.read_path(path) for path in PATHS}
BOOK = codebook()
GROUPS = {act.group for act in BOOK.acts.values()}


def assert_quoted(article: str, words: str) -> None:
    assert words in ARTICLES[article].text, (article, words)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_an_article_is_marked_dated_and_short(path: Path) -> None:
    article = ARTICLES[path.stem]
    assert "Written for Parley; the outlet is fictional" in path.read_text(encoding="utf-8")
    assert "Written for Parley" not in article.text
    assert article.meta.published == path.stem[:10]
    assert re.fullmatch(r"https://[a-z-]+\.example/.*", article.meta.url or "")
    assert article.meta.outlet
    assert article.meta.author
    assert 120 <= len(article.text.split()) <= 325


def test_the_corpus_is_large_and_mixed_enough() -> None:
    assert len(ARTICLES) >= 30
    assert len({article.meta.outlet for article in ARTICLES.values()}) >= 5
    assert {path.stem[:7] for path in PATHS} >= {"2022-03", "2025-05", "2025-06", "2025-07"}


def test_every_cell_is_of_the_codebook_and_has_articles() -> None:
    keys = [(cell["party"], cell["period"], cell["issue"]) for cell in GOLD["cell"]]
    assert len(set(keys)) == len(keys)
    for cell in GOLD["cell"]:
        assert {cell["issue"], *cell.get("also", ())} <= set(BOOK.issues)
        assert BOOK.acts[cell["best"]].group in cell["acts"]
        assert set(cell["acts"]) <= GROUPS | set(BOOK.acts)
        assert cell["articles"]
        assert set(cell["articles"]) <= set(ARTICLES)


def test_a_required_cell_rests_on_two_outlets() -> None:
    original = {member["article"]: copy["original"] for copy in GOLD["copy"] for member in copy["member"]}
    for cell in GOLD["cell"]:
        outlets = {ARTICLES[original.get(article, article)].meta.outlet for article in cell["articles"]}
        assert len(outlets) >= 2 or not cell["required"], cell


def test_every_side_of_a_disagreement_stands_in_its_articles() -> None:
    for one in GOLD["disagreement"]:
        assert len(one["side"]) >= 2
        for side in one["side"]:
            for article, words in zip(side["articles"], side["words"], strict=True):
                assert_quoted(article, words)


@pytest.mark.parametrize("table", ["agreement", "count"])
def test_every_figure_stands_in_its_articles(table: str) -> None:
    for row in GOLD[table]:
        for article, words in zip(row["articles"], row["words"], strict=True):
            assert_quoted(article, words)


def test_every_movement_has_both_quotations_and_both_cells() -> None:
    cells = {(cell["party"], cell["period"], cell["issue"]) for cell in GOLD["cell"]}
    for row in GOLD["movement"]:
        for end in (row["from"], row["to"]):
            assert_quoted(end["article"], end["words"])
            assert (row["party"], end["period"], row["issue"]) in cells


def test_every_name_stands_where_it_is_said_to() -> None:
    for row in GOLD["naming"]:
        for form in row["form"]:
            assert_quoted(form["article"], form["words"])
            assert ARTICLES[form["article"]].meta.outlet == form["outlet"]
