"""Documents that ought not to be in a corpus, and a reader that some of them hang, bomb or kill.

No document is known that makes Parley itself hang or take all memory, so three kinds carry a word on which this
reader, put around the real one, does so.
"""

from __future__ import annotations

import gzip
import os
import random
import re
import signal
from collections.abc import Callable
from functools import cache
from pathlib import Path

from parley.corpus import worker
from parley.corpus.task import Manner, Outcome, Packet, Task
from parley.model import Record
from parley.readers import Found

HANG, BOMB, DIE = b"poison: hang", b"poison: bomb", b"poison: die"
RUSSIAN = "Министр заявил, что переговоры продолжатся завтра в столице. " * 8
ENTITIES = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))


@cache
def _inflated() -> bytes:
    """Few bytes that unpack to 300 MB of nothing."""
    return gzip.compress(bytes(300_000_000), 1)


KINDS: dict[str, tuple[str, Callable[[random.Random], bytes]]] = {
    "empty": ("txt", lambda pick: b""),
    "spaces": ("txt", lambda pick: b" \n\t" * 500),
    "binary": ("txt", lambda pick: bytes([0, 255, 137]) + pick.randbytes(4000)),
    "picture": ("html", lambda pick: b"\x89PNG\r\n\x1a\n" + pick.randbytes(4000)),
    "no-article": ("html", lambda pick: b"<html><body><nav>Home | News</nav></body></html>"),
    "broken": ("html", lambda pick: b"<html><body><div><p" + b"<<" * 3000),
    "deep": ("html", lambda pick: b"<div>" * 200_000),
    "json": ("json", lambda pick: b'{"text": "half an obj'),
    "nested": ("json", lambda pick: b"[" * 100_000),
    "huge": ("txt", lambda pick: b"The talks went on. " * 2_800_000),
    "inflated": ("txt.gz", lambda pick: _inflated()),
    "entities": ("html", lambda pick: f"<!DOCTYPE x [<!ENTITY l0 'ha'>{ENTITIES}]><p>&l9;</p>".encode()),
    "feed": ("xml", lambda pick: f"<!DOCTYPE x [<!ENTITY l0 'ha'>{ENTITIES}]><rss>&l9;</rss>".encode()),
    "cp1251": ("txt", lambda pick: RUSSIAN.encode("cp1251")),
    "shift-jis": ("html", lambda pick: "<p>大臣は交渉が続くと述べた。</p>".encode("shift_jis") * 30),
    "wrong-charset": ("html", lambda pick: b"<meta charset=utf-8><p>" + RUSSIAN.encode("koi8-r")),
    "utf-16": ("txt", lambda pick: RUSSIAN.encode("utf-16-le")),
    "cut": ("html", lambda pick: b"\xff\xfe" + "<html><p>".encode("utf-16-le") + b"T"),
    "gzip": ("txt.gz", lambda pick: b"\x1f\x8b\x08\x00" + pick.randbytes(300)),
    "hang": ("txt", lambda pick: HANG),
    "bomb": ("txt", lambda pick: BOMB),
    "die": ("txt", lambda pick: DIE),
}
"""Kinds of bad documents: the ending of the file, and its content."""


def write(folder: Path, number: int, seed: int = 1) -> list[str]:
    """Write bad documents of all kinds in turn; their names."""
    pick = random.Random(seed)
    folder.mkdir(parents=True)
    names: list[str] = []
    for k in range(number):
        kind = list(KINDS)[k % len(KINDS)]
        ending, content = KINDS[kind]
        names.append(f"{k:04d}-{kind}.{ending}")
        (folder / names[-1]).write_bytes(content(pick))
    return names


def reader(manner: Manner) -> worker.Read:
    """The real reader, with the word of a poisoned document obeyed first."""
    read = worker.reader(manner)

    def obedient(packet: Packet) -> list[Outcome]:
        for task in packet:
            _obey(task)
        return read(packet)

    return obedient


def _obey(task: Task) -> None:
    data = task.source.data if isinstance(task.source, Found) else b""
    if data.startswith(HANG):
        re.match(r"(a+)+$", "a" * 60 + "b")
    elif data.startswith(BOMB):
        hoard = [b""]
        while True:
            hoard.append(b"\1" * 20_000_000)
    elif data.startswith(DIE):
        os.kill(os.getpid(), signal.SIGKILL)


def unread(manner: Manner) -> worker.Read:
    """A reader that stores articles and finds nothing in them: to fill a record quickly."""

    def read(packet: Packet) -> list[Outcome]:
        things = [worker.opened(task, manner) for task in packet]
        return [
            thing
            if isinstance(thing, Outcome)
            else worker.outcome_of(task.key, Record(thing.id, thing.text, thing.meta))
            for task, thing in zip(packet, things, strict=True)
        ]

    return read
