"""The record keeps its contract: spans, ids, JSON."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parley.errors import RecordError
from parley.model import Actor, Attribution, Position, Record
from parley.record import check, from_json, to_json

TEXT = "Kenya rejected the demand, an envoy said."
RECORD = Record(
    id="r",
    text=TEXT,
    actors=(Actor("a1", "Kenya", ((0, 5),), country="KEN", kind="state"), Actor("a2", "an envoy", ((27, 35),))),
    attributions=(Attribution("t1", "indirect", ((27, 35),), ((36, 40),), ((0, 25),), speaker="a2"),),
    positions=(Position("p1", "a1", "reject", "other", ((0, 25),), attribution="t1", polarity="against"),),
)


def test_round_trip() -> None:
    assert from_json(to_json(RECORD)) == RECORD


def test_the_schema_stands_first() -> None:
    assert to_json(RECORD).startswith(b'{"schema":"parley.record/1","id":"r"')


def test_quotes_are_the_texts_own_words() -> None:
    assert RECORD.quote(RECORD.positions[0].evidence) == "Kenya rejected the demand"
    assert RECORD.quote(((0, 5), (27, 35))) == "Kenya … an envoy"


@pytest.mark.parametrize(
    "span",
    [(0, 0), (5, 4), (-1, 3), (0, len(TEXT) + 1), (5, 8), (0, 6)],
    ids=["empty", "reversed", "early", "late", "left", "right"],
)
def test_a_span_that_does_not_hold_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(RecordError):
        check(replace(RECORD, actors=(replace(RECORD.actors[0], mentions=(span,)), RECORD.actors[1])))


@pytest.mark.parametrize(
    "broken",
    [
        replace(RECORD, actors=RECORD.actors[:1]),
        replace(RECORD, actors=RECORD.actors[1:]),
        replace(RECORD, attributions=()),
        replace(RECORD, actors=(*RECORD.actors, RECORD.actors[0])),
        replace(RECORD, positions=(replace(RECORD.positions[0], condition="p9"),)),
    ],
    ids=["speaker", "party", "attribution", "twice", "condition"],
)
def test_an_id_that_does_not_resolve_is_refused(broken: Record) -> None:
    with pytest.raises(RecordError):
        check(broken)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b'{"id": "x"}',
        b'{"id": 1, "text": "x"}',
        b"\xff",
        b'{"schema":"parley.record/2","id":"x","text":"y"}',
    ],
)
def test_what_is_no_record_is_refused(data: bytes) -> None:
    with pytest.raises(RecordError):
        from_json(data)
