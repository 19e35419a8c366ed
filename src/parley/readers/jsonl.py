"""JSON and JSON Lines: each object a document."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import IO, Any

from parley.errors import ReadError
from parley.readers.columns import document
from parley.readers.decode import decode
from parley.readers.found import Item, lost
from parley.readers.limits import too_large
from parley.readers.lines import Line, lines
from parley.readers.options import Options
from parley.readers.streams import DAMAGE, whole, why_damaged

_LOOKED_AT = 100
"""Rows whose keys are looked at to see whether a column is there at all."""


def read_lines(stream: IO[bytes], location: str, options: Options) -> Iterator[Item]:
    """The document of every row of JSON Lines; blank lines are passed over."""
    number = 0
    try:
        for line in lines(stream):
            number = line.number
            if line.data.strip():
                yield _of_line(line, f"{location}#{number}", options)
    except DAMAGE as error:
        yield lost(f"{location}#{number + 1}", f"from here on: {why_damaged(error)}")


def read_object(stream: IO[bytes], location: str, options: Options) -> Iterator[Item]:
    """The document in a JSON file, or in each object of its list."""
    try:
        data = whole(stream)
    except DAMAGE as error:
        yield lost(location, why_damaged(error))
        return
    try:
        parsed = _parsed(decode(data, location))
    except ReadError as error:
        if "Extra data" in str(error) and b"\n" in data.strip():  # JSON Lines under the name of JSON
            yield from read_lines(io.BytesIO(data), location, options)
        else:
            yield lost(location, str(error), data)
        return
    if not isinstance(parsed, list):
        yield _of_row(parsed, location, options, data)
        return
    for number, row in enumerate(parsed, 1):
        yield _of_row(row, f"{location}#{number}", options, repr(row).encode("utf-8", "replace"))


def keys(stream: IO[bytes]) -> list[str]:
    """The keys of the first rows of JSON Lines, in the order in which they come; none where they cannot be read."""
    found: dict[str, None] = {}
    try:
        for line in lines(stream):
            row = _parsed(line.text) if line.data.strip() and not line.is_cut else None
            found.update(dict.fromkeys(map(str, row)) if isinstance(row, Mapping) else {})
            if line.number >= _LOOKED_AT:
                break
    except DAMAGE:
        pass
    return list(found)


def _of_line(line: Line, location: str, options: Options) -> Item:
    if line.is_cut:
        return lost(location, f"the line is too long: {too_large()}", line.data)
    try:
        return _of_row(_parsed(line.text), location, options, line.data)
    except ReadError as error:
        return lost(location, str(error), line.data)


def _of_row(row: Any, location: str, options: Options, data: bytes) -> Item:
    if not isinstance(row, Mapping):
        return lost(location, 'not an article: a row must be a JSON object with a "text"', data)
    try:
        return document(row, location, options, source_format="json")
    except RecursionError:
        return lost(location, "objects inside objects without end", data)


def _parsed(text: str) -> Any:
    """The value that some JSON holds.

    Raises:
        ReadError: it is not valid JSON.
    """
    try:
        return json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        words = str(error).splitlines()[0][:80] if str(error) else type(error).__name__
        raise ReadError(f"not valid JSON ({words})") from error
