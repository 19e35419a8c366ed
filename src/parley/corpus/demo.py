"""A record of the shipped demonstration corpus: in a folder of the user's choice, or kept for next time."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
from contextlib import closing
from importlib import resources
from pathlib import Path

from parley.corpus.ingest import Request, Watch, ingest
from parley.corpus.stop import Stop
from parley.corpus.task import Manner
from parley.corpus.versions import READING, WEIGHTS
from parley.errors import ParleyError
from parley.store.judgements import NAME as JUDGEMENTS

DONE = "demo.done"
"""Written when the whole corpus is in the record, so that it need not be looked at again."""


def articles() -> Path:
    """The folder of the demonstration corpus."""
    return Path(str(resources.files("parley") / "demo" / "articles"))


def request(record: Path, manner: Manner) -> Request:
    """What a run is asked that makes the record."""
    return Request((str(articles()),), record=record, manner=manner)


def make(record: Path, manner: Manner, *, watch: Watch | None = None, stop: Stop | None = None) -> bool:
    """Read the corpus into a record; what is there already is not read again.

    Args:
        record: its folder.
        manner: how articles are read.
        watch: is told of the progress.
        stop: asks the run to end after what is in hand.

    Returns:
        Whether all of it is there: a run may be stopped.

    Raises:
        ParleyError: it cannot be written, or the model is unfit.
    """
    summary = ingest(request(record, manner), watch=watch, stop=stop)
    if summary.outcome != "finished":
        return False
    (record / DONE).touch()
    return True


def kept(*, folder: Path | None = None) -> tuple[Path, bool]:
    """Where the record of this version of Parley is kept, and whether it is whole.

    Args:
        folder: the cache; by default the user's.
    """
    record = (folder or cache()) / f"demo-{version()}"
    return record, (record / DONE).exists()


def carry(record: Path) -> None:
    """Take along what people corrected in the records of other versions, where nothing is corrected here yet.

    Raises:
        ParleyError: it cannot be read or written.
    """
    others = (path / JUDGEMENTS for path in record.parent.glob("demo-*") if path != record)
    known = sorted((path for path in others if path.exists()), key=lambda path: path.stat().st_mtime)
    if not known or (record / JUDGEMENTS).exists():
        return
    try:
        with closing(sqlite3.connect(known[-1])) as before, closing(sqlite3.connect(record / JUDGEMENTS)) as now:
            before.backup(now)
    except sqlite3.Error as error:
        raise ParleyError(f"{known[-1]}: the corrections in it cannot be taken along ({error})") from error


def cache() -> Path:
    """The user's folder for what can be made anew."""
    if os.environ.get("XDG_CACHE_HOME"):
        return Path(os.environ["XDG_CACHE_HOME"]) / "parley"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "parley" / "cache"
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "parley"


def version() -> str:
    """What tells the files apart by which the corpus is read: their sizes and times, as their contents take seconds."""
    root = Path(str(resources.files("parley")))
    digest = hashlib.sha256()
    for name in (*READING, WEIGHTS, "demo"):
        path = root / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                about = file.stat()
                digest.update(f"{file.relative_to(root).as_posix()} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:12]
