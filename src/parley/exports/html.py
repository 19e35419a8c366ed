"""The record as one self-contained page: the article with its words marked, and the record's lines beside it.

The page asks for nothing outside itself, runs no script, and says so in its own content security policy. Whatever the
article holds is shown as text.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from urllib.parse import urlsplit

from jinja2 import Environment
from markupsafe import Markup

from parley.exports import pages
from parley.exports.labels import count, label
from parley.exports.marked import Block, blocks, stretches
from parley.exports.marks import anchor, reaches, target_rules
from parley.exports.rows import View
from parley.exports.view import view
from parley.exports.visible import one_line, quoted
from parley.model import Record

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
DEFAULT_LANGUAGE = "en"

LAYERS = (
    ("p", "positions", True),
    ("tq", "sources and their words", True),
    ("fo", "the outlet's wording", True),
    ("fq", "wording in quotations", True),
    ("e", "events", False),
    ("a", "actors", False),
)
"""Layers that can be switched: the class of their marks, their name, and whether they are on at first."""


def write(record: Record) -> str:
    """The page, as a whole HTML document."""
    shown = view(record)
    paragraphs, reach = stretches(record), reaches(shown)
    found = list(blocks(record, shown, paragraphs, reach))
    style = _style() + target_rules(reach, paragraphs)
    template = _environment().get_template("record.html.j2")
    return template.render(
        view=shown,
        blocks=found,
        reach=reach,
        headed=headed(found, record.text[slice(*paragraphs[0])] if paragraphs else "", shown.title),
        link=web_link(record.article.url),
        language=language(record.article.language),
        layers=[(key, name, on, number) for (key, name, on), number in zip(LAYERS, layer_counts(shown), strict=True)],
        style=Markup(style),
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
    )


@cache
def _environment() -> Environment:
    """Templates with autoescape; a name that is not there is an error."""
    environment = pages.environment()
    environment.filters.update(anchor=anchor, quoted=quoted)
    environment.globals.update(count=count, label=label)
    return environment


@cache
def _style() -> str:
    folder = resources.files("parley.exports") / "templates"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in ("record.css", "marks.css"))


def layer_counts(shown: View) -> tuple[int, ...]:
    """How many things each layer holds, in the order of ``LAYERS``."""
    outlet = sum(row.voice_id == "outlet" for row in shown.framing)
    quotes = len(shown.attributions)
    return (len(shown.positions), quotes, outlet, len(shown.framing) - outlet, len(shown.events), len(shown.actors))


def headed(found: Sequence[Block], first: str, title: str) -> bool:
    """Whether the article's first paragraph is the headline, which is then not printed twice."""
    return bool(found) and found[0].kind == "body" and one_line(first) == title


def web_link(url: str | None) -> str | None:
    """The address, if it is one that a reader may follow: http or https with a host."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc and url and url.isprintable() else None


def language(code: str | None) -> str:
    """A language code that is safe to declare."""
    return code if code and _LANGUAGE.fullmatch(code) else DEFAULT_LANGUAGE
