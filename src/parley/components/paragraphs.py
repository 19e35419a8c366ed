"""Paragraphs: a sentence never crosses the border of one."""

from __future__ import annotations

import numpy as np
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc

NAME = "parley_paragraphs"
DATELINE = 16
"""Tokens among which the dash of a dateline stands."""
DASHES = frozenset({"-", "–", "—", "--"})


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
            bounds.append((start, len(doc)))
        doc._.paragraphs = tuple(bounds)
        starts = np.zeros((len(doc), 1), dtype="uint64")
        for first, _ in bounds:
            starts[first] = 1
            if after := _after_dateline(doc, first):
                starts[after] = 1
        # At once, since a token's own setter looks through the whole doc.
        return doc.from_array([SENT_START], starts)  # type: ignore[arg-type]  # numpy's arrays are what it takes


def _after_dateline(doc: Doc, start: int) -> int | None:
    """The token after a paragraph's dateline: "GENEVA, 3 May (Agency) - The ..." names no one who acts."""
    if not doc[start].text.isupper() or len(doc[start]) < 3:
        return None
    for i in range(start + 1, min(start + DATELINE, len(doc) - 1)):
        if doc[i].text in DASHES:
            return i + 1
        if doc[i].is_space or (doc[i].is_alpha and doc[i].text.islower()):
            return None
    return None
