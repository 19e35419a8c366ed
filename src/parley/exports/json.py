"""The record as JSON, indented for people."""

from __future__ import annotations

import json

from parley.model import Record
from parley.record import to_json


def write(record: Record) -> str:
    """One JSON object over several lines, non-ASCII characters as they are."""
    return json.dumps(json.loads(to_json(record)), ensure_ascii=False, indent=1) + "\n"
