"""Runs articles through clean, parse, annotate, record: one, or many in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from parley import record as records
from parley.clean import Cleaned, clean
from parley.errors import LanguageError, ParleyError
from parley.model import Article, Record
from parley.readers.language import language, name_of

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BATCH = 12
"""Articles a batch, if they are of the usual length: larger ones are slower and take more memory."""
SHORT, MOST = 30_000, 128
"""Code points up to which a batch takes more of short articles, and how many at most: paragraphs by themselves are then
read as fast per token as whole articles; in twelves they take a fifth longer."""
READS = "en"
"""ISO 639-1 code of the language that the model reads."""

Item = TypeVar("Item")


def read(article: Article, nlp: Language) -> Record:
    """The record of one article.

    Raises:
        LanguageError: the article is not in English.
        RecordError: a component broke the record's contract.
    """
    body = clean(article.text, title=article.meta.title)
    if why := unreadable(article, body):
        if "language" in why:
            raise LanguageError(f"{article.meta.title or article.id}: {why}")
        return records.unread(article, why, body)
    return records.from_doc(article, body, nlp(_doc(article, body, nlp)))


def annotate(articles: Iterable[Article], nlp: Language) -> Iterator[Record]:
    """The records of articles, in their order. An article that fails gives a record with a note, never an error."""
    for batch in batches(articles):
        bodies = [clean(article.text, title=article.meta.title) for article in batch]
        reasons = [unreadable(article, body) for article, body in zip(batch, bodies, strict=True)]
        fit = [(a, b) for a, b, why in zip(batch, bodies, reasons, strict=True) if not why]
        read_ones = iter(_read_batch(fit, nlp))
        for article, body, why in zip(batch, bodies, reasons, strict=True):
            yield records.unread(article, why, body) if why else next(read_ones)


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Articles, or what stands in for them, in batches: few long ones or many short ones."""
    batch: list[Item] = []
    length = 0
    for item in items:
        batch.append(item)
        length += len(getattr(item, "text", ""))
        if len(batch) >= MOST or (len(batch) >= BATCH and length >= SHORT):
            yield batch
            batch, length = [], 0
    if batch:
        yield batch


def unreadable(article: Article, body: Cleaned) -> str | None:
    """Why an article cannot be read, in words; None if it can."""
    code = language(body.text or article.text)
    if code and code != READS:
        return f"the language seems to be {name_of(code)}; Parley reads English, so nothing was read in it"
    return None if body.text else "no article text: nothing but page furniture"


def _read_batch(batch: list[tuple[Article, Cleaned]], nlp: Language) -> list[Record]:
    """The records of one batch; where one article fails, each is read by itself."""
    try:
        docs = nlp.pipe([_doc(article, body, nlp) for article, body in batch], batch_size=MOST)
        return [records.from_doc(a, b, doc) for (a, b), doc in zip(batch, docs, strict=True)]
    except Exception:
        return [_read_alone(article, body, nlp) for article, body in batch]


def _read_alone(article: Article, body: Cleaned, nlp: Language) -> Record:
    try:
        return records.from_doc(article, body, nlp(_doc(article, body, nlp)))
    except ParleyError as error:
        return records.unread(article, str(error), body)
    except Exception as error:
        return records.unread(article, f"could not be read: {type(error).__name__}: {error}"[:300], body)


def _doc(article: Article, cleaned: Cleaned, nlp: Language) -> Doc:
    """The tokenised doc, with the article's metadata where components look for it."""
    doc = nlp.make_doc(cleaned.text)
    doc.user_data["published"] = article.meta.published
    return doc
