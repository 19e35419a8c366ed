"""What stands in the way of ``parley ingest`` is told in one line, nothing is lost, and the next call goes on."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from parley.store import Store, derived, history
from parley.store.check import check

ROOT = Path(__file__).parents[2]
INGEST = """
from dataclasses import replace
import parley.cli, parley.cli_ingest as module

real = module._request

def with_trial(*given, **options):
    request = real(*given, **options)
    return replace(request, manner=replace(request.manner, reader="tests.corpus.trial:reader"))

module._request = with_trial
parley.cli.main()
"""
"""The command itself, with the stand-in for the pipeline."""


def command(source: Path, record: Path, *options: str) -> list[str]:
    return [sys.executable, "-c", INGEST, "ingest", str(source), "--record", str(record), "--shard", "20", *options]


def ingest(source: Path, record: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(source, record, *options), cwd=ROOT, capture_output=True, text=True, check=False)


def is_one_line(found: subprocess.CompletedProcess[str], says: str) -> bool:
    return found.returncode == 2 and found.stderr.count("\n") == 1 and says in found.stderr and not found.stdout


def articles(path: Path, number: int, *, words: int = 1) -> Path:
    """Rows of words that no compression makes small."""
    pick = random.Random(7)
    with path.open("w", encoding="utf-8") as file:
        for k in range(number):
            text = " ".join(f"{pick.getrandbits(64):x}" for _ in range(words))
            file.write(json.dumps({"id": f"r{k:04d}", "text": f"text {text}"}) + "\n")
    return path


def texts(record: Path) -> list[str]:
    with Store.open(record) as store:
        return [found.text for found in store.records()]


def is_whole(record: Path) -> bool:
    return all(problem.harmless for problem in check(record, further=[derived.problems]))


def remounted(disk: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", disk], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small file system of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("needs a file system of its own")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "none", place], capture_output=True).returncode:
        pytest.skip("mount is not allowed here")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_full_disk(tmp_path: Path, disk: Path) -> None:
    source = articles(tmp_path / "in.jsonl", 400, words=1500)
    found = ingest(source, disk / "record")
    assert is_one_line(found, "no room on the disk"), found.stderr
    assert is_whole(disk / "record")
    kept = texts(disk / "record")
    assert 0 < len(kept) < 400
    remounted(disk, "size=100m")
    assert ingest(source, disk / "record").returncode == 0
    assert ingest(source, tmp_path / "other").returncode == 0
    assert texts(disk / "record") == texts(tmp_path / "other")
    assert texts(disk / "record")[: len(kept)] == kept
    assert check(disk / "record", further=[derived.problems]) == []


def test_a_read_only_folder(tmp_path: Path, disk: Path) -> None:
    record = disk / "record"
    assert ingest(articles(tmp_path / "in.jsonl", 5), record).returncode == 0
    remounted(disk, "ro")
    found = ingest(articles(tmp_path / "in.jsonl", 9), record)
    assert is_one_line(found, "cannot be written"), found.stderr
    assert is_one_line(ingest(tmp_path / "in.jsonl", disk / "new"), "cannot be written")
    assert len(texts(record)) == 5
    assert is_whole(record)
    remounted(disk, "rw")
    assert ingest(tmp_path / "in.jsonl", record).returncode == 0
    assert len(texts(record)) == 9


def test_a_record_of_a_later_version(tmp_path: Path) -> None:
    record, source = tmp_path / "record", articles(tmp_path / "in.jsonl", 5)
    assert ingest(source, record).returncode == 0
    head = (record / "parley.json").read_bytes()
    (record / "parley.json").write_bytes(head.replace(b"parley.store/", b"parley.store/9"))
    before = sorted((path, path.stat().st_mtime_ns) for path in record.rglob("*") if path.is_file())
    found = ingest(articles(tmp_path / "in.jsonl", 9), record)
    assert is_one_line(found, "written by a later Parley"), found.stderr
    assert before == sorted((path, path.stat().st_mtime_ns) for path in record.rglob("*") if path.is_file())
    (record / "parley.json").write_bytes(head)
    assert ingest(source, record).returncode == 0
    assert len(texts(record)) == 9


def test_two_at_once(tmp_path: Path) -> None:
    slow, record = tmp_path / "slow.jsonl", tmp_path / "record"
    slow.write_text("\n".join(json.dumps({"id": f"s{k}", "text": "sleep 1.5"}) for k in range(4)), encoding="utf-8")
    first = subprocess.Popen(command(slow, record), cwd=ROOT, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while not (record / "parley.json").exists() and time.monotonic() < until:
        time.sleep(0.02)
    second = ingest(articles(tmp_path / "in.jsonl", 5), record)
    assert is_one_line(second, "another process is writing"), second.stderr
    assert first.wait(120) == 0
    assert len(texts(record)) == 4
    assert ingest(tmp_path / "in.jsonl", record).returncode == 0
    assert len(texts(record)) == 9
    assert check(record, further=[derived.problems]) == []
    assert {commit.kind for commit in history(record)} == {"create", "shard", "run"}
