"""What the reader learns from: texts read by the pipeline up to the rules, so that it learns on what it will see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from parley import pipeline
from parley.clean import clean
from parley.components.mentions import WINDOWS
from parley.components.positions import NAME
from parley.components.positions.clues import clues
from parley.components.positions.factory import Positions
from parley.tagger.positions import ORDERS, Clues, Passage, passages
from parley.training.positions.texts import Labelled, Names, Row

if TYPE_CHECKING:
    from spacy.tokens import Doc

UNUSED = ("parley_events", "parley_framing", NAME)
"""Components that tell the reader nothing."""
LONG = 480
"""Word pieces of a passage at most: longer than what is read at once later, so that those are no rarity."""
CLUES = ("tells", "heads", "names", "terms")
"""Clues that are one for each word."""


@dataclass(frozen=True)
class Example:
    """A passage with float16 states, what is known of its words, and the positions told in it."""

    passage: Passage
    clues: Clues
    rows: tuple[Row, ...]


def examples(texts: Sequence[Labelled], known: Names, tagger: Path) -> Iterator[Example]:
    """The passages of some texts.

    Args:
        texts: labelled texts.
        known: the labels.
        tagger: folder of the tagger whose encoder is gone on from.
    """
    nlp = pipeline.load(weights=str(tagger))
    rules = nlp.get_pipe(NAME)
    assert isinstance(rules, Positions)
    cleaned = [clean(text.text) for text in texts]
    with nlp.select_pipes(disable=[name for name in UNUSED if name in nlp.pipe_names]):
        docs = nlp.pipe(nlp.make_doc(body.text) for body in cleaned)
        for text, body, doc in zip(texts, cleaned, docs, strict=True):
            yield from _of_doc(doc, text, body.origin, rules, known)


def _of_doc(doc: Doc, text: Labelled, origin: Sequence[int], rules: Positions, known: Names) -> Iterator[Example]:
    if WINDOWS not in doc.user_data:
        return
    words, halves = doc.user_data[WINDOWS]
    reading = rules.drafted(doc, doc._.mentions)
    found = clues(reading, words, known.acts, known.issues)
    of_start = {origin[int(start)]: word for word, start in enumerate(words.starts)}
    place = {k: of_start[int(start)] for k, start in enumerate(text.words.starts) if int(start) in of_start}
    rows = [_moved(row, place) for row in text.rows if row.cue in place]
    for passage in passages(halves, LONG):
        here = {word: word - passage.start for word in range(passage.start, passage.stop)}
        inside = tuple(_moved(row, here) for row in rows if row.cue in here)
        slim = replace(passage, states=passage.states.astype(np.float16))
        yield Example(slim, found.within(passage.start, passage.stop), inside)


def _moved(row: Row, place: Mapping[int, int]) -> Row:
    """A row whose words are counted otherwise; those of its party that have no place are left out."""
    return replace(row, cue=place[row.cue], party=tuple(place[word] for word in row.party if word in place))


def joined(one: Example, other: Example) -> Example:
    """Two passages read as one, so that the reader learns to keep to what stands near in a long one."""
    pieces, words = len(one.passage.states), len(one.passage.first)
    first, second = one.passage, other.passage
    passage = replace(
        first,
        states=np.concatenate([first.states, second.states]),
        order=np.concatenate([first.order, np.minimum(second.order + first.order[-1] + 1, ORDERS - 1)]),
        first=np.concatenate([first.first, second.first + pieces]),
    )
    arrays = {name: np.concatenate([getattr(one.clues, name), getattr(other.clues, name)]) for name in CLUES}
    clues = Clues(**arrays, claims=np.concatenate([one.clues.claims, other.clues.claims + words]))
    place = {word: word + words for word in range(len(second.first))}
    return Example(passage, clues, (*one.rows, *(_moved(row, place) for row in other.rows)))
