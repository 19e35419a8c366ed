"""Trains the reader of positions: seeded, on one core or more; the tagger's encoder stays as it is."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from parley.errors import ReadError
from parley.training.positions.examples import LONG, Example, examples, joined
from parley.training.positions.export import export
from parley.training.positions.model import LOW, Reader, Words, load_upper
from parley.training.positions.texts import Names, Row, load, names
from parley.training.positions.wordings import texts as wordings
from parley.training.train import Course

SHORT = 48
"""Word pieces of a passage that is joined to another: one-line texts stay alone."""
BEST = 0.6
"""Share of the target that goes to the best of several right issues."""


@dataclass(frozen=True)
class Plan:
    """How to train."""

    epochs: int = 6
    batch: int = 2048
    """Padded word pieces a batch."""
    upper_rate: float = 2e-4
    head_rate: float = 1e-3
    warm: float = 0.06
    """Share of the steps in which the learning rates rise to their top."""
    smooth: float = 0.05
    """Share of an issue's target that goes to all issues alike."""
    of_layer: float = 0.5
    """Weight of the loss of layers against those of acts, issues and parties."""
    joined: float = 0.5
    """Share of the passages that are joined to another."""
    seed: int = 1
    threads: int = 2


@dataclass(frozen=True)
class Batch:
    """Padded tensors of some passages; ``acts`` holds -1 where there is no word; rows with the place of their passage.

    ``clues`` are those of the reader's ``mark``; ``claimed`` [n, t] says for each row which words the rules claim to
    name its party.
    """

    states: Tensor
    mask: Tensor
    order: Tensor
    first: Tensor
    clues: dict[str, Tensor]
    acts: Tensor
    rows: tuple[tuple[int, Row], ...]
    claimed: Tensor


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
    found = list(examples([*texts, *wordings(known, seed=plan.seed)], known, tagger))
    model = Reader(known)
    load_upper(model, encoder)
    fit(model, known, found, plan, tell)
    export(model.eval(), known, out)


def fit(model: Reader, known: Names, examples: Sequence[Example], plan: Plan, tell: Callable[[str], object]) -> None:
    """Run the plan."""
    optimizer = _optimiser(model, plan)
    course = Course(sum(len(_batches(examples, plan, epoch)) for epoch in range(plan.epochs)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda _: course.rate(plan.warm))
    model.train()
    for epoch in range(plan.epochs):
        total = 0.0
        batches = _batches(examples, plan, epoch)
        for some in batches:
            batch = collate(some, known)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(model, known, batch, plan)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            course.done += 1
            schedule.step()
            total += loss.item()
        tell(f"epoch {epoch + 1} of {plan.epochs}, loss {total / len(batches):.3f} a position")


def loss_of(model: Reader, known: Names, batch: Batch, plan: Plan) -> Tensor:
    """The losses of acts, issues, layers and parties, in nats a position."""
    words = words_of(model, batch)
    acts = model.act(words.top).flatten(0, 1)
    loss = F.cross_entropy(acts, batch.acts.flatten(), ignore_index=-1, reduction="sum")
    if batch.rows:
        which = torch.tensor([b for b, _ in batch.rows])
        cues = torch.tensor([row.cue for _, row in batch.rows])
        issues = model.issues(words, which, cues)
        issue = F.cross_entropy(issues, _targets(batch, known, plan.smooth), reduction="sum")
        layers = torch.tensor([row.layer for _, row in batch.rows])
        layer = F.cross_entropy(model.layer(words.top[which, cues]), layers, reduction="sum")
        parties = _party_loss(model.parties(words, which, cues, batch.claimed), batch)
        loss = loss + issue + plan.of_layer * layer + parties
    return loss / max(4, len(batch.rows))


def words_of(model: Reader, batch: Batch) -> Words:
    """The words of a batch as the reader sees them."""
    marked = model.mark(batch.states, batch.first, batch.order, batch.clues)
    top, bottom = model(marked, batch.mask, batch.first)
    return Words(top, bottom, batch.clues["there"] > 0, batch.clues["terms"])


def _party_loss(scores: Tensor, batch: Batch) -> Tensor:
    """How unlikely the words that name the parties are, together; any of them is right."""
    right = torch.zeros_like(scores, dtype=torch.bool)
    for n, (_, row) in enumerate(batch.rows):
        right[n, list(row.party)] = True
    some = right.any(1)
    lost = torch.logsumexp(scores, 1) - torch.logsumexp(scores.masked_fill(~right, LOW), 1)
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


def _batches(examples: Sequence[Example], plan: Plan, epoch: int) -> list[list[Example]]:
    """Passages of like length together, some of them joined, in an order drawn by chance."""
    rng = random.Random(1000 * plan.seed + epoch)
    some = _joined(examples, plan, rng)
    some.sort(key=lambda one: len(one.passage.states) // 16)
    out: list[list[Example]] = []
    longest = 0
    for one in some:
        longest = max(longest, len(one.passage.states))
        if not out or longest * (len(out[-1]) + 1) > plan.batch:
            out.append([])
            longest = len(one.passage.states)
        out[-1].append(one)
    rng.shuffle(out)
    return out


def _joined(examples: Sequence[Example], plan: Plan, rng: random.Random) -> list[Example]:
    """The passages in an order drawn by chance, a share of them joined to the next where both may be read at once."""
    order = rng.sample(examples, len(examples))
    out: list[Example] = []
    for one in order:
        before = out[-1] if out else one
        fits = len(before.passage.states) + len(one.passage.states) <= LONG and len(one.passage.states) >= SHORT
        if out and fits and rng.random() < plan.joined:
            out[-1] = joined(before, one)
        else:
            out.append(one)
    return out


def collate(some: Sequence[Example], known: Names) -> Batch:
    """Some passages as padded tensors."""
    n, t = len(some), max(len(one.passage.first) for one in some)
    s, width = max(len(one.passage.states) for one in some), some[0].passage.states.shape[1]
    states, mask = torch.zeros(n, s, width), torch.zeros(n, s, dtype=torch.bool)
    order, first = torch.zeros(n, s, dtype=torch.long), torch.zeros(n, t, dtype=torch.long)
    clues = {name: torch.zeros(n, t, dtype=torch.long) for name in ("tells", "heads", "names")}
    clues |= {"terms": torch.zeros(n, t, len(known.issues)), "there": torch.zeros(n, t)}
    acts = torch.full((n, t), -1)
    for b, one in enumerate(some):
        pieces, words = len(one.passage.states), len(one.passage.first)
        states[b, :pieces] = torch.from_numpy(one.passage.states.astype(np.float32))
        mask[b, :pieces] = True
        order[b, :pieces] = torch.from_numpy(one.passage.order)
        first[b, :words] = torch.from_numpy(one.passage.first)
        for name in ("tells", "heads", "names", "terms"):
            clues[name][b, :words] = torch.from_numpy(getattr(one.clues, name))
        clues["there"][b, :words] = 1
        acts[b, :words] = len(known.acts)
        for row in one.rows:
            acts[b, row.cue] = row.act
    rows = tuple((b, row) for b, one in enumerate(some) for row in one.rows)
    return Batch(states, mask, order, first, clues, acts, rows, _claimed(some, rows, t))


def _claimed(some: Sequence[Example], rows: Sequence[tuple[int, Row]], size: int) -> Tensor:
    """Which words the rules claim to name the party of each row, [n, t]."""
    claimed = torch.zeros(len(rows), size)
    for n, (b, row) in enumerate(rows):
        claims = some[b].clues.claims
        claimed[n, torch.from_numpy(claims[claims[:, 0] == row.cue, 1])] = 1
    return claimed
