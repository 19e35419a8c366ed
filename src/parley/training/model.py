"""The attribution tagger in torch: a BERT encoder, a cue tagger, and a role tagger asked once for every cue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from parley.training.crf import NEVER, Crf

NEAR = 16  # word distances up to this have a bucket of their own
BUCKETS = 2 * (NEAR + 6) + 1


@dataclass(frozen=True)
class Config:
    """Sizes of the model: width of the encoder, its layers, heads and inner width; width of the role tagger."""

    vocabulary: int = 30522
    positions: int = 512
    types: int = 6
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    role_width: int = 128
    dropout: float = 0.1

    def as_dict(self) -> dict[str, float]:
        """The fields, for the checkpoint."""
        return asdict(self)


class Layer(nn.Module):
    """One layer of BERT (normalisation after the sum)."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.heads = config.heads
        self.qkv = nn.Linear(config.width, 3 * config.width)
        self.out = nn.Linear(config.width, config.width)
        self.norm1 = nn.LayerNorm(config.width, eps=1e-12)
        self.up = nn.Linear(config.width, config.inner)
        self.down = nn.Linear(config.inner, config.width)
        self.norm2 = nn.LayerNorm(config.width, eps=1e-12)
        self.drop = nn.Dropout(config.dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """x: [b, s, width]; mask: [b, 1, 1, s], 0 where there is a piece, very low where there is none."""
        b, s, width = x.shape
        q, k, v = self.qkv(x).view(b, s, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        scores = (q * (width // self.heads) ** -0.5) @ k.transpose(-1, -2)  # written out: six times faster in
        if mask is not None:  # bfloat16 on a CPU than scaled_dot_product_attention with its gradient
            scores = scores + mask.to(scores.dtype)
        mixed = torch.softmax(scores, -1) @ v
        x = self.norm1(x + self.drop(self.out(mixed.transpose(1, 2).reshape(b, s, width))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x), approximate="tanh"))))


class Encoder(nn.Module):
    """BERT over word pieces; the piece types say quoted or not and the letter case."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.words = nn.Embedding(config.vocabulary, config.width)
        self.positions = nn.Embedding(config.positions, config.width)
        self.types = nn.Embedding(config.types, config.width)
        self.norm = nn.LayerNorm(config.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(config) for _ in range(config.layers))
        self.drop = nn.Dropout(config.dropout)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor | None) -> Tensor:
        """ids, types: [b, s]; mask: bool [b, s] or None where nothing is padded. Returns [b, s, width]."""
        wide = None if mask is None else torch.where(mask, 0.0, NEVER)[:, None, None, :]
        return self.rise(self.embed(ids, types), wide)

    def embed(self, ids: Tensor, types: Tensor) -> Tensor:
        """What goes into the first layer, [b, s, width]."""
        places = torch.arange(ids.shape[1], device=ids.device)
        embedded: Tensor = self.drop(self.norm(self.words(ids) + self.positions(places) + self.types(types)))
        return embedded

    def rise(self, x: Tensor, mask: Tensor | None, *, start: int = 0, stop: int | None = None) -> Tensor:
        """What some of the layers make of it, [b, s, width]; mask: as the layers take it."""
        for layer in self.layers[start:stop]:
            x = layer(x, mask)
        return x


class RoleHead(nn.Module):
    """Scores the role tags of every word of a window with regard to one cue."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        d = config.role_width
        self.word = nn.Linear(config.width, 2 * d)
        self.cue = nn.Linear(config.width, 2 * d)
        self.place = nn.Embedding(BUCKETS, d)
        self.norm = nn.LayerNorm(d)
        self.mix = nn.Conv1d(d, d, 3, padding=1)
        self.out = nn.Linear(d, 5)
        self.drop = nn.Dropout(config.dropout)

    def forward(self, words: Tensor, cues: Tensor, buckets: Tensor) -> Tensor:
        """words: projected by self.word, [n, t, 2 d]; cues: mean state of each cue, [n, width];
        buckets: place of every word against the cue, int [n, t]. Returns scores [n, t, 5].
        """
        plain, scaled = words.chunk(2, -1)
        cue_plain, cue_scaled = self.cue(cues)[:, None, :].chunk(2, -1)
        x = F.gelu(self.norm(plain + cue_plain + scaled * cue_scaled + self.place(buckets)), approximate="tanh")
        mixed = self.mix(x.transpose(1, 2)).transpose(1, 2)
        return self.out(self.drop(x + F.gelu(mixed, approximate="tanh")))


def place_buckets(starts: Tensor, ends: Tensor, length: int) -> Tensor:
    """Signed distance in words from every word to each cue [start, end), as buckets int [n, length]: one for
    the cue itself, one for each distance up to NEAR, then one for each doubling.
    """
    i = torch.arange(length, device=starts.device)[None, :]
    before, after = starts[:, None] - i, i - ends[:, None] + 1
    distance = torch.maximum(before, after).clamp(min=0)
    far = NEAR + 1 + torch.floor(torch.log2(distance.clamp(min=1).float() / (NEAR + 1)).clamp(0, 4)).long()
    size = torch.where(distance <= NEAR, distance, far)
    return torch.where(before > 0, -size, size) + NEAR + 6


class Tagger(nn.Module):
    """Encoder and heads, with the transition scores of both tag sequences."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.config = config
        self.encoder = Encoder(config)
        self.cue_out = nn.Linear(config.width, 3)
        self.role = RoleHead(config)
        self.cue_crf = Crf(3, forbidden=[(0, 2)], no_start=[2])
        wrong = [(i, 2) for i in (0, 3, 4)] + [(i, 4) for i in (0, 1, 2)]
        self.role_crf = Crf(5, forbidden=wrong, no_start=[2, 4])
        self.drop = nn.Dropout(config.dropout)

    def states(self, ids: Tensor, types: Tensor, mask: Tensor | None, first: Tensor) -> Tensor:
        """State of the first piece of every word, [b, t, width]; first: int [b, t]."""
        pieces = self.encoder(ids, types, mask)
        index = first[:, :, None].expand(-1, -1, pieces.shape[2])
        return self.drop(pieces.gather(1, index))

    def role_scores(self, states: Tensor, which: Tensor, starts: Tensor, ends: Tensor) -> Tensor:
        """Role tag scores [n, t, 5] of n cues; which: window of each cue, int [n]; starts, ends: word ranges."""
        i = torch.arange(states.shape[1], device=states.device)[None, :]
        inside = ((i >= starts[:, None]) & (i < ends[:, None])).to(states.dtype)
        cues = (inside[:, None, :] @ states[which]).squeeze(1) / inside.sum(1, keepdim=True)
        return self.role(self.role.word(states)[which], cues, place_buckets(starts, ends, states.shape[1]))


def load_bert(model: Tagger, path: Path) -> None:
    """Copies the weights of a BERT checkpoint (safetensors) into the encoder."""
    source = load_file(path)
    encoder = model.encoder
    with torch.no_grad():
        encoder.words.weight.copy_(source["embeddings.word_embeddings.weight"])
        encoder.positions.weight.copy_(source["embeddings.position_embeddings.weight"])
        encoder.types.weight.copy_(
            source["embeddings.token_type_embeddings.weight"][:1].expand_as(encoder.types.weight)
        )
    _copy(encoder.norm, source, "embeddings.LayerNorm")
    for number, layer in enumerate(encoder.layers):
        load_layer(layer, source, f"encoder.layer.{number}")


def load_layer(layer: nn.Module, source: Mapping[str, Tensor], prefix: str) -> None:
    """Copies one layer of a BERT checkpoint."""
    assert isinstance(layer, Layer)
    parts = [f"{prefix}.attention.self.{name}" for name in ("query", "key", "value")]
    with torch.no_grad():
        layer.qkv.weight.copy_(torch.cat([source[f"{p}.weight"] for p in parts]))
        layer.qkv.bias.copy_(torch.cat([source[f"{p}.bias"] for p in parts]))
    _copy(layer.out, source, f"{prefix}.attention.output.dense")
    _copy(layer.norm1, source, f"{prefix}.attention.output.LayerNorm")
    _copy(layer.up, source, f"{prefix}.intermediate.dense")
    _copy(layer.down, source, f"{prefix}.output.dense")
    _copy(layer.norm2, source, f"{prefix}.output.LayerNorm")


def _copy(module: nn.Module, source: Mapping[str, Tensor], prefix: str) -> None:
    module.load_state_dict({"weight": source[f"{prefix}.weight"], "bias": source[f"{prefix}.bias"]})
