"""Articles made from the shipped samples, as many as are wanted: seeded, so that two runs read the same.

    python benchmarks/made.py 10000 --seed 1 > articles.jsonl

Each article mixes sentences of the samples: its words and their distribution are those of news, no two articles are
alike, and what is found in one means nothing.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from parley import readers

SAMPLES = Path(__file__).parent.parent / "samples"
OUTLETS = ("The Harbour Post", "Meridian Wire", "Daily Lantern", "Northern Courier", "Capital Review")
FIRST_DAY = date(2025, 1, 1)
WORDS = 500
"""Words in an article, on average."""
SENTENCE_END = re.compile(r"(?<=[.!?”])\s+(?=[A-Z“])")


@cache
def sentences() -> tuple[str, ...]:
    """All sentences of the samples of a usual length."""
    found: list[str] = []
    for path in sorted(SAMPLES.iterdir()):
        if path.suffix in readers.ENDINGS and path.stem != "README":
            for paragraph in readers.read_path(path).text.split("\n"):
                found += SENTENCE_END.split(" ".join(paragraph.split()))
    return tuple(sentence for sentence in dict.fromkeys(found) if 5 <= len(sentence.split()) <= 60)


def article(k: int, seed: int = 1, *, words: int = WORDS) -> dict[str, str]:
    """The k-th article: a row with id, title, text, outlet and date of publication."""
    pick = random.Random(f"{seed} {k}")
    most = pick.randint(words // 2, words * 3 // 2)
    paragraphs: list[str] = []
    length = 0
    while length < most:
        paragraph = " ".join(pick.choice(sentences()) for _ in range(pick.randint(1, 4)))
        length += len(paragraph.split())
        paragraphs.append(paragraph)
    return {
        "id": f"made-{seed}-{k:07d}",
        "title": f"Report {k}: {' '.join(pick.choice(sentences()).split()[:8])}",
        "text": "\n\n".join(paragraphs),
        "outlet": pick.choice(OUTLETS),
        "published": (FIRST_DAY + timedelta(days=pick.randrange(365))).isoformat(),
    }


def articles(n: int, seed: int = 1, *, start: int = 0, words: int = WORDS) -> Iterator[dict[str, str]]:
    """``n`` articles from the ``start``-th on; the same for the same seed, whatever ``n``."""
    for k in range(start, start + n):
        yield article(k, seed, words=words)


def write(path: Path, n: int, seed: int = 1, *, start: int = 0, words: int = WORDS) -> Path:
    """The same as JSON Lines in a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for row in articles(n, seed, start=start, words=words):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def main() -> None:
    """Print articles as JSON Lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--words", type=int, default=WORDS)
    args = parser.parse_args()
    for row in articles(args.number, args.seed, words=args.words):
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
