"""Runs articles through clean, parse, annotate, record: one, or many in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from parley import record as records
from parley.clean import Cleaned, clean
from parley.model import Article, Record

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BATCH = 12
"""Articles a batch: larger ones are slower and take more memory."""


def read(article: Article, nlp: Language) -> Record:
    """The record of one article."""
    return next(annotate([article], nlp))


def annotate(articles: Iterable[Article], nlp: Language) -> Iterator[Record]:
    """The records of articles, in their order. An article that fails gives a record with a note, never an error."""
    stream = iter(articles)
    while batch := list(islice(stream, BATCH)):
        cleaned = [clean(article.text, title=article.meta.title) for article in batch]
        docs = nlp.pipe([_doc(a, c, nlp) for a, c in zip(batch, cleaned, strict=True)], batch_size=BATCH)
        for article, body, doc in zip(batch, cleaned, docs, strict=True):
            if not body.text:
                yield records.unread(article, "no article text: only page furniture, or nothing at all", body)
            else:
                yield records.from_doc(article, body, doc)


def _doc(article: Article, cleaned: Cleaned, nlp: Language) -> Doc:
    """The tokenised doc, with the article's metadata where components look for it."""
    doc = nlp.make_doc(cleaned.text)
    doc.user_data["published"] = article.meta.published
    return doc
