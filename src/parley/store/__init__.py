"""The record on disk: tables that change together, one writer, any number of readers, and the whole history.

``Writer`` commits shards; ``Store`` answers questions about one commit. Both know nothing of language models.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parley.copies import Copy
from parley.store.reader import Store
from parley.store.shard import (
    Commit,
    Failure,
    Known,
    KnownArticle,
    KnownLocation,
    Reading,
    Run,
    Shard,
    Source,
)
from parley.store.snapshots import history

if TYPE_CHECKING:
    from parley.store.writer import Writer

__all__ = [
    "Commit",
    "Copy",
    "Failure",
    "Known",
    "KnownArticle",
    "KnownLocation",
    "Reading",
    "Run",
    "Shard",
    "Source",
    "Store",
    "Writer",
    "history",
]


def __getattr__(name: str) -> Any:
    """``Writer``, when it is asked for: what writes takes longer to import than what reads."""
    if name == "Writer":
        from parley.store.writer import Writer

        return Writer
    raise AttributeError(name)
