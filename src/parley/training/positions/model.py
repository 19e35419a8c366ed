"""The reader of positions in torch: layers on top of the tagger's encoder half way up, and its heads."""

from __future__ import annotations

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from parley.training.model import BUCKETS, Config, Layer, load_layer, place_buckets
from parley.training.positions.texts import Names

FROM = 3
"""Layers of the tagger's encoder below the first of these."""
LAYERS = 3
WIDTH = 128
"""Numbers by which a word looks for its party."""


class Reader(nn.Module):
    """Layers, and for each word: its act or none, its issue, its layer, and how it looks for its party."""

    def __init__(self, names: Names, config: Config | None = None) -> None:
        super().__init__()
        config = config or Config(dropout=0.2)
        width = config.width
        self.layers = nn.ModuleList(Layer(config) for _ in range(LAYERS))
        self.act = nn.Linear(width, len(names.acts) + 1)
        self.issue = nn.Linear(width, len(names.issues))
        self.layer = nn.Linear(width, len(names.layers))
        self.asking, self.asked = nn.Linear(width, WIDTH), nn.Linear(width, WIDTH)
        self.places = nn.Parameter(torch.zeros(BUCKETS))
        self.drop = nn.Dropout(config.dropout)

    def forward(self, halves: Tensor, mask: Tensor | None, first: Tensor) -> Tensor:
        """State of every word, [b, t, width].

        Args:
            halves: states of the pieces half way up, [b, s, width].
            mask: bool [b, s], or None where nothing is padded.
            first: index of the first piece of every word, int [b, t].
        """
        wide = None if mask is None else torch.where(mask, 0.0, -1e4)[:, None, None, :]
        for layer in self.layers:
            halves = layer(halves, wide)
        index = first[:, :, None].expand(-1, -1, halves.shape[2])
        return self.drop(halves.gather(1, index))

    def parties(self, states: Tensor, which: Tensor, cues: Tensor) -> Tensor:
        """Scores of every word to name the party of a cue, [n, t]; which, cues: window and word of each cue, [n]."""
        asking, asked = self.asking(states[which, cues]), self.asked(states)[which]
        scores = (asking[:, None] @ asked.transpose(1, 2)).squeeze(1) / math.sqrt(WIDTH)
        return scores + self.places[place_buckets(cues, cues + 1, states.shape[1])]


def load_upper(model: Reader, path: Path) -> None:
    """Copies the upper layers of a BERT checkpoint (safetensors) into the reader."""
    source = load_file(path)
    for number, layer in enumerate(model.layers):
        load_layer(layer, source, f"encoder.layer.{FROM + number}")
