"""Runs into a record: repeated, changed, interrupted, refreshed; always the same articles in the end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from parley.corpus import ingest as module
from parley.corpus.counts import Summary
from parley.corpus.ingest import Request, Watch, ingest
from parley.corpus.stop import Stop
from parley.errors import Locked
from parley.record import to_json
from parley.store import Store, Writer
from tests.corpus.trial import MANNER

Run = Callable[..., Summary]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def runner(*sources: Path, **options: Any) -> Summary:
        named = tuple(str(source) for source in sources or (tmp_path / "in",))
        request = Request(named, tmp_path / "record", MANNER, workers=2)
        others = {name: options.pop(name) for name in ("watch", "stop") if name in options}
        return ingest(replace(request, **options), **others)

    return runner


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def rows(path: Path, number: int, *, text: str = "text") -> Path:
    path.parent.mkdir(exist_ok=True)
    lines = (json.dumps({"id": f"r{k:04d}", "text": f"{text} {k}"}) for k in range(number))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def counts(summary: Summary) -> dict[str, int]:
    return {name: number for name, number in vars(summary.counts).items() if number}


def contents(record: Path) -> list[bytes]:
    """Everything of a record that must not depend on how it came about."""
    with Store.open(record) as store:
        places = store.query("SELECT location, sha256, article_id, outcome FROM sources ORDER BY location")
        failures = store.query("SELECT location, sha256, article_id, stage, why FROM failures ORDER BY location")
        copies = store.query("SELECT * FROM copies ORDER BY article_id")
        held = store.query("SELECT article_id, location FROM articles ORDER BY article_id")
        return [*map(to_json, store.records()), json.dumps([places, failures, copies, held]).encode()]


def test_a_second_run_does_nothing_and_a_third_only_what_changed(tmp_path: Path, run: Run) -> None:
    folder = write(tmp_path / "in", a="text one", b="text two", c="raise three", d="")
    summary = run()
    assert counts(summary) == {"read": 2, "new": 4, "failed": 2}
    assert [(Path(one["location"]).name, one["stage"]) for one in summary.failures] == [
        ("c.txt", "read"),
        ("d.txt", "read"),
    ]
    assert counts(run()) == {"unchanged": 4}
    write(folder, b="text two again", e="text five")
    assert counts(run(dry_run=True)) == {"read": 2, "new": 1, "changed": 1, "unchanged": 3}
    assert counts(run()) == {"read": 2, "new": 1, "changed": 1, "unchanged": 3, "removed": 1}
    with Store.open(tmp_path / "record") as store:
        assert sorted(record.text for record in store.records()) == ["text five", "text one", "text two again"]
    assert counts(run(retry=True)) == {"changed": 2, "failed": 2, "unchanged": 3}


def test_an_article_stays_when_its_page_breaks(tmp_path: Path, run: Run) -> None:
    folder = write(tmp_path / "in", a="text one")
    run()
    write(folder, a="raise one")
    assert counts(run()) == {"changed": 1, "failed": 1}
    with Store.open(tmp_path / "record") as store:
        assert [record.text for record in store.records()] == ["text one"]
    write(folder, a="text one, mended")
    assert counts(run()) == {"changed": 1, "read": 1, "removed": 1}


def test_the_same_content_elsewhere_is_one_article(tmp_path: Path, run: Run) -> None:
    write(tmp_path / "in", a="text one", b="text one")
    assert counts(run()) == {"read": 2, "new": 2}
    write(tmp_path / "in", c="text one")
    assert counts(run()) == {"read": 1, "new": 1, "unchanged": 2}
    with Store.open(tmp_path / "record") as store:
        assert len(store.article_ids()) == 1
        assert [Path(row["location"]).name for row in store.query("SELECT location FROM articles")] == ["a.txt"]


def test_of_two_contents_of_one_article_the_later_stands(tmp_path: Path, run: Run) -> None:
    first, second = tmp_path / "in" / "1.jsonl", tmp_path / "in" / "2.jsonl"
    rows(first, 120, text="early")
    rows(second, 120, text="late")
    for shard in (50, 1000):
        run(shard=shard, record=tmp_path / f"record{shard}")
    one, other = (contents(tmp_path / f"record{shard}") for shard in (50, 1000))
    assert one == other
    assert b"early" not in b"".join(one)


@pytest.mark.parametrize("options", [{"workers": 1}, {"workers": 3, "shard": 70}])
def test_workers_and_shards_change_nothing(tmp_path: Path, run: Run, options: dict[str, int]) -> None:
    rows(tmp_path / "in" / "rows.jsonl", 200)
    write(tmp_path / "in", a="raise one", b="text two", c="die")
    run()
    run(record=tmp_path / "other", **options)
    assert contents(tmp_path / "record") == contents(tmp_path / "other")


class After(Watch):
    """Does something once, after some articles."""

    def __init__(self, number: int, act: Callable[[], object]) -> None:
        self.number, self.act = number, act

    def moved(self, summary: Summary, *, done: int, total: int | None) -> None:
        if summary.counts.read >= self.number:
            self.number = 10**9
            self.act()


def test_a_run_that_is_stopped_keeps_what_was_in_hand_and_goes_on_later(tmp_path: Path, run: Run) -> None:
    rows(tmp_path / "in" / "rows.jsonl", 3000)
    with Stop() as stop:
        summary = run(stop=stop, watch=After(10, lambda: os.kill(os.getpid(), signal.SIGINT)))
    assert summary.outcome == "stopped"
    assert 10 < summary.counts.read < 3000
    with Store.open(tmp_path / "record") as store:
        assert len(store.article_ids()) == summary.counts.read
    rest = run()
    assert rest.counts.read == 3000 - summary.counts.read
    run(record=tmp_path / "other")
    assert contents(tmp_path / "record") == contents(tmp_path / "other")


def test_a_second_request_to_stop_stops_at_once(tmp_path: Path, run: Run) -> None:
    rows(tmp_path / "in" / "rows.jsonl", 1000)

    def twice() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)

    with Stop() as stop, pytest.raises(KeyboardInterrupt):
        run(stop=stop, watch=After(10, twice))
    assert run().counts.read > 0


def test_a_killed_driver_loses_the_shard_in_hand_at_most(tmp_path: Path, run: Run) -> None:
    rows(tmp_path / "in" / "rows.jsonl", 400)
    code = (
        "import sys; from pathlib import Path; from parley.corpus.ingest import Request, ingest;"
        "from tests.corpus.trial import MANNER; here = Path(sys.argv[1]);"
        "ingest(Request((str(here / 'in'),), here / 'record', MANNER, workers=2, shard=30))"
    )
    for _ in range(2):
        process = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=Path(__file__).parents[2])
        before = len(list((tmp_path / "record" / "commits").glob("*.json")))
        until = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < until:
            if len(list((tmp_path / "record" / "commits").glob("*.json"))) > before + 4:
                break
            time.sleep(0.01)
        process.kill()
        process.wait()
    assert run().outcome == "finished"
    run(record=tmp_path / "other")
    assert contents(tmp_path / "record") == contents(tmp_path / "other")
    with Store.open(tmp_path / "record") as store:
        outcomes = {row["outcome"] for row in store.query("SELECT outcome FROM runs")}
    assert "interrupted" in outcomes


def test_refresh_reads_again_only_what_other_versions_read(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "in", a="text one", b="text two")
    run()
    assert counts(run(refresh=True)) == {"unchanged": 2}
    real = module.versions
    monkeypatch.setattr(module, "versions", lambda manner: replace(real(manner), digest="other"))
    write(folder, c="text three")
    run(folder / "c.txt")
    (folder / "a.txt").unlink()
    assert counts(run(refresh=True)) == {"unchanged": 1, "changed": 2, "read": 2}
    assert counts(run(refresh=True)) == {"unchanged": 3}
    assert counts(run()) == {"unchanged": 2}


def test_two_runs_at_once(tmp_path: Path, run: Run) -> None:
    write(tmp_path / "in", a="text one")
    with Writer.open(tmp_path / "record"), pytest.raises(Locked):
        run()
