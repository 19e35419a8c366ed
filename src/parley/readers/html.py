"""Web pages: the article's text and metadata by trafilatura; menus, links and scripts stay out."""

from __future__ import annotations

from parley.errors import NoArticle
from parley.model import Metadata
from parley.readers.base import Draft
from parley.readers.metadata import as_date

MAX_MARKUP = 20_000_000
"""Code points of markup that are looked at; larger pages are dumps, not articles."""


MIN_WORDS = 8
"""A page with less text than this has none that is an article."""


def read(markup: str) -> Draft:
    """The article in a web page.

    Raises:
        NoArticle: there is no article in the page.
    """
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    document = bare_extraction(
        markup[:MAX_MARKUP].replace("\x00", ""),
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        favor_precision=False,
    )
    text = (document.text or "").strip() if isinstance(document, Document) else ""
    if not isinstance(document, Document) or len(text.split()) < MIN_WORDS:
        raise NoArticle("no article in the page (a menu, a form or a page made by a script?); save the article itself")
    meta = Metadata(
        url=document.url or None,
        outlet=document.sitename or document.hostname or None,
        title=" ".join((document.title or "").split()) or None,
        author=document.author or None,
        published=as_date(document.date),
        language=(document.language or "")[:2] or None,
        source_format="html",
    )
    return Draft(_with_headline(text, meta.title), meta)


def _with_headline(text: str, title: str | None) -> str:
    """Paragraphs apart by a blank line, the headline first unless the text begins with it."""
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    if title and paragraphs and paragraphs[0].casefold() != title.casefold():
        paragraphs.insert(0, title)
    return "\n\n".join(paragraphs)
