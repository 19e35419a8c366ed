from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from parley.exports import schema
from parley.model import Record
from parley.record import to_json

from .records import bare, talks

FILE = Path(__file__).parents[2] / "docs" / "record.schema.json"


@pytest.fixture(scope="module")
def validator() -> Any:
    made = json.loads(FILE.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(made)
    return jsonschema.Draft202012Validator(made)


def test_the_published_schema_is_up_to_date() -> None:
    assert FILE.read_text(encoding="utf-8") == schema.text(), "run: make schema"


@pytest.mark.parametrize("record", [talks(), bare()], ids=["talks", "bare"])
def test_records_are_valid(record: Record, validator: Any) -> None:
    validator.validate(json.loads(to_json(record)))


@pytest.mark.parametrize(
    ("part", "key", "value"),
    [
        ("positions", "layer", "hearsay"),
        ("positions", "evidence", [[1, 2, 3]]),
        ("positions", "evidence", [[-1, 2]]),
        ("events", "status", "rumoured"),
        ("framing", "score", "high"),
        ("actors", "id", None),
    ],
)
def test_what_breaks_the_contract_is_not(part: str, key: str, value: object, validator: Any) -> None:
    row = json.loads(to_json(talks()))
    row[part][0][key] = value
    assert not validator.is_valid(row)


def test_an_object_without_a_schema_is_no_record(validator: Any) -> None:
    assert not validator.is_valid({"id": "x", "text": "y"})
    assert validator.is_valid({"schema": "parley.record/1", "id": "x", "text": "y"})


def test_fields_are_explained() -> None:
    properties = schema.schema()["$defs"]["Position"]["properties"]
    assert "must be met first" in properties["condition"]["description"]
