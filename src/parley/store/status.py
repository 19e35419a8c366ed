"""What a record holds, in figures."""

from __future__ import annotations

from typing import Any

from parley.store.reader import Store

_RUNS = 5


def status(store: Store) -> dict[str, Any]:
    """The figures of one commit: plain values, fit for JSON."""
    (articles,) = store.query(
        "SELECT count(*) AS articles, coalesce(sum(words), 0)::BIGINT AS words, count(DISTINCT outlet) AS outlets, "
        "min(published) AS earliest, max(published) AS latest, "
        "count(*) FILTER (WHERE published IS NULL) AS undated FROM articles"
    )
    (copies,) = store.query(
        "SELECT count(*) FILTER (WHERE article_id <> head) AS copies, count(DISTINCT head) AS clusters FROM copies"
    )
    failures = store.query("SELECT stage, count(*) AS n FROM failures GROUP BY stage ORDER BY n DESC, stage")
    runs = store.query(
        "SELECT run, strftime(started, '%Y-%m-%dT%H:%M:%SZ') AS started, outcome, read, new, unchanged, changed, "
        f"skipped, failed, seconds FROM runs ORDER BY started DESC, run DESC LIMIT {_RUNS}"
    )
    return {
        "record": str(store.folder),
        "commit": store.commit.number,
        "time": store.commit.time.isoformat(timespec="seconds"),
        **articles,
        **copies,
        "rows": dict(sorted(store.commit.rows.items())),
        "failures": {row["stage"]: row["n"] for row in failures},
        "runs": runs,
    }


def lines(figures: dict[str, Any]) -> list[str]:
    """The same for a person."""
    rows = figures["rows"]
    told = [
        f"{figures['record']} at commit {figures['commit']} ({figures['time']})",
        f"  articles      {figures['articles']:,} ({figures['words']:,} words, {figures['outlets']:,} outlets)",
        f"  published     {figures['earliest'] or 'unknown'} to {figures['latest'] or 'unknown'}"
        + (f", {figures['undated']:,} without a date" if figures["undated"] else ""),
        f"  reprints      {figures['copies']:,} of {figures['clusters']:,} stories",
    ]
    told += [
        f"  {name:13} {rows.get(name, 0):,}" for name in ("actors", "attributions", "events", "positions", "framing")
    ]
    failures = ", ".join(f"{stage} {n:,}" for stage, n in figures["failures"].items())
    told.append(f"  locations     {rows.get('sources', 0):,}, of which failed {rows.get('failures', 0):,}")
    if failures:
        told.append(f"  failed at     {failures}")
    for run in figures["runs"]:
        told.append(
            f"  run {run['started']}  {run['outcome']}: read {run['read']:,}, new {run['new']:,}, "
            f"changed {run['changed']:,}, unchanged {run['unchanged']:,}, failed {run['failed']:,}"
        )
    return told
