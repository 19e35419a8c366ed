"""The page on exports says what the table of forms says."""

from __future__ import annotations

from pathlib import Path

from parley.exports.whole.docs import PARTS, filled

PAGE = Path(__file__).parents[3] / "docs" / "exports.md"


def test_generated_parts_are_up_to_date() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"<!-- end of {name} -->" in page for name in PARTS)
    assert filled(page) == page, "run: python -m parley.exports.whole.docs docs/exports.md"
