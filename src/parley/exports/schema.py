"""The JSON Schema of a record, made from ``parley.model``: ``python -m parley.exports.schema [FILE]`` writes it.

The types come from the dataclasses; the words that explain a field come from the string below it in the source.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from parley import model

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TITLE = "A record of Parley"
ALWAYS = ("schema", "id", "text")
"""Fields without which an object is no record."""


def schema() -> dict[str, Any]:
    """The schema of ``parley.record/1`` as JSON values."""
    made = msgspec.json.schema(model.Record)
    parts: dict[str, Any] = made["$defs"]
    for name, said in _explained().items():
        for key, why in said.items():
            field = parts.get(name, {}).get("properties", {}).get(key)
            if field is not None:
                field["description"] = why
    for part in parts.values():
        part["properties"] = {key: _offsets(value) for key, value in part["properties"].items()}
    parts["Record"]["required"] = list(ALWAYS)
    return {"$schema": DIALECT, "$id": f"urn:{model.SCHEMA.replace('/', ':')}", "title": TITLE, **made}


def text() -> str:
    """The schema as it stands in its file."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def _explained() -> dict[str, dict[str, str]]:
    """The docstrings of the fields of every class of the model, in one line each."""
    found: dict[str, dict[str, str]] = {}
    for node in ast.parse(inspect.getsource(model)).body:
        if isinstance(node, ast.ClassDef):
            found[node.name] = dict(_fields(node))
    return found


def _fields(node: ast.ClassDef) -> list[tuple[str, str]]:
    """Each field that has a string below it, and the string."""
    said = []
    for field, below in pairwise(node.body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(below, ast.Expr):
            words = ast.literal_eval(below.value) if isinstance(below.value, ast.Constant) else ""
            said.append((field.target.id, " ".join(str(words).replace("``", "").split())))
    return said


def _offsets(value: Any) -> Any:
    """The same schema with every whole number of it an offset: not below zero."""
    if isinstance(value, list):
        return [_offsets(item) for item in value]
    if not isinstance(value, dict):
        return value
    inner = {key: _offsets(item) for key, item in value.items()}
    return {**inner, "minimum": 0} if inner.get("type") == "integer" else inner


def main(arguments: list[str]) -> None:
    """Write the schema to a file, or to standard output."""
    if arguments:
        Path(arguments[0]).write_text(text(), encoding="utf-8")
    else:
        sys.stdout.write(text())


if __name__ == "__main__":
    main(sys.argv[1:])
