"""Bit for bit: the engine says what reading one article after the other says, whatever the batches."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from parley import corpus, readers
from parley.corpus.ingest import Request, ingest
from parley.corpus.task import Manner
from parley.pipeline import DEFAULT_MODEL
from parley.record import to_json
from parley.store import Store

if TYPE_CHECKING:
    from spacy.language import Language

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.mark.slow
def test_ingest_says_what_reading_one_by_one_says(tmp_path: Path, rules: Language) -> None:
    found = [item for item in readers.find([str(SAMPLES)]) if isinstance(item, readers.Found)]
    alone = [to_json(next(corpus.annotate([readers.article(item)], rules))) for item in found]
    ingest(Request((str(SAMPLES),), tmp_path, Manner(DEFAULT_MODEL, rules_only=True), workers=2))
    with Store.open(tmp_path) as store:
        assert [to_json(record) for record in store.records()] == sorted(alone)
