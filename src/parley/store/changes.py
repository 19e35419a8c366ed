"""Works out what a shard does to each table, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa

from parley.errors import StoreError
from parley.store.rows import Row, to_rows
from parley.store.shard import Known, Reading, Run, Shard
from parley.store.tables import COUNTED, PARTS, TABLES


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one table: rows that go, by the values of columns, then rows that come."""

    table: str
    gone: Mapping[str, Sequence[str]]
    rows: pa.Table
    anew: bool = False
    """All rows that were there go."""


def of_shard(shard: Shard, run: Run, known: Known, *, first: bool) -> list[Change]:
    """The changes of a shard, tables without any left out; the first shard of a run brings the run's own row.

    Raises:
        StoreError: a record cannot be stored.
    """
    readings = _once(shard.readings)
    rows = _part_rows(readings, run)
    removed = sorted(set(shard.removed))
    replaced = sorted(
        {r.record.id for r in readings if r.record.id in known.articles} | (set(removed) & set(known.articles))
    )
    changes = [Change(name, {"article_id": replaced} if replaced else {}, _arrow(name, rows[name])) for name in PARTS]
    changes += _places(shard, run, known, removed)
    changes += _copies(shard, removed)
    if first:
        changes.append(of_run(run, known_already=False))
    return [change for change in changes if change.gone or change.anew or change.rows.num_rows]


def of_run(run: Run, *, known_already: bool) -> Change:
    """The change that writes down a run."""
    row = asdict(run) | {"sources": list(run.sources)}
    return Change("runs", {"run": [run.run]} if known_already else {}, _arrow("runs", [row]))


def removal(name: str, column: str, values: Sequence[str]) -> Change:
    """The change that takes rows out of a table by the values of a column."""
    return Change(name, {column: values}, _arrow(name, []))


def _once(readings: Iterable[Reading]) -> list[Reading]:
    """One reading an article: that of the first location by name, whatever the order they came in."""
    best: dict[str, Reading] = {}
    for reading in readings:
        other = best.get(reading.record.id)
        if other is None or reading.location < other.location:
            best[reading.record.id] = reading
    return list(best.values())


def _part_rows(readings: Iterable[Reading], run: Run) -> dict[str, list[Row]]:
    """The rows of all parts of some articles by table."""
    rows: dict[str, list[Row]] = {name: [] for name in PARTS}
    for reading in readings:
        found = to_rows(reading.record, location=reading.location, versions=run.versions, run=run.run)
        signed = reading.signature is not None
        found["signatures"] = [{"article_id": reading.record.id, "signature": reading.signature}] if signed else []
        found["articles"][0]["parts"] = {name: len(found[name]) for name in COUNTED}
        for name, new in found.items():
            rows[name] += new
    return rows


def _places(shard: Shard, run: Run, known: Known, removed: Sequence[str]) -> list[Change]:
    """What happens to ``sources`` and ``failures``: one row a location, the last word said of it."""
    stamp = {"versions": run.versions, "run": run.run}
    sources: dict[str, Row] = {}
    failures: dict[str, Row] = {}
    for failure in shard.failures:
        row = asdict(failure)
        failures[failure.location] = row | {"run": run.run}
        kept = {name: row[name] for name in ("location", "sha256", "article_id")}
        sources[failure.location] = kept | {"outcome": "failed"} | stamp
    for source in shard.sources:
        sources[source.location] = asdict(source) | stamp
        failures.pop(source.location, None)
    for reading in shard.readings:
        row = {"location": reading.location, "sha256": reading.sha256, "article_id": reading.record.id}
        sources[reading.location] = row | {"outcome": "read"} | stamp
        failures.pop(reading.location, None)
    again = sorted(location for location in sources if location in known.locations)
    failed = sorted(location for location in again if known.locations[location].outcome == "failed")
    lost: dict[str, Sequence[str]] = {"article_id": removed} if removed else {}
    return [
        Change("sources", lost | ({"location": again} if again else {}), _arrow("sources", list(sources.values()))),
        Change(
            "failures", lost | ({"location": failed} if failed else {}), _arrow("failures", list(failures.values()))
        ),
    ]


def _copies(shard: Shard, removed: Sequence[str]) -> list[Change]:
    if shard.copies is not None:
        return [Change("copies", {}, _arrow("copies", [asdict(copy) for copy in shard.copies]), anew=True)]
    return [Change("copies", {"article_id": removed, "head": removed} if removed else {}, _arrow("copies", []))]


def _arrow(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    """Rows as Arrow, with the table's own types.

    Raises:
        StoreError: a value does not fit, such as a text with half of a surrogate pair.
    """
    try:
        return pa.Table.from_pylist(rows, schema=TABLES[name].schema)
    except (pa.ArrowException, UnicodeError, OverflowError, TypeError) as error:
        raise StoreError(f"a row of {name} cannot be stored: {error}") from error
