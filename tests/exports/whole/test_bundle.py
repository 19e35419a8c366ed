"""The bundle is a bag, and every hash in it is right."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable

import pytest

from parley.exports.whole.cells import runs
from parley.exports.whole.selection import Selection


@pytest.fixture
def files(written: Callable[..., bytes]) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(written("bundle")))
    return {name.removeprefix("parley-evidence/"): archive.read(name) for name in archive.namelist()}


def manifest(data: bytes) -> dict[str, str]:
    return {name: digest for digest, name in (line.split("  ") for line in data.decode().splitlines())}


def test_it_is_a_bag(files: dict[str, bytes]) -> None:
    assert files["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    payload = {name: data for name, data in files.items() if name.startswith("data/")}
    assert manifest(files["manifest-sha256.txt"]).keys() == payload.keys()
    tags = manifest(files["tagmanifest-sha256.txt"])
    assert tags.keys() == files.keys() - payload.keys() - {"tagmanifest-sha256.txt"}
    for name, digest in {**manifest(files["manifest-sha256.txt"]), **tags}.items():
        assert hashlib.sha256(files[name]).hexdigest() == digest, name
    info = dict(line.split(": ", 1) for line in files["bag-info.txt"].decode().splitlines())
    assert info["Payload-Oxum"] == f"{sum(map(len, payload.values()))}.{len(payload)}"


def test_quotations_and_articles_bear_their_hashes(files: dict[str, bytes], selection: Selection) -> None:
    rows = list(csv.DictReader(io.StringIO(files["data/quotations.csv"].decode("utf-8-sig"), newline="")))
    assert len(rows) == 9
    for row in rows:
        words = row["quotation"].removeprefix("'") if runs(row["quotation"][1:]) else row["quotation"]
        assert hashlib.sha256(words.encode()).hexdigest() == row["quotation_sha256"]
    texts = {record.id: record.text for record in selection.records()}
    articles = [json.loads(line) for line in files["data/articles.jsonl"].splitlines()]
    assert {one["article_id"] for one in articles} == texts.keys()
    for one in articles:
        assert "text" not in one
        assert one["text_sha256"] == hashlib.sha256(texts[one["article_id"]].encode()).hexdigest()


def test_it_says_what_it_was_made_from(written: Callable[..., bytes], files: dict[str, bytes]) -> None:
    told = json.loads(files["data/versions.json"])
    assert told["commit"] >= 1
    assert told["runs"][0]["run"] == "run-1"
    archive = zipfile.ZipFile(io.BytesIO(written("bundle", issue=("prisoners",))))
    assert json.loads(archive.read("parley-evidence/data/versions.json"))["filters"] == {"issue": ["prisoners"]}
