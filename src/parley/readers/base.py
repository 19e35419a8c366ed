"""What every reader gives: a draft of the article, to which identity and the user's metadata are added."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace

from parley.errors import NoArticle
from parley.model import Article, Metadata

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Draft:
    """An article's text and what its source says of it."""

    text: str
    meta: Metadata = field(default_factory=Metadata)
    notes: tuple[str, ...] = ()


def finish(draft: Draft, *, data: bytes, name: str, article_id: str | None = None) -> Article:
    """Give a draft its identity: the id passed, or one made from the content.

    Args:
        draft: what a reader found.
        data: the source's bytes, for the hash.
        name: what to call the source in an error.
        article_id: the id to use.

    Raises:
        NoArticle: the text is empty.
    """
    text, notes = draft.text, draft.notes
    if not text.strip("\ufeff \t\r\n"):
        raise NoArticle(f"{name}: no article text in it")
    if _SURROGATE.search(text):
        text = _SURROGATE.sub("\ufffd", text)
        notes = (
            *notes,
            "held half characters (lone surrogates), which no file can store: each became U+FFFD",
        )
    digest = hashlib.sha256(data).hexdigest()
    return Article(article_id or digest[:16], text, replace(draft.meta, sha256=digest), notes)
