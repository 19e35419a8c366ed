"""Reads positions: which word tells an act, on what issue, on whose word, and whose act it is.

A few layers of their own go on from what the tagger's encoder knows of a window half way up, so that the window is
encoded once for both. They read up to ``PIECES`` word pieces at once, are told beside the words what rules found, and
look for an issue in the words around an act as well as in its own. onnxruntime and numpy, nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from parley.errors import ModelError
from parley.model import Layer
from parley.tagger.decode import Floats, place_buckets, softmax
from parley.tagger.sessions import session
from parley.tagger.windows import Window

PIECES = 340
"""Word pieces that are read at once, if no single window is longer."""
ORDERS = 8
"""Windows read at once that are told apart by their order; later ones count as the last."""
NAMES = 4
"""Kinds of words that may name a party: none, a name, a pronoun, another noun."""

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Half:
    """A window half way through the encoder: states of its pieces, [1, s, width]."""

    window: Window
    states: Floats


@dataclass(frozen=True)
class Clues:
    """What is known of the words of a text, or of some of them, before they are read.

    Attributes:
        tells: 0, or 1 + the act that rules find told by the word, int [t].
        heads: the same for the word that names what the act is about.
        names: what kind of name of a party the word is, int [t], below ``NAMES``.
        terms: whether a term of each issue stands at the word, bool [t, issues].
        claims: pairs of a word of an act and a word that, to the rules, names whose act it is, int [n, 2].
    """

    tells: Ints
    heads: Ints
    names: Ints
    terms: Bools
    claims: Ints

    def within(self, start: int, stop: int) -> Clues:
        """Those of some words of a text, counted from the first of them."""
        inside = ((self.claims >= start) & (self.claims < stop)).all(1)
        some = slice(start, stop)
        return Clues(
            self.tells[some], self.heads[some], self.names[some], self.terms[some], self.claims[inside] - start
        )


@dataclass(frozen=True)
class Passage:
    """Windows that are read at once.

    Attributes:
        states: of their pieces, [s, width].
        order: the place of each piece's window among them, int [s].
        first: index of the first piece of every word, int [t].
        start: index in the text of the first word.
    """

    states: Floats
    order: Ints
    first: Ints
    start: int

    @property
    def stop(self) -> int:
        """Index in the text after the last word."""
        return self.start + len(self.first)


@dataclass(frozen=True)
class Seen:
    """What is read of one passage, by its words.

    Attributes:
        passage: the passage.
        clues: what was known before.
        acts: probability of each act for each word to tell it, the last of no act, [t, acts + 1].
        layers: probability of each layer, [t, layers].
        issues: score of each issue by the word alone, [t, issues].
        values: score that the word adds to each issue of an act that looks at it, [t, issues].
        asking, asked: the word as one that looks for its party, and as one that may name a party, [t, d].
        seeking, sought: the word as one that looks for its issue, and as one that may name it, [t, 2, d].
        none: score of no term to be what the act is about, [t, 1].
    """

    passage: Passage
    clues: Clues
    acts: Floats
    layers: Floats
    issues: Floats
    values: Floats
    asking: Floats
    asked: Floats
    seeking: Floats
    sought: Floats
    none: Floats


def passages(halves: Sequence[Half], pieces: int = PIECES) -> Iterator[Passage]:
    """The windows of a text, as many at once as hold so many pieces; one at least."""
    some: list[Half] = []
    for half in halves:
        if some and sum(len(one.window.ids) for one in (*some, half)) > pieces:
            yield _passage(some)
            some = []
        some.append(half)
    if some:
        yield _passage(some)


def _passage(some: Sequence[Half]) -> Passage:
    sizes = [len(half.window.ids) for half in some]
    shifts = np.cumsum([0, *sizes[:-1]])
    return Passage(
        np.concatenate([half.states[0] for half in some]),
        np.repeat(np.minimum(np.arange(len(some)), ORDERS - 1), sizes),
        np.concatenate([half.window.first + shift for half, shift in zip(some, shifts, strict=True)]),
        some[0].window.start,
    )


class PositionReader:
    """The trained layers with their graph open.

    Args:
        folder: holds positions.onnx, marks.npz and labels.json.

    Raises:
        ModelError: a file is absent or damaged.
    """

    def __init__(self, folder: Path) -> None:
        try:
            labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            self.acts: tuple[str, ...] = tuple(labels["acts"])
            self.issues: tuple[str, ...] = tuple(labels["issues"])
            self.layers: tuple[Layer, ...] = tuple(labels["layers"])
            with np.load(folder / "marks.npz", allow_pickle=False) as arrays:
                self._marks: dict[str, Floats] = {name: arrays[name] for name in arrays.files}
            self._graph = session(folder / "positions.onnx", 1)
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ModelError(f"{folder}: the reader of positions cannot be opened ({error})") from error

    def read(self, halves: Sequence[Half], clues: Clues) -> list[Seen]:
        """What the layers say of a text.

        Args:
            halves: its windows.
            clues: what is known of its words.
        """
        return [self._seen(passage, clues.within(passage.start, passage.stop)) for passage in passages(halves)]

    def _seen(self, passage: Passage, clues: Clues) -> Seen:
        marks = self._marks
        states = passage.states + marks["order"][passage.order]
        states[passage.first] += (
            marks["tells"][clues.tells]
            + marks["heads"][clues.heads]
            + marks["names"][clues.names]
            + clues.terms.astype(np.float32) @ marks["terms"]
        )
        feed = {"states": states[None], "first": passage.first}
        acts, layers, *others = self._graph.run(None, feed)
        return Seen(passage, clues, softmax(acts), softmax(layers), *others)

    def parties(self, seen: Seen, word: int) -> Floats:
        """For the word of a passage that tells an act: how probable each word is to name whose act it is, [t]."""
        scores = seen.asked @ seen.asking[word] / np.sqrt(seen.asked.shape[1])
        scores += self._marks["places"][self._places(seen, word)]
        claims = seen.clues.claims
        claimed = np.zeros(len(scores), dtype=np.float32)
        claimed[claims[claims[:, 0] == word, 1]] = 1
        return _shares(scores + self._marks["claim"] * claimed)

    def issues_of(self, seen: Seen, word: int) -> Floats:
        """For the word of a passage that tells an act: the probability of each issue, [issues]."""
        places = self._places(seen, word)
        scores = np.einsum("kd,tkd->kt", seen.seeking[word], seen.sought) / np.sqrt(seen.sought.shape[2])
        scores += self._marks["near"][:, places]
        terms = seen.clues.terms
        by_words = _shares(scores[0]) @ seen.values
        named = np.where(terms.any(1), scores[1], -1e4)
        by_terms = _shares(np.append(named, seen.none[word]))[:-1] @ terms
        return _shares(seen.issues[word] + by_words + self._marks["weight"] * by_terms)

    @staticmethod
    def _places(seen: Seen, word: int) -> Ints:
        """Bucket of the distance of each word from one."""
        end = np.array([word + 1], dtype=np.int64)
        places: Ints = place_buckets(end - 1, end, len(seen.acts))[0]
        return places


def _shares(scores: Floats) -> Floats:
    """Probabilities of one row of scores."""
    shares: Floats = softmax(scores[None])[0]
    return shares
