"""Names replaced by names that no one has, so that the tagger learns the place of a name and not the name."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence

from parley.codebook import load
from parley.tagger.words import Words

ONSETS = [
    "b",
    "br",
    "ch",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "kr",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "sh",
    "st",
    "t",
    "tr",
    "v",
    "w",
    "y",
    "z",
]
VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "ou"]
CODAS = ["", "", "n", "r", "l", "s", "k", "m", "nd", "rt", "sh", "ck"]


def name_forms(articles: Iterable[Words]) -> frozenset[str]:
    """Words that are written with a capital nine times in ten: names, by and large."""
    kept = frozenset(load("training")["no_names"])
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for words in articles:
        for form, case in zip(words.forms, words.case, strict=False):
            (capital if case else small)[form.lower()] += 1
    return frozenset(
        w for w, n in capital.items() if n >= 9 * small[w] and len(w) > 2 and w.isalpha() and w not in kept
    )


def invented_name(rng: random.Random) -> str:
    """Two or three syllables with a capital."""
    parts = [rng.choice(ONSETS) + rng.choice(VOWELS) + rng.choice(CODAS) for _ in range(rng.randint(1, 3))]
    return "".join(parts).capitalize()


def replace_names(words: Words, names: Sequence[str], known: frozenset[str], rng: random.Random) -> list[str]:
    """The forms of a text with every name replaced, the same one always by the same one.

    Args:
        words: the words of the text.
        names: names to take from (half of the time; else one is invented).
        known: lower-case words that count as names.
        rng: the source of chance.
    """
    chosen: dict[str, str] = {}
    out = []
    for form, case in zip(words.forms, words.case, strict=False):
        if not case or form.lower() not in known:
            out.append(form)
            continue
        if form not in chosen:
            chosen[form] = rng.choice(names).capitalize() if rng.random() < 0.5 else invented_name(rng)
        out.append(chosen[form])
    return out
