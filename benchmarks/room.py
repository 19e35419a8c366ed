"""The reading room under measurement: how quick its pages are, how large, and what many readers at once do to it.

    python benchmarks/room.py pages [--articles 10000] [--rounds 11]   time of each page once the room is ready; size
    python benchmarks/room.py crowd [--readers 50] [--each 20]         readers, while a run writes and people correct

The record is the demonstration corpus, read by rules and multiplied: each copy has ids, outlets, days, and a last
sentence of its own, so that no text is stored twice.
"""

from __future__ import annotations

import argparse
import gzip
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))
from serving import TOKEN, serving

from parley.analysis.claims import keep
from parley.corpus import demo
from parley.corpus.task import Manner
from parley.model import Record
from parley.pipeline import DEFAULT_MODEL
from parley.store import Reading, Run, Shard, Store, Writer, judgements, search
from parley.store.rows import from_rows

TABLES = ("actors", "attributions", "events", "positions", "framing", "passages")
A_COMMIT = 2000
"""Articles."""
OUTLETS = 5
"""Of each outlet of the corpus so many are made."""
PATHS = (
    "/", "/ledger", "/ledger?parties=30&show=corrected", "/accounts", "/movement", "/events", "/events?type=CONSULT",
    "/sourcing", "/sourcing/framing", "/sourcing/naming", "/network", "/articles", "/articles?page=20",
    "/search?q=ceasefire", "/search/results?q=pris", "/judgements", "/agreement", "/failures",
)  # fmt: skip
NEVER_ASKED = (
    "/ledger?since={day}",
    "/ledger?periods=month&until={day}",
    "/movement?since={day}",
    "/events?since={day}",
    "/sourcing?since={day}",
    "/network?since={day}",
    "/accounts?since={day}",
    "/parties/RUS?since={day}",
    "/issues/ceasefire?since={day}",
    "/articles?party=Russia&since={day}",
    "/search?q=prisoners&since={day}",
)
"""Pages with another day each time, so that no answer is one that was given before."""
SLOWEST, LARGEST = {10_000: 300.0, 100_000: 1000.0}, 150_000
"""Milliseconds at the 95th percentile by the articles of a record, and bytes of a first load: what issue and docs
promise."""


@dataclass(frozen=True)
class Timed:
    """One page as it was measured: milliseconds, and bytes as they are and packed."""

    path: str
    first: float
    median: float
    p95: float
    size: int
    packed: int


# ---------------------------------------------------------------- the record
def multiplied(folder: Path, articles: int, source: Path) -> None:
    """Write a record of so many articles, each one of the source's with another id, outlet and day."""
    with Store.open(source) as store:
        ids = [row["article_id"] for row in store.query("SELECT article_id FROM articles ORDER BY 1")]
        rows = {name: store.query(f"SELECT * FROM {name}") for name in ("articles", *TABLES)}
    records = [from_rows({name: [r for r in some if r["article_id"] == one] for name, some in rows.items()})
               for one in ids]  # fmt: skip
    run = Run("multiplied", datetime(2026, 1, 2, tzinfo=UTC))
    with Writer.open(folder) as writer:
        writer.begin_run(run)
        for start in range(0, articles, A_COMMIT):
            numbers = range(start, min(start + A_COMMIT, articles))
            readings = [_reading(records[k % len(records)], k, k // len(records)) for k in numbers]
            writer.commit(Shard(run.run, readings))
        writer.end_run(run)
    with Store.open(folder) as store:
        search.update(folder, store)
        keep(store, folder)


def _reading(record: Record, number: int, copy: int) -> Reading:
    meta = record.article
    day = date.fromisoformat(meta.published[:10]) if meta.published else date(2025, 1, 1)
    changed = replace(
        meta, outlet=f"{meta.outlet} {copy % OUTLETS + 1}", published=str(day + timedelta(days=copy % 365)),
        sha256=f"{number:064x}", url=f"https://{copy}.example/{number}",
    )  # fmt: skip
    made = replace(
        record, id=f"{number:07d}-{record.id}"[:60], article=changed, text=f"{record.text} So ends {_word(number)}."
    )
    return Reading(f"made/{number}", changed.sha256, made)


def _word(number: int) -> str:
    """A number in letters: one in digits would be a claim."""
    return str(number).translate(str.maketrans("0123456789", "abcdefghij"))


# ---------------------------------------------------------------- pages
def pages(record: Path, rounds: int) -> list[Timed]:
    """Time each page, and each kind of page that others lead to, once the room is ready."""
    start = time.perf_counter()
    with serving(record, ready=True) as address, httpx.Client(base_url=address, timeout=600) as client:
        client.get(f"/?token={TOKEN}", follow_redirects=True)
        print(f"ready after {time.perf_counter() - start:.1f} s;", end=" ", flush=True)
        while "refresh" in client.get("/accounts").headers:
            time.sleep(0.5)
        print(f"accounts compared after {time.perf_counter() - start:.1f} s", flush=True)
        return [_timed(client, path, rounds) for path in (*PATHS, *_inner(client), *NEVER_ASKED)]


def _inner(client: httpx.Client) -> Iterator[str]:
    for page, start in (("/ledger", "/ledger/cell"), ("/ledger", "/issues/"), ("/ledger", "/parties/"),
                        ("/sourcing", "/sourcing/words"), ("/network", "/network/words"), ("/articles", "/articles/"),
                        ("/ledger", "/charts/")):  # fmt: skip
        text = client.get(page).text
        found = text.find(f'"{start}')
        if found >= 0:
            yield text[found + 1 : text.index('"', found + 1)].replace("&amp;", "&").split("#")[0]


def _timed(client: httpx.Client, path: str, rounds: int) -> Timed:
    taken = list[float]()
    for k in range(rounds):
        asked = path.replace("{day}", str(date(2025, 1, 1) + timedelta(days=k)))
        start = time.perf_counter()
        answer = client.get(asked, headers={"accept-encoding": "identity"})
        taken.append((time.perf_counter() - start) * 1000)
        answer.raise_for_status()
    first, *rest = taken
    rest = sorted(rest or taken)
    body = answer.content
    return Timed(path, first, statistics.median(rest), rest[int(len(rest) * 0.95)], len(body), len(gzip.compress(body)))


# ---------------------------------------------------------------- many readers
@dataclass(frozen=True)
class Crowd:
    """What came of many readers at once."""

    answers: int
    errors: tuple[str, ...]
    p95: float
    """Milliseconds."""
    judged: int
    kept: int
    commits: int
    """That the run made meanwhile."""


def crowd(record: Path, readers: int, each: int, *, ingest: Sequence[Path], correctors: int = 5) -> Crowd:
    """Read with so many at once, while a run reads further articles and people correct."""
    with Store.open(record) as store:
        ids = [row["article_id"] for row in store.query("SELECT article_id FROM articles ORDER BY 1 LIMIT 50")]
        before = store.commit.number
    standing = judgements.last(record)
    with serving(record) as address, tempfile.TemporaryDirectory() as aside:
        for path in ingest:
            (Path(aside) / path.name).write_bytes(
                path.read_bytes().replace(b"a", b"a", 1) + b"\nOne more line stands.\n"
            )
        run = subprocess.Popen(
            [sys.executable, "-m", "parley", "ingest", aside, "--record", str(record), "--rules-only", "--quiet"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        times, errors, judged = list[float](), list[str](), list[str]()
        with ThreadPoolExecutor(readers + correctors) as pool:
            done = [pool.submit(_reader, address, ids, k, each, times, errors) for k in range(readers)]
            done += [pool.submit(_corrector, address, ids, k, each, judged, errors) for k in range(correctors)]
            for one in done:
                one.result()
        said, _ = run.communicate(timeout=600)
    if run.returncode:
        errors.append(f"ingest: {said[-300:]}")
    with Store.open(record) as store:
        after = store.commit.number
    kept = {one.why for one in judgements.history(record) if one.id > standing}
    times.sort()
    return Crowd(
        len(times), tuple(errors), times[int(len(times) * 0.95)], len(judged), len(kept & set(judged)), after - before
    )


def _reader(address: str, ids: list[str], k: int, each: int, times: list[float], errors: list[str]) -> None:
    paths = (*PATHS, *(f"/articles/{one}" for one in ids))
    with httpx.Client(base_url=address, timeout=300) as client:
        for n in range(each):
            path = paths[(k * 7 + n) % len(paths)]
            start = time.perf_counter()
            try:
                answer = client.get(path)
            except httpx.HTTPError as error:
                errors.append(f"{path}: {error!r}")
                continue
            times.append((time.perf_counter() - start) * 1000)
            if answer.status_code != 200:
                errors.append(f"{path}: {answer.status_code}")


def _corrector(address: str, ids: list[str], k: int, each: int, judged: list[str], errors: list[str]) -> None:
    with httpx.Client(base_url=address, timeout=300) as client:
        page = client.get(f"/?token={TOKEN}", follow_redirects=True)
        page = client.get(f"/articles/{ids[0]}")
        token = page.text.split('name="form_token" value="', 1)[1].split('"', 1)[0]
        for n in range(each):
            why = f"reader {k} judgement {n}"
            form = {"form_token": token, "article": ids[(k + n) % len(ids)], "who": f"Reader {k}", "why": why,
                    "do": "add actor", "name": f"Somebody {k} {n}", "kind": "group"}  # fmt: skip
            answer = client.post("/judgements", data=form)
            if answer.status_code == 303:
                judged.append(why)
            else:
                errors.append(f"judgement: {answer.status_code}")


# ---------------------------------------------------------------- telling
def main() -> int:
    """Measure and tell; the exit status is 1 where a promise is not kept."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", choices=("pages", "crowd"))
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--each", type=int, default=20)
    parser.add_argument("--record", type=Path, help="of an earlier call; else it is made, in a folder that goes again")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as aside:
        record = asked.record or Path(aside) / "record"
        if not record.exists():
            demo.make(Path(aside) / "demo", Manner(DEFAULT_MODEL, rules_only=True))
            multiplied(record, asked.articles, Path(aside) / "demo")
        if asked.what == "pages":
            return _pages(record, asked.rounds)
        return _crowd(record, asked.readers, asked.each)


def _pages(record: Path, rounds: int) -> int:
    with Store.open(record) as store:
        articles = store.commit.rows["articles"]
    slowest = SLOWEST[min((size for size in SLOWEST if size >= articles), default=max(SLOWEST))]
    print(f"{articles:,} articles, {rounds} rounds, load {os.getloadavg()[0]:.1f}; asked: {slowest:.0f} ms;", end=" ")
    timed = pages(record, rounds)
    print("\n| page | first, ms | median | p95 | KB | packed |\n|---|---|---|---|---|---|")
    for one in timed:
        print(f"| {one.path} | {one.first:.0f} | {one.median:.0f} | {one.p95:.0f} "
              f"| {one.size / 1000:.0f} | {one.packed / 1000:.0f} |")  # fmt: skip
    missed = [one.path for one in timed if one.p95 > slowest or one.size > LARGEST]
    print(f"load {os.getloadavg()[0]:.1f}; missed: {', '.join(missed) or 'none'}")
    return int(bool(missed))


def _crowd(record: Path, readers: int, each: int) -> int:
    told = crowd(record, readers, each, ingest=sorted(demo.articles().iterdir()))
    print(f"{told.answers} pages to {readers} readers at once, p95 {told.p95:.0f} ms; {told.judged} judgements, "
          f"{told.kept} of them kept; {told.commits} commits meanwhile; {len(told.errors)} errors")  # fmt: skip
    print(*told.errors[:10], sep="\n")
    return int(bool(told.errors) or told.kept != told.judged)


if __name__ == "__main__":
    sys.exit(main())
