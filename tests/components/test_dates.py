"""Dates of acts, reckoned from the article's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from parley.components.dates import Dates
from parley.model import Date

if TYPE_CHECKING:
    from spacy.language import Language


def dated(nlp: Language, text: str, word: str, published: str | None) -> Date:
    """The date at a word of a text."""
    doc = nlp.make_doc(text)
    doc.user_data["published"] = published
    doc = nlp(doc)
    return Dates(doc).at(next(token.i for token in doc if token.text == word))


@pytest.mark.parametrize(
    ("text", "value", "precision", "basis"),
    [
        ("Kenya attacked on 2 June 2024.", "2024-06-02", "day", "text"),
        ("Kenya attacked on June 2, 2024.", "2024-06-02", "day", "text"),
        ("Kenya attacked on June 2.", "2025-06-02", "day", "relative"),
        ("Kenya attacked in March 2023.", "2023-03", "month", "text"),
        ("Kenya attacked in 2019.", "2019", "year", "text"),
        ("Kenya attacked on Monday.", "2025-06-02", "day", "relative"),
        ("Kenya attacked yesterday.", "2025-06-03", "day", "relative"),
        ("Kenya attacked today.", "2025-06-04", "day", "published"),
        ("Kenya attacked last month.", "2025-05", "month", "relative"),
        ("Kenya attacked last year.", "2024", "year", "relative"),
        ("Kenya attacked.", None, "unknown", "none"),
    ],
)
def test_dates(nlp: Language, text: str, value: str | None, precision: str, basis: str) -> None:
    found = dated(nlp, text, "attacked", "2025-06-04")
    assert (found.value, found.precision, found.basis) == (value, precision, basis)


def test_day_of_the_report_is_not_that_of_the_act(nlp: Language) -> None:
    assert dated(nlp, "Kenya attacked, officials said on Monday.", "attacked", "2025-06-04") == Date()


def test_without_a_published_date(nlp: Language) -> None:
    assert dated(nlp, "Kenya attacked on Monday.", "attacked", None) == Date()
    assert dated(nlp, "Kenya attacked on 31 February.", "attacked", "nonsense") == Date()
