"""Gives a country to the actors that the article names without one: where they are, else where the article is set."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from parley.components.actors_parse import Parse
from parley.components.actors_registry import Draft, Registry
from parley.components.actors_roles import Roles

NO_STATE = frozenset(("IGO", "NGO", "MNC", "IMG"))
DOMINANT = 0.7
"""Share of a doc's mentions of states from which one of them is where the article is set."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A mention that gives a country."""

    token: int
    country: str
    place: bool


def settle(parse: Parse, registry: Registry, roles: Roles) -> None:
    """Fill in the countries of offices, persons with titles and local groups that the article gives none."""
    named = _named(registry)
    by_sentence: dict[int, list[_Named]] = {}
    for mention in named:
        by_sentence.setdefault(parse.sentence[mention.token], []).append(mention)
    setting = _only([mention.country for mention in named], DOMINANT)
    for draft in registry.order:
        weak = draft.parent is not None and draft.parent.ethnic
        if (draft.country is None or weak) and draft.spans and draft.local:
            first = min(draft.spans)[0]
            here = _here(draft, first, by_sentence.get(parse.sentence[first], []))
            wide = setting if draft.sectors[:1] != ("CVL",) else None
            draft.country = here or draft.fallback or wide or draft.country
    for draft in registry.order:
        if draft.kind != "state" and (draft.parent is None or draft.parent.country is None):
            draft.parent = registry.state_of(draft.country)


def _named(registry: Registry) -> list[_Named]:
    """The mentions of states and places, in order."""
    return [
        _Named(head, draft.country, head in registry.places)
        for head, draft in sorted(registry.by_head.items(), key=lambda item: item[0])
        if draft.country
        and head not in registry.others
        and draft.country not in NO_STATE
        and (draft.kind == "state" or (draft.known and draft.kind != "person"))
        and not draft.ethnic
    ]


def _here(draft: Draft, first: int, named: list[_Named]) -> str | None:
    """The country that the actor's own sentence gives: where it is, else the only one named."""
    if draft.sectors[:1] not in (("GOV",), ("LEG",)) or draft.plural:
        places = [mention for mention in named if mention.place]
        if places:
            after = [mention for mention in places if mention.token > first]
            return (after or places[::-1])[0].country
    return _only([mention.country for mention in named], 1.0)


def _only(countries: list[str], share: float) -> str | None:
    """The country that has at least a share of the mentions."""
    if not countries:
        return None
    country, count = Counter(countries).most_common(1)[0]
    return country if count >= share * len(countries) else None
