"""The trained reader of positions."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from parley import codebook
from parley.codebook import states_alike
from parley.errors import ModelError
from parley.tagger import AttributionTagger
from parley.tagger.positions import PositionReader

WEIGHTS = Path(str(resources.files("parley") / "weights"))
TEXT = "The Coast rejected the offer of the Highlands on Monday."


@pytest.fixture(scope="module")
def reader() -> PositionReader:
    return PositionReader(WEIGHTS / "positions")


def test_labels_are_those_of_the_codebook(reader: PositionReader) -> None:
    book = codebook.codebook()
    assert set(reader.acts) == set(book.acts)
    assert set(reader.issues) == {*book.issues, "other"}


def test_the_word_that_tells_the_act_and_whose_it_is(reader: PositionReader) -> None:
    tagged = AttributionTagger(WEIGHTS / "attribution", alike=states_alike()).tag_many([(TEXT, [(0, len(TEXT))])])[0]
    (seen,) = reader.read(tagged.halves)
    word = int((1 - seen.acts[:, -1]).argmax())
    assert tagged.words.forms[word] == "rejected"
    assert reader.acts[int(seen.acts[word, :-1].argmax())] == "reject"
    chances = reader.parties(seen, word)
    assert chances.sum() == pytest.approx(1, abs=1e-4)
    assert tagged.words.forms[int(chances.argmax())] == "Coast"


def test_probabilities_sum_to_one(reader: PositionReader) -> None:
    tagged = AttributionTagger(WEIGHTS / "attribution").tag_many([(TEXT, [(0, len(TEXT))])])[0]
    (seen,) = reader.read(tagged.halves)
    for table in (seen.acts, seen.issues, seen.layers):
        np.testing.assert_allclose(table.sum(1), 1, atol=1e-4)


def test_absent_weights_are_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be opened"):
        PositionReader(tmp_path)
