"""The labelled texts that the reader of positions is trained on."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest

from parley import codebook
from parley.codebook import OTHER
from parley.training.positions import examples, texts

FOLDER = Path(__file__).resolve().parents[1] / "training" / "positions"
LAYERS = {"own", "ascribed", "document", "unnamed"}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.jsonl")), ids=lambda path: path.stem)
def test_every_row_names_what_there_is(path: Path) -> None:
    book = codebook.codebook()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        row = json.loads(line)
        for who, cue, act, issue, layer in row["p"]:
            assert row["t"].count(cue) == 1, f"{number}: {cue}"
            assert all(name in row["t"] for name in who.split("|")), f"{number}: {who}"
            assert act in book.acts, number
            assert layer in LAYERS, number
            assert {*issue.split("|")} <= {*book.issues, OTHER}, number


def test_no_text_stands_twice_nor_in_the_gold() -> None:
    found = [json.loads(line)["t"] for path in sorted(FOLDER.glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    assert len(found) == len(set(found)) > 2000
    gold = "\n".join(p.read_text(encoding="utf-8") for p in FOLDER.parents[1].glob("tests/gold/positions/*.toml"))
    assert not [text for text in found if text[:60] in gold]


def test_labels_become_words() -> None:
    known = texts.names()
    line = {
        "t": "Oslo met Rome. It refused the map.",
        "p": [["It|Oslo", "refused the", "reject", "border_line", "own"]],
    }
    (row,) = texts.labelled(line, known).rows
    assert (row.cue, known.acts[row.act], row.party) == (5, "reject", (0, 4))
    with pytest.raises(ValueError, match="times in the text"):
        texts.labelled({"t": "No, no, no.", "p": [["No", "no", "reject", "other", "own"]]}, known)


TEXT = 'Oslo met Rome on the quay.  "We want the map," its envoy said.\n\nRome refused that.'
ROWS = [
    ["its envoy|Oslo", "want the", "demand", "border_line", "own"],
    ["Rome", "refused", "reject", "border_line", "own"],
]


@pytest.fixture(scope="module")
def example() -> examples.Example:
    known = texts.names()
    tagger = Path(str(resources.files("parley") / "weights" / "attribution"))
    (one,) = examples.examples([texts.labelled({"t": TEXT, "p": ROWS}, known)], known, tagger)
    return one


def test_labels_find_their_words_in_the_text_that_the_parser_sees(example: examples.Example) -> None:
    forms = "Oslo met Rome on the quay . “ We want the map , ” its envoy said . Rome refused that .".split()  # noqa: SIM905
    assert [forms[row.cue] for row in example.rows] == ["want", "refused"]
    assert [[forms[word] for word in row.party] for row in example.rows] == [
        ["Oslo", "its", "envoy"],
        ["Rome", "Rome"],
    ]
    assert len(example.passage.first) == len(forms)


def test_clues_are_those_of_the_rules(example: examples.Example) -> None:
    acts = texts.names().acts
    refused = example.rows[1].cue
    assert acts[example.clues.tells[refused] - 1] == "reject"
    assert (refused, refused - 1) in {tuple(pair) for pair in example.clues.claims.tolist()}


def test_joined_passages_keep_their_labels_apart(example: examples.Example) -> None:
    both = examples.joined(example, example)
    words, pieces = len(example.passage.first), len(example.passage.states)
    assert [row.cue for row in both.rows] == [k * words + row.cue for k in (0, 1) for row in example.rows]
    assert both.passage.first.tolist() == [k * pieces + i for k in (0, 1) for i in example.passage.first.tolist()]
    assert len(both.clues.claims) == 2 * len(example.clues.claims)
    assert both.passage.order[-1] > example.passage.order[-1]
