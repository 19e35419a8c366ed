"""Sitemaps: lists of addresses; the pages are looked up among the files beside them, or fetched."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from parley.errors import ReadError
from parley.model import Metadata
from parley.readers.metadata import as_date
from parley.readers.streams import BUFFER

ROOTS = ("urlset", "sitemapindex")
"""Outermost elements of the kinds of sitemaps."""
_PAGES = (".html", ".htm", ".xhtml", ".shtml", ".txt", ".md")
_INDEXES = ("index.html", "index.htm")


@dataclass(frozen=True)
class Listed:
    """One address of a sitemap, and what that says of it."""

    url: str
    meta: Metadata
    changed: str | None = None
    """ISO day of the last change; the article is no younger."""
    is_sitemap: bool = False


def listed(data: bytes) -> Iterator[Listed]:
    """The entries of a sitemap or of an index of sitemaps, one by one.

    Raises:
        ReadError: the XML is damaged from here on; the entries before have been given.
    """
    parser: ElementTree.XMLPullParser[ElementTree.Element] = ElementTree.XMLPullParser(("start", "end"))
    root: ElementTree.Element | None = None
    try:
        for start in range(0, len(data), BUFFER):
            parser.feed(data[start : start + BUFFER])
            for event, element in cast(Iterator[tuple[str, ElementTree.Element]], parser.read_events()):
                if root is None:
                    root = element
                elif event == "end" and (found := _entry(element)):
                    yield found
                    root.clear()
        parser.close()
    except (ElementTree.ParseError, ValueError) as error:
        raise ReadError(f"no whole XML ({error})") from error


def _entry(element: ElementTree.Element) -> Listed | None:
    """The entry that an element is, if it is one."""
    kind = _name(element)
    if kind not in ("url", "sitemap"):
        return None
    values: dict[str, str] = {}
    for child in element.iter():
        if child.text and child.text.strip():
            values.setdefault(_name(child), " ".join(child.text.split()))
    if not (url := values.get("loc")):
        return None
    meta = Metadata(
        url=url,
        outlet=values.get("name"),
        title=values.get("title"),
        published=as_date(values.get("publication_date")),
    )
    return Listed(url, meta, as_date(values.get("lastmod")), kind == "sitemap")


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2].lower()


def beside(folder: Path, url: str) -> Path | None:
    """The file in or below a folder that was saved from an address, if one is called so."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    steps = [step for step in unquote(parts.path).split("/") if step and step not in (".", "..") and "\0" not in step]
    for base in (folder / host, folder) if host and host not in (".", "..") else (folder,):
        for path in _candidates(base, steps):
            if _is_within(path, folder):
                return path
    return next((path for path in _candidates(folder, steps[-1:]) if _is_within(path, folder)), None)


def _candidates(base: Path, steps: list[str]) -> Iterator[Path]:
    """Names under which a page may have been saved."""
    if not steps:
        yield from (base / name for name in _INDEXES)
        return
    path = base.joinpath(*steps)
    if path.name.lower().endswith((*_PAGES, ".xml", ".xml.gz")):
        yield path
    yield from (path.with_name(path.name + ending) for ending in _PAGES)
    yield from (path / name for name in _INDEXES)


def _is_within(path: Path, folder: Path) -> bool:
    """Whether there is a file, and it lies in a folder, links followed."""
    return os.path.isfile(path) and os.path.realpath(path).startswith(os.path.realpath(folder) + os.sep)
