"""The reader of positions in torch: layers on top of the tagger's encoder half way up, and its heads."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from parley.tagger.positions import NAMES, ORDERS
from parley.training.model import BUCKETS, Config, Layer, load_layer, place_buckets
from parley.training.positions.texts import Names

FROM = 3
"""Layers of the tagger's encoder below the first of these."""
LAYERS = 3
WIDTH = 128
"""Numbers by which a word looks for its party."""
SEEK = 64
"""Numbers by which a word looks for the words of its issue, and for its terms."""
TERMS = 8.0
"""What a term adds at first to the score of its issue."""
LOW = -1e4


@dataclass(frozen=True)
class Words:
    """Words of some passages: states on top and at the bottom, [b, t, width]; whether there is a word, [b, t].

    ``terms`` [b, t, issues] says whether a term of an issue stands there.
    """

    top: Tensor
    bottom: Tensor
    there: Tensor
    terms: Tensor


class Reader(nn.Module):
    """Layers, and for each word: its act or none, its issue, its layer, and how it looks for its party and issue."""

    def __init__(self, names: Names, config: Config | None = None) -> None:
        super().__init__()
        config = config or Config(dropout=0.15)
        width, acts, issues = config.width, len(names.acts), len(names.issues)
        self.layers = nn.ModuleList(Layer(config) for _ in range(LAYERS))
        marks = {"order": ORDERS, "tells": acts + 1, "heads": acts + 1, "names": NAMES, "terms": issues}
        self.marks = nn.ParameterDict({name: nn.Parameter(torch.zeros(n, width)) for name, n in marks.items()})
        self.act = nn.Linear(width, acts + 1)
        self.issue = nn.Linear(width, issues)
        self.value = nn.Linear(2 * width, issues)
        self.layer = nn.Linear(width, len(names.layers))
        self.asking, self.asked = nn.Linear(width, WIDTH), nn.Linear(width, WIDTH)
        self.seeking, self.sought = nn.Linear(width, 2 * SEEK), nn.Linear(width, 2 * SEEK)
        self.none = nn.Linear(width, 1)
        self.places, self.near = nn.Parameter(torch.zeros(BUCKETS)), nn.Parameter(torch.zeros(2, BUCKETS))
        self.weight, self.claim = nn.Parameter(torch.tensor(TERMS)), nn.Parameter(torch.tensor(1.0))
        self.drop = nn.Dropout(config.dropout)

    def mark(self, states: Tensor, first: Tensor, order: Tensor, clues: dict[str, Tensor]) -> Tensor:
        """Add what is known of the words to the states of their first pieces, [b, s, width].

        Args:
            states: of the pieces, [b, s, width].
            first: index of the first piece of every word, int [b, t].
            order: the place of each piece's window, int [b, s].
            clues: tells, heads, names, int [b, t], terms, [b, t, issues], and there, [b, t], 0 where no word is.
        """
        known = clues["terms"].to(states.dtype) @ self.marks["terms"]
        for name in ("tells", "heads", "names"):
            known = known + self.marks[name][clues[name]]
        known = known * clues["there"][:, :, None].to(states.dtype)
        index = first[:, :, None].expand(-1, -1, states.shape[2])
        return (states + self.marks["order"][order]).scatter_add(1, index, known)

    def forward(self, states: Tensor, mask: Tensor | None, first: Tensor) -> tuple[Tensor, Tensor]:
        """State of every word above and below the layers, each [b, t, width].

        Args:
            states: marked states of the pieces, [b, s, width].
            mask: bool [b, s], or None where nothing is padded.
            first: index of the first piece of every word, int [b, t].
        """
        wide = None if mask is None else torch.where(mask, 0.0, LOW)[:, None, None, :]
        top = states
        for layer in self.layers:
            top = layer(top, wide)
        index = first[:, :, None].expand(-1, -1, states.shape[2])
        return self.drop(top.gather(1, index)), self.drop(states.gather(1, index))

    def parties(self, words: Words, which: Tensor, cues: Tensor, claimed: Tensor) -> Tensor:
        """Scores of every word to name the party of a cue, [n, t].

        Args:
            words: those of the passages.
            which: passage of each cue, [n].
            cues: word of each cue, [n].
            claimed: whether the rules take a word to name the party of the cue, [n, t].
        """
        asking, asked = self.asking(words.top[which, cues]), self.asked(words.top)[which]
        scores = (asking[:, None] @ asked.transpose(1, 2)).squeeze(1) / math.sqrt(WIDTH)
        scores = scores.float() + self.places[place_buckets(cues, cues + 1, scores.shape[1])]
        return (scores + self.claim * claimed).masked_fill(~words.there[which], LOW)

    def issues(self, words: Words, which: Tensor, cues: Tensor) -> Tensor:
        """Scores of every issue for the acts of some cues, [n, issues]; which, cues as in ``parties``."""
        told = words.top[which, cues]
        seeking = self.seeking(told).unflatten(-1, (2, SEEK))
        sought = self.sought(words.top)[which].unflatten(-1, (2, SEEK))
        scores = torch.einsum("nkd,ntkd->nkt", seeking, sought).float() / math.sqrt(SEEK)
        places = place_buckets(cues, cues + 1, scores.shape[2])
        scores = scores + self.near[:, places].transpose(0, 1)
        values = self.value(torch.cat([words.top, words.bottom], -1))[which].float()
        over = torch.softmax(scores[:, 0].masked_fill(~words.there[which], LOW), -1)
        by_words = (over[:, None] @ values).squeeze(1)
        terms = words.terms[which].float()
        named = scores[:, 1].masked_fill(terms.amax(-1) == 0, LOW)
        over = torch.softmax(torch.cat([named, self.none(told).float()], 1), -1)[:, :-1]
        by_terms = (over[:, None] @ terms).squeeze(1)
        return self.issue(told).float() + by_words + self.weight * by_terms


def load_upper(model: Reader, path: Path) -> None:
    """Copies the upper layers of a BERT checkpoint (safetensors) into the reader."""
    source = load_file(path)
    for number, layer in enumerate(model.layers):
        load_layer(layer, source, f"encoder.layer.{FROM + number}")
