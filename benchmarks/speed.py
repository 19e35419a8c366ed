"""Speed: Parley's components against the bare spaCy pipeline, on the same texts in one run.

    make bench
    python benchmarks/speed.py [--rounds 5] [--texts FILE.jsonl] [--rules-only]

The three ways run in turn, round by round, on one core, so that a machine that slows down slows all of them; medians
are printed. Without --texts the texts are the shipped samples, several times over.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import spacy

from parley import corpus, pipeline, readers
from parley.clean import clean
from parley.model import Article

SAMPLES = Path(__file__).parent.parent / "samples"
COPIES = 12


def texts_from(path: Path | None) -> list[str]:
    """The texts to read: a file's rows, or the samples."""
    if path:
        return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    files = sorted(p for p in SAMPLES.iterdir() if p.suffix in readers.ENDINGS and p.stem != "README")
    return [readers.read_path(file).text for file in files] * COPIES


def seconds(run: Callable[[], object]) -> float:
    """CPU seconds of one run."""
    start = time.process_time()
    run()
    return time.process_time() - start


def by_component(nlp: spacy.language.Language, bodies: Sequence[str]) -> dict[str, float]:
    """CPU seconds of each of Parley's components that run on parsed docs."""
    own = [(name, pipe) for name, pipe in nlp.pipeline if name.startswith("parley_") and name != "parley_paragraphs"]
    with nlp.select_pipes(disable=[name for name, _ in own]):
        docs = list(nlp.pipe(bodies, batch_size=corpus.BATCH))
    return {name: seconds(lambda pipe=pipe: [pipe(doc) for doc in docs]) for name, pipe in own}  # type: ignore[misc]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--texts", type=Path, help="JSON Lines with a text a row")
    parser.add_argument("--rules-only", action="store_true", help="without the trained tagger")
    args = parser.parse_args()
    texts = texts_from(args.texts)
    bodies = [clean(text).text for text in texts]
    articles = [Article(str(k), text) for k, text in enumerate(texts)]
    shipped = spacy.load(pipeline.folder(pipeline.DEFAULT_MODEL))
    faster = spacy.load(pipeline.folder(pipeline.DEFAULT_MODEL))
    pipeline.use_openblas(faster)
    whole = pipeline.load(rules_only=args.rules_only)
    tokens = sum(len(whole.make_doc(body)) for body in bodies)
    ways: dict[str, Callable[[], object]] = {
        "bare spaCy as shipped": lambda: list(shipped.pipe(bodies, batch_size=corpus.BATCH)),
        "bare spaCy on OpenBLAS": lambda: list(faster.pipe(bodies, batch_size=corpus.BATCH)),
        "all of Parley": lambda: list(corpus.annotate(articles, whole)),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(args.rounds + 1):  # the first round warms up and is left out
        for name, run in ways.items():
            times[name].append(seconds(run))
    middle = {name: median(values[1:]) for name, values in times.items()}
    print(f"{len(texts)} articles, {tokens:,} tokens, {args.rounds} rounds, medians of CPU seconds on one core\n")
    for name, value in middle.items():
        print(f"{name:24s} {value:7.2f} s   {tokens / value:8,.0f} tokens a second")
    base, plain, all_of_it = middle.values()
    own = by_component(whole, bodies)
    print(f"\nall of Parley / bare spaCy as shipped   {all_of_it / base:.2f}")
    print(f"Parley's own components / bare spaCy    {sum(own.values()) / base:.2f} as shipped, ", end="")
    print(f"{sum(own.values()) / plain:.2f} on OpenBLAS   (at most 1)\n")
    for name, value in sorted(own.items(), key=lambda item: -item[1]):
        print(f"  {name:22s} {value:6.2f} s   {1000 * value / tokens:.4f} ms a token")


if __name__ == "__main__":
    main()
