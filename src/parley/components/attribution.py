"""Attribution."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

NAME = "parley_attribution"


@Language.factory(NAME, assigns=["doc._.attributions"], default_config={"files": []})
def make_attribution(nlp: Language, name: str, files: list[str]) -> Attribution:
    """The component."""
    return Attribution()


class Attribution:
    """Attribution."""

    def __init__(self) -> None:
        """Register the extension."""
        Doc.set_extension("attributions", default=(), force=True)

    def __call__(self, doc: Doc) -> Doc:
        """Set doc._.attributions."""
        return doc
