"""CSV for spreadsheets and programs: all columns of the last table; cells that a spreadsheet would run are defused."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from parley.exports.whole.cells import defused, encodable
from parley.table import Table, Value


def write(tables: Sequence[Table]) -> str:
    """The last table, which is the one with every row; keys as headings."""
    table, out = tables[-1], io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.key for column in table.columns])
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return out.getvalue()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) else str(value)
    return defused(encodable(value))
