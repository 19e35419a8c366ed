"""The measures of positions against gold, in precision, recall and F1, summed over articles.

party act issue     the same party, act and issue; one to one within an article
... layer           and on the same kind of word
... words           and on words that overlap the gold evidence
party issue, party act, act issue     the two alone

A party is the same if it is the same state, has the same Wikidata id, or one of the gold's names. Where gold has
several issues, each is right. An article whose gold is not complete is measured on the rows that people have judged:
those held to be right, and the machine's that were held to be wrong.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parley.analysis.evaluate.attribution import Score, share
from parley.analysis.evaluate.pairing import pairing
from parley.analysis.parties import BY_NAME, ids_of, settings, spelled
from parley.errors import ReadError
from parley.model import Actor, Position, Record, Spans

Counts = Counter[tuple[str, str]]
FORM = '{"id", "text", "positions": [{"party", "act", "issue"}]}'


@dataclass(frozen=True)
class GoldPosition:
    """A position that people found, or hold to be wrong."""

    party: tuple[str, ...]
    """Names and ids of the party; any will do."""
    act: str
    issue: tuple[str, ...]
    layer: str | None = None
    evidence: Spans = ()


@dataclass(frozen=True)
class GoldPositions:
    """An article and what people say of its positions."""

    id: str
    text: str
    positions: tuple[GoldPosition, ...]
    wrong: tuple[GoldPosition, ...] = ()
    complete: bool = True


def read_gold(path: Path) -> tuple[GoldPositions, ...]:
    """The gold in a file of JSON Lines, in the order of its rows.

    Raises:
        ReadError: there is none, or a row is none; says where and why.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{path}: cannot be read ({error})") from error
    found = tuple(_rows(text, path.name))
    if not found:
        raise ReadError(f"{path} holds no gold; it needs rows {FORM}")
    return found


def _rows(text: str, name: str) -> Iterator[GoldPositions]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            right, wrong = (tuple(map(_position, side)) for side in (row["positions"], row.get("wrong", ())))
            yield GoldPositions(str(row["id"]), str(row["text"]), right, wrong, bool(row.get("complete", True)))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ReadError(f"{name}, line {number}: not a row {FORM} ({error!r})") from error


def _position(row: Mapping[str, Any]) -> GoldPosition:
    evidence = tuple((int(a), int(b)) for a, b in row.get("evidence", ()))
    return GoldPosition(_several(row["party"]), str(row["act"]), _several(row["issue"]), row.get("layer"), evidence)


def _several(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(map(str, value))


# ---------------------------------------------------------------- counting
Test = Callable[[GoldPosition, Position, Actor], bool]


def _party(gold: GoldPosition, _: Position, actor: Actor) -> bool:
    names = {spelled(name) for name in gold.party}
    return spelled(actor.name) in names or not known_as(actor).isdisjoint(ids_of(gold.party))


def known_as(actor: Actor) -> frozenset[str]:
    """The ids of the party that an actor stands for, as ``parley.analysis.parties`` has them."""
    known = settings()
    state = actor.country if actor.country and actor.country not in known["no_states"] else None
    acts = actor.kind == "state" or actor.sectors[:1] in {(code,) for code in known["state_sectors"]}
    sure = state if state and acts and len(state) == 3 else actor.wikidata
    return frozenset(filter(None, (sure or BY_NAME + spelled(actor.name),)))


def _act(gold: GoldPosition, position: Position, _: Actor) -> bool:
    return gold.act == position.act


def _issue(gold: GoldPosition, position: Position, _: Actor) -> bool:
    return position.issue in gold.issue


def _layer(gold: GoldPosition, position: Position, _: Actor) -> bool:
    return gold.layer == position.layer


def _words(gold: GoldPosition, position: Position, _: Actor) -> bool:
    return any(a < d and c < b for a, b in gold.evidence for c, d in position.evidence)


MEASURES: Mapping[str, tuple[Test, ...]] = {
    "party act issue": (_party, _act, _issue),
    "party act issue layer": (_party, _act, _issue, _layer),
    "party act issue words": (_party, _act, _issue, _words),
    "party issue": (_party, _issue),
    "party act": (_party, _act),
    "act issue": (_act, _issue),
}


def count(gold: GoldPositions, record: Record) -> Counts:
    """The counts of one article, by measure and "right", "predicted" or "gold"."""
    actors = {actor.id: actor for actor in record.actors}
    found = [position for position in record.positions if gold.complete or _judged(gold, position, actors)]
    counts: Counts = Counter()
    for name, tests in MEASURES.items():
        fits = {
            (i, j): 1.0 + 0.1 * _words(g, p, actors[p.party])
            for i, g in enumerate(gold.positions)
            for j, p in enumerate(found)
            if all(test(g, p, actors[p.party]) for test in tests)
        }
        counts[name, "right"] += len(pairing(fits))
        counts[name, "predicted"] += len(found)
        counts[name, "gold"] += len(gold.positions)
    return counts


def _judged(gold: GoldPositions, position: Position, actors: Mapping[str, Actor]) -> bool:
    """Whether people have said of a row whether it is right: its words are those of one that they judged."""
    return any(
        _words(one, position, actors[position.party]) and _party(one, position, actors[position.party])
        for one in (*gold.positions, *gold.wrong)
    )


def scores(counts: Counts) -> dict[str, Score]:
    """The measures from summed counts. A share of nothing is 0."""
    found = {}
    for name in MEASURES:
        right, predicted, gold = (counts[name, side] for side in ("right", "predicted", "gold"))
        rates = share(right, predicted), share(right, gold), share(2 * right, predicted + gold)
        found[name] = Score(*rates, right, predicted, gold)
    return found
