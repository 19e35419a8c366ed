"""Framing."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

NAME = "parley_framing"


@Language.factory(NAME, assigns=["doc._.framing"], default_config={"files": []})
def make_framing(nlp: Language, name: str, files: list[str]) -> Framing:
    """The component."""
    return Framing()


class Framing:
    """Framing."""

    def __init__(self) -> None:
        """Register the extension."""
        Doc.set_extension("framing", default=(), force=True)

    def __call__(self, doc: Doc) -> Doc:
        """Set doc._.framing."""
        return doc
