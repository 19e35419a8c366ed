"""Paragraphs: a sentence never crosses the border of one."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

NAME = "parley_paragraphs"


@Language.factory(NAME, assigns=["doc._.paragraphs", "token.is_sent_start"])
def make_paragraphs(nlp: Language, name: str) -> Paragraphs:
    """The component; it runs before the parser."""
    return Paragraphs()


class Paragraphs:
    """Finds paragraphs by the line breaks between them and starts a sentence at each."""

    def __init__(self) -> None:
        """Register ``doc._.paragraphs``."""
        Doc.set_extension("paragraphs", default=(), force=True)

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.paragraphs`` and the sentence starts that they imply."""
        bounds: list[tuple[int, int]] = []
        start = 0
        for token in doc:
            if token.is_space and "\n" in token.text:
                if token.i > start:
                    bounds.append((start, token.i))
                start = token.i + 1
                if start < len(doc):
                    doc[start].is_sent_start = True
        if start < len(doc):
            bounds.append((start, len(doc)))
        doc._.paragraphs = tuple(bounds)
        return doc
