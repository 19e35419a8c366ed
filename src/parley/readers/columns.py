"""Which column of a table holds what, and the document in one of its rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeGuard

from parley.errors import ReadError
from parley.readers.found import Found, Item, Lost, Skipped, lost
from parley.readers.metadata import NAMES, from_fields
from parley.readers.options import Options
from parley.readers.plain import as_utf8, looks_like_markup, plain, tidy
from parley.readers.rows import TEXT_KEYS

ALIASES: Mapping[str, tuple[str, ...]] = {
    "text": TEXT_KEYS,
    "html": ("html", "raw_html", "page"),
    "id": ("id", "article_id", "uuid"),
    **NAMES,
}
"""For each field that a column may hold: the names under which it is looked for, the best first."""
_LONGEST_ID = 200
"""Code points; longer ids are hashed."""
_MOST_NAMES = 12
"""Columns that an error names."""


def check_fields(columns: Mapping[str, str]) -> None:
    """See that a mapping speaks of fields that there are.

    Raises:
        ReadError: it does not.
    """
    for field in columns:
        if field not in ALIASES:
            raise ReadError(f"there is no field {field!r} to map a column to; fields are: {', '.join(ALIASES)}")


def check_columns(columns: Mapping[str, str], names: Iterable[str], location: str) -> None:
    """See that a table has the columns that a mapping names; a dot leads into a nested object.

    Raises:
        ReadError: it has not; says which it has.
    """
    there = list(names)
    for field, column in columns.items():
        if column not in there and column.split(".")[0] not in there:
            raise ReadError(f"{location}: no column {column!r} for {field}; its columns are: {_listed(there)}")


def check_text(columns: Mapping[str, str], names: Iterable[str], location: str) -> None:
    """See that a table has a column for texts, so that one without is told of once and not row by row.

    Raises:
        ReadError: it has none; says which it has.
    """
    there = list(names)
    lowered = {name.casefold() for name in there}
    if not any(field in columns or lowered & set(ALIASES[field]) for field in ("text", "html")):
        raise ReadError(f"{location}: no column with a text; its columns are: {_listed(there)}")


def _listed(names: list[str]) -> str:
    return (", ".join(names[:_MOST_NAMES]) + (" ..." if len(names) > _MOST_NAMES else "")) or "none"


def wanted(columns: Mapping[str, str], names: Iterable[str]) -> list[str]:
    """Those columns of a table that are looked into, in the table's order."""
    aliases = {alias for names in ALIASES.values() for alias in names}
    mapped = {name for column in columns.values() for name in (column, column.split(".")[0])}
    return [name for name in names if name in mapped or name.casefold() in aliases]


def document(row: Mapping[str, Any], location: str, options: Options, *, source_format: str) -> Item:
    """The document in one row: its text in UTF-8, and what the other columns say of it."""
    fields = _fields(row, options.columns)
    meta = from_fields(fields, source_format=source_format)
    if options.is_before(meta.published):
        return Skipped(location, f"published {meta.published}, before --since")
    text, page = fields.get("text"), fields.get("html")
    if not _is_text(text) and _is_text(page):
        return _found(Found(location, as_utf8(page), "html", meta, given=options.given), fields)
    if not _is_text(text):
        return _without_text(text, row, location)
    body = plain(text) if looks_like_markup(text) else text
    return _found(Found(location, as_utf8(body), "text", meta, given=options.given), fields)


def _found(found: Found, fields: Mapping[str, Any]) -> Found:
    """With the id of its row, if that has one."""
    value = fields.get("id")
    is_id = isinstance(value, str | int) and not isinstance(value, bool)
    name = tidy(str(value), _LONGEST_ID * 2) if is_id else ""
    if len(name) > _LONGEST_ID:
        name = hashlib.sha256(str(value).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return replace(found, article_id=name or None)


def _fields(row: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    """The row's value for each field that it has one for."""
    lowered = {str(name).casefold(): value for name, value in reversed(list(row.items()))}
    found: dict[str, Any] = {}
    for field, aliases in ALIASES.items():
        if field in columns:
            value = _dig(row, columns[field])
        else:
            value = next((lowered[name] for name in aliases if lowered.get(name) not in (None, "")), None)
        if value is not None:
            found[field] = value.isoformat() if isinstance(value, date | datetime) else value
    return found


def _dig(row: Mapping[str, Any], column: str) -> Any:
    """The value of a column, or of ``outer.inner`` in a nested object."""
    if column in row:
        return row[column]
    value: Any = row
    for name in column.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _is_text(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and bool(value.strip())


def _without_text(value: Any, row: Mapping[str, Any], location: str) -> Lost:
    """Why a row holds no document."""
    if value is None:
        return lost(location, f"no text in it; its columns are: {_listed(list(map(str, row)))}")
    if not isinstance(value, str):
        return lost(location, f"its text is not a text but {type(value).__name__}")
    return lost(location, "its text is empty")
