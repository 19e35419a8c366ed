"""A stand-in for the pipeline: documents whose words say what befalls the worker that reads them."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path

from parley.corpus.task import Manner, Outcome, Packet
from parley.corpus.worker import opened, outcome_of
from parley.model import Article, Record
from parley.pipeline import DEFAULT_MODEL
from parley.record import unread

MANNER = Manner(DEFAULT_MODEL, reader="tests.corpus.trial:reader", timeout=2.0, memory=400)


def reader(manner: Manner) -> Callable[[Packet], list[Outcome]]:
    def read(packet: Packet) -> list[Outcome]:
        things = [opened(task, manner) for task in packet]
        return [
            thing if isinstance(thing, Outcome) else outcome_of(task.key, record_of(thing))
            for task, thing in zip(packet, things, strict=True)
        ]

    return read


def record_of(article: Article) -> Record:
    verb, _, rest = article.text.partition(" ")
    if verb == "sleep":
        time.sleep(float(rest))
    elif verb == "hang":  # in C code that holds the interpreter
        re.match(r"(a+)+$", "a" * 60 + "b")
    elif verb == "bomb":
        hoard = [bytes(1_000_000)]
        while True:
            hoard.append(b"\1" * 20_000_000)
    elif verb == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    elif verb == "die-once" and not Path(rest).exists():
        Path(rest).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    elif verb == "raise":
        return unread(article, "could not be read: ValueError: it says so")
    return Record(article.id, article.text, article.meta, notes=article.notes)
