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
STEM = 6
"""Letters in which the nouns of organs and offices agree: president, presidency."""


def named(name: str) -> bool:
    """Whether an actor has a name of its own: not "the army", "Their delegation", "A constituent assembly"."""
    first, *rest = name.split() or [""]
    return any(word[:1].isupper() for word in rest) or (first[:1].isupper() and first.lower() not in DETERMINERS)


def homes(actors: Iterable[Actor], organs: frozenset[str]) -> Mapping[str, str]:
    """The actor, of a known country, to which each organ or armed group without country and name belongs.

    Args:
        actors: those of a doc.
        organs: the first ``STEM`` letters of nouns of organs of a state.
    """
    known: list[Actor] = []
    lost: list[Actor] = []
    for actor in actors:
        if actor.kind != "state" and _sector(actor) in OF_STATE | AGAINST_STATE:
            if actor.country not in (None, "IGO", "NGO") and actor.kind in ("organisation", "person"):
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
        armed = [other for other in known if _sector(other) in AGAINST_STATE and other.kind == "organisation"]
        rebels = [other for other in armed if named(other.name)]
        return rebels[0].id if len(rebels) == 1 and actor.kind != "person" else None
    nouns = _nouns(actor, organs)
    if not nouns:
        return None  # "a diplomat" may be anybody's
    states = [other for other in known if _sector(other) in OF_STATE]
    alike = [other for other in states if nouns & _nouns(other, organs)]
    for some in (alike, states):
        if some and len({other.country for other in some}) == 1:
            return some[0].id
    return None


def _nouns(actor: Actor, organs: frozenset[str]) -> frozenset[str]:
    """The organs in a name, by their first letters: a minister is of a ministry."""
    return organs.intersection(word[:STEM] for word in actor.name.lower().removesuffix("'s").split())
