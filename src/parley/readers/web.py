"""XML files and addresses on the web: feeds, sitemaps and pages, each from the disk or fetched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from parley.errors import ReadError
from parley.readers import feeds, sitemaps
from parley.readers.fetching import Fetcher, Page
from parley.readers.found import UNKNOWN, Found, Item, Skipped, lost
from parley.readers.limits import ENDINGS
from parley.readers.markup import root
from parley.readers.options import Options
from parley.readers.paths import printable
from parley.readers.sitemaps import Listed
from parley.readers.streams import DAMAGE, load, why_damaged

LEVELS = 3
"""Sitemaps that may list one another."""


@dataclass
class Web:
    """The search's own memory: what fetches, and which files and sitemaps have been read by way of a sitemap."""

    options: Options
    fetcher: Fetcher | None = None
    claimed: set[str] = field(default_factory=set)
    """Absolute paths and addresses."""

    def in_xml(self, data: bytes, location: str, *, folder: Path | None = None, level: int = 0) -> Iterator[Item]:
        """The documents in an XML file, or those that it lists.

        Args:
            data: the file.
            location: where it lies.
            folder: where pages that a sitemap lists may lie; None if nowhere.
            level: how many sitemaps led here.
        """
        try:
            kind = root(data, location)
        except ReadError as error:
            yield lost(location, str(error), data)
            return
        if kind in feeds.ROOTS:
            yield from feeds.read(data, location, self.options, self._page if self.fetcher else None)
        elif kind in sitemaps.ROOTS:
            yield from self._in_sitemap(data, location, folder, level)
        elif kind == "html":
            yield Found(location, data, "html", given=self.options.given)
        else:
            yield Skipped(location, f"no feed, sitemap or page but XML of another kind (<{kind}>)")

    def at(self, url: str, known: Listed | None = None, *, level: int = 0) -> Iterator[Item]:
        """The documents at an address: a page, or those of a feed or a sitemap."""
        try:
            page = self._get(url)
        except ReadError as error:
            yield lost(url, str(error))
            return
        if "xml" in page.content_type and "xhtml" not in page.content_type:
            yield from self.in_xml(page.data, url, level=level)
            return
        form = "text" if page.content_type == "text/plain" else "html"
        meta = replace(known.meta if known else UNKNOWN, url=page.url)
        yield Found(url, page.data, form, meta, given=self.options.given)

    def _in_sitemap(self, data: bytes, location: str, folder: Path | None, level: int) -> Iterator[Item]:
        """The pages that a sitemap lists, and one loss for all those that are nowhere."""
        missing = 0
        try:
            for listed in sitemaps.listed(data):
                here = sitemaps.beside(folder, listed.url) if folder else None
                if self.options.is_before(listed.meta.published or listed.changed):
                    if here and not listed.is_sitemap:
                        self.claimed.add(str(here))
                    yield Skipped(f"{location}!{printable(listed.url)}", "published or changed before --since")
                elif here and str(here) not in self.claimed:
                    self.claimed.add(str(here))
                    yield from self._saved(here, listed, level)
                elif self.fetcher:
                    yield from self._listed(listed, level)
                else:
                    missing += 1
        except ReadError as error:
            yield lost(f"{location}!end", f"from here on: {error}")
        if missing:
            pages = "1 page that is" if missing == 1 else f"{missing} pages that are"
            yield lost(location, f"sitemap lists {pages} not beside it; use --fetch", data)

    def _saved(self, path: Path, listed: Listed, level: int) -> Iterator[Item]:
        """A page, or another sitemap, that lies beside the sitemap that lists it."""
        location = printable(path)
        try:
            data = load(path)
        except DAMAGE as error:
            yield lost(location, why_damaged(error))
            return
        if not listed.is_sitemap:
            yield Found(location, data, ENDINGS.get(path.suffix.lower()), listed.meta, given=self.options.given)
        elif level < LEVELS:
            yield from self.in_xml(data, location, folder=path.parent, level=level + 1)

    def _listed(self, listed: Listed, level: int) -> Iterator[Item]:
        """A page, or another sitemap, that must be fetched; each sitemap once."""
        if not listed.is_sitemap:
            yield from self.at(listed.url, listed)
        elif level < LEVELS and listed.url not in self.claimed:
            self.claimed.add(listed.url)
            yield from self.at(listed.url, level=level + 1)

    def _get(self, url: str) -> Page:
        if not self.fetcher:
            raise ReadError("an address; add --fetch to fetch it")
        return self.fetcher.get(url)

    def _page(self, url: str) -> tuple[bytes, str]:
        page = self._get(url)
        if "xml" in page.content_type and "xhtml" not in page.content_type:
            raise ReadError(f"not a page but {page.content_type}")
        return page.data, page.url
