"""The record on disk: tables that change together, one writer, any number of readers, and the whole history.

``Writer`` commits shards; ``Store`` answers questions about one commit. Both know nothing of language models.
"""

from __future__ import annotations

from parley.store.reader import Store
from parley.store.shard import (
    Commit,
    Copy,
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
