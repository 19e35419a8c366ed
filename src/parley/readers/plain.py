"""Snippets of web pages, as feeds and tables hold them, to plain text: every word stays, paragraphs stand apart."""

from __future__ import annotations

import re
from html import unescape

_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|blockquote|section|article|tr|table|figure|figcaption|pre|br)\b[^<>]{0,2000}>", re.I
)
_HIDDEN = re.compile(r"<(script|style|template|iframe)\b[^<>]{0,2000}>.*?</\1\s*>|<!--.*?-->", re.I | re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,5000}>|<!\[CDATA\[|\]\]>")
_SIGNS = re.compile(r"</(?:p|div|h[1-6]|li|blockquote|a|em|strong)>|<br ?/?>|<p>", re.I)


def looks_like_markup(text: str) -> bool:
    """Whether a text is written in HTML."""
    return bool(_SIGNS.search(text, 0, 20_000))


def plain(markup: str) -> str:
    """The words of a snippet of HTML, one blank line between paragraphs."""
    text = _BLOCK.sub("\n\n", _HIDDEN.sub("", markup))
    text = unescape(_TAG.sub("", text)).replace("\xa0", " ")
    paragraphs = (" ".join(part.split()) for part in text.split("\n\n"))
    return "\n\n".join(part for part in paragraphs if part)
