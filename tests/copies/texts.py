"""Made texts for the tests: words at random, the same for the same seed."""

from __future__ import annotations

import random

from parley.copies import Entry, signature

WORDS = [f"{a}{b}{c}" for a in ("ba", "do", "ki", "lu", "me") for b in ("ra", "so", "ti", "nu") for c in "abcdefgh"]


def words(count: int, seed: int) -> list[str]:
    return random.Random(seed).choices(WORDS, k=count)


def edited(text: list[str], share: float, seed: int) -> list[str]:
    source = random.Random(seed)
    return [source.choice(WORDS) if source.random() < share else word for word in text]


def entry(name: str, text: list[str], published: str | None = None) -> Entry:
    return Entry(name, signature(" ".join(text)), published)


def family(seed: int, *, length: int = 300) -> list[Entry]:
    """A story and its copies, and two articles that are not: one shares a third of it, one nothing."""
    story = words(length, seed)
    new = words(length, seed + 1000)
    texts = {
        "story": (story, "2025-03-02"),
        "same": (story, None),
        "cut": (story[: int(length * 0.7)], "2025-03-03"),
        "lead": (new[: length // 7] + story[length // 7 :], "2025-03-04"),
        "edited": (edited(story, 0.1, seed), "2025-03-02"),
        "third": (new[: length * 2 // 3] + story[: length // 3], "2025-03-05"),
        "other": (words(length, seed + 2000), "2025-03-01"),
    }
    return [entry(f"{seed}-{name}", text, day) for name, (text, day) in texts.items()]
