"""How well speakers, chains and classes of sourcing are read, on the articles and sentences of ``tests/gold``.

    python benchmarks/attribution_gold.py [--half dev|test] [--misses]

The conventions of the gold stand at the head of its files. Precision is not measured: the gold of an article lists
many of its attributions, not all.

found      share of the gold attributions with a partner: a prediction whose content holds at least half of the words
           of the gold content. Pairs are one to one, with the greatest sum of 1 a pair, 0.5 for the right speaker and
           up to 0.1 for the same words.
speaker    share of all gold attributions with a partner whose speaker is right: the actor's name or one of its
           mentions holds the gold name; for unnamed sources and documents, the first noun of their description. Where
           the record has no actor, which is usual for documents, the words of the source stand in for it, except for
           named persons and offices.
  short    the same over gold sources that are other words than the name: "she", "the envoy"
  no cue   the same over gold attributions without a source
chains     share of the gold attributions that have a ``via`` or are one, with the right ``via``
sourcing   F1 of the class over the sentences; a sentence without a prediction lowers recall only
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

from parley import corpus, pipeline
from parley.model import Article, Attribution, Record, Spans

GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold"
CLASSES = ("named", "office", "unnamed", "document", "outlet")
GAP = " … "
"""Stands in a gold content for the words that are left out."""
WORD = re.compile(r"\w+")
AFTER_NOUN = re.compile(
    r"\s(?:of|in|at|on|to|from|by|with|for|near|who|that|which|whose|"
    r"close|familiar|briefed|circulated|posted|run|seen|signed)\b.*",
    re.DOTALL,
)
"""What follows the noun of a description: a phrase, a clause, a participle."""


@dataclass(frozen=True, slots=True)
class Gold:
    """One gold attribution."""

    content: Spans
    source: str
    speaker: str
    sourcing: str
    via: int
    """Index of the attribution that reports this one; -1: none."""


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One article and its gold attributions."""

    id: str
    half: str
    text: str
    gold: tuple[Gold, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One article as Parley read it, each gold attribution with its partner."""

    article: GoldArticle
    record: Record
    partner: dict[int, Attribution]
    """By the index of the gold attribution."""

    def speaker(self, index: int) -> bool:
        """Whether the speaker of a gold attribution was found."""
        found = self.partner.get(index)
        return found is not None and speaker_right(self.article.gold[index], found, self.record)

    def via(self, index: int) -> bool:
        """Whether a gold attribution was found and hangs on the right one."""
        found, via = self.partner.get(index), self.article.gold[index].via
        if found is None or via < 0:
            return found is not None and found.via is None
        parent = self.partner.get(via)
        return parent is not None and found.via == parent.id


def main() -> None:
    """Read the gold, run Parley, print the shares."""
    parser = argparse.ArgumentParser(description="Speakers, chains and classes of sourcing on Parley's own gold.")
    parser.add_argument("--half", choices=("dev", "test"), help="only this half of the gold")
    parser.add_argument("--misses", action="store_true", help="list the misses, of the dev half only")
    options = parser.parse_args()
    readings = read_articles(options.half)
    sentences = read_sentences(options.half)
    for line in (*report(readings), *report_sourcing([(s["sourcing"], got) for s, got in sentences])):
        print(line)
    for line in (*misses(readings), *sourcing_misses(sentences)) if options.misses else ():
        print(line)


def load(name: str, key: str, half: str | None) -> list[dict[str, Any]]:
    """The entries of a gold file, of one half or of both."""
    entries: list[dict[str, Any]] = tomllib.loads((GOLD / name).read_text(encoding="utf-8"))[key]
    return [entry for entry in entries if half in (None, entry["half"])]


def gold_article(entry: dict[str, Any]) -> GoldArticle:
    """An article of the gold file, its contents as spans."""
    text = entry["text"].strip("\n")
    return GoldArticle(entry["id"], entry["half"], text, tuple(gold(text, row) for row in entry["attributions"]))


def gold(text: str, row: dict[str, Any]) -> Gold:
    """One attribution of the gold file."""
    pieces = [row["content"]] if isinstance(row["content"], str) else row["content"]
    content = tuple(locate(text, piece) for piece in pieces)
    return Gold(content, row["source"], row["speaker"], row["sourcing"], row["via"])


def locate(text: str, piece: str) -> tuple[int, int]:
    """The place of a piece of content: its words, or its first and last words with a gap between.

    Raises:
        ValueError: the words are absent, or stand there twice.
    """
    first, _, last = piece.partition(GAP)
    if text.count(first) != 1:
        raise ValueError(f"not once in its article: {first!r}")
    start = text.index(first)
    return start, (text.index(last, start + len(first)) + len(last) if last else start + len(first))


def read_articles(half: str | None) -> list[Reading]:
    """The articles of the gold, read."""
    articles = [gold_article(entry) for entry in load("attribution.toml", "article", half)]
    records = corpus.annotate([Article(article.id, article.text) for article in articles], pipeline.load())
    return [reading(article, record) for article, record in zip(articles, records, strict=True)]


def read_sentences(half: str | None) -> list[tuple[dict[str, Any], str | None]]:
    """The sentences of the gold, each with the class that was read in it, if any."""
    rows = load("sourcing.toml", "sentence", half)
    records = corpus.annotate([Article(str(k), row["text"]) for k, row in enumerate(rows)], pipeline.load())
    return [(row, sourcing(row, record)) for row, record in zip(rows, records, strict=True)]


def reading(article: GoldArticle, record: Record) -> Reading:
    """An article with its record.

    Raises:
        ValueError: the record is about another text.
    """
    if record.text != article.text:
        raise ValueError(f"{article.id}: the record holds another text")
    return Reading(article, record, pairs(article, record))


def words(text: str, spans: Spans) -> frozenset[int]:
    """The words in some spans, by where they start."""
    return frozenset(start + match.start() for start, end in spans for match in WORD.finditer(text[start:end]))


def pairs(article: GoldArticle, record: Record) -> dict[int, Attribution]:
    """The one-to-one pairing of gold and predicted attributions with the greatest weight."""
    if not article.gold or not record.attributions:
        return {}
    table = [[weight(one, found, record) for found in record.attributions] for one in article.gold]
    rows, columns = linear_sum_assignment([[-value for value in row] for row in table])
    return {int(i): record.attributions[j] for i, j in zip(rows, columns, strict=True) if table[i][j] > 0}


def weight(one: Gold, found: Attribution, record: Record) -> float:
    """How well a prediction fits a gold attribution: 0.0 (not at all) to 1.6."""
    wanted, got = words(record.text, one.content), words(record.text, found.content)
    common = len(wanted & got)
    if not common or common < 0.5 * len(wanted):
        return 0.0
    return 1 + 0.5 * speaker_right(one, found, record) + 0.1 * common / len(wanted | got)


def speaker_right(one: Gold, found: Attribution, record: Record) -> bool:
    """Whether a prediction names the speaker of a gold attribution."""
    wanted = plain(one.speaker)
    if one.sourcing in ("unnamed", "document"):
        wanted = plain(AFTER_NOUN.sub("", one.speaker)).rpartition(" ")[2]
    return any(f" {wanted} " in f" {plain(name)} " for name in names(one, found, record))


def names(one: Gold, found: Attribution, record: Record) -> list[str]:
    """The names by which a record knows the speaker of a prediction."""
    if found.speaker is not None:
        actor = record.actor(found.speaker)
        return [actor.name, *(record.text[start:end] for start, end in actor.mentions)]
    return [] if one.sourcing in ("named", "office") else [record.quote(found.source)]


def plain(name: str) -> str:
    """A name in small letters, only words, without an article in front."""
    return re.sub(r"^(?:the|an?) ", "", " ".join(WORD.findall(name.casefold())))


def in_chain(gold: Sequence[Gold]) -> list[int]:
    """The attributions that have a ``via`` or are one."""
    targets = {one.via for one in gold}
    return [k for k, one in enumerate(gold) if one.via >= 0 or k in targets]


def is_short(one: Gold) -> bool:
    """Whether the source is another word than the speaker's name."""
    return bool(one.source) and plain(one.speaker) not in plain(one.source)


def share(name: str, hits: Iterable[bool]) -> str:
    """A line with a share in per cent and its counts."""
    counts = Counter(hits)
    return f"{name:10s} {100 * counts[True] / (counts.total() or 1):5.1f}   {counts[True]} of {counts.total()}"


def report(readings: Sequence[Reading]) -> list[str]:
    """The shares over the articles."""
    each = [(r, k, one) for r in readings for k, one in enumerate(r.article.gold)]
    return [
        share("found", (k in r.partner for r, k, _ in each)),
        share("speaker", (r.speaker(k) for r, k, _ in each)),
        share("  short", (r.speaker(k) for r, k, one in each if is_short(one))),
        share("  no cue", (r.speaker(k) for r, k, one in each if not one.source)),
        share("chains", (r.via(k) for r in readings for k in in_chain(r.article.gold))),
    ]


def sourcing(row: dict[str, Any], record: Record) -> str | None:
    """The class read in a sentence: of the attribution with the gold source, else of the first one."""
    found = re.search(rf"(?<!\w){re.escape(row['source'])}(?!\w)", record.text) if row["source"] else None
    start, end = found.span() if found else (0, 0)
    overlaps = [t for t in record.attributions if any(s < end and start < e for s, e in t.source)]
    return next((t.sourcing for t in (*overlaps, *record.attributions)), None)


def report_sourcing(rows: Sequence[tuple[str, str | None]]) -> Iterator[str]:
    """F1 over the sentences: together, the mean of the classes, and each class."""
    right = Counter(gold for gold, got in rows if gold == got)
    total = Counter(gold for gold, _ in rows) + Counter(got for _, got in rows if got is not None)
    each = {name: 200 * right[name] / (total[name] or 1) for name in CLASSES}
    yield f"sourcing   micro F1 {200 * right.total() / (total.total() or 1):.1f}   {right.total()} of {len(rows)} right"
    yield f"sourcing   macro F1 {sum(each.values()) / len(each):.1f}"
    yield from (f"  {name:8s} {value:5.1f}" for name, value in each.items())


def misses(readings: Sequence[Reading]) -> Iterator[str]:
    """The gold attributions of the dev half that were missed, and how."""
    for r in readings:
        chain = in_chain(r.article.gold)
        for k, one in enumerate(r.article.gold) if r.article.half == "dev" else ():
            if why := missed(r, k, k in chain):
                yield f"{r.article.id} {k}: {why}"
                yield f"    {one.source!r} -> {one.speaker!r}, via {one.via}: {r.record.quote(one.content)[:90]!r}"


def missed(r: Reading, index: int, in_chain: bool) -> str:
    """What is wrong with the partner of a gold attribution, in words; empty if nothing."""
    found = r.partner.get(index)
    if found is None:
        return "not found"
    name = r.record.actor(found.speaker).name if found.speaker else "nobody"
    wrong = [] if r.speaker(index) else [f"speaker read as {name!r} (source {r.record.quote(found.source)!r})"]
    return "; ".join(wrong + ([f"via read as {found.via}"] if in_chain and not r.via(index) else []))


def sourcing_misses(rows: Iterable[tuple[dict[str, Any], str | None]]) -> Iterator[str]:
    """The sentences of the dev half whose class was not read."""
    for row, got in rows:
        if row["half"] == "dev" and got != row["sourcing"]:
            yield f"sourcing: {row['sourcing']} read as {got}: {row['text']}"


if __name__ == "__main__":
    main()
