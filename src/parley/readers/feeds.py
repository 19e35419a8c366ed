"""RSS and Atom: each entry a document; where the feed holds only a summary, the record says so."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from parley.errors import ReadError
from parley.model import Metadata
from parley.readers.found import Found, Item, Skipped, lost
from parley.readers.metadata import as_date
from parley.readers.options import Options
from parley.readers.paths import printable
from parley.readers.plain import as_utf8, plain

ROOTS = ("rss", "feed", "rdf")
"""Outermost elements of the kinds of feeds."""
FULL_WORDS = 200
"""A summary with as many words is taken for the article: many feeds put it there."""
SUMMARY = "the feed holds only a summary of this article"
_OPENINGS = (b"<item", b"<entry")
_TEASER_ENDS = ("…", "...", "[...]", "[…]", "read more", "continue reading")


Fetch = Callable[[str], tuple[bytes, str]]
"""Gets the page at an address, and the address where it was at last; raises ReadError."""


def read(data: bytes, location: str, options: Options, fetch: Fetch | None = None) -> Iterator[Item]:
    """The documents in a feed, as it orders them.

    A place is named by the entry's address or id, which stay the same when the feed moves on. With ``fetch`` the page
    is asked for where the feed has only a summary.
    """
    import feedparser

    try:
        feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # feedparser lets errors of four parsers through, none of them its own
        yield lost(location, f"no feed that can be read ({type(error).__name__})", data)
        return
    entries = list(feed.entries)
    is_cut = bool(feed.get("bozo")) and _is_cut(data)
    outlet = plain(feed.feed.get("title") or "") or None
    seen: dict[str, int] = {}
    for entry in entries[:-1] if is_cut else entries:
        name = printable(str(entry.get("link") or entry.get("id") or entry.get("title") or "entry"))
        seen[name] = seen.get(name, 0) + 1
        where = f"{location}!{name}" + (f"~{seen[name]}" if seen[name] > 1 else "")
        yield _document(entry, where, outlet, options, fetch)
    if is_cut:
        yield lost(f"{location}!end", "the feed ends in the middle of an entry (cut off while it was saved?)")
    elif not entries:
        yield Skipped(location, "a feed without entries")


def _document(entry: Any, location: str, outlet: str | None, options: Options, fetch: Fetch | None) -> Item:
    """The document in one entry."""
    meta = _meta(entry, outlet)
    if options.is_before(meta.published):
        return Skipped(location, f"published {meta.published}, before --since")
    body, is_summary = _body(entry)
    why = "no text in the entry, only a title and a link"
    if fetch and meta.url and (is_summary or not body):
        try:
            page, url = fetch(meta.url)
            return Found(location, page, "html", replace(meta, url=url), given=options.given)
        except ReadError as error:
            why = f"{why}; the page could not be fetched: {error}"
    if not body:
        return lost(location, why)
    if meta.title and not body.startswith(meta.title):
        body = f"{meta.title}\n\n{body}"
    notes = (SUMMARY,) if is_summary else ()
    return Found(location, as_utf8(body), "text", meta, given=options.given, notes=notes)


def _meta(entry: Any, outlet: str | None) -> Metadata:
    """What an entry says of its article."""
    title = " ".join(plain(entry.get("title") or "").split()) or None
    source = plain((entry.get("source") or {}).get("title") or "")
    return Metadata(
        url=entry.get("link") or None,
        outlet=source or outlet,
        title=title,
        author=" ".join(plain(entry.get("author") or "").split()) or None,
        published=_day(entry),
        source_format="feed",
    )


def _body(entry: Any) -> tuple[str, bool]:
    """An entry's words, and whether they are only a summary of the article."""
    contents = [plain(content.get("value") or "") for content in entry.get("content") or ()]
    summary = plain(entry.get("summary") or "")
    body = max([*contents, summary], key=len)
    is_full = body in contents or len(body.split()) >= FULL_WORDS
    return body, not is_full or body.lower().endswith(_TEASER_ENDS)


def _day(entry: Any) -> str | None:
    """The day of publication as written, in the outlet's own time; that of the last change where there is no other."""
    for field in ("published", "updated"):
        if day := as_date(entry.get(field)):
            return day
        parsed = entry.get(f"{field}_parsed")
        if isinstance(parsed, time.struct_time):
            return time.strftime("%Y-%m-%d", parsed)
    return None


def _is_cut(data: bytes) -> bool:
    """Whether the last entry that begins does not end."""
    return any(data.rfind(opening) > data.rfind(b"</" + opening[1:]) for opening in _OPENINGS)
