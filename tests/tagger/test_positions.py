"""The trained reader of positions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from parley import codebook
from parley.codebook import states_alike
from parley.errors import ModelError
from parley.tagger import AttributionTagger
from parley.tagger.positions import PIECES, Clues, Half, PositionReader, Seen, passages
from parley.tagger.windows import Window
from parley.tagger.words import Words

WEIGHTS = Path(str(resources.files("parley") / "weights"))
TEXT = "The Coast rejected the offer of the Highlands on Monday."


@pytest.fixture(scope="module")
def reader() -> PositionReader:
    return PositionReader(WEIGHTS / "positions")


def test_labels_are_those_of_the_codebook(reader: PositionReader) -> None:
    book = codebook.codebook()
    assert set(reader.acts) == set(book.acts)
    assert set(reader.issues) == {*book.issues, "other"}


def read(reader: PositionReader, text: str, **known: Sequence[int]) -> tuple[Words, Seen]:
    """The only passage of a text of one paragraph; ``known`` are clues by name, the others empty."""
    tagger = AttributionTagger(WEIGHTS / "attribution", alike=states_alike())
    tagged = tagger.tag_many([(text, [(0, len(text))])])[0]
    (seen,) = reader.read(tagged.halves, clues_of(reader, len(tagged.words.forms), **known))
    return tagged.words, seen


def clues_of(reader: PositionReader, words: int, **known: Sequence[int]) -> Clues:
    none = np.zeros(words, dtype=np.int64)
    arrays = {name: np.array(known.get(name, none), dtype=np.int64) for name in ("tells", "heads", "names")}
    terms = np.zeros((words, len(reader.issues)), dtype=np.bool_)
    return Clues(**arrays, terms=terms, claims=np.zeros((0, 2), dtype=np.int64))


def test_the_word_that_tells_the_act_and_whose_it_is(reader: PositionReader) -> None:
    words, seen = read(reader, TEXT)
    word = int((1 - seen.acts[:, -1]).argmax())
    assert words.forms[word] == "rejected"
    assert reader.acts[int(seen.acts[word, :-1].argmax())] == "reject"
    chances = reader.parties(seen, word)
    assert chances.sum() == pytest.approx(1, abs=1e-4)
    assert words.forms[int(chances.argmax())] == "Coast"


def test_probabilities_sum_to_one(reader: PositionReader) -> None:
    _, seen = read(reader, TEXT)
    for table in (seen.acts, seen.layers, reader.issues_of(seen, 2)[None]):
        np.testing.assert_allclose(table.sum(1), 1, atol=1e-4)


def test_what_rules_claim_makes_a_party_likelier(reader: PositionReader) -> None:
    words, seen = read(reader, TEXT)
    word, name = words.forms.index("rejected"), words.forms.index("Highlands")
    claimed = replace(seen, clues=replace(seen.clues, claims=np.array([[word, name]])))
    assert reader.parties(claimed, word)[name] > reader.parties(seen, word)[name]


def test_a_term_beside_an_act_makes_its_issue_likelier(reader: PositionReader) -> None:
    words, seen = read(reader, "The Coast rejected the plan for the quays on Monday.")
    word, issue = words.forms.index("rejected"), reader.issues.index("religion")
    terms = seen.clues.terms.copy()
    terms[words.forms.index("quays"), issue] = True
    told = replace(seen, clues=replace(seen.clues, terms=terms))
    assert reader.issues_of(told, word)[issue] > reader.issues_of(seen, word)[issue]


def test_long_texts_are_read_some_windows_at_once() -> None:
    halves, start = [], 0
    for size in (110, 110, 110, 110, PIECES + 40, 110):
        window = Window(np.zeros(size, np.int64), np.zeros(size, np.int64), np.arange(1, size - 1), start)
        halves.append(Half(window, np.zeros((1, size, 4), np.float32)))
        start = window.stop
    found = list(passages(halves))
    assert [len(one.states) for one in found] == [330, 110, PIECES + 40, 110]
    assert [one.start for one in found] == [0, *(one.stop for one in found[:-1])]
    assert found[0].first.tolist() == [110 * k + i for k in range(3) for i in range(1, 109)]
    assert found[0].order.tolist() == [0] * 110 + [1] * 110 + [2] * 110


def test_absent_weights_are_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be opened"):
        PositionReader(tmp_path)
