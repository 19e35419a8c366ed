"""The actors of a doc while they are being found: each with its names, roles and mentions so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from parley.components.actors_lexicon import Entry
from parley.model import ActorKind

PART_OF_STATE = "state:"


@dataclass(slots=True)
class Draft:
    """One actor under construction."""

    name: str
    kind: ActorKind
    country: str | None = None
    sectors: tuple[str, ...] = ()
    wikidata: str | None = None
    gender: str = ""
    guessed: bool = False
    """Whether the gender is only what the first name suggests."""
    plural: bool = False
    parent: Draft | None = None
    roles: set[str] = field(default_factory=set)
    """Lower-case lemmas of the nouns by which the article has called it."""
    spans: list[tuple[int, int]] = field(default_factory=list)
    """Mentions as token ranges."""
    local: bool = False
    """Whether it belongs to the country in which the article is set, where it names no other."""
    fallback: str | None = None
    """The country where nothing better is known."""
    ethnic: bool = False
    """Whether it is a people without a state of its own, which gives way to the states named beside it."""
    known: bool = False
    """Whether it stands in the shipped or the user's lists."""

    def learn(self, country: str | None, sectors: tuple[str, ...], parent: Draft | None, gender: str) -> None:
        """Take what a further mention says; what is known already stays."""
        self.country = self.country or country
        self.sectors = self.sectors or sectors
        if self.parent is None and parent is not self:
            self.parent = parent
        if gender and (self.guessed or not self.gender):
            self.gender, self.guessed = gender, False


class Registry:
    """The actors found so far, and what their mentions were."""

    def __init__(self, states: dict[str, Entry]) -> None:
        """Start an empty one; ``states`` are the listed states by ISO code."""
        self._states = states
        self.by_key: dict[object, Draft] = {}
        self.order: list[Draft] = []
        self.by_head: dict[int, Draft] = {}
        self.span_of: dict[int, tuple[int, int]] = {}
        self.groups: dict[int, tuple[Draft, ...]] = {}
        self.places: set[int] = set()
        self.others: set[int] = set()
        """Heads of names that a hyphen makes somebody else's: the Russia of "Russian-backed rebels"."""
        self.whose: dict[int, Draft] = {}
        self.people: dict[str, Draft] = {}
        """Persons by each part of their names."""

    def new(self, draft: Draft, *keys: object) -> Draft:
        """Add an actor, to be found again by some keys."""
        self.order.append(draft)
        for key in keys:
            self.by_key[key] = draft
        return draft

    def state(self, key: str) -> Draft:
        """The actor of a state."""
        draft = self.by_key.get(PART_OF_STATE + key)
        if draft is None:
            entry = self._states[key]
            draft = Draft(entry.name, "state", entry.country, (), known=True)
            self.new(draft, PART_OF_STATE + key)
        return draft

    def state_of(self, country: str | None) -> Draft | None:
        """The actor of the state with a country code, if the doc has named it."""
        return self.by_key.get(f"{PART_OF_STATE}{country}")

    def mention(self, draft: Draft, head: int, span: tuple[int, int]) -> Draft:
        """Note that a noun phrase names an actor."""
        self.by_head[head] = draft
        self.span_of[head] = span
        draft.spans.append(span)
        return draft
