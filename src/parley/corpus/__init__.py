"""Articles into records: one, many in order (``reading``), or whole corpora into a record on disk (``ingest``)."""

from __future__ import annotations

from parley.corpus.reading import BATCH, MOST, READS, SHORT, annotate, batches, read, unreadable

__all__ = ["BATCH", "MOST", "READS", "SHORT", "annotate", "batches", "read", "unreadable"]
