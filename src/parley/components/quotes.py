"""Quotations: the stretches between the directed marks that ``parley.clean`` left, paragraph by paragraph."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

NAME = "parley_quotes"
OPEN, CLOSE = "“", "”"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation inside one paragraph, in tokens of the doc."""

    start: int
    """First token: the opening mark."""
    end: int
    """Token after the last: after the closing mark, or the end of the paragraph where none closes it."""
    closed: bool
    """False where the quotation goes on in the next paragraph (or its mark was forgotten)."""
    words: int
    """Tokens inside that are words."""
    paragraph: int
    """Index into ``doc._.paragraphs``."""


@Language.factory(NAME, requires=["doc._.paragraphs"], assigns=["doc._.quotes"])
def make_quotes(nlp: Language, name: str) -> Quotes:
    """The component."""
    return Quotes()


class Quotes:
    """Pairs the quotation marks of each paragraph."""

    def __init__(self) -> None:
        """Register ``doc._.quotes``."""
        Doc.set_extension("quotes", default=(), force=True)

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.quotes``."""
        found: list[Quotation] = []
        for index, (first, stop) in enumerate(doc._.paragraphs):
            opened: int | None = None
            for i in range(first, stop):
                text = doc[i].text
                if opened is None and OPEN in text:
                    opened = i
                elif opened is not None and CLOSE in text:
                    found.append(_quotation(doc, opened, i + 1, True, index))
                    opened = None
            if opened is not None:
                found.append(_quotation(doc, opened, stop, False, index))
        doc._.quotes = tuple(found)
        return doc


def _quotation(doc: Doc, start: int, end: int, closed: bool, paragraph: int) -> Quotation:
    words = sum(1 for token in doc[start:end] if not (token.is_punct or token.is_space or token.is_quote))
    return Quotation(start, end, closed, words, paragraph)
