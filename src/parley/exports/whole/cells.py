"""Makes cells harmless: a spreadsheet takes some texts for formulas and runs them."""

from __future__ import annotations

FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
"""Characters with which a formula may begin, the wide forms included, and those that a spreadsheet skips before it."""


def runs(text: str) -> bool:
    """Whether a spreadsheet might take a text for a formula."""
    return text[:1] in FORMULA or text.lstrip()[:1] in FORMULA if text else False


def defused(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet might run it; the apostrophe makes it a text."""
    return f"'{text}" if runs(text) else text


def encodable(text: str) -> str:
    """The text with lone surrogates, which UTF-8 cannot write, shown as U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
