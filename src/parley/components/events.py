"""Events."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

NAME = "parley_events"


@Language.factory(NAME, assigns=["doc._.events"], default_config={"files": []})
def make_events(nlp: Language, name: str, files: list[str]) -> Events:
    """The component."""
    return Events()


class Events:
    """Events."""

    def __init__(self) -> None:
        """Register the extension."""
        Doc.set_extension("events", default=(), force=True)

    def __call__(self, doc: Doc) -> Doc:
        """Set doc._.events."""
        return doc
