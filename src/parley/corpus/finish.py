"""What is done once at the end of a run: articles that no location holds any more go, copies are brought up to date."""

from __future__ import annotations

from collections.abc import Iterable

from parley import copies
from parley.errors import StoreError
from parley.store import Copy, Shard, Store, Writer, search

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


def _copies(writer: Writer, gone: Iterable[str]) -> tuple[list[str], list[Copy] | None]:
    """The ids whose rows change, and the table of copies anew, if it changes."""
    with Store.open(writer.folder) as store:
        marks = ", ".join(f"'{outcome}'" for outcome in SETTLED)
        rows = store.query(
            "SELECT s.article_id, s.signature, a.published, r.run IS NOT NULL AS settled"
            " FROM signatures s JOIN articles a USING (article_id)"
            f" LEFT JOIN (SELECT run FROM runs WHERE outcome IN ({marks})) r ON r.run = a.run ORDER BY s.article_id"
        )
        before = [copies.Copy(**row) for row in store.query("SELECT * FROM copies")]
    unsettled = {row["article_id"] for row in rows if not row["settled"]}
    heads = {copy.head for copy in before if copy.article_id in unsettled}
    again = unsettled | {copy.article_id for copy in before if copy.head in heads}
    old: list[copies.Entry] = []
    new: list[copies.Entry] = []
    for row in rows:
        entry = copies.Entry(row["article_id"], row["signature"], row["published"])
        (new if entry.article_id in again else old).append(entry)
    change = copies.Index(old, before).update(new, gone)
    if not change.touched:
        return [], None
    kept = {copy.article_id: copy for copy in before}
    for name in change.touched:
        kept.pop(name, None)
    kept.update((copy.article_id, copy) for copy in change.rows)
    rows_now = [Copy(copy.article_id, copy.head, copy.similarity) for _, copy in sorted(kept.items())]
    return list(change.touched), rows_now
