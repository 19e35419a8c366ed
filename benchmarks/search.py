"""Search: how long queries take, what the index costs to make and to keep, at 1,000 to 100,000 articles.

    python benchmarks/search.py --articles 100000

Prints JSON. The words are made up, with the frequencies of English: the commonest stands in every article, the rarest
in one. An article has some 400 words, 5 quotations, 5 events and 3 positions.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import numpy as np

from parley.model import Actor, Attribution, Event, Metadata, Position, Record
from parley.store import Copy, Reading, Run, Shard, Store, Writer, search
from parley.store.search import Filters

VOCABULARY = 60_000
SHARD = 2_500
COUNTRIES = ("TCD", "LBY", "GRD", "PER", "BOL", "ZMB", "LAO", "FJI", "MLT", "OMN")
ACTS = ("demand", "propose", "reject", "accept", "concede", "threaten")
ISSUES = ("ceasefire", "prisoners", "territory", "elections", "monitoring", "other")
TYPES = ("REQUEST", "REJECT", "AGREE", "CONSULT", "THREATEN", "ACCUSE")


class Maker:
    """Makes records; two with one seed make the same ones."""

    def __init__(self, seed: int) -> None:
        """Make up the vocabulary."""
        self.source = np.random.default_rng(seed)
        letters = np.array(list("etaoinshrdlucmfwypvbgk"))
        chance = 1 / np.arange(2, len(letters) + 2) ** 0.6
        made: dict[str, None] = {}
        while len(made) < VOCABULARY:
            size = int(self.source.integers(3, 11))
            made["".join(self.source.choice(letters, size, p=chance / chance.sum()))] = None
        self.words = np.array(list(made), dtype=object)
        weights = 1 / np.arange(4, VOCABULARY + 4)
        self.sums = np.cumsum(weights / weights.sum())

    def record(self, n: int) -> Record:
        """The record of the article with a number."""
        size = int(self.source.integers(150, 650))
        words = self.words[np.minimum(np.searchsorted(self.sums, self.source.random(size)), VOCABULARY - 1)]
        text = " ".join(words)
        country = [COUNTRIES[n % 10], COUNTRIES[(n // 10) % 10]]
        pick = [int(one) for one in self.source.integers(0, 6, 16)]
        spans = [self.sentence(text) for _ in range(13)]
        day = f"2025-{n % 12 + 1:02}-{n % 28 + 1:02}"
        return Record(
            id=f"{n:016x}",
            text=text,
            article=Metadata(None, f"Outlet {n % 40}", " ".join(words[:6]), None, day, sha256=f"{n:064x}"),
            actors=(
                Actor("a1", f"State {country[0]}", (spans[0],), country[0], ("GOV",), "state"),
                Actor("a2", f"Envoy {n % 5000}", (spans[1],), country[1], ("GOV",), "person"),
            ),
            attributions=tuple(
                Attribution(f"t{i}", "indirect", (), (), (spans[i],), f"a{i % 2 + 1}", "named") for i in range(5)
            ),
            events=tuple(Event(f"e{i}", TYPES[pick[i]], (spans[5 + i],), spans[5 + i], ("a1",)) for i in range(5)),
            positions=tuple(
                Position(f"p{i}", f"a{i % 2 + 1}", ACTS[pick[5 + i]], ISSUES[pick[8 + i]], (spans[10 + i],))
                for i in range(3)
            ),
        )

    def sentence(self, text: str) -> tuple[int, int]:
        """A stretch of some 20 words."""
        start = text.find(" ", int(self.source.integers(0, max(len(text) - 200, 1)))) + 1
        end = text.find(" ", start + 100)
        return start, end if end > start else len(text)


def shards(records: Iterator[Record], run: str) -> Iterator[Shard]:
    """The records in shards."""
    while batch := list(islice(records, SHARD)):
        yield Shard(run, [Reading(f"/{one.id}", one.article.sha256, one) for one in batch])


def written(folder: Path, records: Iterator[Record], run: str, copies: list[Copy]) -> None:
    """Write records into the store."""
    with Writer.open(folder) as writer:
        writer.begin_run(Run(run, datetime.now(UTC), versions=run))
        for shard in shards(records, run):
            writer.commit(shard)
        writer.commit(Shard(run, copies=copies))


def seconds(action: Callable[[], object]) -> float:
    """How long something takes."""
    began = time.perf_counter()
    action()
    return round(time.perf_counter() - began, 3)


def queries(maker: Maker) -> dict[str, list[tuple[str, Filters, bool]]]:
    """Questions by kind: words of every frequency, and what else a query may have."""
    none = Filters()
    word = maker.words
    ranks = range(20)
    return {
        "in every article": [(word[r], none, False) for r in range(5)],
        "in half of them": [(word[60 + r], none, False) for r in ranks],
        "in 1 of 20": [(word[800 + 10 * r], none, False) for r in ranks],
        "rare": [(word[20_000 + 100 * r], none, False) for r in ranks],
        "two words": [(f"{word[300 + r]} {word[700 + r]}", none, False) for r in ranks],
        "three words": [(f"{word[100 + r]} {word[200 + r]} {word[900 + r]}", none, False) for r in ranks],
        "phrase": [(f'"{word[40 + r]} {word[90 + r]}"', none, False) for r in ranks],
        "3 letters typed": [(word[500 + 10 * r][:3], none, True) for r in ranks],
        "4 letters typed": [(word[500 + 10 * r][:4], none, True) for r in ranks],
        "word and party": [(word[400 + r], Filters(party=COUNTRIES[r % 10]), False) for r in ranks],
        "word, party, act, issue": [
            (word[400 + r], Filters(party=COUNTRIES[r % 10], act=ACTS[r % 6], issue=ISSUES[r % 6]), False)
            for r in ranks
        ],
        "word, outlet and dates": [
            (word[400 + r], Filters(outlet=f"Outlet {r}", since="2025-03", until="2025-06"), False) for r in ranks
        ],
        "party and act, no word": [("", Filters(party=COUNTRIES[r % 10], act=ACTS[r % 6]), False) for r in ranks],
    }


def timed(folder: Path, maker: Maker) -> dict[str, dict[str, float]]:
    """Milliseconds by kind of question, 20 hits each: on the clock, and of the processor, which others do not slow."""
    found: dict[str, dict[str, float]] = {}
    for kind, asked in queries(maker).items():
        clock, processor = [], []
        for text, filters, unfinished in asked:
            began = time.perf_counter(), time.process_time()
            search.query(folder, text, filters, 20, unfinished=unfinished)
            clock.append((time.perf_counter() - began[0]) * 1000)
            processor.append((time.process_time() - began[1]) * 1000)
        found[kind] = {
            "median": round(statistics.median(clock), 1),
            "slowest": round(max(clock), 1),
            "cpu_median": round(statistics.median(processor), 1),
            "cpu_slowest": round(max(processor), 1),
        }
    return found


def measure(folder: Path, count: int, seed: int) -> dict[str, object]:
    """One size."""
    maker = Maker(seed)
    copies = [Copy(f"{n + i:016x}", f"{n:016x}", 1.0) for n in range(0, count - 1, 20) for i in (0, 1)]
    result: dict[str, object] = {"articles": count}
    result["record_seconds"] = seconds(lambda: written(folder, map(maker.record, range(count)), "run1", copies))
    with Store.open(folder) as store:
        result["index_seconds"] = seconds(lambda: search.rebuild(folder, store))
        before = store.commit.number
    written(folder, map(maker.record, range(count, count + 100)), "run2", copies)
    new = [f"{n:016x}" for n in range(count, count + 100)]
    with Store.open(folder) as store:
        result["add_100_seconds"] = seconds(lambda: search.update(folder, store, since=before, touched=new))
    written(folder, map(maker.record, range(count + 100, count + 200)), "run3", copies)
    with Store.open(folder) as store:
        result["add_100_unannounced_seconds"] = seconds(lambda: search.update(folder, store))
    result["index_mb"] = round((folder / search.NAME).stat().st_size / 1e6, 1)
    timed(folder, maker)
    result["milliseconds"] = timed(folder, maker)
    return result


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--articles", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--folder", type=Path, help="where to make the records; by default a temporary folder")
    given = options.parse_args()
    for count in given.articles:
        with tempfile.TemporaryDirectory(dir=given.folder) as place:
            print(json.dumps(measure(Path(place) / "record", count, given.seed), indent=2), flush=True)


if __name__ == "__main__":
    main()
