"""Plain text: the decoded file unchanged; a short first line without a full stop is its headline."""

from __future__ import annotations

from parley.model import Metadata
from parley.readers.base import Draft

MAX_HEADLINE = 160
"""Code points."""


def read(text: str) -> Draft:
    """The article in a plain text."""
    return Draft(text, Metadata(title=headline(text), source_format="text"))


def headline(text: str) -> str | None:
    """The first line, if it stands alone and reads like a headline."""
    lines = text.lstrip("\ufeff \t\r\n").splitlines()
    if len(lines) < 3 or lines[1].strip():
        return None
    first = " ".join(lines[0].split())
    is_headline = 0 < len(first) <= MAX_HEADLINE and first[-1] not in ".;:," and len(first.split()) > 1
    return first if is_headline else None
