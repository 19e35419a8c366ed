"""The evidence bundle: what was read, from which articles, with which versions, and hashes of all of it.

A zip that holds a bag as RFC 8493 (BagIt) has it, which archives and libraries check with tools of their own;
``sha256sum --check manifest-sha256.txt`` does it too. It holds quotations and the articles' metadata, not their texts.
Its bytes depend on the record's commit and the filters alone.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import IO, Any, BinaryIO, cast

import parley
from parley.analysis.source import opened, rows
from parley.exports.whole.archive import Archive, archive
from parley.exports.whole.brief import brief
from parley.exports.whole.brief_html import text as page
from parley.exports.whole.cells import defused
from parley.exports.whole.long import FIELDS, HEADINGS, flat, text_of
from parley.exports.whole.selection import Selection

FOLDER = "parley-evidence"
BAGIT = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
FILES = (
    ("quotations.csv", "every account with its words and where they stand"),
    ("articles.jsonl", "what is known of each article, with hashes of its source and its text"),
    ("versions.json", "commit, filters, and the versions with which the articles were read"),
)


def write(selection: Selection, out: BinaryIO) -> None:
    """The zip."""
    with archive(out) as made:
        bag = _Bag(made)
        with bag.payload("quotations.csv") as opened_file:
            _quotations(selection, opened_file)
        with bag.payload("articles.jsonl") as opened_file:
            for row in selection.articles():
                opened_file.write(_json(row) + b"\n")
        with bag.payload("versions.json") as opened_file:
            opened_file.write(_json(_versions(selection), indent=1) + b"\n")
        with bag.payload("index.html") as opened_file:
            opened_file.write(page(brief(selection), files=FILES).encode("utf-8", "replace"))
        bag.close(selection)


class _Counted(io.RawIOBase):
    """Passes bytes on, counts them and reckons their hash."""

    def __init__(self, to: IO[bytes]) -> None:
        self._to, self.size, self.digest = to, 0, hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self.digest.update(data)
        self.size += len(data)
        return self._to.write(data)


class _Bag:
    """Keeps the hashes of the files as they are written."""

    def __init__(self, made: Archive) -> None:
        self._made, self._size = made, 0
        self._payload: list[tuple[str, str]] = []

    @contextmanager
    def payload(self, name: str) -> Iterator[BinaryIO]:
        """A file of the bag."""
        with self._made.file(f"{FOLDER}/data/{name}") as opened_file:
            counted = _Counted(opened_file)
            yield cast(BinaryIO, counted)
        self._payload.append((f"data/{name}", counted.digest.hexdigest()))
        self._size += counted.size

    def close(self, selection: Selection) -> None:
        """The tag files."""
        about = selection.about
        tags = {
            "bagit.txt": BAGIT,
            "bag-info.txt": "".join(
                f"{name}: {value}\n"
                for name, value in (
                    ("Bagging-Date", about.committed[:10] or "unknown"),
                    ("Bag-Software-Agent", f"Parley {parley.__version__}"),
                    ("Payload-Oxum", f"{self._size}.{len(self._payload)}"),
                    ("Internal-Sender-Identifier", f"{' '.join(about.record.split())}, commit {about.commit}"),
                )
            ),
            "manifest-sha256.txt": _manifest(self._payload),
        }
        hashes = [(name, hashlib.sha256(text.encode()).hexdigest()) for name, text in tags.items()]
        for name, text in {**tags, "tagmanifest-sha256.txt": _manifest(hashes)}.items():
            self._made.add(f"{FOLDER}/{name}", text)


def _manifest(hashes: list[tuple[str, str]]) -> str:
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(hashes))


def _quotations(selection: Selection, out: BinaryIO) -> None:
    """The long table with a hash of each quotation, so that a cell that was changed shows."""
    place = HEADINGS.index("quotation")
    with text_of(out) as text:
        table = csv.writer(text)
        table.writerow([*HEADINGS, "quotation_sha256"])
        for account in selection.accounts():
            cells = flat(account)
            digest = hashlib.sha256(str(cells[place]).encode()).hexdigest()
            table.writerow([*(cell if isinstance(cell, bool) else defused(cell) for cell in cells), digest])


def _versions(selection: Selection) -> dict[str, Any]:
    """Where it comes from and with what it was read."""
    with opened(selection.source) as connection:
        runs = rows(connection, "SELECT * EXCLUDE (seconds) FROM runs ORDER BY started, run")
    filters = {name: value for name, value in asdict(selection.filters).items() if value}
    columns = {field.name: field.holds for field in FIELDS}
    return {
        "parley": parley.__version__,
        **asdict(selection.about),
        "filters": filters,
        "runs": runs,
        "columns": columns,
    }


def _json(value: Any, indent: int | None = None) -> bytes:
    told: Callable[[Any], str] = lambda one: one.isoformat() if hasattr(one, "isoformat") else str(one)  # noqa: E731
    return json.dumps(value, ensure_ascii=False, indent=indent, default=told).encode("utf-8", "replace")
