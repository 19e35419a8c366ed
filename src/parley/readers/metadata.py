"""Metadata under the many names that sources give it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from parley.model import Metadata

NAMES: Mapping[str, tuple[str, ...]] = {
    "url": ("url", "link", "canonical", "uri"),
    "outlet": ("outlet", "publisher", "source", "site", "sitename", "publication", "domain"),
    "title": ("title", "headline"),
    "author": ("author", "byline", "authors", "creator"),
    "published": (
        "published",
        "date",
        "datepublished",
        "date_published",
        "published_at",
        "pubdate",
        "publication_date",
    ),
    "language": ("language", "lang"),
}
"""For each field of the record: the keys under which sources give it, the best first."""

_FORMS = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%Y%m%d", "%d.%m.%Y")
_ISO = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:$|[T\s])")


def from_fields(fields: Mapping[str, Any], *, source_format: str) -> Metadata:
    """Metadata from a source's own fields; unknown fields and values that are no text are left out."""
    lowered = {key.casefold(): value for key, value in reversed(list(fields.items()))}
    found: dict[str, str] = {}
    for field, names in NAMES.items():
        values = (as_text(lowered.get(name)) for name in names)
        if value := next((value for value in values if value), None):
            found[field] = value
    published = as_date(found.pop("published", None))
    language = found.pop("language", "")[:2].lower() or None
    return Metadata(**found, published=published, language=language, source_format=source_format)


def as_text(value: Any) -> str | None:
    """A text, a name inside an object, or a list of these joined by commas; None for anything else."""
    if isinstance(value, str):
        return " ".join(value.split()) or None
    if isinstance(value, Mapping):
        return as_text(value.get("name") or value.get("@id"))
    if isinstance(value, list):
        return ", ".join(text for item in value if (text := as_text(item))) or None
    return None


def as_date(value: str | None) -> str | None:
    """An ISO day (``2025-06-02``) from the usual ways of writing one; None if it is none of these."""
    if not value:
        return None
    if match := _ISO.match(value):
        try:
            return date(*map(int, match.groups())).isoformat()
        except ValueError:
            return None
    for read in (parsedate_to_datetime, *(_by(form) for form in _FORMS)):
        try:
            return read(value.strip()).date().isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _by(form: str) -> Callable[[str], datetime]:
    return lambda value: datetime.strptime(value, form)
