"""Reads positions: which word tells an act, on what issue, on whose word, and whose act it is.

A few layers of their own go on from what the tagger's encoder knows of a window half way up, so that the window is
encoded once for both. onnxruntime and numpy, nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from parley.errors import ModelError
from parley.model import Layer
from parley.tagger.decode import Floats, place_buckets, softmax
from parley.tagger.sessions import session
from parley.tagger.windows import Window


@dataclass(frozen=True)
class Half:
    """A window half way through the encoder: states of its pieces, [1, s, width]."""

    window: Window
    states: Floats


@dataclass(frozen=True)
class Seen:
    """What is read of one window, by its words.

    Attributes:
        window: the window.
        acts: probability of each act for each word to tell it, the last of no act, [t, acts + 1].
        issues: probability of each issue, [t, issues].
        layers: probability of each layer, [t, layers].
        asking: the word as one that looks for its party, [t, d].
        asked: the word as one that may name a party, [t, d].
    """

    window: Window
    acts: Floats
    issues: Floats
    layers: Floats
    asking: Floats
    asked: Floats


class PositionReader:
    """The trained layers with their graph open.

    Args:
        folder: holds positions.onnx, places.npz and labels.json.

    Raises:
        ModelError: a file is absent or damaged.
    """

    def __init__(self, folder: Path) -> None:
        try:
            labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            self.acts: tuple[str, ...] = tuple(labels["acts"])
            self.issues: tuple[str, ...] = tuple(labels["issues"])
            self.layers: tuple[Layer, ...] = tuple(labels["layers"])
            with np.load(folder / "places.npz", allow_pickle=False) as arrays:
                self._places: Floats = arrays["places"]
            self._graph = session(folder / "positions.onnx", 1)
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ModelError(f"{folder}: the reader of positions cannot be opened ({error})") from error

    def read(self, halves: Sequence[Half]) -> list[Seen]:
        """What the layers say of each window."""
        return [self._seen(half) for half in halves]

    def _seen(self, half: Half) -> Seen:
        feed = {"states": half.states, "first": half.window.first}
        acts, issues, layers, asking, asked = self._graph.run(None, feed)
        return Seen(half.window, softmax(acts), softmax(issues), softmax(layers), asking, asked)

    def parties(self, seen: Seen, word: int) -> Floats:
        """For the word of a window that tells an act: how probable it is that each word names whose act it is, [t]."""
        ends = np.array([word + 1], dtype=np.int64)
        buckets = place_buckets(ends - 1, ends, len(seen.asked))[0]
        scores = seen.asked @ seen.asking[word] / np.sqrt(seen.asked.shape[1]) + self._places[buckets]
        chances: Floats = softmax(scores[None])[0]
        return chances
