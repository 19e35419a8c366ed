"""Scores as a table for a person, or as JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

from parley.analysis.evaluate.attribution import KINDS, Counts, Score, scores, share

WIDTH = max(len(f"recall {kind}") for kind in KINDS)


def table(counts: Counts, about: Mapping[str, object]) -> str:
    """A line of what was measured, then a line a measure."""
    lines = [", ".join(f"{name} {value}" for name, value in about.items())]
    lines += [_line(name, score) for name, score in scores(counts).items()]
    for kind, of_kind in _recalls(counts).items():
        name = f"recall {kind}"
        lines.append(
            f"{name:{WIDTH}} found {of_kind['found']:5.1f}  right {of_kind['right']:5.1f}   gold {of_kind['gold']}"
        )
    return "\n".join(lines) + "\n"


def as_json(counts: Counts, about: Mapping[str, object]) -> str:
    """The same with unrounded figures."""
    measures: dict[str, object] = {name: asdict(score) for name, score in scores(counts).items()}
    measures |= {f"recall {kind}": of_kind for kind, of_kind in _recalls(counts).items()}
    return json.dumps({**about, "measures": measures}, indent=1) + "\n"


def _line(name: str, score: Score) -> str:
    rates = f"P {score.precision:5.1f}  R {score.recall:5.1f}  F1 {score.f1:5.1f}"
    return f"{name:{WIDTH}} {rates}   right {score.right} predicted {score.predicted} gold {score.gold}"


def _recalls(counts: Counts) -> dict[str, dict[str, float]]:
    out: dict[str, dict[str, float]] = {}
    for kind in KINDS:
        gold = counts[f"recall {kind}", "gold"]
        shares = {side: share(counts[f"recall {kind}", side], gold) for side in ("found", "right")}
        out[kind] = {**shares, "gold": gold}
    return out
