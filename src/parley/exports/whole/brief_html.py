"""The brief as one page that needs nothing outside itself and runs no script."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import BinaryIO

from jinja2 import Environment
from markupsafe import Markup

from parley.exports import pages
from parley.exports.whole.brief import Brief, brief
from parley.exports.whole.selection import Selection


def write(selection: Selection, out: BinaryIO) -> None:
    """The page, in UTF-8."""
    out.write(text(brief(selection)).encode("utf-8", "replace"))


def text(found: Brief, *, files: tuple[tuple[str, str], ...] = ()) -> str:
    """A brief as a page.

    Args:
        found: its content.
        files: names of files that lie beside the page and what they hold, to be linked.
    """
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    template = _environment().get_template("brief.html.j2")
    return template.render(brief=found, files=files, style=Markup(style), style_hash=digest)


@cache
def _environment() -> Environment:
    return pages.environment()


@cache
def _style() -> str:
    return (resources.files("parley.exports") / "templates" / "brief.css").read_text(encoding="utf-8")
