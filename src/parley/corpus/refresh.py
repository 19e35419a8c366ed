"""Stored articles that were read with other versions than the present ones, as tasks to read them again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from parley.components.attribution import BY_RULES
from parley.model import Article, Record
from parley.store import Known, Store

BATCH = 200
"""Articles taken from the store at a time."""
CUT = "longer than "
"""How the note begins that cleaning leaves in an article of which only the beginning was read."""


def stale(folder: Path, known: Known, versions: str) -> Iterator[tuple[str, Article]]:
    """The location and the article of everything that was read with other versions, by id."""
    ids = sorted(name for name, article in known.articles.items() if article.versions != versions)
    with Store.open(folder) as store:
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            sql = "SELECT article_id, location FROM articles WHERE article_id IN (SELECT unnest(?))"
            places = {row["article_id"]: row["location"] for row in store.query(sql, [batch])}
            for record in store.records(batch):
                yield places[record.id], as_article(record)


def as_article(record: Record) -> Article:
    """The article that a record was read from: its notes without those that reading added."""
    notes = tuple(note for note in record.notes if note != BY_RULES and not note.startswith(CUT))
    return Article(record.id, record.text, record.article, notes)
