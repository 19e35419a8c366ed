"""Templates of the reading room: everything that an article holds is escaped; a name that is not there is an error."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from parley.exports import pages
from parley.exports.labels import count, label
from parley.exports.marks import anchor
from parley.exports.names import day
from parley.exports.visible import one_line, quoted, visible
from parley.web.links import Link, article, with_query
from parley.web.security import form_token
from parley.web.settings import Settings
from parley.web.take import menu

NAVIGATION = (
    Link("/", "Overview"),
    Link("/ledger", "Ledger"),
    Link("/accounts", "Accounts"),
    Link("/movement", "Movement"),
    Link("/events", "Events"),
    Link("/sourcing", "Sourcing"),
    Link("/network", "Network"),
    Link("/articles", "Articles"),
    Link("/search", "Search"),
    Link("/judgements", "Corrections"),
)


@cache
def environment() -> Environment:
    """The templates."""
    made = pages.environment("parley.web")
    made.filters.update(quoted=quoted, one_line=one_line, visible=visible, day=day, anchor=anchor, kept=kept)
    made.globals.update(
        count=count,
        label=label,
        with_query=with_query,
        navigation=NAVIGATION,
        asset=asset,
        take_away=menu,
        article_link=article,
    )
    return made


STATIC = {
    "parley.css": ("parley.web", "static"),
    "parley.js": ("parley.web", "static"),
    "article.js": ("parley.web", "static"),
    "marks.css": ("parley.exports", "templates"),
}
"""The files that the room gives out as they are: the package and folder of each."""


@cache
def static_file(name: str) -> bytes:
    """The bytes of one of them.

    Raises:
        KeyError: it is none.
    """
    package, folder = STATIC[name]
    return (resources.files(package) / folder / name).read_bytes()


def kept(html: Markup) -> Markup:
    """HTML whose carriage returns a browser keeps, so that it counts the same offsets as the record."""
    return Markup(str(html).replace("\r", "&#13;"))


@cache
def asset(name: str) -> str:
    """Address of a file of ``STATIC``, with its hash, so that a browser may keep it for ever."""
    data = static_file(name)
    return f"/static/{name}?v={hashlib.sha256(data).hexdigest()[:12]}"


def page(request: Request, template: str, *, title: str, status: int = 200, **shown: Any) -> HTMLResponse:
    """A page of the room.

    Args:
        request: what was asked for.
        template: name of the template.
        title: what the page is called.
        status: HTTP status.
        shown: what the template shows.
    """
    settings: Settings = request.app.state.settings
    may_change = bool(getattr(request.state, "may_change", False))
    text = (
        environment()
        .get_template(template)
        .render(
            request=request,
            path=request.url.path,
            title=title,
            may_change=may_change,
            form_token=form_token(settings) if may_change else "",
            record_name=settings.record.resolve().name,
            **shown,
        )
    )
    return HTMLResponse(text, status)
