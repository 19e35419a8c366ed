"""What is made from a record and can be made again: the index for search."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from parley.errors import StoreError
from parley.store.check import Problem
from parley.store.reader import Store


def problems(store: Store) -> Iterator[Problem]:
    """What is wrong with the index. One that is missing or behind is not: ingest brings it up at its end."""
    from parley.store import search

    try:
        at = search.commit_of(store.folder)
        if at is None or at < store.commit.number:
            return
    except StoreError:
        at = None
    for line in search.check(store.folder, store):
        yield Problem("index", search.NAME, line.removeprefix(f"{search.NAME}: "))


def mend(store: Store) -> Iterator[str]:
    """Make the index anew if it is missing, behind or wrong."""
    from parley.store import search

    wrong = search.check(store.folder, store)
    if wrong and store.commit.rows.get("articles"):
        search.rebuild(store.folder, store)
        yield f"{search.NAME} was made anew"


def mend_at(folder: Path) -> list[str]:
    """The same for a record that is not open."""
    with Store.open(folder) as store:
        return list(mend(store))
