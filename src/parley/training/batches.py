"""Training examples: windows with their labels, and padded batches of them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from parley.tagger.windows import PieceOf, Window, make_windows
from parley.training.augment import replace_names
from parley.training.corpus import LabelledArticle

TARGETS = (96, 192)  # range of the window size in training; the tagger meets every size
MASK = 103


@dataclass(frozen=True)
class Example:
    """One window with labels: cue tags int [t]; cues as word ranges in the window; role tags int [c, t]."""

    window: Window
    cue_tags: NDArray[np.int64]
    cues: list[tuple[int, int]]
    role_tags: NDArray[np.int64]


@dataclass(frozen=True)
class Batch:
    """Padded tensors of some windows (b windows, s pieces, t words, c cues in all); masks are bool."""

    ids: Tensor
    types: Tensor
    mask: Tensor
    first: Tensor
    word_mask: Tensor
    cue_tags: Tensor
    which: Tensor
    starts: Tensor
    ends: Tensor
    role_tags: Tensor


@dataclass(frozen=True)
class Noise:
    """How training text is disturbed: share of articles with names replaced, share of pieces hidden."""

    names: Sequence[str]
    known: frozenset[str]
    renamed: float = 0.25
    hidden: float = 0.03


def examples(article: LabelledArticle, piece_of: PieceOf, rng: random.Random, noise: Noise) -> list[Example]:
    """The windows of one article, packed to a size drawn by chance."""
    forms = None
    if rng.random() < noise.renamed:
        forms = replace_names(article.words, noise.names, noise.known, rng)
    windows = make_windows(article.words, piece_of, target=rng.randint(*TARGETS), forms=forms)
    return [label_window(article, window) for window in windows]


def label_window(article: LabelledArticle, window: Window) -> Example:
    """A window with the labels of the attributions whose cue lies in it."""
    a, b = window.start, window.stop
    frames = [f for f in article.frames if a <= f.cue[0] and f.cue[1] <= b]
    roles = np.zeros((len(frames), b - a), dtype=np.int64)
    for k, frame in enumerate(frames):
        for i, tag in frame.tags.items():
            if a <= i < b:
                roles[k, i - a] = tag
    return Example(window, article.cue_tags[a:b], [(f.cue[0] - a, f.cue[1] - a) for f in frames], roles)


def batches(found: Sequence[Example], size: int, rng: random.Random, hidden: float) -> Iterator[Batch]:
    """Batches of at most `size` padded pieces; windows of like length together, batches in random order."""
    order = sorted(found, key=lambda e: (len(e.window.ids) // 8, rng.random()))
    groups: list[list[Example]] = [[]]
    for example in order:
        if groups[-1] and (len(groups[-1]) + 1) * max(len(example.window.ids), len(groups[-1][0].window.ids)) > size:
            groups.append([])
        groups[-1].append(example)
    rng.shuffle(groups)
    for group in groups:
        yield collate(group, rng, hidden)


def collate(group: Sequence[Example], rng: random.Random, hidden: float) -> Batch:
    """Pads and stacks some examples."""
    ids = _stack([e.window.ids for e in group])
    mask = _stack([np.ones_like(e.window.ids) for e in group]).bool()
    if hidden:
        chance = np.random.default_rng(rng.getrandbits(32)).random(tuple(ids.shape))
        ids = torch.where((torch.from_numpy(chance) < hidden) & (ids > MASK), torch.tensor(MASK), ids)
    cues = [(k, a, b) for k, e in enumerate(group) for a, b in e.cues]
    which, starts, ends = torch.tensor(cues or [(0, 0, 1)]).T
    words = max(len(e.window.first) for e in group)
    roles = torch.zeros((len(which), words), dtype=torch.long)
    for row, tags in zip(roles, (r for e in group for r in e.role_tags), strict=False):
        row[: len(tags)] = torch.from_numpy(tags)
    return Batch(
        ids,
        _stack([e.window.types for e in group]),
        mask,
        _stack([e.window.first for e in group]),
        _stack([np.ones_like(e.window.first) for e in group]).bool(),
        _stack([e.cue_tags for e in group]),
        which,
        starts,
        ends,
        roles,
    )


def _stack(rows: Sequence[NDArray[np.int64]]) -> Tensor:
    out = torch.zeros((len(rows), max(map(len, rows))), dtype=torch.long)
    for k, row in enumerate(rows):
        out[k, : len(row)] = torch.from_numpy(row)
    return out
