"""Parley reads what was published about a negotiation and keeps the record of it.

>>> import parley
>>> record = parley.read_text("Peru rejected the demand, a spokesman said.")
>>> [(position.act, record.quote(position.evidence)) for position in record.positions]
[('reject', 'Peru rejected the demand')]

Nothing is loaded until the first call; the language model then stays in memory.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from parley.frames import Corpus
    from parley.model import Record

__all__ = ["Corpus", "ParleyError", "Record", "__version__", "open", "read", "read_text"]
__version__ = "0.1.0"


def read(path: str | Path, **options: Any) -> Record:
    """The record of the article in a file: plain text, Markdown, a saved page, or JSON.

    Args:
        path: the file.
        options: ``model``, ``actors``, ``codebook`` as ``parley.pipeline.load`` takes them.

    Raises:
        ParleyError: the file holds no article that can be read.
    """
    from parley import corpus, pipeline, readers

    return corpus.read(readers.read_path(Path(path)), pipeline.load(**options))


def read_text(text: str, *, published: str | None = None, **options: Any) -> Record:
    """The record of a text.

    Args:
        text: the article's words.
        published: its date, ISO 8601, so that "on Monday" can be dated.
        options: as for ``read``.

    Raises:
        ParleyError: the text cannot be read.
    """
    from parley import corpus, pipeline
    from parley.model import Metadata
    from parley.readers.base import Draft, finish

    draft = Draft(text, Metadata(published=published))
    return corpus.read(finish(draft, data=text.encode("utf-8", "replace"), name="text"), pipeline.load(**options))


def open(folder: str | Path, *, as_of: int | str | datetime | None = None, show: str = "machine") -> Corpus:
    """A record on disk, as tables: ``parley.open("talks").accounts().pandas()``.

    Args:
        folder: what ``parley ingest --record`` was given.
        as_of: a commit's number, a day or a time (UTC); by default the newest commit.
        show: whose rows: as the machine read them, as people corrected them (``corrected``), or ``both``.

    Raises:
        ParleyError: there is no such way to show it.
        StoreError: the folder holds no record that can be read, or no such commit.
    """
    from parley.frames import Corpus

    return Corpus.open(folder, as_of=as_of, show=show)


def __getattr__(name: str) -> Any:
    """Load the public classes when they are first asked for."""
    if name == "Corpus":
        from parley.frames import Corpus

        return Corpus
    if name == "Record":
        from parley.model import Record

        return Record
    if name == "ParleyError":
        from parley.errors import ParleyError

        return ParleyError
    raise AttributeError(f"module 'parley' has no attribute {name!r}")
