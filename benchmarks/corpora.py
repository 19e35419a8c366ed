"""What corpora cost, and that nothing is lost: each subcommand prints a row of a Markdown table.

    python benchmarks/corpora.py workers --articles 2000      two workers against one
    python benchmarks/corpora.py overhead --articles 2000     the engine against a bare process pool
    python benchmarks/corpora.py repeat --articles 10000      a second run over what is known
    python benchmarks/corpora.py add --to 1000 --articles 100 adding to a record (run it for 1000 and for 100000)
    python benchmarks/corpora.py poison --articles 5000       bad documents among good ones
    python benchmarks/corpora.py kills --times 50             driver and workers killed at random moments
    python benchmarks/corpora.py memory --articles 100000     the most that driver, engine and workers take
    python benchmarks/corpora.py cluster --articles 300       three nodes of Ray, one taken away (needs the extra "ray")

The defaults are small, to see that it works; the sizes above are those of docs/scale.md (make bench-corpora SIZE=full).
Everything is read with --rules-only unless --tagger is given. How the stages that look at a whole record grow is
measured by benchmarks/growing.py, copies by benchmarks/copies.py, search by benchmarks/search.py.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import made

from parley import record as records
from parley.corpus.counts import Summary
from parley.corpus.ingest import Request, ingest
from parley.corpus.packets import packets
from parley.corpus.task import EngineKind, Manner, Outcome, Packet, Task
from parley.corpus.worker import ONE_THREAD, reader
from parley.pipeline import DEFAULT_MODEL
from parley.readers import Found, find
from parley.store import Store

HERE = Path(__file__).parent
POISONED = Manner(DEFAULT_MODEL, rules_only=True, reader="poisoned:reader")


def row(*cells: object) -> None:
    """Print a row of a table."""
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def manner_of(args: argparse.Namespace) -> Manner:
    """How to read."""
    return Manner(DEFAULT_MODEL, rules_only=not args.tagger)


def run(
    source: Path, record: Path, manner: Manner, *, workers: int | None = None, kind: EngineKind = "local"
) -> Summary:
    """A run of ingest."""
    return ingest(Request((str(source),), record, manner, workers=workers, engine=kind))


def contents(record: Path) -> list[bytes]:
    """All of a record that must not depend on how it came about."""
    with Store.open(record) as store:
        failures = store.query("SELECT location, stage, article_id FROM failures ORDER BY location")
        places = store.query("SELECT location, sha256, article_id, outcome FROM sources ORDER BY location")
        copies = store.query("SELECT * FROM copies ORDER BY article_id")
        return [*map(records.to_json, store.records()), json.dumps([failures, places, copies]).encode()]


# ---------------------------------------------------------------- speed
def workers(args: argparse.Namespace, folder: Path) -> None:
    """Two workers against one, model loading included."""
    source = made.write(folder / "in.jsonl", args.articles, words=args.words)
    seconds = {n: run(source, folder / f"record{n}", manner_of(args), workers=n).seconds for n in (1, 2)}
    same = contents(folder / "record1") == contents(folder / "record2")
    row("two workers against one", f"{args.articles:,}", f"{seconds[1]:.1f} s", f"{seconds[2]:.1f} s")
    row("ratio, same records", "", f"{seconds[1] / seconds[2]:.2f}", same)


_read: Callable[[Packet], list[Outcome]]


def _begin(manner: Manner) -> None:
    global _read
    _read = reader(manner)


def _work(packet: list[Task]) -> list[Outcome]:
    return _read(packet)


def bare_pool(source: Path, manner: Manner, processes: int) -> float:
    """Seconds that a bare process pool takes for the same packets, without a record to write."""
    start = time.perf_counter()
    found = (item for item in find([str(source)]) if isinstance(item, Found))
    tasks = [Task(key, item) for key, item in enumerate(found)]
    cut = list(packets(tasks, max(processes, len(tasks) // 24)))
    with multiprocessing.get_context("spawn").Pool(processes, _begin, (manner,)) as pool:
        read = sum(len(outcomes) for outcomes in pool.imap_unordered(_work, cut))
    assert read == len(tasks)
    return time.perf_counter() - start


def overhead(args: argparse.Namespace, folder: Path) -> None:
    """The whole of ingest, and the engine alone, against a bare process pool that does the same work."""
    from parley.corpus.engine import Engine
    from parley.corpus.task import Setup

    os.environ.update(ONE_THREAD)
    source = made.write(folder / "in.jsonl", args.articles, words=args.words)
    bare, engine, whole = [], [], []
    for k in range(args.rounds):
        bare.append(bare_pool(source, manner_of(args), 2))
        start = time.perf_counter()
        found = (item for item in find([str(source)]) if isinstance(item, Found))
        with Engine(Setup(manner_of(args), 2)) as running:
            assert sum(1 for _ in running.read(Task(n, item) for n, item in enumerate(found))) == args.articles
        engine.append(time.perf_counter() - start)
        whole.append(run(source, folder / f"record{k}", manner_of(args), workers=2).seconds)
    least = [min(times) for times in (bare, engine, whole)]
    row("bare pool, engine, ingest with its record", f"{args.articles:,}", *(f"{seconds:.1f} s" for seconds in least))
    row("against the bare pool", "", "1.00", *(f"{seconds / least[0]:.2f}" for seconds in least[1:]))


def repeat(args: argparse.Namespace, folder: Path) -> None:
    """A second run over unchanged articles."""
    source = made.write(folder / "in.jsonl", args.articles, words=args.words)
    first, second = (run(source, folder / "record", manner_of(args)) for _ in range(2))
    assert second.counts.unchanged == args.articles
    row("first run, second run", f"{args.articles:,}", f"{first.seconds:.1f} s", f"{second.seconds:.2f} s")
    row("times as fast", "", f"{first.seconds / second.seconds:.0f}", "")


def add(args: argparse.Namespace, folder: Path) -> None:
    """Adding some articles to a record of many; the many are stored as read without being parsed."""
    quick = Manner(DEFAULT_MODEL, reader="poisoned:unread")
    run(made.write(folder / "many.jsonl", args.to, words=args.words), folder / "record", quick)
    more = made.write(folder / "more.jsonl", args.articles, start=args.to, words=args.words)
    summary = run(more, folder / "record", manner_of(args))
    row(f"adding {args.articles:,} to {args.to:,}", summary.counts.read, f"{summary.seconds:.1f} s", "")


# ---------------------------------------------------------------- trouble
def poison(args: argparse.Namespace, folder: Path) -> None:
    """Bad documents of many kinds among good ones."""
    import poisoned

    (folder / "in").mkdir()
    made.write(folder / "in" / "good.jsonl", args.articles, words=args.words)
    bad = poisoned.write(folder / "in" / "bad", max(len(poisoned.KINDS), args.articles // 50))
    summary = run(folder / "in", folder / "record", replace(POISONED, timeout=args.timeout))
    with Store.open(folder / "record") as store:
        failed = {Path(r["location"]).name: r["stage"] for r in store.query("SELECT location, stage FROM failures")}
        read = len([name for name in store.article_ids() if name.startswith("made-")])
    untold = sorted(set(bad) - set(failed))
    row("poisoned documents", f"{len(bad)} of {args.articles + len(bad):,}", f"{summary.seconds:.1f} s", "")
    row("good ones read", f"{read:,}", f"of {args.articles:,}", "")
    row("poisoned ones told", len(bad) - len(untold), dict(sorted(summary.stages.items())), untold or "none untold")


def kills(args: argparse.Namespace, folder: Path) -> None:
    """Driver, engine or a worker killed at random moments, with a reader beside; then a run to the end."""
    import killing

    source, record = folder / "in.jsonl", folder / "record"
    trial = killing.trial(
        source, record, articles=args.articles, words=args.words, within=args.within, seed=args.seed, tagger=args.tagger
    )
    killing.kill_often(trial, args.times, tell=lambda words: print(words, file=sys.stderr, flush=True))
    run(source, record, manner_of(args))
    trial.look("at the end")
    run(source, folder / "whole", manner_of(args))
    same = contents(record) == contents(folder / "whole")
    for words in [] if same else killing.different(record, folder / "whole", contents):
        print(words, file=sys.stderr)
    row("killed", args.times, dict(trial.hits), dict(trial.seen))
    row("equal to an uninterrupted run", same, "errors of readers, runs and checks", trial.errors or "none")


# ---------------------------------------------------------------- memory, cluster
def memory(args: argparse.Namespace, folder: Path) -> None:
    """The most resident memory of driver, engine and workers during a run."""
    import killing

    source = made.write(folder / "in.jsonl", args.articles, words=args.words)
    command = [sys.executable, "-m", "parley", "ingest", str(source), "--record", str(folder / "record"), "-q"]
    process = subprocess.Popen(command if args.tagger else [*command, "--rules-only"])
    most = {"driver": 0, "engine": 0, "worker": 0}
    while process.poll() is None:
        engines = killing.children(process.pid)
        of = {"driver": [process.pid], "engine": engines, "worker": [w for e in engines for w in killing.children(e)]}
        for name, found in of.items():
            most[name] = max([most[name], *map(resident, found)])
        time.sleep(0.2)
    row("most memory", f"{args.articles:,}", *(f"{name} {mb} MB" for name, mb in most.items()))


def resident(process: int) -> int:
    """MB of resident memory; 0 for a process that is no more."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1_000_000
    except OSError:
        return 0


def cluster(args: argparse.Namespace, folder: Path) -> None:
    """Three simulated nodes of Ray, one of which is taken away on the way; the same bytes as on this machine."""
    from ray.cluster_utils import Cluster

    source = made.write(folder / "in.jsonl", args.articles, words=args.words)
    run(source, folder / "local", manner_of(args))
    nodes = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    spare = [nodes.add_node(num_cpus=1) for _ in range(2)]
    request = Request(
        (str(source),), folder / "cluster", manner_of(args), engine="ray", address=nodes.address, workers=1
    )

    def take_away() -> Iterator[None]:
        while not list((folder / "cluster" / "commits").glob("*2.json")):
            time.sleep(0.2)
        nodes.remove_node(spare[0], allow_graceful=False)
        yield

    thief = threading.Thread(target=lambda: list(take_away()), daemon=True)
    thief.start()
    summary = ingest(replace(request, shard=max(10, args.articles // 10)))
    same = contents(folder / "local") == contents(folder / "cluster")
    row("three nodes, one taken away", f"{summary.counts.read:,}", f"of {args.articles:,}", f"same bytes: {same}")
    nodes.shutdown()


@dataclass(frozen=True)
class Benchmark:
    """One subcommand, with its small and its full size."""

    run: Callable[[argparse.Namespace, Path], None]
    articles: int
    full: dict[str, float]


COMMANDS = {
    "workers": Benchmark(workers, 100, {"articles": 2000}),
    "overhead": Benchmark(overhead, 100, {"articles": 1500, "rounds": 3}),
    "repeat": Benchmark(repeat, 200, {"articles": 10_000}),
    "add": Benchmark(add, 20, {"articles": 100, "to": 100_000}),
    "poison": Benchmark(poison, 100, {"articles": 5000, "timeout": 30.0}),
    "kills": Benchmark(kills, 150, {"articles": 900, "words": 80, "times": 50}),
    "memory": Benchmark(memory, 200, {"articles": 100_000, "words": 40}),
    "cluster": Benchmark(cluster, 100, {"articles": 300}),
}


def main() -> None:
    """Run one benchmark, or all that can be run here, each in a folder of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["all", *COMMANDS])
    parser.add_argument("--full", action="store_true", help="the sizes of docs/scale.md")
    parser.add_argument("--articles", type=int)
    parser.add_argument("--words", type=int, default=200, help="words in an article, on average")
    parser.add_argument("--tagger", action="store_true", help="with the trained tagger")
    parser.add_argument("--rounds", type=int, default=1, help="overhead: rounds, of which the best counts")
    parser.add_argument("--to", type=int, default=200, help="add: articles that the record holds before")
    parser.add_argument("--timeout", type=float, default=5.0, help="poison: seconds a document")
    parser.add_argument("--times", type=int, default=4, help="kills: how many")
    parser.add_argument("--within", type=float, default=12.0, help="kills: seconds from the start of a run, at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where to work; by default a temporary folder")
    given = parser.parse_args()
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(HERE), os.environ.get("PYTHONPATH"))))
    for name in COMMANDS if given.command == "all" else [given.command]:
        one = COMMANDS[name]
        if name == "cluster" and given.command == "all" and not find_spec("ray"):
            row("cluster", "left out: needs the extra ray", "", "")
            continue
        args = argparse.Namespace(**vars(given) | {"articles": given.articles or one.articles})
        if given.full:
            vars(args).update(one.full)
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            one.run(args, Path(folder))


if __name__ == "__main__":
    main()
