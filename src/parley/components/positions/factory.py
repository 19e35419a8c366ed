"""The component: sets ``doc._.positions`` from the parse, the actors and the attributions of a doc."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from parley import codebook
from parley.components.mentions import WINDOWS, MentionIndex
from parley.components.positions import (
    charges,
    conditions,
    cues,
    documents,
    free,
    learnt,
    lists,
    nouns,
    predicates,
    rosters,
    settle,
    stances,
    statements,
    treaties,
    verbs,
)
from parley.components.positions.parties import Parties
from parley.components.positions.reading import Reading
from parley.components.positions.speech import Speech
from parley.components.positions.tree import Tree
from parley.tagger.positions import PositionReader

NAME = "parley_positions"


@Language.factory(
    NAME,
    requires=["doc._.mentions", "doc._.attributions", "doc._.quotes"],
    assigns=["doc._.positions"],
    default_config={"files": []},
)
def make_positions(nlp: Language, name: str, files: list[str]) -> Positions:
    """The component.

    Args:
        nlp: the pipeline.
        name: the component's name in it.
        files: paths of the user's TOML files of issues.
    """
    return Positions(files)


@cache
def reader() -> PositionReader | None:
    """The trained reader with the shipped weights; None where they are not installed."""
    folder = Path(str(resources.files("parley") / "weights" / "positions"))
    return PositionReader(folder) if (folder / "positions.onnx").exists() else None


class Positions:
    """Finds the positions of the parties of a doc."""

    def __init__(self, files: list[str]) -> None:
        """Load the codebook and register ``doc._.positions``.

        Raises:
            CodebookError: one of the files says something wrong.
        """
        Doc.set_extension("positions", default=(), force=True)
        self.codebook = codebook.codebook(tuple(files))
        self.cues = cues.load()
        self.rosters = rosters.words(self.cues)

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.positions``."""
        index = doc._.mentions if Doc.has_extension("mentions") else None
        if not isinstance(index, MentionIndex) or not index.actors:
            return doc
        reading = self.drafted(doc, index)
        if (held := doc.user_data.pop(WINDOWS, None)) is not None and (trained := reader()) is not None:
            learnt.find(reading, trained, *held)
        doc._.positions = settle.settle(reading)
        return doc

    def drafted(self, doc: Doc, index: MentionIndex) -> Reading:
        """The doc with what the rules find in it."""
        reading = self._reading(doc, index)
        for rules in (
            verbs,
            nouns,
            documents,
            statements,
            predicates,
            charges,
            conditions,
            lists,
            treaties,
            free,
            stances,
        ):
            rules.find(reading)
        return reading

    def _reading(self, doc: Doc, index: MentionIndex) -> Reading:
        tree = Tree(doc)
        found = rosters.find(tree, index, self.rosters)
        rosters.hang(tree, found)
        tree.link()
        speech = Speech(tree, doc._.attributions, self.cues.list("speech.verbs"), self.cues.list("documents.nouns"))
        parties = Parties(tree, index, speech, self.cues, rosters.by_token(found))
        reading = Reading(tree, self.cues, parties, speech, self.codebook, rosters.by_verb(found))
        reading.subjects = rosters.subjects(tree, found)
        for roster in found:
            reading.covered.update(range(roster.start, roster.end))
        return reading
