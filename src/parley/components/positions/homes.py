"""To which party an organ belongs that a text names without its country: "the army", "a spokeswoman for the ministry".

The country is taken from the other organs of the doc: the one with the same noun, or the only one that there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from parley.model import Actor

DETERMINERS = frozenset({"the", "a", "an", "their", "its", "his", "her", "our", "both", "two", "this", "that", "some"})
AGAINST_STATE = frozenset({"REB", "INS", "OPP", "SEP", "UAF", "INSR"})
OF_STATE = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "COP"})
"""PLOVER's codes of sectors."""


def named(name: str) -> bool:
    """Whether an actor has a name of its own: not "the army", "Their delegation", "A constituent assembly"."""
    first, *rest = name.split() or [""]
    return any(word[:1].isupper() for word in rest) or (first[:1].isupper() and first.lower() not in DETERMINERS)


def homes(actors: Iterable[Actor], organs: frozenset[str]) -> Mapping[str, str]:
    """The actor, of a known country, to which each organ or armed group without country and name belongs.

    Args:
        actors: those of a doc.
        organs: nouns of organs of a state.
    """
    known: list[Actor] = []
    lost: list[Actor] = []
    for actor in actors:
        if actor.kind != "state" and _sector(actor) in OF_STATE | AGAINST_STATE:
            if actor.country is not None and actor.country.isalpha():
                known.append(actor)
            elif actor.country is None and not named(actor.name):
                lost.append(actor)
    found: dict[str, str] = {}
    for actor in lost:
        home = _home(actor, known, organs)
        if home is not None:
            found[actor.id] = home
    return found


def _sector(actor: Actor) -> str:
    return actor.sectors[0] if actor.sectors else ""


def _home(actor: Actor, known: list[Actor], organs: frozenset[str]) -> str | None:
    if _sector(actor) in AGAINST_STATE:
        rebels = [other for other in known if _sector(other) in AGAINST_STATE and named(other.name)]
        return rebels[0].id if len(rebels) == 1 else None
    states = [other for other in known if _sector(other) in OF_STATE]
    nouns = _nouns(actor, organs)
    alike = [other for other in states if nouns & _nouns(other, organs)] if nouns else []
    for some in (alike, states):
        if some and len({other.country for other in some}) == 1:
            return some[0].id
    return None


def _nouns(actor: Actor, organs: frozenset[str]) -> frozenset[str]:
    return organs.intersection(actor.name.lower().split())
