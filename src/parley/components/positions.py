"""Positions."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

NAME = "parley_positions"


@Language.factory(NAME, assigns=["doc._.positions"], default_config={"files": []})
def make_positions(nlp: Language, name: str, files: list[str]) -> Positions:
    """The component."""
    return Positions()


class Positions:
    """Positions."""

    def __init__(self) -> None:
        """Register the extension."""
        Doc.set_extension("positions", default=(), force=True)

    def __call__(self, doc: Doc) -> Doc:
        """Set doc._.positions."""
        return doc
