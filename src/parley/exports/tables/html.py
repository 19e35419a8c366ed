"""One self-contained page of tables: no script, nothing from outside, whatever the cells hold shown as text."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache

from jinja2 import Environment
from markupsafe import Markup

from parley.exports import pages
from parley.exports.tables.shown import shown, visible_columns
from parley.table import Table

STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-size: 1.3rem; font-weight: 600; padding: .5rem 0; }
th, td { border-bottom: 1px solid #8886; padding: .35rem .6rem; text-align: left; vertical-align: top; }
thead th { border-bottom-width: 2px; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.quote { font-style: italic; min-width: 18rem; }
"""


def write(tables: Sequence[Table]) -> str:
    """The page, as a whole HTML document."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    return (
        _environment()
        .get_template("tables.html.j2")
        .render(tables=[(table, visible_columns(table)) for table in tables], style=Markup(STYLE), style_hash=digest)
    )


@cache
def _environment() -> Environment:
    """Templates with autoescape; a name that is not there is an error."""
    environment = pages.environment()
    environment.globals.update(shown=shown)
    return environment
