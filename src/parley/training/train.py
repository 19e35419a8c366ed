"""Trains the attribution tagger: seeded, on one core or more."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from parley.tagger.pieces import PieceTable
from parley.training.augment import name_forms
from parley.training.batches import Batch, Noise, batches, examples
from parley.training.corpus import LabelledArticle
from parley.training.model import Tagger


@dataclass(frozen=True)
class Plan:
    """How to train."""

    epochs: int = 4
    batch: int = 1024
    """Padded word pieces a batch."""
    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    warm: float = 0.06
    """Share of the steps in which the learning rates rise to their top."""
    seed: int = 1
    share: float = 1.0
    """Share of the articles that is trained on."""
    threads: int = 1
    """Cores; the sums of several are rounded otherwise, so that weights are the same for the same number only."""


def loss_of(model: Tagger, batch: Batch) -> tuple[Tensor, Tensor]:
    """(cue loss, role loss), both in nats an attribution."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = model.states(batch.ids, batch.types, batch.mask, batch.first)
        cue_scores = model.cue_out(states)
        role_scores = model.role_scores(states, batch.which, batch.starts, batch.ends)
    count = len(batch.which)
    cue = model.cue_crf.loss(cue_scores.float(), batch.cue_tags, batch.word_mask).sum() / count
    role = model.role_crf.loss(role_scores.float(), batch.role_tags, batch.word_mask[batch.which]).sum() / count
    return cue, role


def optimiser(model: Tagger, plan: Plan) -> torch.optim.AdamW:
    """AdamW; the word embeddings stay as they are, which spares a tenth of the time and the rare words."""
    model.encoder.words.weight.requires_grad_(False)
    model.encoder.positions.weight.requires_grad_(False)
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    decays = [
        {"params": [p for p in group if (p.dim() > 1) == wide], "lr": rate, "weight_decay": 0.01 * wide}
        for group, rate in ((encoder, plan.encoder_rate), (heads, plan.head_rate))
        for wide in (True, False)
    ]
    return torch.optim.AdamW(decays, betas=(0.9, 0.98), eps=1e-6)


def epoch_batches(
    articles: list[LabelledArticle], piece_of: PieceTable, plan: Plan, noise: Noise, epoch: int
) -> Iterator[Batch]:
    """The batches of one pass, the same for the same seed and epoch."""
    rng = random.Random(1000 * plan.seed + epoch)
    found = [example for article in articles for example in examples(article, piece_of, rng, noise)]
    return batches(found, plan.batch, rng, noise.hidden)


def save(model: Tagger, folder: Path) -> None:
    """Weights and sizes, without pickle."""
    folder.mkdir(parents=True, exist_ok=True)
    save_file({name: value.contiguous() for name, value in model.state_dict().items()}, folder / "tagger.safetensors")
    (folder / "config.json").write_text(json.dumps(model.config.as_dict()))


@dataclass
class Course:
    """Where a run stands: steps planned and done, and when it began (seconds)."""

    steps: int
    done: int = 0
    begun: float = field(default_factory=time.time)

    def rate(self, warm: float) -> float:
        """Factor of the learning rates: up over the first ``warm`` share of the steps, then down to 0."""
        return max(0.0, min((self.done + 1) / (warm * self.steps), (1 - self.done / self.steps) / (1 - warm)))

    def report(self, losses: Tensor) -> str:
        """How far it is; losses: sums of the cue and the role loss, and their number."""
        spent = time.time() - self.begun
        left = spent / self.done * (self.steps - self.done)
        loss = f"loss {losses[0] / losses[2]:.3f} cues, {losses[1] / losses[2]:.3f} roles"
        return f"step {self.done} of {self.steps}, {loss}, {left / 60:.0f} min left"


def train(
    model: Tagger,
    articles: list[LabelledArticle],
    piece_of: PieceTable,
    plan: Plan,
    out: Path,
    *,
    tell: Callable[[str], object] = print,
) -> None:
    """Run the plan and save the weights every half epoch, so that a run can be cut short.

    Args:
        model: with the encoder's weights in it.
        articles: to train on.
        piece_of: from word forms to word pieces.
        plan: how.
        out: folder for the weights.
        tell: is given a line of progress every 50 steps.
    """
    known = name_forms(article.words for article in articles)
    noise = Noise(sorted(known), known)
    counts = [sum(1 for _ in epoch_batches(articles, piece_of, plan, noise, epoch)) for epoch in range(plan.epochs)]
    course = Course(sum(counts))
    optimizer = optimiser(model, plan)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda _: course.rate(plan.warm))
    model.train()
    for epoch, count in enumerate(counts):
        losses = torch.zeros(3)
        for number, batch in enumerate(epoch_batches(articles, piece_of, plan, noise, epoch), 1):
            losses += one_step(model, batch, optimizer)
            course.done += 1
            schedule.step()
            if course.done % 50 == 0:
                tell(course.report(losses))
                losses.zero_()
            if number in (count // 2, count):
                save(model, out)


def one_step(model: Tagger, batch: Batch, optimizer: torch.optim.Optimizer) -> Tensor:
    """Learn from one batch; gives (cue loss, role loss, 1)."""
    cue, role = loss_of(model, batch)
    (cue + role).backward()
    nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return torch.tensor([cue.item(), role.item(), 1.0])
