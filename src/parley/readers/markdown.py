"""Markdown: the words without the markup; the first heading is the headline, a leading ``---`` block the metadata."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markdown_it import MarkdownIt
from markdown_it.token import Token

from parley.readers.base import Draft
from parley.readers.metadata import from_fields

_FRONT_MATTER = re.compile(r"\ufeff?\s*---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_]\w*)\s*:\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
_MAX_NESTING = 20
"""Lists and block quotes inside one another; deeper ones are read as plain text."""


def read(text: str) -> Draft:
    """The article in a Markdown text."""
    fields: Mapping[str, str] = {}
    body = text
    if match := _FRONT_MATTER.match(text):
        fields = {key.lower(): value for key, value in _FIELD.findall(match.group(1))}
        body = text[match.end() :]
    tokens = MarkdownIt("commonmark", {"html": True, "maxNesting": _MAX_NESTING}).parse(body.lstrip("\ufeff"))
    paragraphs = [(words, is_heading) for words, is_heading in _paragraphs(tokens) if words]
    title = next((words for words, is_heading in paragraphs if is_heading), None)
    meta = from_fields({"title": title, **fields}, source_format="markdown")
    return Draft("\n\n".join(words for words, _ in paragraphs), meta)


def _paragraphs(tokens: list[Token]) -> list[tuple[str, bool]]:
    """The words of each block, and whether it is a heading."""
    found, is_heading = [], False
    for token in tokens:
        if token.type == "heading_open":
            is_heading = True
        elif token.type == "inline":
            found.append((_words(token), is_heading))
            is_heading = False
        elif token.type in ("fence", "code_block"):
            found.append((token.content.strip(), False))
    return found


def _words(inline: Token) -> str:
    """The words of one block without links' targets, pictures and emphasis marks."""
    parts = []
    for child in inline.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" " if child.type == "softbreak" else "\n")
    return "".join(parts).strip()
