"""Several documents at a time are read as each alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.components.attribution.tagged import tagger
from parley.tagger.words import line_paragraphs

if TYPE_CHECKING:
    from spacy.language import Language

TEXTS = (
    "Peru's envoy said the border would stay open. “We shall see,” replied Chile's minister, “what comes of it.”",
    "",
    "No one came.",
    "\n".join(f"According to observer {k}, the truce held.\n“It held,” the mayor of Town {k} said." for k in range(30)),
    "“A quotation that no one near it is said to have uttered stands here.” The hall was empty.",
)


def test_the_tagger_finds_the_same_in_many_texts_as_in_each() -> None:
    model = tagger()
    assert model
    texts = [(text, line_paragraphs(text)) for text in TEXTS]
    many = [tagged.attributions for tagged in model.tag_many(texts)]
    assert many == [model.tag(*text) for text in texts]
    assert [bool(found) for found in many[:4]] == [True, False, False, True]
    assert model.tag_many([]) == []


def test_the_pipeline_finds_the_same_in_a_batch_as_in_each(nlp: Language) -> None:
    one_by_one = [nlp(text)._.attributions for text in TEXTS]
    for size in (1, 2, 100):
        assert [doc._.attributions for doc in nlp.pipe(TEXTS, batch_size=size)] == one_by_one
