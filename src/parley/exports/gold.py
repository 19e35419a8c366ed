"""Corrected articles as gold, one row of JSON Lines each, as ``parley evaluate`` reads it.

``{"id", "text", "complete", "positions", "wrong", "attributions"}``: the positions and attributions that people hold
to be right; ``wrong``, the positions of the machine that they hold to be wrong. ``complete`` says that all of the
article was looked at, so that whatever is not in the row is wrong as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from parley.analysis.agreement import coded
from parley.model import Actor, Attribution, Position, Record, Spans
from parley.store.judged import Corrections, Unit, applied

STATES = frozenset({"confirmed", "changed", "added"})


def lines(corrections: Corrections, *, who: str | None = None) -> Iterator[bytes]:
    """The rows, by the articles' ids.

    Args:
        corrections: what people have said.
        who: whose judgements; none: everybody's, of which the last counts.
    """
    judged = corrections.units if who is None else coded(corrections, who)
    for article_id, record in sorted(corrections.records.items()):
        row = gold_row(record, judged.get(article_id, ()))
        if row["complete"] or any(row[part] for part in ("positions", "wrong", "attributions")):
            yield json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def gold_row(record: Record, found: tuple[Unit, ...]) -> dict[str, Any]:
    """One article as gold.

    Args:
        record: what the machine says.
        found: the judged rows.
    """
    complete = any(unit.row == "article" and not unit.problem for unit in found)
    corrected = applied(record, found, "corrected")
    good = {unit.id for unit in found if unit.state in STATES}
    wrong = {unit.id for unit in found if unit.row == "position" and unit.state in ("rejected", "changed")}
    actors = {actor.id: actor for actor in corrected.actors}
    before = {actor.id: actor for actor in record.actors}
    row = {
        "id": record.id,
        "text": record.text,
        "complete": complete,
        "positions": [_position(p, actors) for p in corrected.positions if complete or p.id in good],
        "wrong": [_position(p, before) for p in record.positions if p.id in wrong],
    }
    quotations = [_attribution(t, actors) for t in corrected.attributions if complete or t.id in good]
    return {**row, "attributions": quotations}


def _position(position: Position, actors: Mapping[str, Actor]) -> dict[str, Any]:
    return {
        "party": _names(actors[position.party]),
        "act": position.act,
        "issue": position.issue,
        "layer": position.layer,
        "addressees": [_names(actors[one]) for one in position.addressees],
        "evidence": _spans(position.evidence),
    }


def _attribution(attribution: Attribution, actors: Mapping[str, Actor]) -> dict[str, Any]:
    roles = {role: _spans(getattr(attribution, role)) for role in ("source", "cue", "content")}
    speaker = [actors[attribution.speaker].name] if attribution.speaker else []
    return {**roles, "speaker": speaker, "sourcing": attribution.sourcing}


def _names(actor: Actor) -> list[str]:
    """What an actor may be called: its name, and the code of its state where it acts for one."""
    state = actor.country if actor.country and (actor.kind == "state" or actor.sectors[:1] == ("GOV",)) else None
    return [actor.name, *filter(None, [state, actor.wikidata])]


def _spans(spans: Spans) -> list[list[int]]:
    return [list(span) for span in spans]
