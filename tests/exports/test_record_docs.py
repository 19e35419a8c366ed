from __future__ import annotations

import csv
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from parley import model
from parley.record import to_json

from .records import bare, talks

PAGE = (Path(__file__).parents[2] / "docs" / "record.md").read_text(encoding="utf-8")
CLASSES = (
    model.Record,
    model.Metadata,
    model.Actor,
    model.Attribution,
    model.Date,
    model.Event,
    model.Position,
    model.Framing,
    model.Passage,
)
CHOICES = (
    model.ActorKind,
    model.QuoteKind,
    model.Sourcing,
    model.Status,
    model.Polarity,
    model.Layer,
    model.FramingKind,
    model.Voice,
    model.PassageKind,
    model.Precision,
    model.Basis,
)
EXAMPLES = re.findall(r"(?s)```python\n(.*?)```", PAGE)


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_field_is_described(kind: type) -> None:
    assert [field.name for field in fields(kind) if f"`{field.name}`" not in PAGE] == []


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: "-".join(get_args(choice)))
def test_every_value_is_described(choice: object) -> None:
    assert [value for value in get_args(choice) if f"`{value}`" not in PAGE] == []


def test_the_examples_run_as_they_stand(tmp_path: Path) -> None:
    (tmp_path / "records.jsonl").write_bytes(b"\n".join(map(to_json, (talks(), bare()))))
    assert len(EXAMPLES) == 2
    ran = [
        subprocess.run([sys.executable, "-X", "utf8", "-c", code], cwd=tmp_path, capture_output=True, check=True)
        for code in EXAMPLES
    ]
    assert b"Highland | reject | energy_water | own |" in ran[0].stdout
    with (tmp_path / "positions.csv").open(encoding="utf-8-sig", newline="") as rows:
        table = list(csv.DictReader(rows))
    assert [row["position"] for row in table] == ["p1", "p2", "p3", "p4", "p5", "p6"]
    assert table[3]["sourcing"] == "outlet's own word"
