"""The record of one article, as frozen dataclasses: the contract that other programs read.

A span is a half-open pair ``(start, end)`` of Unicode code point offsets into the record's ``text``; a role that is
not in one piece has several. Ids are unique within a record: ``a1`` actors, ``t1`` attributions, ``e1`` events,
``p1`` positions. The same classes carry offsets into the parser's text while an article is read; ``parley.record``
turns these into offsets of the source.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

SCHEMA = "parley.record/1"

Span = tuple[int, int]
Spans = tuple[Span, ...]

ActorKind = Literal["state", "organisation", "person", "group"]
QuoteKind = Literal["direct", "mixed", "indirect"]
Sourcing = Literal["named", "office", "unnamed", "document", "outlet"]
Status = Literal["asserted", "denied", "future", "hypothetical"]
Polarity = Literal["for", "against", "neutral"]
Layer = Literal["own", "ascribed", "document", "unnamed"]
FramingKind = Literal["loaded", "scare_quotes", "hedge", "unnamed_source", "name_calling", "flag_waving"]
Voice = Literal["outlet", "quoted"]
PassageKind = Literal["body", "repeat", "furniture", "teaser"]
Precision = Literal["day", "month", "year", "unknown"]
Basis = Literal["text", "relative", "published", "given", "none"]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article besides its words."""

    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    """ISO 8601 date, as far as known: ``2025-06-02``."""
    language: str | None = None
    """ISO 639-1 code, as declared by the source or recognised."""
    source_format: str = "text"
    """Name of the reader: text, markdown, html, json."""
    sha256: str = ""
    """Hash of the source's bytes, hexadecimal."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article before it is read: its text as stored, and what is known of it."""

    id: str
    text: str
    meta: Metadata = field(default_factory=Metadata)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """A state, organisation, person or group that the article names."""

    id: str
    name: str
    """The fullest name in the article, or the listed name of a known actor."""
    mentions: Spans
    country: str | None = None
    """ISO 3166 alpha-3, or IGO, NGO, MNC ... as in PLOVER."""
    sectors: tuple[str, ...] = ()
    """PLOVER sector codes, the most telling first: GOV, MIL, REB ..."""
    kind: ActorKind = "group"
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words that the article gives to a source."""

    id: str
    kind: QuoteKind
    source: Spans
    cue: Spans
    content: Spans
    speaker: str | None = None
    """Id of the actor that the source resolves to."""
    sourcing: Sourcing = "unnamed"
    via: str | None = None
    """Id of the attribution that reports this one, e.g. the agency that quotes the minister."""


@dataclass(frozen=True, slots=True)
class Date:
    """When something was said or done."""

    value: str | None = None
    """ISO 8601, as long as the precision: ``2025-06-02``, ``2025-06``, ``2025``."""
    precision: Precision = "unknown"
    basis: Basis = "none"
    """text: a date in the words; relative: reckoned from a word like "Monday"; published: the article's own date;
    given: passed by the user; none: not known."""


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom: one of the 16 types of PLOVER."""

    id: str
    type: str
    evidence: Spans
    trigger: Span
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    status: Status = "asserted"
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    date: Date = field(default_factory=Date)
    attribution: str | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """A party's stance on an issue: an act of the codebook, its words, and on whose word it is known."""

    id: str
    party: str
    act: str
    issue: str
    """Id of the issue, or ``other``."""
    evidence: Spans
    topic: Spans = ()
    """The words that name the issue."""
    addressees: tuple[str, ...] = ()
    polarity: Polarity = "neutral"
    layer: Layer = "ascribed"
    attribution: str | None = None
    condition: str | None = None
    """Id of the position that must be met first."""
    date: Date = field(default_factory=Date)
    hedged: bool = False


@dataclass(frozen=True, slots=True)
class Framing:
    """Words that colour the telling."""

    kind: FramingKind
    span: Span
    score: float
    """0.0 to 1.0."""
    voice: Voice
    """Whose words they are: the outlet's own, or those of somebody quoted."""
    why: str
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the text, and whether it belongs to the article."""

    span: Span
    kind: PassageKind
    repeats: Span | None = None
    """For a repeat: the passage that it repeats."""


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that was read in one article."""

    id: str
    text: str
    article: Metadata = field(default_factory=Metadata)
    actors: tuple[Actor, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[Event, ...] = ()
    positions: tuple[Position, ...] = ()
    framing: tuple[Framing, ...] = ()
    passages: tuple[Passage, ...] = ()
    notes: tuple[str, ...] = ()
    schema: Literal["parley.record/1"] = "parley.record/1"

    def quote(self, spans: Spans) -> str:
        """The words at some spans, joined by an ellipsis."""
        return " … ".join(self.text[start:end] for start, end in spans)

    def actor(self, actor_id: str) -> Actor:
        """The actor with an id of this record.

        Raises:
            KeyError: there is none.
        """
        for actor in self.actors:
            if actor.id == actor_id:
                return actor
        raise KeyError(actor_id)
