"""How every stage that looks at a whole record grows: one record, measured at 1,000, 10,000 and 100,000 articles.

    python benchmarks/growing.py --articles 1000 10000 100000

Prints a Markdown table of seconds. The articles are those of benchmarks/search.py: some 400 made-up words with 13
records each, 2 % of them copies, written by the store's own writer without being parsed. What depends on the number of
new articles alone (reading, committing) is measured by benchmarks/corpora.py.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from search import Maker

from parley import copies
from parley.analysis.ledger import ledger
from parley.corpus.finish import finish
from parley.store import Reading, Run, Shard, Store, Writer, derived, search
from parley.store.check import check
from parley.store.search import Filters
from parley.store.status import status

SHARD = 1000


def grow(folder: Path, maker: Maker, start: int, end: int) -> dict[str, float]:
    """Add articles; seconds by stage of the writing."""
    stages: dict[str, float] = {}
    name = f"run{end}"
    with Writer.open(folder) as writer:
        writer.begin_run(Run(name, datetime.now(UTC), versions="made"))
        numbers = iter(range(start, end))
        clock = 0.0
        while batch := [maker.record(n) for n in islice(numbers, SHARD)]:
            readings = [Reading(f"/{r.id}", r.article.sha256, r, _signature(r.text)) for r in batch]
            began = time.perf_counter()
            writer.commit(Shard(name, readings))
            clock += time.perf_counter() - began
        stages["commits of 1,000, ms an article"] = clock / (end - start) * 1000
        began = time.perf_counter()
        finish(writer, name, removing=True)
        stages["copies at the end of a run"] = time.perf_counter() - began
        writer.end_run(Run(name, datetime.now(UTC), outcome="finished", versions="made"))
    return stages


def _signature(text: str) -> bytes:
    return copies.signature(text)


def add(folder: Path, maker: Maker, at: int) -> dict[str, float]:
    """Add 100 articles to what is there, all of a run but the reading."""
    new = [maker.record(n) for n in range(at, at + 100)]
    readings = [Reading(f"/{r.id}", r.article.sha256, r, _signature(r.text)) for r in new]
    run = Run(f"add{at}", datetime.now(UTC), versions="made")
    stages: dict[str, float] = {}
    began = time.perf_counter()
    with Writer.open(folder) as writer:
        before = writer.newest.number
        writer.known()
        stages["open for writing, what is known"] = time.perf_counter() - began
        writer.begin_run(run)
        at_commit = time.perf_counter()
        writer.commit(Shard(run.run, readings))
        stages["commit 100"] = time.perf_counter() - at_commit
        at_copies = time.perf_counter()
        _, touched = finish(writer, run.run, removing=True)
        stages["compare 100 with all, for copies"] = time.perf_counter() - at_copies
        writer.end_run(replace(run, outcome="finished", ended=datetime.now(UTC)))
    at_index = time.perf_counter()
    with Store.open(folder) as store:
        search.update(folder, store, since=before, touched=[*(r.id for r in new), *touched])
    stages["index 100 for search"] = time.perf_counter() - at_index
    stages["all of adding 100 but the reading"] = time.perf_counter() - began
    return stages


def ask(folder: Path, maker: Maker) -> dict[str, float]:
    """Questions to the whole record."""
    stages: dict[str, float] = {}
    stages["open"] = _best(lambda: Store.open(folder).close())
    with Store.open(folder) as store:
        name = store.article_ids()[0]
        stages["one record"] = _best(lambda: store.record(name))
        stages["status"] = _best(lambda: status(store))
        stages["ledger of all"] = _best(lambda: ledger(store), 1)
        stages["search, a word in 1 of 20"] = _best(lambda: search.query(folder, maker.words[800], Filters(), 20))
    stages["check"] = _best(lambda: check(folder, further=[derived.problems]), 1)
    return stages


def _best(action: Callable[[], object], times: int = 3) -> float:
    found = []
    for _ in range(times):
        began = time.perf_counter()
        action()
        found.append(time.perf_counter() - began)
    return min(found)


def sizes(folder: Path, articles: int) -> dict[str, float]:
    """KB an article."""
    all_of_it = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    index = (folder / search.NAME).stat().st_size
    return {
        "record without index, KB an article": (all_of_it - index) / articles / 1000,
        "index for search, KB an article": index / articles / 1000,
        "most memory of this process, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
    }


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, nargs="+", default=[200, 1_000])
    options.add_argument("--folder", type=Path, help="where to work; by default a temporary folder")
    given = options.parse_args()
    found: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(dir=given.folder) as place:
        folder, maker, there = Path(place) / "record", Maker(1), 0
        for size in given.articles:
            found[size] = grow(folder, maker, there, size)
            began = time.perf_counter()
            with Store.open(folder) as store:
                search.rebuild(folder, store)
            found[size]["whole index for search, ms an article"] = (time.perf_counter() - began) / size * 1000
            found[size] |= add(folder, maker, size)
            found[size] |= ask(folder, maker) | sizes(folder, size + 100)
            there = size + 100
            sys.stderr.write(f"{size} {found[size]}\n")
    print("| seconds, unless said | " + " | ".join(f"{size:,}" for size in found) + " |")
    print("|---" * (len(found) + 1) + "|")
    for stage in found[given.articles[-1]]:
        print(f"| {stage} | " + " | ".join(f"{one[stage]:.3g}" for one in found.values()) + " |")


if __name__ == "__main__":
    main()
