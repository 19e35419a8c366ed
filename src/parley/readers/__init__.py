"""From sources to documents (``find``), and from bytes to an article: one module an input format, and a table of them.

text        .txt, and anything else that is text
markdown    .md .markdown
html        .html .htm .xhtml .shtml
json        .json (one object; rows of JSON Lines go through ``parley.readers.rows.articles``)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from parley.errors import ReadError
from parley.model import Article
from parley.readers import html, markdown, rows, text
from parley.readers.base import Draft, finish
from parley.readers.decode import decode
from parley.readers.finding import find, size
from parley.readers.found import Found, Item, Lost, Meter, Skipped
from parley.readers.identity import host_of, id_of_url, merged
from parley.readers.limits import ENDINGS, MAX_BYTES
from parley.readers.options import FetchRules, Options

__all__ = [
    "ENDINGS",
    "FORMATS",
    "MAX_BYTES",
    "FetchRules",
    "Found",
    "Item",
    "Lost",
    "Meter",
    "Options",
    "Skipped",
    "article",
    "find",
    "read_bytes",
    "read_path",
    "size",
]

FORMATS: Mapping[str, Callable[[str], Draft]] = {
    "text": text.read,
    "markdown": markdown.read,
    "html": html.read,
    "json": rows.read,
}


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
    return finish(_draft(data, name, source_format), data=data, name=name)


def article(found: Found) -> Article:
    """The article in a document that was found: what its container says counts more than what the page says.

    Its id is the one given, else made from its address, else from its content.

    Raises:
        ReadError: the bytes are no text or hold no article.
    """
    draft = _draft(found.data, found.location, found.source_format)
    meta = merged(found.meta, draft.meta, found.given)
    meta = replace(meta, outlet=meta.outlet or host_of(meta.url))
    return finish(
        replace(draft, meta=meta, notes=(*found.notes, *draft.notes)),
        data=found.data,
        name=found.location,
        article_id=found.article_id or id_of_url(meta.url),
    )


def _draft(data: bytes, name: str, source_format: str | None) -> Draft:
    """What the reader of a format, or of the one that the content tells, finds in some bytes."""
    decoded = decode(data, name)
    try:
        return FORMATS[source_format or _sniffed(decoded)](decoded)
    except ReadError as error:
        raise type(error)(f"{name}: {error}") from error


def _sniffed(decoded: str) -> str:
    """The format of a text that came without a name."""
    head = decoded.lstrip("\ufeff \t\r\n")[:2000].lower()
    if head.startswith(("<!doctype html", "<html", "<?xml", "<head", "<body", "<article")) or "<body" in head:
        return "html"
    if head.startswith("{") and '"text"' in decoded:
        return "json"
    return "text"
