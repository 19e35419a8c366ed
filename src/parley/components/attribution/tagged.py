"""Attributions of the trained tagger, as token spans, and what the rules add to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from parley.codebook import states_alike
from parley.components.attribution.lexicon import Cues
from parley.components.attribution.plausible import is_link
from parley.components.attribution.spans import Candidate, RoleSpans, TokenSpan, TokenSpans, joined
from parley.components.attribution.tree import Tree
from parley.components.mentions import WINDOWS
from parley.errors import ModelError
from parley.tagger import Attribution, AttributionTagger

NAMING = frozenset({"NOUN", "PROPN"})
Offsets = NDArray[np.int64]


@cache
def tagger(folder: str | None = None) -> AttributionTagger | None:
    """The tagger with the weights in a folder, or the shipped ones; None where those are not installed.

    Raises:
        ModelError: the folder that was named holds no weights.
    """
    path = Path(folder) if folder else Path(str(resources.files("parley") / "weights" / "attribution"))
    if (path / "encoder.onnx").exists():
        return AttributionTagger(path, alike=states_alike())
    if folder:
        raise ModelError(
            f"{folder} holds no attribution tagger (no encoder.onnx); make one with: parley train attribution"
        )
    return None


def tagged(docs: Sequence[Doc], model: AttributionTagger) -> list[tuple[RoleSpans, ...]]:
    """What the tagger finds in docs, each in text order; leaves their windows for the reader of positions."""
    places = [_places(doc) for doc in docs]
    bounds = [
        [(int(starts[first]), int(ends[stop - 1])) for first, stop in doc._.paragraphs]
        for doc, (starts, ends) in zip(docs, places, strict=True)
    ]
    found = model.tag_many([(doc.text, spans) for doc, spans in zip(docs, bounds, strict=True)])
    for doc, of_doc in zip(docs, found, strict=True):
        doc.user_data[WINDOWS] = (of_doc.words, of_doc.halves)
    return [_rows(of_doc.attributions, *place) for of_doc, place in zip(found, places, strict=True)]


def _places(doc: Doc) -> tuple[Offsets, Offsets]:
    """The code points where tokens start, and where they end."""
    starts = np.array([token.idx for token in doc], dtype=np.int64)
    return starts, starts + np.array([len(token) for token in doc], dtype=np.int64)


def _rows(found: Iterable[Attribution], starts: Offsets, ends: Offsets) -> tuple[RoleSpans, ...]:
    rows = (RoleSpans(*(_tokens(role, starts, ends) for role in (a.source, a.cue, a.content))) for a in found)
    return tuple(row for row in rows if row.cue and row.content)


def _tokens(spans: Iterable[tuple[int, int]], starts: Offsets, ends: Offsets) -> TokenSpans:
    """The tokens that code point spans touch."""
    touched = (
        (int(np.searchsorted(ends, start, side="right")), int(np.searchsorted(starts, end, side="left")))
        for start, end in spans
    )
    return joined(span for span in touched if span[0] < span[1])


def with_rules(
    trained: Sequence[RoleSpans], ruled: Iterable[Candidate], tree: Tree, words: Cues
) -> tuple[RoleSpans, ...]:
    """The tagger's attributions, and those of the rules that it left room for, in text order.

    Beside the tagger's, the rules add attributions of words that it gave to nobody: on the development set they find
    two in a hundred more and cost as much precision. Inside, they add reports within its reports, for the chain of who
    reports whom: the tagger was trained on texts in which these are not marked. Those must be speech by a source of
    its own that is no pronoun ("he said that he thought").
    """
    contents = _Cover(span for row in trained for span in row.content)
    taken = _Cover(span for row in trained for span in (*row.cue, *row.source))
    added = []
    for candidate in ruled:
        row = candidate.spans
        if not row.cue or taken.touches(row.cue):
            continue
        beside = not contents.touches(row.content) and not contents.touches(row.cue)
        if beside or (contents.holds(row.cue) and _is_named(row.source, tree) and is_link(tree, candidate, words)):
            added.append(row)
    return tuple(sorted((*trained, *added), key=lambda row: (row.cue or row.content)[0]))


def _is_named(source: TokenSpans, tree: Tree) -> bool:
    """Whether a source has a noun or a name for its words."""
    return any(tree.pos[i] in NAMING for start, end in source for i in range(start, end))


class _Cover:
    """Which tokens some spans hold."""

    def __init__(self, spans: Iterable[TokenSpan]) -> None:
        self._tokens = frozenset(i for start, end in spans for i in range(start, end))

    def touches(self, spans: Iterable[TokenSpan]) -> bool:
        return any(i in self._tokens for start, end in spans for i in range(start, end))

    def holds(self, spans: Iterable[TokenSpan]) -> bool:
        return all(i in self._tokens for start, end in spans for i in range(start, end))
