"""Copies: are planted ones found, are look-alikes left apart, and what does it cost?

    python benchmarks/copies.py --articles 20000

Prints JSON. Planted: families of one story and its copies (the same text, cut to 70 %, a new lead, a tenth of the
words edited, two sentences put in). Look-alikes: reports of one agency on the same talks, which share boilerplate and a
quoted paragraph, and daily updates, which repeat up to half of the day before. The words are made up; two texts on one
subject have more pairs of neighbouring words in common than two news articles have (0.06 of them, against 0.03).
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import accumulate, combinations
from pathlib import Path

from parley.copies import Entry, Index, signature

KINDS = ("same", "cut", "lead", "edited", "inserted")
VOCABULARY = 6_000
FOLLOWERS = 10
"""Different words that follow a word, in one subject: fewer make texts on one subject more alike."""
Words = list[str]


@dataclass(frozen=True)
class Planted:
    """An article and what is known of it."""

    name: str
    text: str
    published: str
    family: int
    """Copies of one story share it."""
    kind: str


class Maker:
    """Makes articles; two with one seed make the same ones."""

    def __init__(self, seed: int) -> None:
        """Make up the vocabulary."""
        self.random = random.Random(seed)
        syllables = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
        names = ("".join(self.random.choice(syllables) for _ in range(self.random.randint(1, 4))) for _ in iter(int, 1))
        words: dict[str, None] = {}
        while len(words) < VOCABULARY:
            words[next(names)] = None
        self.words = list(words)
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))
        self.followers: dict[tuple[int, str], Words] = {}

    def text(self, length: int, subject: int) -> Words:
        """Words that follow each other as a subject has it, a full stop now and then."""
        word, made = self.word(), []
        for _ in range(length):
            key = (subject, word)
            if key not in self.followers:
                self.followers[key] = self.random.choices(self.words, cum_weights=self.weights, k=FOLLOWERS)
            word = self.random.choice(self.followers[key]) if self.random.random() < 0.8 else self.word()
            made.append(word)
        return made

    def word(self) -> str:
        """A word, common ones more often."""
        return self.random.choices(self.words, cum_weights=self.weights)[0]

    def copy(self, words: Words, kind: str) -> Words:
        """A copy of a kind."""
        if kind == "cut":
            return words[: int(len(words) * 0.7)]
        if kind == "lead":
            size = max(25, len(words) // self.random.randint(5, 10))
            return self.text(size, -1) + words[size:]
        if kind == "edited":
            return [word for old in words for word in self.edited(old)]
        if kind == "inserted":
            one, two = sorted(self.random.sample(range(len(words)), 2))
            return words[:one] + self.text(18, -1) + words[one:two] + self.text(18, -1) + words[two:]
        return words

    def edited(self, word: str) -> Words:
        """A word after an editor who changes every tenth: another one, none, or one more."""
        if self.random.random() >= 0.1:
            return [word]
        return self.random.choice(([self.word()], [self.word()], [], [word, self.word()]))

    def articles(self, count: int) -> list[Planted]:
        """A tenth copies, half as many look-alikes, the rest alone."""
        made: list[Planted] = []
        family = 0
        while len(made) < count:
            family += 1
            chance = self.random.random()
            length, subject = self.random.randint(150, 900), self.random.randrange(12)
            if chance < 0.06:
                words = self.text(length, subject)
                kinds = self.random.sample(KINDS, self.random.randint(1, 4))
                made += [self.planted(self.copy(words, kind), family, kind) for kind in ("story", *kinds)]
            elif chance < 0.08:
                made += self.one_agency(length, subject, family)
            elif chance < 0.09:
                made += self.daily(length, subject, family)
            else:
                made.append(self.planted(self.text(length, subject), family, "alone"))
            family = made[-1].family
        return made[:count]

    def one_agency(self, length: int, subject: int, family: int) -> list[Planted]:
        """Different stories with the same boilerplate and the same quoted paragraph."""
        shared = self.text(int(length * 0.2), subject), self.text(int(length * 0.15), subject)
        return [
            self.planted(
                self.text(length - sum(map(len, shared)), subject) + shared[0] + shared[1], family + n, "agency"
            )
            for n in range(3)
        ]

    def daily(self, length: int, subject: int, family: int) -> list[Planted]:
        """A running story: each day repeats up to half of the day before."""
        days = [self.text(length, subject)]
        for _ in range(4):
            share = int(length * self.random.uniform(0.3, 0.5))
            days.append(self.text(length - share, subject) + days[-1][:share])
        return [self.planted(day, family + n, "daily") for n, day in enumerate(days)]

    def planted(self, words: Words, family: int, kind: str) -> Planted:
        """An article with sentences and a random day, so that the head may be any of a family."""
        text = " ".join(f"{word.capitalize()}." if n % 17 == 16 else word for n, word in enumerate(words))
        name = f"{self.random.getrandbits(64):016x}"
        return Planted(
            name, text, f"2025-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}", family, kind
        )


def measure(articles: list[Planted], batch: int) -> dict[str, object]:
    """Recall, precision and seconds."""
    began = time.process_time()
    entries = [Entry(one.name, signature(one.text), one.published) for one in articles]
    signed = time.process_time()
    index = Index()
    head: dict[str, str] = {}
    slowest = 0.0
    for start in range(0, len(entries), batch):
        at = time.process_time()
        change = index.update(entries[start : start + batch])
        slowest = max(slowest, time.process_time() - at)
        for name in change.touched:
            head.pop(name, None)
        head |= {row.article_id: row.head for row in change.rows}
    ended = time.process_time()
    words = sum(len(one.text.split()) for one in articles)
    return {
        "articles": len(articles),
        "words": words,
        "kinds": dict(Counter(one.kind for one in articles)),
        **quality(articles, head),
        "signature_ms_an_article": round((signed - began) / len(articles) * 1000, 4),
        "clusters_ms_an_article": round((ended - signed) / len(articles) * 1000, 4),
        "slowest_batch_seconds": round(slowest, 3),
        "batch": batch,
        "ms_a_word": (ended - began) / words * 1000,
    }


def quality(articles: list[Planted], head: dict[str, str]) -> dict[str, object]:
    """Pairs of one family against pairs with one head."""
    gold, found = defaultdict(list), defaultdict(list)
    for one in articles:
        gold[one.family].append(one)
        if one.name in head:
            found[head[one.name]].append(one)
    pairs = [pair for members in gold.values() for pair in combinations(members, 2)]
    hit = [pair for pair in pairs if head.get(pair[0].name, 0) == head.get(pair[1].name, 1)]
    claimed = [pair for members in found.values() for pair in combinations(members, 2)]
    false = Counter("-".join(sorted(m.kind for m in pair)) for pair in claimed if pair[0].family != pair[1].family)
    by_kind = Counter("-".join(sorted(m.kind for m in pair)) for pair in pairs)
    hits = Counter("-".join(sorted(m.kind for m in pair)) for pair in hit)
    return {
        "pairs": len(pairs),
        "recall": round(len(hit) / len(pairs), 4),
        "precision": round(1 - sum(false.values()) / max(len(claimed), 1), 4),
        "recall_by_kind": {kind: round(hits[kind] / count, 3) for kind, count in sorted(by_kind.items())},
        "false_pairs": dict(false),
    }


def growth(entries: list[Entry], sizes: tuple[int, ...]) -> dict[str, float]:
    """Seconds to load an index of each size and to add 100 articles to it."""
    seconds: dict[str, float] = {}
    for size in sizes:
        known, new = entries[: size - 100], entries[size - 100 : size]
        began = time.perf_counter()
        index = Index(known)
        loaded = time.perf_counter()
        index.update(new)
        seconds[f"load_{size}"] = round(loaded - began, 3)
        seconds[f"add_100_to_{size}"] = round(time.perf_counter() - loaded, 3)
    return seconds


def reading_ms_a_word() -> float:
    """CPU milliseconds that reading a word of the samples costs, without the engine and the store."""
    from parley import corpus, pipeline
    from parley.model import Article

    nlp = pipeline.load()
    samples = sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))
    texts = [Article(path.name, path.read_text(encoding="utf-8")) for path in samples] * 5
    list(corpus.annotate(iter(texts[:2]), nlp))
    began = time.process_time()
    list(corpus.annotate(iter(texts), nlp))
    return (time.process_time() - began) / sum(len(one.text.split()) for one in texts) * 1000


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--articles", type=int, default=20_000)
    options.add_argument("--batch", type=int, default=250, help="articles added at a time")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--growth", action="store_true", help="also add 100 to 1,000, 10,000 and 100,000")
    options.add_argument("--share", action="store_true", help="also read the samples, to compare the cost")
    given = options.parse_args()
    articles = Maker(given.seed).articles(given.articles)
    result = measure(articles, given.batch)
    if given.share:
        reading = reading_ms_a_word()
        result["share_of_reading"] = round(float(str(result["ms_a_word"])) / reading, 4)
    if given.growth:
        short = Maker(given.seed + 1).articles(100_000)
        result["growth"] = growth(
            [Entry(one.name, signature(one.text), one.published) for one in short], (1_000, 10_000, 100_000)
        )
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
