"""What is done once at the end of a run: articles that no location holds any more go, copies are brought up to date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from parley import copies
from parley.errors import StoreError
from parley.store import Copy, Shard, Store, Writer, search

BATCH = 4_000
"""Articles compared with all others at a time: comparing takes some KB for each."""
SETTLED = ("finished", "stopped")
"""Outcomes of runs whose articles were compared with all others: a run that is killed leaves that to the next."""


def finish(writer: Writer, run: str, *, removing: bool) -> tuple[list[str], list[str]]:
    """Bring a record in order after the last shard.

    Args:
        writer: of the record.
        run: the run that ends.
        removing: whether to remove articles that no location holds; a run that was stopped does not know.

    Returns:
        The ids of articles that were removed, and of those that are copies now, or of another article, or no more.
    """
    gone = superseded(writer) if removing else []
    touched, changed = _copies(writer, gone)
    writer.commit(Shard(run, removed=gone, copies=changed))
    return gone, touched


def index(writer: Writer, *, since: int, touched: Iterable[str]) -> None:
    """Bring the index for search to the newest commit; a damaged one is made anew.

    Args:
        writer: of the record.
        since: number of the commit before the run.
        touched: ids of all articles that the run added, changed or removed.
    """
    with Store.open(writer.folder) as store:
        try:
            search.update(writer.folder, store, since=since, touched=touched)
        except StoreError:
            search.rebuild(writer.folder, store)


def superseded(writer: Writer) -> list[str]:
    """Ids of articles that no location holds: the content of their location changed, and gave another article."""
    known = writer.known()
    held = {place.article_id for place in known.locations.values()}
    return sorted(name for name in known.articles if name not in held)


def _copies(writer: Writer, gone: Sequence[str]) -> tuple[list[str], list[Copy] | None]:
    """The ids whose rows change, and the table of copies anew, if it changes."""
    with Store.open(writer.folder) as store:
        before = [Copy(**row) for row in store.query("SELECT * FROM copies")]
        marks = ", ".join(f"'{outcome}'" for outcome in SETTLED)
        settled = f"SELECT run FROM runs WHERE outcome IN ({marks})"
        left = store.arrow(f"SELECT article_id FROM articles WHERE run NOT IN ({settled})")
        unsettled = set(left.column(0).to_pylist())
        heads = {copy.head for copy in before if copy.article_id in unsettled}
        again = (unsettled | {copy.article_id for copy in before if copy.head in heads}) - set(gone)
        change = _compared(store, again, before, gone)
    if not change:
        return [], None
    kept = {copy.article_id: copy for copy in before}
    for name, copy in change.items():
        if copy:
            kept[name] = copy
        else:
            kept.pop(name, None)
    rows_now = [copy for _, copy in sorted(kept.items())]
    return sorted(change), rows_now


def _compared(store: Store, again: set[str], before: Iterable[Copy], gone: Sequence[str]) -> dict[str, Copy | None]:
    """The rows that change when some articles are compared with all others; None for a row that goes."""
    change: dict[str, Copy | None] = {}
    index = copies.Index((), before)
    for entries in _entries(store):
        index.load(entry for entry in entries if entry.article_id not in again)
    for number, entries in enumerate(_entries(store) if again else ([],)):
        step = index.update([entry for entry in entries if entry.article_id in again], () if number else gone)
        change |= dict.fromkeys(step.touched)
        change |= {copy.article_id: copy for copy in step.rows}
    return change


def _entries(store: Store) -> Iterator[list[copies.Entry]]:
    """All articles as far as copies go, some at a time; in no order, since clusters do not depend on it."""
    days = store.arrow("SELECT article_id, published FROM articles WHERE published IS NOT NULL")
    published = dict(zip(*(column.to_pylist() for column in days.columns), strict=True))
    with store.connection() as connection:
        reader = connection.sql("SELECT article_id, signature FROM signatures").to_arrow_reader(BATCH)
        for batch in reader:
            ids, signatures = (column.to_pylist() for column in batch.columns)
            yield [
                copies.Entry(name, signature, published.get(name))
                for name, signature in zip(ids, signatures, strict=True)
            ]
