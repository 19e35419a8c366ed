"""The name of whoever judges: asked once, then kept by the browser."""

from __future__ import annotations

from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from parley.store.judgements import LONGEST

COOKIE = "parley-who"
YEAR = 31_536_000
"""Seconds."""


def name_of(request: Request) -> str:
    """The name that the browser keeps; empty if none."""
    return clean(unquote(request.cookies.get(COOKIE, "")))


def clean(name: str) -> str:
    """A name in one line, as long as a name may be."""
    return " ".join(name.split())[: LONGEST["who"]].strip()


def keep(response: Response, name: str) -> None:
    """Have the browser keep a name."""
    response.set_cookie(COOKIE, quote(name), max_age=YEAR, httponly=True, samesite="strict", path="/")
