"""Tables in one module a form; ``FORMS`` names them. ``parley.exports.tables.rows`` makes tables of analyses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from parley.exports.tables import csv, html, markdown, text
from parley.table import Table

Writer = Callable[[Sequence[Table]], str]

FORMS: Mapping[str, Writer] = {
    "text": text.write,
    "csv": csv.write,
    "markdown": markdown.write,
    "html": html.write,
}
"""Forms of a list of tables; JSON is made from the analysis itself, which holds more than its tables."""
