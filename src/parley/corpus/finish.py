"""What is done once at the end of a run: articles that no location holds any more go, copies are brought up to date."""

from __future__ import annotations

from collections.abc import Iterable

from parley import copies
from parley.store import Copy, Shard, Store, Writer

SETTLED = ("finished", "stopped")
"""Outcomes of runs whose articles were compared with all others: a run that is killed leaves that to the next."""


def finish(writer: Writer, run: str, *, removing: bool) -> int:
    """Bring a record in order after the last shard.

    Args:
        writer: of the record.
        run: the run that ends.
        removing: whether to remove articles that no location holds; a run that was stopped does not know.

    Returns:
        how many articles were removed.
    """
    gone = superseded(writer) if removing else []
    changed = _copies(writer, gone)
    writer.commit(Shard(run, removed=gone, copies=changed))
    return len(gone)


def superseded(writer: Writer) -> list[str]:
    """Ids of articles that no location holds: the content of their location changed, and gave another article."""
    known = writer.known()
    held = {place.article_id for place in known.locations.values()}
    return sorted(name for name in known.articles if name not in held)


def _copies(writer: Writer, gone: Iterable[str]) -> list[Copy] | None:
    """The table of copies anew, if it changes."""
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
    index = copies.Index(old, before)
    change = index.update(new, gone)
    if not change.touched:
        return None
    kept = {copy.article_id: copy for copy in before}
    for name in change.touched:
        kept.pop(name, None)
    kept.update((copy.article_id, copy) for copy in change.rows)
    return [Copy(copy.article_id, copy.head, copy.similarity) for _, copy in sorted(kept.items())]
