"""From records to other forms: one module an output format, and a table of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from parley.exports import html, json, text
from parley.model import Record

FORMATS: Mapping[str, Callable[[Record], str]] = {
    "text": text.write,
    "json": json.write,
    "html": html.write,
}
