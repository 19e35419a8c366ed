"""XML of unknown kind: which it is (feed, sitemap, page); with entities, which can hide gigabytes, it is refused."""

from __future__ import annotations

import re

from parley.errors import ReadError
from parley.readers.decode import decode

_PROLOG = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.I)
_ROOT = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")


def root(data: bytes, name: str) -> str:
    """The name of an XML document's outermost element in small letters, without its prefix.

    Raises:
        ReadError: it is no XML, or declares entities.
    """
    text = decode(data, name).lstrip("\ufeff")
    if "<!ENTITY" in text:
        raise ReadError("its XML declares entities of its own, which are not expanded (they can hide a bomb)")
    position = 0
    while match := _PROLOG.match(text, position):
        position = match.end()
    if match := _ROOT.match(text, position):
        return match.group(2).lower()
    raise ReadError("no XML in it")
