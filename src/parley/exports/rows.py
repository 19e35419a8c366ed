"""What a person reads of a record, as rows of words: the text form and the page are both made from these."""

from __future__ import annotations

from dataclasses import dataclass

from parley.model import Span, Spans


@dataclass(frozen=True, slots=True)
class ActorRow:
    """A state, organisation, person or group."""

    id: str
    name: str
    kind: str
    described: str
    spans: Spans

    @property
    def line(self) -> str:
        """The row in one line: "Highland (HLD, government)"."""
        return f"{self.name} ({self.described})" if self.described else self.name


@dataclass(frozen=True, slots=True)
class PositionRow:
    """What one party wants or answers, in words."""

    id: str
    party: str
    act: str
    act_id: str
    issue: str
    toward: str
    """The addressees with the word before them: "of Ukraine"; empty if there are none."""
    quote: str
    spans: Spans
    layer: str
    layer_id: str
    word: str
    """On whose word it stands, the whole chain."""
    own_word: bool
    """Whether the outlet says it without a source."""
    date: str
    hedged: bool
    condition: str | None
    """Id of the position that must be met first."""
    condition_line: str

    @property
    def line(self) -> str:
        """The row in one line: "Russia demands: Withdrawal of forces (of Ukraine)"."""
        return f"{self.party} {self.act}: {self.issue}" + (f" ({self.toward})" if self.toward else "")


@dataclass(frozen=True, slots=True)
class PartyRows:
    """The positions of one party in one part."""

    name: str
    described: str
    rows: tuple[PositionRow, ...]


@dataclass(frozen=True, slots=True)
class PartRows:
    """One part of the record and its positions by party."""

    id: str
    title: str
    parties: tuple[PartyRows, ...]


@dataclass(frozen=True, slots=True)
class AttributionRow:
    """Words that the article gives to a source."""

    id: str
    source: str
    sourcing: str
    sourcing_id: str
    kind: str
    quote: str
    word: str
    source_spans: Spans
    cue_spans: Spans
    content_spans: Spans

    @property
    def line(self) -> str:
        """The row in one line: "Amira Sabet (named), in other words"."""
        return f"{self.source} ({self.sourcing}), {self.kind}"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """The sources of one class: each name with the number of its quotations, and the class's share of them all."""

    sourcing: str
    sourcing_id: str
    quotations: int
    share: int
    """Per cent, rounded."""
    names: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class EventRow:
    """Who did what to whom."""

    id: str
    type: str
    meaning: str
    who: str
    whom: str
    status: str
    status_id: str
    quote: str
    word: str
    own_word: bool
    date: str
    spans: Spans
    trigger: Span

    @property
    def line(self) -> str:
        """The row in one line: "COERCE: Russia → Ukraine, denied"."""
        return f"{self.type}: {self.who} → {self.whom}, {self.status}"


@dataclass(frozen=True, slots=True)
class FramingRow:
    """Words that colour the telling."""

    id: str
    kind: str
    voice_id: str
    voice: str
    quote: str
    why: str
    score: float
    span: Span

    @property
    def line(self) -> str:
        """The row in one line: "loaded wording, River Post: a judgement"."""
        return f"{self.kind}, {self.voice}: {self.why}"


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """A passage that is not read as part of the article."""

    id: str
    kind: str
    kind_id: str
    quote: str
    span: Span


@dataclass(frozen=True, slots=True)
class View:
    """The record as a person reads it."""

    title: str
    facts: tuple[str, ...]
    """Outlet, author, date; an unknown date is said to be unknown."""
    url: str
    identity: tuple[str, ...]
    """The record's id, the hash of the source, the form."""
    actors: tuple[ActorRow, ...]
    positions: tuple[PositionRow, ...]
    parts: tuple[PartRows, ...]
    """The same positions, by part and party."""
    attributions: tuple[AttributionRow, ...]
    sources: tuple[SourceRow, ...]
    events: tuple[EventRow, ...]
    framing: tuple[FramingRow, ...]
    left_out: tuple[LeftOutRow, ...]
    notes: tuple[str, ...]
    outlet: str
    dated: bool
    """Whether the date of any position or event is known."""
