"""Actors."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

NAME = "parley_actors"


@Language.factory(NAME, assigns=["doc._.actors"], default_config={"files": []})
def make_actors(nlp: Language, name: str, files: list[str]) -> Actors:
    """The component."""
    return Actors()


class Actors:
    """Actors."""

    def __init__(self) -> None:
        """Register the extension."""
        Doc.set_extension("actors", default=(), force=True)

    def __call__(self, doc: Doc) -> Doc:
        """Set doc._.actors."""
        return doc
