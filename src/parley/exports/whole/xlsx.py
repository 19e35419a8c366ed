"""A workbook: the long table, the matrix and what the columns hold. Every text is a text, never a formula or a link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

import parley
from parley.exports.visible import visible
from parley.exports.whole.long import FIELDS, HEADINGS, flat
from parley.exports.whole.matrix import matrix
from parley.exports.whole.selection import Selection

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_575
"""Rows under the heading that a sheet can hold; what is more goes on a further sheet."""
MOST_COLUMNS = 16_384
MOST_TEXT = 32_767
"""UTF-16 units that a cell can hold; the article has the rest."""
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""Date of a workbook whose record does not say when it was committed, so that equal records give equal files."""


def write(selection: Selection, out: BinaryIO) -> None:
    """Three sheets; rows are written as they come, so that a long table needs little memory."""
    from xlsxwriter import Workbook

    with Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties(
            {"created": _created(selection), "title": "Positions", "comments": f"Parley {parley.__version__}"}
        )
        found = matrix(selection)
        _sheet(book, "Matrix", ["issue", *found.parties][:MOST_COLUMNS], (row[:MOST_COLUMNS] for row in found.rows()))
        _statements(book, selection)
        _sheet(book, "About", ("what", "is"), _about(selection))


def _created(selection: Selection) -> datetime:
    time = selection.about.committed
    return datetime.fromisoformat(time).replace(tzinfo=None) if time else EPOCH.replace(tzinfo=None)


def _statements(book: Workbook, selection: Selection) -> None:
    """The long table, on as many sheets as it needs."""
    sheet, line = None, MOST_ROWS
    for account in selection.accounts():
        if line == MOST_ROWS:
            number = sum(name.startswith("Statements") for name in book.sheetnames)
            sheet, line = _headed(book, f"Statements {number + 1}" if number else "Statements", HEADINGS), 0
        line += 1
        _line(sheet, line, flat(account))
    if sheet is None:
        _headed(book, "Statements", HEADINGS)


def _sheet(book: Workbook, name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet = _headed(book, name, headings)
    for line, row in enumerate(rows, 1):
        _line(sheet, line, row)


def _headed(book: Workbook, name: str, headings: Sequence[str]) -> Worksheet:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    bold = book.add_format({"bold": True})
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, clipped(heading), bold)
    return sheet


def _line(sheet: Worksheet, line: int, cells: Sequence[Any]) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, bool):
            sheet.write_boolean(line, column, cell)
        elif cell:
            sheet.write_string(line, column, clipped(str(cell)))


def clipped(text: str) -> str:
    """A text as a cell can hold it: control characters shown, what is too long cut with an ellipsis."""
    text = visible(text)
    if len(text) * 2 <= MOST_TEXT or len(text.encode("utf-16-le")) // 2 <= MOST_TEXT:
        return text
    return text.encode("utf-16-le")[: 2 * (MOST_TEXT - 2)].decode("utf-16-le", "ignore") + " …"


def _about(selection: Selection) -> Iterable[tuple[str, str]]:
    about = selection.about
    yield from (("record", about.record), ("commit", str(about.commit)), ("committed", about.committed))
    yield from (("rows", about.show), ("parley", parley.__version__))
    yield from ((f"column {field.name}", field.holds) for field in FIELDS)
