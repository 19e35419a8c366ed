"""Fixtures that several tests share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from parley import corpus, pipeline
from parley.model import Article, Metadata, Record

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The whole pipeline with the shipped model and codebook."""
    return pipeline.load()


@pytest.fixture(scope="session")
def rules() -> Language:
    """The same without the trained tagger."""
    return pipeline.load(rules_only=True)


@pytest.fixture(scope="session")
def read(nlp: Language) -> Callable[..., Record]:
    """A text's record; the date of publication may be passed."""

    def reader(text: str, *, published: str | None = None) -> Record:
        return next(corpus.annotate([Article("test", text, Metadata(published=published))], nlp))

    return reader
