"""Turns records into rows of the tables and back, losing nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from parley.model import (
    Actor,
    Attribution,
    Date,
    Event,
    Framing,
    Metadata,
    Passage,
    Position,
    Record,
    Span,
    Spans,
)

Row = dict[str, Any]
Rows = dict[str, list[Row]]


# ---------------------------------------------------------------- to rows
def to_rows(record: Record, *, location: str, versions: str, run: str) -> Rows:
    """The rows of one record by table; every span stands beside its words."""
    key = {"article_id": record.id}
    return {
        "articles": [key | _article(record) | {"location": location, "versions": versions, "run": run}],
        "passages": [key | {"n": n} | _passage(p) for n, p in enumerate(record.passages)],
        "actors": [key | {"n": n} | _actor(a) for n, a in enumerate(record.actors)],
        "attributions": [key | {"n": n} | _attribution(record, t) for n, t in enumerate(record.attributions)],
        "events": [key | {"n": n} | _event(record, e) for n, e in enumerate(record.events)],
        "positions": [key | {"n": n} | _position(record, p) for n, p in enumerate(record.positions)],
        "framing": [key | {"n": n} | _framing(record, f) for n, f in enumerate(record.framing)],
    }


def _article(record: Record) -> Row:
    meta = record.article
    return {
        "url": meta.url,
        "outlet": meta.outlet,
        "title": meta.title,
        "author": meta.author,
        "published": meta.published,
        "language": meta.language,
        "source_format": meta.source_format,
        "sha256": meta.sha256,
        "text": record.text,
        "characters": len(record.text),
        "words": len(record.text.split()),
        "notes": list(record.notes),
    }


def _passage(passage: Passage) -> Row:
    repeats_start, repeats_end = passage.repeats or (None, None)
    return {
        "start": passage.span[0],
        "end": passage.span[1],
        "kind": passage.kind,
        "repeats_start": repeats_start,
        "repeats_end": repeats_end,
    }


def _actor(actor: Actor) -> Row:
    return {
        "actor_id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "country": actor.country,
        "sectors": list(actor.sectors),
        "wikidata": actor.wikidata,
        "mentions": _spans(actor.mentions),
    }


def _attribution(record: Record, attribution: Attribution) -> Row:
    return {
        "attribution_id": attribution.id,
        "kind": attribution.kind,
        "source": _spans(attribution.source),
        "cue": _spans(attribution.cue),
        "content": _spans(attribution.content),
        "source_words": record.quote(attribution.source),
        "cue_words": record.quote(attribution.cue),
        "content_words": record.quote(attribution.content),
        "speaker": attribution.speaker,
        "sourcing": attribution.sourcing,
        "via": attribution.via,
    }


def _event(record: Record, event: Event) -> Row:
    return {
        "event_id": event.id,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "actors": list(event.actors),
        "recipients": list(event.recipients),
        "status": event.status,
        **_date(event.date),
        "attribution": event.attribution,
        "evidence": _spans(event.evidence),
        "evidence_words": record.quote(event.evidence),
        "trigger_start": event.trigger[0],
        "trigger_end": event.trigger[1],
        "trigger_words": record.quote((event.trigger,)),
    }


def _position(record: Record, position: Position) -> Row:
    return {
        "position_id": position.id,
        "party": position.party,
        "act": position.act,
        "issue": position.issue,
        "topic": _spans(position.topic),
        "topic_words": record.quote(position.topic),
        "addressees": list(position.addressees),
        "polarity": position.polarity,
        "layer": position.layer,
        "attribution": position.attribution,
        "condition": position.condition,
        **_date(position.date),
        "hedged": position.hedged,
        "evidence": _spans(position.evidence),
        "evidence_words": record.quote(position.evidence),
    }


def _framing(record: Record, mark: Framing) -> Row:
    return {
        "kind": mark.kind,
        "start": mark.span[0],
        "end": mark.span[1],
        "words": record.quote((mark.span,)),
        "score": mark.score,
        "voice": mark.voice,
        "speaker": mark.speaker,
        "why": mark.why,
    }


def _date(date: Date) -> Row:
    return {"date_value": date.value, "date_precision": date.precision, "date_basis": date.basis}


def _spans(spans: Spans) -> list[dict[str, int]]:
    return [{"start": start, "end": end} for start, end in spans]


# ---------------------------------------------------------------- from rows
def from_rows(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Record:
    """The record that the rows of one article hold, unchecked; they may come in any order."""
    (article,) = rows["articles"]
    return Record(
        id=article["article_id"],
        text=article["text"],
        article=Metadata(**{name: article[name] for name in Metadata.__dataclass_fields__}),
        actors=tuple(_to_actor(row) for row in _ordered(rows["actors"])),
        attributions=tuple(_to_attribution(row) for row in _ordered(rows["attributions"])),
        events=tuple(_to_event(row) for row in _ordered(rows["events"])),
        positions=tuple(_to_position(row) for row in _ordered(rows["positions"])),
        framing=tuple(_to_framing(row) for row in _ordered(rows["framing"])),
        passages=tuple(_to_passage(row) for row in _ordered(rows["passages"])),
        notes=tuple(article["notes"] or ()),
    )


def _ordered(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(rows, key=lambda row: row["n"])


def _to_actor(row: Mapping[str, Any]) -> Actor:
    return Actor(
        id=row["actor_id"],
        name=row["name"],
        mentions=_to_spans(row["mentions"]),
        country=row["country"],
        sectors=tuple(row["sectors"]),
        kind=row["kind"],
        wikidata=row["wikidata"],
    )


def _to_attribution(row: Mapping[str, Any]) -> Attribution:
    return Attribution(
        id=row["attribution_id"],
        kind=row["kind"],
        source=_to_spans(row["source"]),
        cue=_to_spans(row["cue"]),
        content=_to_spans(row["content"]),
        speaker=row["speaker"],
        sourcing=row["sourcing"],
        via=row["via"],
    )


def _to_event(row: Mapping[str, Any]) -> Event:
    return Event(
        id=row["event_id"],
        type=row["type"],
        evidence=_to_spans(row["evidence"]),
        trigger=(row["trigger_start"], row["trigger_end"]),
        actors=tuple(row["actors"]),
        recipients=tuple(row["recipients"]),
        status=row["status"],
        mode=row["mode"],
        contexts=tuple(row["contexts"]),
        date=_to_date(row),
        attribution=row["attribution"],
    )


def _to_position(row: Mapping[str, Any]) -> Position:
    return Position(
        id=row["position_id"],
        party=row["party"],
        act=row["act"],
        issue=row["issue"],
        evidence=_to_spans(row["evidence"]),
        topic=_to_spans(row["topic"]),
        addressees=tuple(row["addressees"]),
        polarity=row["polarity"],
        layer=row["layer"],
        attribution=row["attribution"],
        condition=row["condition"],
        date=_to_date(row),
        hedged=row["hedged"],
    )


def _to_framing(row: Mapping[str, Any]) -> Framing:
    return Framing(
        kind=row["kind"],
        span=(row["start"], row["end"]),
        score=row["score"],
        voice=row["voice"],
        why=row["why"],
        speaker=row["speaker"],
    )


def _to_passage(row: Mapping[str, Any]) -> Passage:
    repeats: Span | None = None if row["repeats_start"] is None else (row["repeats_start"], row["repeats_end"])
    return Passage(span=(row["start"], row["end"]), kind=row["kind"], repeats=repeats)


def _to_date(row: Mapping[str, Any]) -> Date:
    return Date(value=row["date_value"], precision=row["date_precision"], basis=row["date_basis"])


def _to_spans(spans: Iterable[Mapping[str, int]]) -> Spans:
    return tuple((span["start"], span["end"]) for span in spans)
