"""Puts judgements into a record: rejected rows go, changed ones say what people say, added ones come."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Literal, TypeVar, cast, get_args

from parley import codebook
from parley.model import (
    Actor,
    ActorKind,
    Attribution,
    Basis,
    Date,
    Event,
    Layer,
    Position,
    Precision,
    QuoteKind,
    Record,
    Sourcing,
    Spans,
    Status,
)
from parley.store.judged import told, words
from parley.store.judged.unit import Unit
from parley.store.judged.united import united

Show = Literal["machine", "corrected", "both"]
SHOWN: tuple[Show, ...] = get_args(Show)
MOST_MENTIONS = 200
Values = Mapping[str, Any]
R = TypeVar("R", Position, Attribution, Event, Actor)


def applied(record: Record, units: Iterable[Unit], show: Show) -> Record:
    """The record with its judgements.

    Args:
        record: what the machine says.
        units: the judged rows of the article.
        show: ``corrected``: as people say; ``both``: the machine's rows, and beside them what people made of them,
            with ids of their own.
    """
    chosen = [unit for unit in units if unit.row != "article"]
    if show == "machine" or not chosen:
        return record
    people = _People(record)
    by_row = {
        row: [unit for unit in chosen if unit.row == row] for row in ("actor", "attribution", "event", "position")
    }
    both = show == "both"
    people.actors = _rows(record.actors, by_row["actor"], both, people.actor)
    attributions = _rows(record.attributions, by_row["attribution"], both, people.attribution)
    events = _rows(record.events, by_row["event"], both, people.event)
    people.attributions = attributions
    positions = _rows(record.positions, by_row["position"], both, people.position)
    made = _tidy(replace(record, actors=(*people.actors, *people.further), attributions=attributions, events=events,
                         positions=positions), record)  # fmt: skip
    return made if both else united(made, record, chosen)


def _rows(
    machine: tuple[R, ...], units: list[Unit], both: bool, make: Callable[[str, Values, R | None], R]
) -> tuple[R, ...]:
    """The rows of one kind: each at its old place, with what people made of it; then the added ones."""
    judged = {unit.id: unit for unit in units if unit.machine is not None}
    found: list[R] = []
    for row in machine:
        unit = judged.get(row.id)
        if unit is None or both or unit.state in ("confirmed", "lost"):
            found.append(row)
        if unit is not None and unit.values is not None and unit.state != "confirmed":
            found.append(make(unit.own_id if both else row.id, unit.values, row))
    found += [make(unit.id, unit.values, None) for unit in units if unit.machine is None and unit.values is not None]
    return tuple(found)


class _People:
    """Makes rows out of what people say, and actors for names that the record does not hold."""

    def __init__(self, record: Record) -> None:
        self._text = record.text
        self._machine = record.actors
        self.actors = record.actors
        self.attributions = record.attributions
        self.further: list[Actor] = []

    def actor(self, row_id: str, values: Values, row: Actor | None) -> Actor:
        """An actor."""
        name, country = str(values["name"]), str(values.get("country") or "") or None
        kind = _one_of(ActorKind, values.get("kind"), "group")
        sectors = row.sectors if row else ("GOV",) if kind == "state" else ()
        spans = _spans(values) or (row.mentions if row else _mentions(self._text, name))
        return Actor(row_id, name, spans, country, sectors, kind, str(values.get("wikidata") or "") or None)

    def attribution(self, row_id: str, values: Values, row: Attribution | None) -> Attribution:
        """An attribution; a person's word is that somebody says it, not in which words he is named."""
        kind = _one_of(QuoteKind, values.get("kind"), "indirect")
        base = row or Attribution(row_id, kind, (), (), ())
        speaker = self._named(row_id, str(values.get("speaker") or "")) if values.get("speaker") else None
        sourcing = _one_of(Sourcing, values.get("sourcing"), "unnamed")
        return replace(base, id=row_id, kind=kind, content=_spans(values), speaker=speaker, sourcing=sourcing)

    def event(self, row_id: str, values: Values, row: Event | None) -> Event:
        """An event."""
        spans = _spans(values)
        trigger = row.trigger if row and words.common((row.trigger,), spans) else spans[0]
        base = row or Event(row_id, str(values["type"]), spans, trigger)
        actors, recipients = (self._several(row_id, values.get(side, ())) for side in ("actors", "recipients"))
        return replace(
            base, id=row_id, type=str(values["type"]), evidence=spans, trigger=trigger, actors=actors,
            recipients=recipients, status=_one_of(Status, values.get("status"), "asserted"),
        )  # fmt: skip

    def position(self, row_id: str, values: Values, row: Position | None) -> Position:
        """A position."""
        spans, act = _spans(values), str(values["act"])
        polarity = codebook.load("acts").get(act, {}).get("polarity", "neutral")
        base = row or Position(row_id, "", act, str(values["issue"]), spans, attribution=self._holder(spans),
                               date=_date(values), hedged=bool(values.get("hedged")))  # fmt: skip
        layer = _one_of(Layer, values.get("layer"), "ascribed")
        if row is not None and act == row.act:
            polarity = row.polarity
        return replace(
            base, id=row_id, party=self._named(row_id, str(values["party"])), act=act, issue=str(values["issue"]),
            evidence=spans, layer=layer, polarity=polarity,
            addressees=self._several(row_id, values.get("addressees", ())),
        )  # fmt: skip

    def _several(self, row_id: str, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._named(row_id, str(name)) for name in names))

    def _named(self, row_id: str, name: str) -> str:
        """Id of the actor of a name; a new one if nobody has it."""
        wanted = told.spelled(name)
        for actor in (*self._machine, *self.actors, *self.further):
            if told.spelled(actor.name) == wanted:
                return actor.id
        country = _countries().get(wanted)
        kind: ActorKind = "state" if country else "group"
        sectors = ("GOV",) if country else ()
        new = Actor(f"{row_id}n{len(self.further)}", name, _mentions(self._text, name), country, sectors, kind)
        self.further.append(new)
        return new.id

    def _holder(self, spans: Spans) -> str | None:
        """The attribution in whose words a position stands, the closest one."""
        holders = [
            (sum(end - start for start, end in one.content), one.id)
            for one in self.attributions
            if spans and words.common(one.content, spans[:1]) == spans[0][1] - spans[0][0]
        ]
        return min(holders)[1] if holders else None


def _tidy(record: Record, machine: Record) -> Record:
    """The record without references to rows that people have rejected; an actor that is still named stays."""
    attributions = {one.id for one in record.attributions}
    positions = {one.id for one in record.positions}
    kept = tuple(replace(one, via=one.via if one.via in attributions else None) for one in record.attributions)
    record = replace(
        record,
        attributions=kept,
        events=tuple(replace(e, attribution=e.attribution if e.attribution in attributions else None)
                     for e in record.events),
        positions=tuple(replace(p, attribution=p.attribution if p.attribution in attributions else None,
                                condition=p.condition if p.condition in positions else None)
                        for p in record.positions),
    )  # fmt: skip
    actors = {actor.id for actor in record.actors}
    gone = {actor.id: actor for actor in machine.actors if actor.id not in actors}
    named = {one for p in record.positions for one in (p.party, *p.addressees)}
    named |= {one for e in record.events for one in (*e.actors, *e.recipients)}
    named |= {one.speaker for one in record.attributions if one.speaker}
    named |= {mark.speaker for mark in record.framing if mark.speaker}
    return replace(record, actors=(*record.actors, *(actor for key, actor in gone.items() if key in named)))


def _spans(values: Values) -> Spans:
    return told.spans_of(values)


def _date(values: Values) -> Date:
    value, precision, basis = values.get("date") or (None, None, None)
    return Date(value, _one_of(Precision, precision, "unknown"), _one_of(Basis, basis, "none"))


def _one_of(choice: Any, value: object, otherwise: str) -> Any:
    """A value if it is one of a choice."""
    return value if value in get_args(choice) else otherwise


def _mentions(text: str, name: str) -> Spans:
    """Where a name stands in a text as whole words."""
    found = re.finditer(rf"(?<!\w){re.escape(name.strip())}(?!\w)", text)
    return tuple(match.span() for match, _ in zip(found, range(MOST_MENTIONS), strict=False))


@cache
def _countries() -> Mapping[str, str]:
    """The code of every state by its names, as they are compared."""
    listed = codebook.load("actors/countries")
    return {told.spelled(name): str(row.get("country", code)) for code, row in listed.items()
            for name in cast(list[str], row.get("names", ()))}  # fmt: skip
