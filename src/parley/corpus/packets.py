"""Cuts a wave of tasks into packets: large enough to be read quickly, small enough to be spread evenly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parley.corpus.task import Task
from parley.readers.found import Found

WEIGHT = 40_000
"""Code points of text in a packet: a dozen articles of the usual length, a few seconds' work."""
MOST = 64
"""Tasks in a packet."""
MARKUP = 8
"""Bytes of a page for a code point of text."""


def packets(tasks: Sequence[Task], workers: int) -> Iterator[list[Task]]:
    """Tasks in their order, in packets such that every worker gets two or more if there are so many tasks."""
    weights = [weight(task) for task in tasks]
    most = min(WEIGHT, sum(weights) // (2 * workers) + 1)
    packet: list[Task] = []
    heavy = 0
    for task, its in zip(tasks, weights, strict=True):
        if packet and (heavy + its > most or len(packet) >= MOST):
            yield packet
            packet, heavy = [], 0
        packet.append(task)
        heavy += its
    if packet:
        yield packet


def weight(task: Task) -> int:
    """About how many code points of text a task holds."""
    is_page = isinstance(task.source, Found) and task.source.source_format == "html"
    return max(1, task.size // (MARKUP if is_page else 1))
