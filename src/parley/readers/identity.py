"""Which article a found document is: its own id, else its address, else its content."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from parley.model import Metadata
from parley.readers.plain import tidy

LONGEST = 2_000
"""Code points of a title, an author or an address; more is no such thing, or an attack."""
_PORTS = {"http": 80, "https": 443}
_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "xtor", "at_medium", "at_campaign")
"""Beginnings of the query keys that tell where a reader came from, not what the page is."""


def canonical_url(url: str | None) -> str | None:
    """An address without what does not change the page: fragment, tracking, capitals in the host, default port.

    Gives None where the address is no web page, or the front page of a site: many articles may call that their own.
    """
    try:
        parts = urlsplit((url or "").strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in _PORTS or not host or (parts.path in ("", "/") and not parts.query):
        return None
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not pair[0].startswith(_TRACKING)]
    where = f"[{host}]" if ":" in host else host
    where += f":{port}" if port and port != _PORTS[parts.scheme.lower()] else ""
    return urlunsplit((parts.scheme.lower(), where, parts.path or "/", urlencode(query), ""))


def id_of_url(url: str | None) -> str | None:
    """The id of the article at an address: the first 16 hexadecimal digits of its hash."""
    address = canonical_url(url)
    return hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()[:16] if address else None


def merged(*known: Metadata) -> Metadata:
    """Metadata of several sources, the one that counts most first; the format is plain text if none says another."""
    names = [field.name for field in fields(Metadata) if field.name not in ("source_format", "sha256")]
    values: dict[str, Any] = {}
    for name in names:
        value = next((value for meta in known if (value := getattr(meta, name))), None)
        values[name] = value and tidy(value, LONGEST)
    form = next((meta.source_format for meta in known if meta.source_format != "text"), "text")
    return Metadata(**values, source_format=form)


def host_of(url: str | None) -> str | None:
    """The host of an address without ``www.``, which stands for an outlet that is not named."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.") or None
    except ValueError:
        return None
