"""JSON and JSON Lines: rows ``{"id", "text", ...metadata}``, each an article."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from parley.errors import NoArticle, ReadError
from parley.model import Article
from parley.readers.base import Draft, finish
from parley.readers.metadata import from_fields

TEXT_KEYS = ("text", "body", "content", "article", "articlebody", "maintext")
"""Keys under which a row's text is looked for."""


@dataclass(frozen=True)
class BadRow:
    """A row that is no article: where it stood, its id as far as known, and why."""

    number: int
    """Line, counted from 1."""
    id: str
    why: str


def read(text: str) -> Draft:
    """The article in a JSON object.

    Raises:
        ReadError: it is not valid JSON, or several rows.
        NoArticle: the object has no text.
    """
    try:
        data = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise ReadError(f"not valid JSON ({_short(error)}); for JSON Lines use: parley annotate IN.jsonl -") from error
    if isinstance(data, list):
        if len(data) != 1:
            raise ReadError(f"{len(data)} articles in one file; use: parley annotate IN.json -")
        data = data[0]
    return _draft(data)


def articles(lines: Iterable[bytes]) -> Iterator[Article | BadRow]:
    """The article of every row of JSON Lines, or why there is none; blank lines are passed over."""
    for number, line in enumerate(lines, 1):
        stripped = line.removeprefix(b"\xef\xbb\xbf").strip()
        if not stripped:
            continue
        try:
            data = json.loads(stripped)
        except (ValueError, RecursionError) as error:
            yield BadRow(number, f"line-{number}", f"not valid JSON ({_short(error)})")
            continue
        row_id = _id(data)
        try:
            draft = _draft(data)
            yield finish(draft, data=draft.text.encode("utf-8", "replace"), name=f"line {number}", article_id=row_id)
        except ReadError as error:
            yield BadRow(number, row_id or f"line-{number}", str(error))


def _draft(data: Any) -> Draft:
    """A row's text and metadata."""
    if not isinstance(data, Mapping):
        raise ReadError('not an article: a row must be a JSON object with a "text"')
    lowered = {str(key).casefold(): value for key, value in reversed(list(data.items()))}
    key = next((key for key in TEXT_KEYS if key in lowered), None)
    if key is None:
        raise NoArticle(f'no "text" in it; its keys are: {", ".join(map(str, list(data)[:8])) or "none"}')
    if not isinstance(lowered[key], str):
        raise ReadError(f'"{key}" is not a text but {type(lowered[key]).__name__}')
    nested = lowered.get("article")
    fields = {**nested, **data} if isinstance(nested, Mapping) else data
    return Draft(lowered[key], from_fields(fields, source_format="json"))


def _id(data: Any) -> str | None:
    """A row's own id; numbers count as their digits."""
    value = data.get("id") if isinstance(data, Mapping) else None
    return str(value) if isinstance(value, str | int) and str(value).strip() else None


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:80] if str(error) else type(error).__name__
