"""Framing: the words that colour the telling, and whose words they are.

The user's files (config key ``files``) hold further senses in the form of ``codebooks/framing/*.toml``.
"""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from parley.components.framing_hits import word_drafts
from parley.components.framing_lexicon import FramingWords, framing_words
from parley.components.framing_page import Page
from parley.components.framing_quotes import scare_quotes
from parley.components.framing_settle import settle
from parley.components.framing_sources import unnamed_sources

NAME = "parley_framing"


@Language.factory(
    NAME,
    requires=["doc._.paragraphs", "doc._.quotes", "doc._.attributions", "doc._.mentions", "token.tag", "token.dep"],
    assigns=["doc._.framing"],
    default_config={"files": []},
)
def make_framing(nlp: Language, name: str, files: list[str]) -> FramingMarker:
    """The component."""
    return FramingMarker(framing_words(tuple(Path(file) for file in files)))


class FramingMarker:
    """Marks loaded wording, labels, scare quotes, hedges and unnamed sources."""

    def __init__(self, words: FramingWords) -> None:
        """Keep the lexicon and register ``doc._.framing``."""
        self.words = words
        Doc.set_extension("framing", default=(), force=True)

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.framing``."""
        if len(doc):
            page = Page(doc)
            words, rules = list(word_drafts(page, self.words)), self.words.rules
            drafts = [*words, *scare_quotes(page, rules, words), *unnamed_sources(page, rules)]
            doc._.framing = settle(page, drafts)
        return doc
