"""Framing: what is marked, in whose voice, and what is not."""

from __future__ import annotations

import pytest


def marks(record, kind=None):
    return [record.text[slice(*f.span)] for f in record.framing if kind is None or f.kind == kind]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("The offer made a mockery of the commission, observers of the fishing talks wrote.", "loaded", "mockery"),
        ("The ministry's reckless decision closed the strait.", "loaded", "reckless"),
        ("The thugs who run the island refused to meet the envoy.", "name_calling", "thugs"),
        ("The delegation will never trade away our homeland.", "flag_waving", "our homeland"),
        ("The general's so-called roadmap was sent to the mediators.", "name_calling", "so-called roadmap"),
        ("The army reportedly crossed the river on Monday.", "hedge", "reportedly"),
        ("The road was closed because of “maintenance” for the ninth time.", "scare_quotes", "“maintenance”"),
        ("Two officials said the ferry would sail on Friday.", "unnamed_source", "Two officials"),
    ],
)
def test_marked(read, text: str, kind: str, words: str) -> None:
    assert any(words in mark for mark in marks(read(text), kind))


@pytest.mark.parametrize(
    "text",
    [
        "The missile killed four people in the port on Tuesday, the governor said.",
        "The Iron Dome battery was moved to the north.",
        "The mine opened in 1962 and employs 4,000 people.",
        "The European visa regime was extended for a year.",
        "She plays Heroic Anna in the film “Harbour Lights”.",
        "The treaty was known as “the long peace” in both capitals.",
        "“We will come to the talks,” the minister said.",
    ],
)
def test_plain_telling_has_no_marks(read, text: str) -> None:
    assert marks(read(text)) == []


def test_voice_is_quoted_inside_a_speech_and_outlet_outside(read) -> None:
    record = read(
        "Minister Amal Idris said: “This outrageous demand will be refused by all of us.” The pathetic reply came late."
    )
    voices = {record.text[slice(*f.span)]: f.voice for f in record.framing}
    assert voices["outrageous"] == "quoted"
    assert voices["pathetic"] == "outlet"


def test_a_report_in_other_words_keeps_the_speaker(read) -> None:
    record = read("Foreign Minister Amal Idris said that the outrageous demand would be refused.")
    (mark,) = [f for f in record.framing if f.kind == "loaded"]
    assert mark.voice == "outlet"
    assert mark.speaker is not None
    assert "either's" in mark.why


def test_words_that_touch_are_one_mark_with_a_higher_score(read) -> None:
    alone = read("The council called off the absurd vote.").framing
    together = read("The council called off the absurd, pathetic charade.").framing
    assert len(alone) == 1
    assert max(f.score for f in together) > alone[0].score


def test_marks_stand_in_order_and_apart(read) -> None:
    record = read("The brutal thugs and their so-called absurd parliament reportedly spread vile, shameless lies.")
    spans = [f.span for f in record.framing]
    assert spans == sorted(spans)
    assert all(left[1] <= right[0] for left, right in zip(spans, spans[1:], strict=False))
