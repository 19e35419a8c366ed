"""A linear-chain CRF: learned transitions between tags, some of them forbidden."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

NEVER = -1e4


class Crf(nn.Module):
    """Transition scores [from, to] and start scores of k tags; the loss sums over all tag sequences."""

    def __init__(self, tags: int, *, forbidden: Sequence[tuple[int, int]], no_start: Sequence[int]) -> None:
        super().__init__()
        self.steps = nn.Parameter(torch.zeros(tags, tags))
        self.begin = nn.Parameter(torch.zeros(tags))
        step_mask, begin_mask = torch.zeros(tags, tags), torch.zeros(tags)
        for a, b in forbidden:
            step_mask[a, b] = NEVER
        for b in no_start:
            begin_mask[b] = NEVER
        self.register_buffer("step_mask", step_mask)
        self.register_buffer("begin_mask", begin_mask)

    def transitions(self) -> tuple[Tensor, Tensor]:
        """(steps [k, k], begin [k]) with what is forbidden written in."""
        return self.steps + self.step_mask, self.begin + self.begin_mask

    def loss(self, scores: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """Negative log likelihood of each sequence, [n]. scores: [n, t, k]; tags: int [n, t]; mask: bool
        [n, t], true from the left.
        """
        steps, begin = self.transitions()
        alpha = begin + scores[:, 0]
        for i in range(1, scores.shape[1]):
            following = torch.logsumexp(alpha[:, :, None] + steps, 1) + scores[:, i]
            alpha = torch.where(mask[:, i, None], following, alpha)
        return torch.logsumexp(alpha, 1) - self._path(scores, tags, mask, steps, begin)

    def _path(self, scores: Tensor, tags: Tensor, mask: Tensor, steps: Tensor, begin: Tensor) -> Tensor:
        emitted = (scores.gather(2, tags[:, :, None]).squeeze(2) * mask).sum(1)
        moved = (steps[tags[:, :-1], tags[:, 1:]] * mask[:, 1:]).sum(1)
        return begin[tags[:, 0]] + emitted + moved
