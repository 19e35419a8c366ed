"""Two actors of one article that people hold to be the same become one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from parley.model import Record
from parley.store.judged import told
from parley.store.judged.match import match
from parley.store.judged.unit import Unit


def united(record: Record, machine: Record, units: Iterable[Unit]) -> Record:
    """The record with the actors put together that are the same.

    Args:
        record: as corrected, all else done.
        machine: what the machine says, by whose names people spoke.
        units: the judged rows of the article.
    """
    one_of = _pairs(record, machine, units)
    if not one_of:
        return record

    def end(actor: str) -> str:
        while actor in one_of:
            actor = one_of[actor]
        return actor

    return _renamed(_gathered(record, one_of, end), end)


def _pairs(record: Record, machine: Record, units: Iterable[Unit]) -> dict[str, str]:
    """Which actor is which other, by id; of actors that are there, and never in a circle."""
    there = {actor.id for actor in record.actors}
    said = told.everything(replace(machine, attributions=(), events=(), positions=()))
    found: dict[str, str] = {}
    for unit in units:
        if unit.row != "actor" or unit.last.kind != "same" or unit.values is None:
            continue
        others = {actor: values for actor, values in said.items() if actor != unit.id}
        other = match("actor", {**unit.values, "spans": unit.values.get("at", ())}, others) or ""
        end = other
        while end in found:
            end = found[end]
        if unit.id in there and other in there and end != unit.id:
            found[unit.id] = other
    return found


def _gathered(record: Record, one_of: Mapping[str, str], end: Callable[[str], str]) -> Record:
    """The record with one actor in the place of several, with the mentions of all."""
    mentions = {actor.id: set(actor.mentions) for actor in record.actors if actor.id not in one_of}
    for actor in record.actors:
        mentions[end(actor.id)].update(actor.mentions)
    kept = (actor for actor in record.actors if actor.id in mentions)
    return replace(record, actors=tuple(replace(one, mentions=tuple(sorted(mentions[one.id]))) for one in kept))


def _renamed(record: Record, end: Callable[[str], str]) -> Record:
    """The record with every row speaking of the one actor."""

    def several(actors: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(end, actors)))

    return replace(
        record,
        attributions=tuple(replace(t, speaker=end(t.speaker) if t.speaker else None) for t in record.attributions),
        events=tuple(replace(e, actors=several(e.actors), recipients=several(e.recipients)) for e in record.events),
        positions=tuple(replace(p, party=end(p.party), addressees=several(p.addressees)) for p in record.positions),
        framing=tuple(replace(mark, speaker=end(mark.speaker) if mark.speaker else None) for mark in record.framing),
    )
