"""The stretch of tokens that each token of a parse governs."""

from __future__ import annotations


def edges(head: list[int]) -> tuple[list[int], list[int]]:
    """First token, and token after the last, of each subtree: leaves first, each token once."""
    left, right = list(range(len(head))), [i + 1 for i in range(len(head))]
    waiting = [0] * len(head)
    for i, h in enumerate(head):
        waiting[h] += h != i
    ready = [i for i, count in enumerate(waiting) if not count]
    while ready:
        i = ready.pop()
        h = head[i]
        if h == i:
            continue
        left[h], right[h] = min(left[h], left[i]), max(right[h], right[i])
        waiting[h] -= 1
        if not waiting[h]:
            ready.append(h)
    return left, right
