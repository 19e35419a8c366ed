"""From bytes to an article: one module an input format, and a table of them.

text        .txt, and anything else that is text
markdown    .md .markdown
html        .html .htm .xhtml .shtml
json        .json (one object; rows of JSON Lines go through ``parley.readers.rows.articles``)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from parley.errors import ReadError
from parley.model import Article
from parley.readers import html, markdown, rows, text
from parley.readers.base import Draft, finish
from parley.readers.decode import decode

FORMATS: Mapping[str, Callable[[str], Draft]] = {
    "text": text.read,
    "markdown": markdown.read,
    "html": html.read,
    "json": rows.read,
}
ENDINGS: Mapping[str, str] = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".json": "json",
}
MAX_BYTES = 50_000_000
"""Bytes of one source; an article with all the scripts of its page is smaller."""


def read_path(path: Path, *, source_format: str | None = None) -> Article:
    """The article in a file.

    Args:
        path: the file.
        source_format: a name of ``FORMATS``; without it the file's ending tells, and for other endings its content.

    Raises:
        ReadError: the file cannot be opened, is no text, or holds no article.
    """
    try:
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            raise ReadError(f"{path.name}: larger than {MAX_BYTES // 1_000_000} MB; split it into articles first")
        data = path.read_bytes()
    except IsADirectoryError as error:
        raise ReadError(f"{path.name} is a folder; name one file in it") from error
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror or error})") from error
    return read_bytes(data, name=path.name, source_format=source_format or ENDINGS.get(path.suffix.lower()))


def read_bytes(data: bytes, *, name: str, source_format: str | None = None) -> Article:
    """The article in some bytes; without a format the content tells: a page, a JSON object, or plain text.

    Raises:
        ReadError: the bytes are no text or hold no article.
    """
    decoded = decode(data, name)
    reader = FORMATS[source_format or _sniffed(decoded)]
    try:
        draft = reader(decoded)
    except ReadError as error:
        raise type(error)(f"{name}: {error}") from error
    return finish(draft, data=data, name=name)


def _sniffed(decoded: str) -> str:
    """The format of a text that came without a name."""
    head = decoded.lstrip("\ufeff \t\r\n")[:2000].lower()
    if head.startswith(("<!doctype html", "<html", "<?xml", "<head", "<body", "<article")) or "<body" in head:
        return "html"
    if head.startswith("{") and '"text"' in decoded:
        return "json"
    return "text"
