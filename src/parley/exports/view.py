"""Builds the view of a record for people: ids become names, labels and chains of sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from parley.exports import labels
from parley.exports.names import NO_DATE, Names, date, day
from parley.exports.rows import (
    ActorRow,
    AttributionRow,
    EventRow,
    FramingRow,
    LeftOutRow,
    PartRows,
    PartyRows,
    PositionRow,
    SourceRow,
    View,
)
from parley.exports.visible import one_line, quoted
from parley.model import SCHEMA, Actor, Attribution, Event, Framing, Passage, Position, Record, Sourcing

SOURCINGS: tuple[Sourcing, ...] = ("named", "office", "unnamed", "document", "outlet")
"""The classes of sources in the order in which they are shown."""


def view(record: Record) -> View:
    """Build the view of a record. It takes time in proportion to the record's size."""
    names = Names(record)
    meta = record.article
    published = f"published {day(meta.published)}" if meta.published else "publication date unknown"
    positions = _positions(record, names)
    events = tuple(_event(event, names) for event in record.events)
    return View(
        title=one_line(meta.title or "") or "Untitled article",
        facts=tuple(
            filter(None, [one_line(meta.outlet or "") or "outlet unknown", one_line(meta.author or ""), published])
        ),
        url=one_line(meta.url or ""),
        identity=_identity(record),
        actors=tuple(_actor(actor, names) for actor in record.actors),
        positions=positions,
        parts=_parts(record.positions, positions, names),
        attributions=tuple(_attribution(attribution, names) for attribution in record.attributions),
        sources=_sources(record.attributions, names),
        events=events,
        framing=tuple(_framing(k, mark, names) for k, mark in enumerate(record.framing, 1)),
        left_out=_left_out(record.passages, names),
        notes=tuple(one_line(note) for note in record.notes),
        outlet=names.outlet,
        dated=any(when != NO_DATE for when in (*(p.date for p in positions), *(e.date for e in events))),
    )


def _identity(record: Record) -> tuple[str, ...]:
    """What tells this record from another."""
    meta, parts = record.article, [f"record {one_line(record.id)}"]
    if meta.sha256:
        parts.append(f"sha256 {one_line(meta.sha256)[:12]}")
    parts.append(one_line(meta.source_format))
    if meta.language:
        parts.append(labels.label("languages", one_line(meta.language)))
    return (*parts, SCHEMA)


def _actor(actor: Actor, names: Names) -> ActorRow:
    return ActorRow(actor.id, one_line(actor.name), actor.kind, names.described(actor.id), actor.mentions)


# ---------------------------------------------------------------- positions
def _positions(record: Record, names: Names) -> tuple[PositionRow, ...]:
    by_id = {position.id: position for position in record.positions}
    return tuple(_position(position, by_id, names) for position in record.positions)


def _position(position: Position, by_id: dict[str, Position], names: Names) -> PositionRow:
    addressees = names.several(position.addressees)
    condition = by_id.get(position.condition) if position.condition else None
    return PositionRow(
        id=position.id,
        party=names.actor(position.party),
        act=labels.label("acts", position.act),
        act_id=position.act,
        issue=_issue(position, names),
        toward=f"{labels.toward(position.act)} {addressees}" if addressees else "",
        quote=names.quote(position.evidence),
        spans=position.evidence,
        layer=labels.label("layers", position.layer),
        layer_id=position.layer,
        word=names.chain(position.attribution),
        own_word=position.attribution is None,
        date=date(position.date),
        hedged=position.hedged,
        condition=condition.id if condition else None,
        condition_line=_condition(condition, names) if condition else "",
    )


def _issue(position: Position, names: Names) -> str:
    """The issue's title; for what no issue covers, the words that name it."""
    if position.issue != "other":
        return labels.issue_title(position.issue)
    topic = names.quote(position.topic)
    return quoted(topic) if topic else "something that no issue covers"


def _condition(position: Position, names: Names) -> str:
    return f"{_issue(position, names)} ({position.id}: {quoted(names.quote(position.evidence))})"


def _parts(positions: tuple[Position, ...], rows: tuple[PositionRow, ...], names: Names) -> tuple[PartRows, ...]:
    """The positions by part and party; parties in the order in which they first come in the record."""
    order: dict[str, int] = {}
    for position in positions:
        order.setdefault(position.party, len(order))
    found: dict[str, list[tuple[int, str, PositionRow]]] = {part.id: [] for part in labels.parts()}
    for position, row in zip(positions, rows, strict=True):
        found[labels.part_of(position.act)].append((order[position.party], position.party, row))
    return tuple(PartRows(part.id, part.title, _parties(found[part.id], names)) for part in labels.parts())


def _parties(items: list[tuple[int, str, PositionRow]], names: Names) -> tuple[PartyRows, ...]:
    items.sort(key=lambda item: item[0])
    return tuple(
        PartyRows(names.actor(party), names.described(party), tuple(row for _, _, row in group))
        for party, group in groupby(items, key=lambda item: item[1])
    )


# ---------------------------------------------------------------- sources
def _attribution(attribution: Attribution, names: Names) -> AttributionRow:
    return AttributionRow(
        id=attribution.id,
        source=names.source(attribution),
        sourcing=labels.label("sourcing", attribution.sourcing),
        sourcing_id=attribution.sourcing,
        kind=labels.label("quotes", attribution.kind),
        quote=names.quote(attribution.content),
        word=names.chain(attribution.id),
        source_spans=attribution.source,
        cue_spans=attribution.cue,
        content_spans=attribution.content,
    )


def _sources(attributions: Iterable[Attribution], names: Names) -> tuple[SourceRow, ...]:
    """Every class of sources, those without a quotation too; names by the number of quotations, then as they come."""
    found: dict[str, Counter[str]] = {sourcing: Counter() for sourcing in SOURCINGS}
    spellings: dict[str, str] = {}
    for attribution in attributions:
        name = names.source(attribution)
        name = spellings.setdefault(name.casefold().removeprefix("the "), name)
        found[attribution.sourcing][name] += 1
    total = sum(counts.total() for counts in found.values())
    return tuple(
        SourceRow(
            sourcing=labels.label("sourcing", sourcing),
            sourcing_id=sourcing,
            quotations=counts.total(),
            share=round(100 * counts.total() / total) if total else 0,
            names=tuple(counts.most_common()),
        )
        for sourcing, counts in found.items()
    )


# ---------------------------------------------------------------- events, framing, passages
def _event(event: Event, names: Names) -> EventRow:
    return EventRow(
        id=event.id,
        type=one_line(event.type),
        meaning=labels.label("events", event.type),
        who=names.several(event.actors) or "somebody",
        whom=names.several(event.recipients) or "nobody named",
        status=labels.label("statuses", event.status),
        status_id=event.status,
        quote=names.quote(event.evidence),
        word=names.chain(event.attribution),
        own_word=event.attribution is None,
        date=date(event.date),
        spans=event.evidence,
        trigger=event.trigger,
    )


def _framing(number: int, mark: Framing, names: Names) -> FramingRow:
    voice = names.outlet if mark.voice == "outlet" else names.actor(mark.speaker) if mark.speaker else "somebody quoted"
    return FramingRow(
        id=f"f{number}",
        kind=labels.label("framing", mark.kind),
        voice_id=mark.voice,
        voice=voice,
        quote=names.quote((mark.span,)),
        why=one_line(mark.why),
        score=mark.score,
        span=mark.span,
    )


def _left_out(passages: tuple[Passage, ...], names: Names) -> tuple[LeftOutRow, ...]:
    """Passages that are not body, with the number of the paragraph that a repeat repeats."""
    numbers = {passage.span: number for number, passage in enumerate(passages, 1)}
    rows = []
    for number, passage in enumerate(passages, 1):
        if passage.kind != "body":
            kind = labels.label("passages", passage.kind)
            if passage.repeats in numbers:
                kind += f" of paragraph {numbers[passage.repeats]}"
            rows.append(LeftOutRow(f"o{number}", kind, passage.kind, names.quote((passage.span,)), passage.span))
    return tuple(rows)
