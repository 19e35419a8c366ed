"""Articles go through the pipeline in batches, and come out in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley import corpus
from parley.model import Article

if TYPE_CHECKING:
    from spacy.language import Language


def test_batches_hold_few_long_articles_or_many_short_ones() -> None:
    short = [Article(str(k), "word " * 20) for k in range(300)]
    long = [Article(str(k), "word " * 1000) for k in range(30)]
    assert [len(batch) for batch in corpus.batches(short)] == [128, 128, 44]
    assert [len(batch) for batch in corpus.batches(long)] == [12, 12, 6]
    assert [item for batch in corpus.batches([*long, *short]) for item in batch] == [*long, *short]
    assert list(corpus.batches([])) == []


def test_a_batch_says_the_same_as_each_article_alone(nlp: Language) -> None:
    articles = [
        Article(str(k), f"Envoy {k} of Peru rejected the demand, a spokesman said. " * (k % 3)) for k in range(20)
    ]
    alone = [next(corpus.annotate([article], nlp)) for article in articles]
    assert list(corpus.annotate(articles, nlp)) == alone
