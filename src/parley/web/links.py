"""Addresses within the room: every view has one that says all that it shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote, urlencode

from starlette.convertors import Convertor, register_url_convertor


class Link(NamedTuple):
    """An address and what it is called."""

    href: str
    name: str


class Anything(Convertor[str]):
    """The rest of a path, whatever it holds: Starlette's own ``path`` ends at a line break, which an id may have."""

    regex = r"[\s\S]*"

    def convert(self, value: str) -> str:
        """As it is."""
        return value

    def to_string(self, value: str) -> str:
        """As it is."""
        return value


register_url_convertor("anything", Anything())  # Starlette has one table of them, by which routes are read when made


def with_query(path: str, parameters: Mapping[str, object] | None = None, /, **more: object) -> str:
    """A path with its query; empty values are left out, lists become several."""
    pairs = [
        (key, str(one))
        for key, value in {**(parameters or {}), **more}.items()
        for one in (value if isinstance(value, list | tuple) else [value])
        if one not in (None, "", False)
    ]
    return path + (f"?{urlencode(pairs)}" if pairs else "")


def article(article_id: str, anchor: str = "") -> str:
    """Where an article is shown; ``anchor`` is a row of its record."""
    return f"/articles/{quote(article_id, safe='')}" + (f"#{quote(anchor, safe='')}" if anchor else "")
