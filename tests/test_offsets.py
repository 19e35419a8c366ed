"""Every span of every record is the text's own words: on all samples, and on research articles where they are."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from parley import corpus, readers
from parley.model import Article, Record, Span
from parley.record import check, from_json, to_json, why_unread

if TYPE_CHECKING:
    from spacy.language import Language

SAMPLES = Path(__file__).parent.parent / "samples"
DATA = os.environ.get("PARLEY_DATA")
ARTICLES = 200


def spans(record: Record) -> Iterator[Span]:
    for actor in record.actors:
        yield from actor.mentions
    for a in record.attributions:
        yield from (*a.source, *a.cue, *a.content)
    for event in record.events:
        yield from (*event.evidence, event.trigger)
    for position in record.positions:
        yield from (*position.evidence, *position.topic)
    yield from (mark.span for mark in record.framing)
    yield from (passage.span for passage in record.passages)


def hold(record: Record, text: str) -> int:
    """Check a record against its text; gives the number of its spans."""
    check(record)
    assert record.text == text
    assert from_json(to_json(record)) == record
    found = list(spans(record))
    for start, end in found:
        quote = record.quote(((start, end),))
        assert quote == text[start:end]
        assert quote
        assert quote == quote.strip()
    return len(found)


def samples() -> list[Path]:
    return sorted(path for path in SAMPLES.iterdir() if path.suffix in readers.ENDINGS and path.stem != "README")


@pytest.mark.parametrize("path", samples(), ids=lambda path: path.name)
def test_samples(path: Path, nlp: Language) -> None:
    article = readers.read_path(path)
    assert hold(corpus.read(article, nlp), article.text) > 50


@pytest.mark.parametrize(
    "change",
    [lambda t: t, lambda t: t.replace("\n", "\r\n"), lambda t: "\ufeff" + t, lambda t: t.replace(" ", " \u200b")],
)
def test_line_ends_and_invisible_characters(change, nlp: Language) -> None:
    text = change((SAMPLES / "istanbul-wire.txt").read_text(encoding="utf-8"))
    record = corpus.read(Article("x", text), nlp)
    assert hold(record, text) > 50
    plain = corpus.read(Article("x", (SAMPLES / "istanbul-wire.txt").read_text(encoding="utf-8")), nlp)
    assert [(p.act, p.issue, p.layer) for p in record.positions] == [(p.act, p.issue, p.layer) for p in plain.positions]


@pytest.mark.data
@pytest.mark.skipif(DATA is None, reason="PARLEY_DATA does not name the folder of the research data")
def test_two_hundred_research_articles(nlp: Language) -> None:
    paths = sorted((Path(DATA or "") / "polnear" / "train" / "text").glob("*.txt"))[:ARTICLES]
    assert len(paths) == ARTICLES
    texts = {path.stem: path.read_bytes().decode("utf-8") for path in paths}
    for record in corpus.annotate((Article(name, text) for name, text in texts.items()), nlp):
        assert why_unread(record) is None
        assert hold(record, texts[record.id])
