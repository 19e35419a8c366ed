"""Snippets of web pages, as feeds and tables hold them, to plain text: every word stays, paragraphs stand apart."""

from __future__ import annotations

import re
from html import unescape

_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|blockquote|section|article|tr|table|figure|figcaption|pre|br)\b[^<>]{0,2000}>", re.I
)
_HIDDEN = re.compile(r"<(script|style|template|iframe)\b|(<!--)", re.I)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,5000}>|<!\[CDATA\[|\]\]>")
_HALF = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SIGNS = re.compile(r"</(?:p|div|h[1-6]|li|blockquote|a|em|strong)>|<br ?/?>|<p>", re.I)


def looks_like_markup(text: str) -> bool:
    """Whether a text is written in HTML."""
    return bool(_SIGNS.search(text, 0, 20_000))


def plain(markup: str) -> str:
    """The words of a snippet of HTML, one blank line between paragraphs."""
    text = _BLOCK.sub("\n\n", _without_hidden(markup))
    text = unescape(_TAG.sub("", text)).replace("\xa0", " ")
    paragraphs = (" ".join(part.split()) for part in text.split("\n\n"))
    return "\n\n".join(part for part in paragraphs if part)


def _without_hidden(markup: str) -> str:
    """Without scripts, styles and comments; unclosed ones stay, lest words be lost. Goes through the text once."""
    parts, position, kept = [], 0, 0
    unclosed: set[str] = set()
    while match := _HIDDEN.search(markup, position):
        name = (match.group(1) or match.group(2)).lower()
        end = None if name in unclosed else _end(name).search(markup, match.end())
        position = end.end() if end else match.end()
        if end:
            parts.append(markup[kept : match.start()])
            kept = position
        else:
            unclosed.add(name)
    return "".join((*parts, markup[kept:]))


def _end(name: str) -> re.Pattern[str]:
    return re.compile("-->" if name == "<!--" else rf"</{name}\s{{0,20}}>", re.I)


def as_utf8(text: str) -> bytes:
    """A text's bytes; half characters, which UTF-8 cannot hold, become U+FFFD."""
    return _HALF.sub("\ufffd", text).encode("utf-8")


def tidy(text: str, most: int) -> str:
    """A name or title on one line that every file can hold, no longer than some code points."""
    line = " ".join(_HALF.sub("\ufffd", _CONTROL.sub(" ", text[: most * 2])).split())
    return line if len(line) <= most else line[: most - 1] + "…"
