"""Swapping the parties' names in a text swaps them in the record and changes nothing else."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from parley.model import Record

GOLD = tomllib.loads((Path(__file__).parent / "gold" / "swap.toml").read_text(encoding="utf-8"))
FLOOR = 0.98
Party = list[str]


def filled(template: str, a: Party, b: Party) -> str:
    """The template with the two parties in place; an article before an adjective follows its sound."""
    text = template
    for mark, party in (("A", a), ("B", b)):
        for key, value in (("", party[0]), (".adj", party[1]), (".capital", party[2])):
            text = text.replace(f"{{{mark}{key}}}", value)
    return re.sub(r"\b([Aa]) (?=[AEIOU])", r"\1n ", text)


def view(record: Record, a: Party, b: Party) -> dict[str, Any]:
    """What a record says, with the parties called A and B and places counted in words."""
    role = {a[3]: "A", b[3]: "B"}

    def party(actor_id: str | None) -> Any:
        actor = record.actor(actor_id) if actor_id else None
        return actor and (role.get(actor.country or "", actor.country), actor.sectors, actor.kind)

    def words(spans: Any) -> Any:
        counted = (
            record.text[:offset].replace("New Delhi", "Delhi").replace("Addis Ababa", "Addis")
            for s in spans
            for offset in s
        )
        return [len(re.findall(r"[\w']+", text)) for text in counted]

    return {
        "attributions": [
            (t.kind, words(t.source), words(t.cue), words(t.content), party(t.speaker), t.sourcing, t.via)
            for t in record.attributions
        ],
        "events": [
            (
                e.type,
                sorted(map(str, map(party, e.actors))),
                sorted(map(str, map(party, e.recipients))),
                e.status,
                words([e.trigger]),
            )
            for e in record.events
        ],
        "positions": [
            (
                p.act,
                p.issue,
                party(p.party),
                [*map(party, p.addressees)],
                p.polarity,
                p.layer,
                p.condition,
                words(p.evidence),
            )
            for p in record.positions
        ],
        "framing": [(f.kind, words([f.span]), f.score, f.voice, party(f.speaker)) for f in record.framing],
    }


def test_two_hundred_pairs_are_mirrored(read: Callable[..., Record]) -> None:
    broken, pairs, filled_in = [], 0, 0
    for template in GOLD["templates"]:
        for a, b in GOLD["pairs"]:
            one, two = read(filled(template, a, b)), read(filled(template, b, a))
            left, right = view(one, a, b), view(two, b, a)
            pairs += 1
            filled_in += bool(one.positions or one.events)
            if left != right:
                broken.append(f"{one.text}\n  {left}\n  {right}")
    assert pairs == 200
    assert filled_in >= 0.9 * pairs, "most sentences must say something for the test to mean anything"
    assert len(broken) <= (1 - FLOOR) * pairs, f"{len(broken)} of {pairs} are not mirrored:\n" + "\n".join(broken)
