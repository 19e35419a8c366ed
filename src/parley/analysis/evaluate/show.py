"""Scores as a table for a person, or as JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

from parley.analysis.evaluate.attribution import KINDS, Counts, Score, scores, share

WIDTH = max(len(f"recall {kind}") for kind in KINDS)


def table(counts: Counts, about: Mapping[str, object]) -> str:
    """A line of what was measured, then a line a measure."""
    lines = scores_table(scores(counts), about).splitlines()
    for kind, of_kind in _recalls(counts).items():
        name = f"recall {kind}"
        lines.append(
            f"{name:{WIDTH}} found {of_kind['found']:5.1f}  right {of_kind['right']:5.1f}   gold {of_kind['gold']}"
        )
    return "\n".join(lines) + "\n"


def as_json(counts: Counts, about: Mapping[str, object]) -> str:
    """The same with unrounded figures."""
    return scores_as_json(scores(counts), about, {f"recall {kind}": one for kind, one in _recalls(counts).items()})


def scores_table(found: Mapping[str, Score], about: Mapping[str, object]) -> str:
    """A line of what was measured, then a line a score."""
    width = max(WIDTH, *map(len, found))
    lines = [", ".join(f"{name} {value}" for name, value in about.items())]
    return "\n".join([*lines, *(_line(name, score, width) for name, score in found.items())]) + "\n"


def scores_as_json(
    found: Mapping[str, Score], about: Mapping[str, object], further: Mapping[str, object] | None = None
) -> str:
    """The same with unrounded figures, and further ones."""
    measures = {**{name: asdict(score) for name, score in found.items()}, **(further or {})}
    return json.dumps({**about, "measures": measures}, indent=1) + "\n"


def _line(name: str, score: Score, width: int) -> str:
    rates = f"P {score.precision:5.1f}  R {score.recall:5.1f}  F1 {score.f1:5.1f}"
    return f"{name:{width}} {rates}   right {score.right} predicted {score.predicted} gold {score.gold}"


def _recalls(counts: Counts) -> dict[str, dict[str, float]]:
    out: dict[str, dict[str, float]] = {}
    for kind in KINDS:
        gold = counts[f"recall {kind}", "gold"]
        shares = {side: share(counts[f"recall {kind}", side], gold) for side in ("found", "right")}
        out[kind] = {**shares, "gold": gold}
    return out
