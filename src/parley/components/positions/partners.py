"""Those who stand beside a subject: "Peru, with Chile and supported by Brazil but opposed by Bolivia, proposed ..."."""

from __future__ import annotations

from parley.components.positions.parties import Party
from parley.components.positions.reading import Reading

STEPS = 60
"""Tokens of such a list that are read."""


def beside(reading: Reading, subject: int, verb: int) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """The parties in the list of names around a subject: those who do the act too, and those who oppose it.

    The list is read word by word, because parsers lose themselves in long ones.
    """
    tree, index = reading.tree, reading.parties.index
    first = subject
    while first > max(0, subject - STEPS) and (first - 1 in index.by_token or _joins(reading, first - 1)):
        first -= 1
    if first and tree.pos[first - 1] in ("ADP", "SCONJ"):
        first = subject  # "in Rome, Oslo proposed": a place
    same: dict[str, Party] = {}
    against: dict[str, Party] = {}
    side = same
    for t in range(first, min(verb, first + STEPS)):
        if tree.lower[t] in ("opposed", "contradicted"):
            side = against
        elif tree.lower[t] in ("supported", "backed", "joined", "seconded", "with"):
            side = same
        elif t in index.by_head:
            party = reading.parties.at(t)
            if party is not None:
                side.setdefault(party.actor, party)
        elif t not in index.by_token and not _joins(reading, t):
            break
    return tuple(same.values()), tuple(party for actor, party in against.items() if actor not in same)


def _joins(reading: Reading, t: int) -> bool:
    """Whether a word may stand between the names of such a list."""
    return reading.tree.text[t] in (",", "/", "&") or reading.listed("partners.words", t)
