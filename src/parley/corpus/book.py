"""What a run looks up in a record before it begins, and the row that it leaves there of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from parley.corpus.counts import Summary
from parley.corpus.versions import Versions
from parley.store import Known, KnownArticle, KnownLocation, Run, Store


def known_of(folder: Path) -> Known:
    """What a record holds, without opening it for writing; nothing if there is none."""
    if not folder.exists():
        return Known({}, {})
    with Store.open(folder) as store:
        places = store.query("SELECT location, sha256, article_id, versions, outcome FROM sources")
        articles = store.query("SELECT article_id, sha256, versions FROM articles")
    return Known(
        {row.pop("location"): KnownLocation(**row) for row in places},
        {row.pop("article_id"): KnownArticle(**row) for row in articles},
    )


def entry(summary: Summary, versions: Versions, *, sources: Sequence[str], started: datetime) -> Run:
    """A run as the record keeps it.

    Args:
        summary: what it came to so far; a run that is still running has no end.
        versions: what it reads with.
        sources: what it was given.
        started: when it began, in UTC.
    """
    counts = {name: n for name, n in asdict(summary.counts).items() if name != "removed"}
    return Run(
        run=summary.run,
        started=started,
        ended=None if summary.outcome == "running" else datetime.now(UTC),
        outcome=summary.outcome,
        sources=tuple(sources),
        seconds=round(summary.seconds, 3),
        versions=versions.digest,
        **{name: getattr(versions, name) for name in ("parley", "codebook", "model", "weights", "options")},
        **counts,
    )
