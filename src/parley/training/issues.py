"""Learns which word pieces vote for which issue, from the codebook's own example wordings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from parley import codebook as codebooks
from parley.codebook import OTHER
from parley.meaning import common_words, plain_tokenizer

NORM = 30.0
"""Length to which the embeddings are brought, on average: at their own, small one the steps would be too short."""
VIEWS = 4
"""Times that each example is seen: once whole, then with other pieces left out."""
Example = tuple[str, str]
"""Words and their issue."""


@dataclass(frozen=True)
class Plan:
    """How to learn.

    Attributes:
        steps: steps over all examples at once.
        rate: learning rate.
        decay: pull of the weights towards zero.
        drop: share of the pieces that are left out of an example in its further views, so that no single one decides.
        smooth: share of the target that goes to all issues alike.
        seed: two runs with one seed give the same votes.
    """

    steps: int = 300
    rate: float = 0.03
    decay: float = 1e-4
    drop: float = 0.3
    smooth: float = 0.05
    seed: int = 1


def examples() -> list[Example]:
    """The example wordings of the shipped codebook, those of ``other`` last."""
    found = list(_sentences())
    folder = codebooks.folder("wordings")
    for path in sorted(folder.glob("*.toml")):
        for issue, wordings in codebooks.read_toml(path).items():
            found += ((words, issue) for words in wordings)
    return found


def _sentences() -> Iterator[Example]:
    """The sentences and the plain phrases of every issue."""
    for issue in codebooks.codebook().issues.values():
        for words in (*issue.match, *issue.includes, issue.title):
            yield words, issue.id


def learn(encoder: Path, tokenizer: Path, plan: Plan, *, tell: Callable[[str], None]) -> dict[str, np.ndarray]:
    """Votes of every word piece.

    Args:
        encoder: model.safetensors of the sentence encoder whose input embeddings are used.
        tokenizer: its tokenizer.json.
        plan: how to learn.
        tell: told about progress.

    Returns:
        votes: int8 [pieces, issues]; scale: float32 [issues]; bias: float32 [issues]; issues: names in order.
    """
    torch.manual_seed(plan.seed)
    torch.set_num_threads(1)
    pairs = examples()
    issues = [*codebooks.codebook().issues, OTHER]
    table = piece_table(encoder)
    pieces = plain_tokenizer(tokenizer)
    rows = [pieces.encode(common_words(words), add_special_tokens=False).ids for words, _ in pairs]
    kept = [(ids, issues.index(issue)) for ids, (_, issue) in zip(rows, pairs, strict=True) if ids]
    tell(f"{len(kept)} examples of {len(issues)} issues")
    weights, bias = _fit(table, kept, len(issues), plan, tell)
    full = (table @ weights).numpy()
    scale = np.abs(full).max(0) / 127
    return {
        "votes": np.round(full / scale).astype(np.int8),
        "scale": scale.astype(np.float32),
        "bias": bias.numpy().astype(np.float32),
        "issues": np.array(issues),
    }


def piece_table(encoder: Path) -> Tensor:
    """What the encoder takes in for every word piece, averaged over places and centred: [pieces, width]."""
    source = load_file(encoder)
    words = source["embeddings.word_embeddings.weight"]
    rest = source["embeddings.token_type_embeddings.weight"][0] + source["embeddings.position_embeddings.weight"].mean(
        0
    )
    norm = (source["embeddings.LayerNorm.weight"], source["embeddings.LayerNorm.bias"])
    table = F.layer_norm(words + rest, (words.shape[1],), *norm, eps=1e-12)
    centred = table - table.mean(0)
    return centred * (NORM / centred.norm(dim=1).mean())


def _fit(
    table: Tensor, kept: list[tuple[list[int], int]], issues: int, plan: Plan, tell: Callable[[str], None]
) -> tuple[Tensor, Tensor]:
    """Weights [width, issues] and bias [issues]; issues weigh by the root of how many examples they have."""
    features = torch.cat([_averaged(table, [ids for ids, _ in kept], plan.drop * (view > 0)) for view in range(VIEWS)])
    target = torch.tensor([issue for _, issue in kept]).repeat(VIEWS)
    worth = 1 / torch.bincount(target, minlength=issues).clamp(min=1)[target].float().sqrt()
    worth /= worth.mean()
    head = nn.Linear(table.shape[1], issues)
    optimiser = torch.optim.Adam(head.parameters(), lr=plan.rate)
    for step in range(plan.steps):
        loss = F.cross_entropy(head(features), target, reduction="none", label_smoothing=plan.smooth)
        whole = (loss * worth).mean() + plan.decay * head.weight.square().sum()
        optimiser.zero_grad()
        whole.backward()
        optimiser.step()
        if step % 100 == 99:
            tell(f"step {step + 1}: loss {whole.item():.3f}")
    return head.weight.detach().T.contiguous(), head.bias.detach()


def _averaged(table: Tensor, rows: list[list[int]], drop: float) -> Tensor:
    """The mean embedding of every example, [examples, width], with a share of its pieces left out."""
    means = []
    for ids in rows:
        pieces = torch.tensor(ids)
        stay = pieces[torch.rand(len(ids)) >= drop] if drop else pieces
        means.append(table[stay if len(stay) else pieces].mean(0))
    return torch.stack(means)


def train_issues(out: Path, encoder: Path, tokenizer: Path, plan: Plan, *, tell: Callable[[str], None]) -> None:
    """Learn the votes and write them."""
    learnt = learn(encoder, tokenizer, plan, tell=tell)
    out.mkdir(parents=True, exist_ok=True)
    issues = learnt.pop("issues").tolist()
    np.savez_compressed(out / "votes.npz", **learnt)  # type: ignore[arg-type]
    (out / "issues.json").write_text(json.dumps(issues) + "\n", encoding="utf-8")
