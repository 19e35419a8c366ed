"""Whole records, one a line, as ``parley annotate`` writes them."""

from __future__ import annotations

from typing import BinaryIO

from parley.exports.whole.selection import Selection
from parley.record import to_json


def write(selection: Selection, out: BinaryIO) -> None:
    """One record a line; each is held to its schema."""
    for record in selection.records():
        out.write(to_json(record) + b"\n")
