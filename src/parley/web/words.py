"""The words behind a number, as a page of their own."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request, Response

from parley.web.asked import Pages
from parley.web.links import Link
from parley.web.render import page

SIZE = 50
"""Words a page."""


@dataclass(frozen=True)
class Word:
    """Some words of an article."""

    words: str
    href: str
    outlet: str | None
    published: str | None
    title: str | None
    note: str = ""
    """What is said of them: their source, their party ..."""


@dataclass(frozen=True)
class Words:
    """What such a page shows."""

    said: str
    """What was counted, in words."""
    words: tuple[Word, ...]
    pages: Pages
    back: Link


def shown(request: Request, title: str, words: Words) -> Response:
    """The page."""
    return page(request, "words.html.j2", title=title, shown=words)
