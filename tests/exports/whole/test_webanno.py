"""The collection holds to the W3C's model."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest

from parley.exports.whole.selection import Selection

IRI = {"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*$"}
SELECTORS = {
    "type": "array",
    "prefixItems": [
        {
            "type": "object",
            "required": ["type", "exact"],
            "properties": {
                "type": {"const": "TextQuoteSelector"},
                **{name: {"type": "string"} for name in ("exact", "prefix", "suffix")},
            },
            "additionalProperties": False,
        },
        {
            "type": "object",
            "required": ["type", "start", "end"],
            "properties": {
                "type": {"const": "TextPositionSelector"},
                **{name: {"type": "integer", "minimum": 0} for name in ("start", "end")},
            },
            "additionalProperties": False,
        },
    ],
    "minItems": 2,
    "items": False,
}
TARGET = {
    "type": "object",
    "required": ["type", "source", "selector"],
    "properties": {"type": {"const": "SpecificResource"}, "source": IRI, "selector": SELECTORS},
}
BODY = {
    "type": "object",
    "required": ["type", "value", "purpose"],
    "properties": {
        "type": {"const": "TextualBody"},
        "value": {"type": "string", "minLength": 1},
        "purpose": {"enum": ["describing", "tagging"]},
        "format": {"const": "text/plain"},
        "language": {"const": "en"},
    },
    "additionalProperties": False,
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["@context", "id", "type", "total", "first"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": IRI,
        "type": {"const": "AnnotationCollection"},
        "label": {"type": "string"},
        "total": {"type": "integer", "minimum": 0},
        "created": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
        "first": {
            "type": "object",
            "required": ["id", "type", "items"],
            "properties": {
                "id": IRI,
                "type": {"const": "AnnotationPage"},
                "startIndex": {"const": 0},
                "items": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["id", "type", "body", "target"],
                        "properties": {
                            "id": IRI,
                            "type": {"const": "Annotation"},
                            "motivation": {"const": "describing"},
                            "body": {"type": "array", "items": BODY, "minItems": 1},
                            "target": {"anyOf": [TARGET, {"type": "array", "items": TARGET, "minItems": 2}]},
                        },
                    },
                },
            },
        },
    },
}


@pytest.fixture
def collection(written: Callable[..., bytes]) -> dict[str, Any]:
    return json.loads(written("webanno"))


def test_it_holds_to_the_model(collection: dict[str, Any], written: Callable[..., bytes]) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(collection)
    items = collection["first"]["items"]
    assert collection["total"] == len(items) == 15
    assert len({item["id"] for item in items}) == len(items)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(written("webanno", party=("nobody",))))


def test_selectors_find_the_words(collection: dict[str, Any], selection: Selection) -> None:
    texts = {record.id: record.text for record in selection.records()}
    for item in collection["first"]["items"]:
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target in targets:
            quoted, place = target["selector"]
            text = next(text for text in texts.values() if text[place["start"] : place["end"]] == quoted["exact"])
            around = quoted["prefix"] + quoted["exact"] + quoted["suffix"]
            assert around in text


def test_an_address_that_runs_is_not_taken_over(collection: dict[str, Any]) -> None:
    targets = [item["target"] for item in collection["first"]["items"]]
    sources = {one["source"] for target in targets for one in (target if isinstance(target, list) else [target])}
    assert sources == {"https://example.org/dam?a=1&b=2", "urn:parley:article:..%2F..%2F%3Detc%2Fpasswd"}
