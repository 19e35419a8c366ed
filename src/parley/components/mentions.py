"""Which actor a word names: the index that the actors component leaves for the later ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from parley.model import Actor

WINDOWS = "parley_windows"
"""Where a doc keeps its words and its windows half way through the encoder until its positions have been read."""


@dataclass(frozen=True)
class MentionIndex:
    """Actors of a doc by the tokens that name them."""

    actors: Mapping[str, Actor] = field(default_factory=dict)
    """By id."""
    by_token: Mapping[int, str] = field(default_factory=dict)
    """For each token inside a mention: the actor of the innermost mention."""
    by_head: Mapping[int, str] = field(default_factory=dict)
    """For the head token of each mention (pronouns and adjectives of nationality included): its actor."""
    parents: Mapping[str, str] = field(default_factory=dict)
    """For an office, a person or an organ of a state, its state's or organisation's actor, where the doc names one."""
    groups: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """For the head token of a mention of several actors at once ("both sides", "the two countries"): all of them."""
    places: frozenset[int] = frozenset()
    """Head tokens of names that say where something is ("in Istanbul"), not who acts."""
    towns: frozenset[str] = frozenset()
    """Actors that are only names of towns, regions and waters, not of a state's seat of government."""
    whose: Mapping[int, str] = field(default_factory=dict)
    """For the head token of a noun phrase that names no actor: the actor whose thing it is, where the phrase says so
    ("the Kremlin's decision", "Syrian army positions", "the arrest of the minister")."""
    spans: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """For the head token of each mention: its tokens ``[first, after the last)``."""

    def at(self, token: int) -> str | None:
        """The actor that a token names: as the head of a mention, else as a part of one."""
        return self.by_head.get(token) or self.by_token.get(token)

    def named(self, tokens: Iterable[int]) -> tuple[str, ...]:
        """The actors that some tokens name as heads of mentions, in order, each once."""
        return tuple(dict.fromkeys(self.by_head[i] for i in tokens if i in self.by_head))

    def country(self, actor_id: str) -> str | None:
        """The country (ISO 3166 alpha-3, or IGO ...) of an actor."""
        return self.actors[actor_id].country
