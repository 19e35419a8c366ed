"""Turns a parsed and annotated doc into the record of its article: the only reader of ``doc._`` past the components."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from parley.clean import Cleaned
from parley.errors import RecordError
from parley.model import Article, Record, Span, Spans

if TYPE_CHECKING:
    from spacy.tokens import Doc


UNREAD = "not read: "
"""How the note begins that says why nothing was read in an article."""


# ---------------------------------------------------------------- from the doc
def from_doc(article: Article, cleaned: Cleaned, doc: Doc) -> Record:
    """The record of an article, every span an offset into the article's own text.

    Raises:
        RecordError: a component gave a span or an id that does not hold.
    """
    back = cleaned.source_spans

    def many(spans: Spans) -> Spans:
        return tuple(piece for start, end in spans for piece in back(start, end))

    def one(span: Span) -> Span:
        pieces = back(*span)
        return (pieces[0][0], pieces[-1][1])

    record = Record(
        id=article.id,
        text=article.text,
        article=article.meta,
        actors=tuple(replace(a, mentions=many(a.mentions)) for a in doc._.actors),
        attributions=tuple(
            replace(t, source=many(t.source), cue=many(t.cue), content=many(t.content)) for t in doc._.attributions
        ),
        events=tuple(replace(e, evidence=many(e.evidence), trigger=one(e.trigger)) for e in doc._.events),
        positions=tuple(replace(p, evidence=many(p.evidence), topic=many(p.topic)) for p in doc._.positions),
        framing=tuple(replace(f, span=one(f.span)) for f in doc._.framing),
        passages=cleaned.passages,
        notes=(*article.notes, *cleaned.notes, *doc.user_data.get("notes", ())),
    )
    check(record)
    return record


def unread(article: Article, note: str, cleaned: Cleaned | None = None) -> Record:
    """The record of an article that could not be read: its text, and why."""
    passages = cleaned.passages if cleaned else ()
    return Record(article.id, article.text, article.meta, passages=passages, notes=(*article.notes, UNREAD + note))


def why_unread(record: Record) -> str | None:
    """Why nothing was read in an article; None if it was read."""
    return next((note.removeprefix(UNREAD) for note in record.notes if note.startswith(UNREAD)), None)


# ---------------------------------------------------------------- checks
def check(record: Record) -> None:
    """Hold a record to its contract: spans inside the text and without edge spaces, ids that resolve.

    Raises:
        RecordError: the first breach found.
    """
    length = len(record.text)
    for where, (start, end) in _spans(record):
        if not 0 <= start < end <= length:
            raise RecordError(f"record {record.id}: {where} [{start}, {end}) is empty or outside the text")
        if record.text[start].isspace() or record.text[end - 1].isspace():
            raise RecordError(f"record {record.id}: {where} [{start}, {end}) begins or ends with a space")
    known = _ids(record)
    for where, reference in _references(record):
        if reference not in known:
            raise RecordError(f"record {record.id}: {where} names {reference!r}, which the record does not hold")


def _spans(record: Record) -> Iterator[tuple[str, Span]]:
    """Every span of a record and where it stands."""
    for actor in record.actors:
        yield from ((f"{actor.id}.mentions", span) for span in actor.mentions)
    for a in record.attributions:
        for role in ("source", "cue", "content"):
            yield from ((f"{a.id}.{role}", span) for span in getattr(a, role))
    for event in record.events:
        yield from ((f"{event.id}.evidence", span) for span in (*event.evidence, event.trigger))
    for position in record.positions:
        yield from ((f"{position.id}.evidence", span) for span in (*position.evidence, *position.topic))
    yield from (("framing", mark.span) for mark in record.framing)
    yield from (("passages", passage.span) for passage in record.passages)


def _ids(record: Record) -> frozenset[str]:
    """Every id of a record.

    Raises:
        RecordError: two things share one.
    """
    ids = [
        thing.id for group in (record.actors, record.attributions, record.events, record.positions) for thing in group
    ]
    if len(ids) != len(set(ids)):
        raise RecordError(f"record {record.id}: an id stands twice")
    return frozenset(ids)


def _references(record: Record) -> Iterator[tuple[str, str]]:
    """Every id that one part of a record gives of another."""
    for a in record.attributions:
        yield from ((a.id, x) for x in (a.speaker, a.via) if x)
    for e in record.events:
        yield from ((e.id, x) for x in (*e.actors, *e.recipients, e.attribution) if x)
    for p in record.positions:
        yield from ((p.id, x) for x in (p.party, *p.addressees, p.attribution, p.condition) if x)
    yield from (("framing", mark.speaker) for mark in record.framing if mark.speaker)


# ---------------------------------------------------------------- JSON
_decoder = msgspec.json.Decoder(Record)


def to_json(record: Record) -> bytes:
    """One line of JSON in UTF-8, without the line end; ``schema`` stands first."""
    fields = msgspec.to_builtins(record)
    return msgspec.json.encode({"schema": fields.pop("schema"), **fields})


def from_json(data: bytes | str) -> Record:
    """A record from its JSON.

    Raises:
        RecordError: it is no record, or breaks the contract.
    """
    try:
        record = _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise RecordError(f"not a record: {error}") from error
    check(record)
    return record
