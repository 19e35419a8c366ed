"""Trains the reader of positions: seeded, on one core or more; the tagger's encoder stays as it is."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from parley.codebook import states_alike
from parley.errors import ReadError
from parley.tagger.pieces import PieceTable
from parley.tagger.runtime import AttributionTagger
from parley.tagger.windows import LIMIT, Window, make_windows
from parley.training.positions.export import export
from parley.training.positions.model import Reader, load_upper
from parley.training.positions.texts import Labelled, Names, Row, load, names
from parley.training.positions.wordings import texts as wordings
from parley.training.train import Course

BEST = 0.6
"""Share of the target that goes to the best of several right issues."""


@dataclass(frozen=True)
class Plan:
    """How to train."""

    epochs: int = 8
    batch: int = 1024
    """Padded word pieces a batch."""
    upper_rate: float = 1.5e-4
    head_rate: float = 1e-3
    warm: float = 0.06
    """Share of the steps in which the learning rates rise to their top."""
    smooth: float = 0.05
    """Share of an issue's target that goes to all issues alike."""
    of_layer: float = 0.5
    """Weight of the loss of layers against those of acts, issues and parties."""
    seed: int = 1
    threads: int = 2


@dataclass(frozen=True)
class Example:
    """A window half way through the encoder, float16 [s, width]; the first pieces of its words; its positions."""

    half: np.ndarray
    first: np.ndarray
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Batch:
    """Padded tensors of some windows; ``acts`` holds -1 where there is no word; rows with the place of their window."""

    halves: Tensor
    mask: Tensor
    first: Tensor
    acts: Tensor
    rows: tuple[tuple[int, Row], ...]


def train_positions(
    paths: Sequence[Path],
    out: Path,
    tagger: Path,
    encoder: Path,
    plan: Plan,
    *,
    tell: Callable[[str], object] = print,
) -> None:
    """Train and write the weights into a folder.

    Args:
        paths: files of labelled texts.
        out: the folder.
        tagger: folder of the tagger whose encoder is gone on from.
        encoder: model.safetensors of the encoder from which the upper layers start.
        plan: how.
        tell: is given lines of progress.

    Raises:
        ReadError: there is no text, or a line is none.
    """
    torch.manual_seed(plan.seed)
    torch.set_num_threads(plan.threads)
    known = names()
    texts = load(paths, known)
    if not texts:
        raise ReadError("there is no labelled text to train on")
    tell(f"{len(texts):,} texts, {sum(len(text.rows) for text in texts):,} positions")
    examples = list(_examples([*texts, *wordings(known, seed=plan.seed)], tagger))
    model = Reader(known)
    load_upper(model, encoder)
    fit(model, known, examples, plan, tell)
    export(model.eval(), known, out)


def fit(model: Reader, known: Names, examples: Sequence[Example], plan: Plan, tell: Callable[[str], object]) -> None:
    """Run the plan."""
    optimizer = _optimiser(model, plan)
    epochs = [_batches(examples, plan, epoch) for epoch in range(plan.epochs)]
    course = Course(sum(map(len, epochs)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda _: course.rate(plan.warm))
    model.train()
    for epoch, batches in enumerate(epochs, 1):
        total = 0.0
        for some in batches:
            batch = _collate([examples[i] for i in some], len(known.acts))
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(model, known, batch, plan)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            course.done += 1
            schedule.step()
            total += loss.item()
        tell(f"epoch {epoch} of {plan.epochs}, loss {total / len(batches):.3f} a position")


def loss_of(model: Reader, known: Names, batch: Batch, plan: Plan) -> Tensor:
    """The losses of acts, issues, layers and parties, in nats a position."""
    states = model(batch.halves, batch.mask, batch.first)
    acts = model.act(states).flatten(0, 1)
    loss = F.cross_entropy(acts, batch.acts.flatten(), ignore_index=-1, reduction="sum")
    if batch.rows:
        which = torch.tensor([b for b, _ in batch.rows])
        cues = torch.tensor([row.cue for _, row in batch.rows])
        told = states[which, cues]
        issues = F.cross_entropy(model.issue(told), _targets(batch, known, plan.smooth), reduction="sum")
        layers = torch.tensor([row.layer for _, row in batch.rows])
        layer = F.cross_entropy(model.layer(told), layers, reduction="sum")
        loss = loss + issues + plan.of_layer * layer + _party_loss(model, batch, states, which, cues)
    return loss / max(4, len(batch.rows))


def _party_loss(model: Reader, batch: Batch, states: Tensor, which: Tensor, cues: Tensor) -> Tensor:
    """How unlikely the words that name the parties are, together; any of them is right."""
    there = (batch.acts >= 0)[which]
    scores = model.parties(states, which, cues).float().masked_fill(~there, -1e4)
    right = torch.zeros_like(there)
    for n, (_, row) in enumerate(batch.rows):
        right[n, list(row.party)] = True
    some = right.any(1)
    lost = torch.logsumexp(scores, 1) - torch.logsumexp(scores.masked_fill(~right, -1e4), 1)
    return lost[some].sum()


def _targets(batch: Batch, known: Names, smooth: float) -> Tensor:
    """The share of each issue in what is right, [n, issues]."""
    targets = torch.zeros(len(batch.rows), len(known.issues))
    for n, (_, row) in enumerate(batch.rows):
        first, *others = row.issues
        targets[n, first] += BEST if others else 1.0
        for other in others:
            targets[n, other] += (1 - BEST) / len(others)
    return targets * (1 - smooth) + smooth / len(known.issues)


def _optimiser(model: Reader, plan: Plan) -> torch.optim.AdamW:
    heads = [value for name, value in model.named_parameters() if not name.startswith("layers.")]
    groups = [
        {"params": list(model.layers.parameters()), "lr": plan.upper_rate},
        {"params": heads, "lr": plan.head_rate},
    ]
    return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), eps=1e-6)


def _examples(texts: Sequence[Labelled], tagger: Path) -> Iterator[Example]:
    """The windows of the texts, each half way through the encoder."""
    encoder = AttributionTagger(tagger, alike=states_alike())
    piece_of = PieceTable(tagger / "tokenizer.json", states_alike())
    for text in texts:
        windows = make_windows(text.words, piece_of, target=LIMIT - 2)
        for window in windows:
            half = encoder.encode(window).half[0].astype(np.float16)
            yield Example(half, window.first, tuple(_rows(text.rows, window)))


def _rows(rows: Sequence[Row], window: Window) -> Iterator[Row]:
    """The positions told in a window, counted from its first word."""
    start, stop = window.start, window.stop
    for row in rows:
        if start <= row.cue < stop:
            party = tuple(word - start for word in row.party if start <= word < stop)
            yield Row(row.cue - start, row.act, row.issues, row.layer, party)


def _batches(examples: Sequence[Example], plan: Plan, epoch: int) -> list[list[int]]:
    """Windows of like length together, in an order drawn by chance."""
    rng = random.Random(1000 * plan.seed + epoch)
    order = list(range(len(examples)))
    rng.shuffle(order)
    order.sort(key=lambda i: len(examples[i].half) // 16)
    out: list[list[int]] = []
    longest = 0
    for i in order:
        longest = max(longest, len(examples[i].half))
        if not out or longest * (len(out[-1]) + 1) > plan.batch:
            out.append([])
            longest = len(examples[i].half)
        out[-1].append(i)
    rng.shuffle(out)
    return out


def _collate(some: Sequence[Example], no_act: int) -> Batch:
    size, words = max(len(one.half) for one in some), max(len(one.first) for one in some)
    halves = torch.zeros(len(some), size, some[0].half.shape[1])
    mask = torch.zeros(len(some), size, dtype=torch.bool)
    first = torch.zeros(len(some), words, dtype=torch.long)
    acts = torch.full((len(some), words), -1)
    for b, one in enumerate(some):
        halves[b, : len(one.half)] = torch.from_numpy(one.half.astype(np.float32))
        mask[b, : len(one.half)] = True
        first[b, : len(one.first)] = torch.from_numpy(one.first)
        acts[b, : len(one.first)] = no_act
        for row in one.rows:
            acts[b, row.cue] = row.act
    return Batch(halves, mask, first, acts, tuple((b, row) for b, one in enumerate(some) for row in one.rows))
