"""What a row says, in words that hold beyond one run: names in place of ids, the words beside their spans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from parley.model import Actor, Attribution, Event, Position, Record, Spans
from parley.store.judgements import RowKind

Row = Position | Attribution | Event | Actor
Values = dict[str, Any]
_LEADING = re.compile(r"^(?:the|an?) ")
KIND_OF: Mapping[type, RowKind] = {
    Position: "position", Attribution: "attribution", Event: "event", Actor: "actor",
}  # fmt: skip
SAME: Mapping[str, tuple[str, ...]] = {
    "position": ("party", "act", "issue"),
    "attribution": (),
    "event": ("type",),
    "actor": ("name",),
}
"""What must be the same for two rows to be the same row, besides their words."""


def rows(record: Record) -> dict[str, Row]:
    """The rows of a record that can be judged, by id."""
    groups: tuple[Iterable[Row], ...] = (record.actors, record.attributions, record.events, record.positions)
    return {row.id: row for group in groups for row in group}


def words_of(row: Row) -> Spans:
    """The spans of the words that a row rests on."""
    if isinstance(row, Attribution):
        return row.content
    return row.mentions if isinstance(row, Actor) else row.evidence


def everything(record: Record) -> dict[str, Values]:
    """What every row of a record that can be judged says, by id."""
    names = {actor.id: actor.name for actor in record.actors}
    return {row_id: _told(record.text, names, row) for row_id, row in rows(record).items()}


def _told(text: str, names: Mapping[str, str], row: Row) -> Values:
    """A row as plain values."""
    spans = words_of(row)
    values: Values = {"spans": [list(span) for span in spans], "words": [text[a:b] for a, b in spans]}
    if isinstance(row, Position):
        values |= {"party": names[row.party], "act": row.act, "issue": row.issue, "layer": row.layer,
                   "addressees": [names[one] for one in row.addressees], "hedged": row.hedged,
                   "date": [row.date.value, row.date.precision, row.date.basis]}  # fmt: skip
    elif isinstance(row, Attribution):
        values |= {"speaker": names.get(row.speaker or "", ""), "sourcing": row.sourcing, "kind": row.kind}
    elif isinstance(row, Event):
        values |= {"type": row.type, "status": row.status, "trigger": list(row.trigger),
                   "actors": [names[one] for one in row.actors],
                   "recipients": [names[one] for one in row.recipients]}  # fmt: skip
    else:
        values |= {"name": row.name, "country": row.country or "", "kind": row.kind, "wikidata": row.wikidata or ""}
    return values


def spelled(name: str) -> str:
    """A name as it is compared: letter case, spaces and a leading article aside."""
    return _LEADING.sub("", " ".join(name.casefold().split()))


def spans_of(values: Mapping[str, Any]) -> Spans:
    """The spans that values name."""
    return tuple((int(start), int(end)) for start, end in values.get("spans", ()))
