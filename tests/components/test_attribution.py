"""Attributions: spans, merging, kinds, sourcing, speakers and chains, on sentences about many disputes."""

from __future__ import annotations

import time

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from parley.components.attribution import RoleSpans, finish
from parley.components.attribution.classify import chain
from parley.components.attribution.spans import cover, joined, without
from parley.model import Attribution, Spans


def words(doc: Doc, spans: Spans) -> str:
    return " … ".join(doc.text[start:end] for start, end in spans)


def roles(doc: Doc) -> list[tuple[str, str, str]]:
    """Source, cue and content of every attribution, in words."""
    return [(words(doc, a.source), words(doc, a.cue), words(doc, a.content)) for a in doc._.attributions]


def only(doc: Doc) -> Attribution:
    assert len(doc._.attributions) == 1, roles(doc)
    found: Attribution = doc._.attributions[0]
    return found


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The ministry said that the dam would be filled.", "The ministry", "said", "that the dam would be filled"),
        ("The bridge is closed, police said.", "police", "said", "The bridge is closed"),
        ("The bridge, police said, is closed.", "police", "said", "The bridge … is closed"),
        ("According to the envoy, the fleet has left.", "the envoy", "According to", "the fleet has left"),
        ("The fleet has left, according to the envoy.", "the envoy", "according to", "The fleet has left"),
        ("Lima rejected the border offer.", "Lima", "rejected", "the border offer"),
        ("Nairobi accused Kampala of moving troops.", "Nairobi", "accused", "Kampala of moving troops"),
        ("The union vowed to strike again.", "The union", "vowed", "to strike again"),
        ("The premier has not said whether he will go.", "The premier", "has not said", "whether he will go"),
        ("Oslo called on both sides to stop the shelling.", "Oslo", "called on", "both sides to stop the shelling"),
        ("In the words of the mediator, nothing moved.", "the mediator", "In the words of", "nothing moved"),
        ("The convoy was reportedly hit.", "", "reportedly", "The convoy was … hit"),
        (
            "GENEVA, May 3 — The talks failed, a spokesman for the mission said.",
            "a spokesman for the mission",
            "said",
            "The talks failed",
        ),
    ],
)
def test_indirect(rules: Language, text: str, source: str, cue: str, content: str) -> None:
    doc = rules(text)
    assert (source, cue, content) in roles(doc)
    assert all(a.kind == "indirect" for a in doc._.attributions)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("“We are leaving,” Ana Ruiz said.", "Ana Ruiz", "said", "“We are leaving,”"),
        ("“We are leaving,” said Ana Ruiz, who leads the team.", "Ana Ruiz, who leads the team", "said", None),
        ("Ana Ruiz said: “We are leaving.”", "Ana Ruiz", "said:", "“We are leaving.”"),
        ("“We are leaving,” she said. “We are tired.”", "she", "said", "“We are leaving,” … “We are tired.”"),
        ("“We are leaving,” she said, “and soon.”", "she", "said", "“We are leaving,” … “and soon.”"),
        ("“One.\n\n“Two,” Ana Ruiz said.", "Ana Ruiz", "said", None),
        ("Ana Ruiz went on:\n\n“We are leaving the room.”", "Ana Ruiz", "went on:", "“We are leaving the room.”"),
        ("“This treaty is dead to us.” ― Ana Ruiz", "Ana Ruiz", "―", "“This treaty is dead to us.”"),
    ],
)
def test_direct(rules: Language, text: str, source: str, cue: str, content: str | None) -> None:
    doc = rules(text)
    found = doc._.attributions[-1]
    assert found.kind == "direct"
    assert words(doc, found.source) == source
    assert words(doc, found.cue) == cue
    if content is not None:
        assert words(doc, only(doc).content) == content


def test_a_quotation_in_a_paragraph_of_its_own_is_another_utterance_of_the_speaker(rules: Language) -> None:
    doc = rules("“We left,” Ana Ruiz sighed.\n\n“It was late.”")
    first, second = doc._.attributions
    assert (words(doc, first.content), words(doc, second.content)) == ("“We left,”", "“It was late.”")
    assert first.speaker == second.speaker


@pytest.mark.parametrize(
    "text",
    [
        "The port will reopen in May, the daily Harbour Post reported, citing two officials.",
        "The Harbour Post wrote, citing two officials, that the port will reopen in May.",
    ],
)
def test_whom_a_report_cites_has_its_content_by_way_of_it(rules: Language, text: str) -> None:
    doc = rules(text)
    found = {words(doc, one.source): one for one in doc._.attributions}
    officials = found["two officials"]
    report = next(one for one in doc._.attributions if one.id == officials.via)
    assert report.content == officials.content


def test_mixed_content_follows_the_marks(rules: Language) -> None:
    doc = rules("The king said that the strait was “closed for good. Nobody will pass.” He left.")
    assert only(doc).kind == "mixed"
    assert words(doc, only(doc).content).endswith("Nobody will pass.”")


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “peace corridor” stayed shut.",
        "The “experts” left the hall before noon.",
        "Snow fell on the pass for three days.",
        "",
        " ",
        "“”",
        ":",
        "”“‘ ’",
    ],
)
def test_nothing_is_attributed(rules: Language, text: str) -> None:
    assert rules(text)._.attributions == ()


@pytest.mark.parametrize(
    ("text", "sourcing"),
    [
        ("Ana Ruiz said the pass was closed.", "named"),
        ("Foreign Minister Ana Ruiz said the pass was closed.", "named"),
        ("A palace spokesman said the pass was closed.", "office"),
        ("The defence ministry said the pass was closed.", "office"),
        ("Jakarta said the pass was closed.", "office"),
        ("Two officials said the pass was closed.", "unnamed"),
        ("Sources familiar with the talks said the pass was closed.", "unnamed"),
        ("A minister who asked not to be named said the pass was closed.", "unnamed"),
        ("The pass was reportedly closed.", "unnamed"),
        ("The leaked memorandum says the pass is closed.", "document"),
        ("The court filing said the pass was closed.", "document"),
        ("We have learned that the pass was closed.", "outlet"),
        ("This newspaper reported that the pass was closed.", "outlet"),
    ],
)
def test_sourcing(rules: Language, text: str, sourcing: str) -> None:
    assert only(rules(text)).sourcing == sourcing


def test_speaker_is_the_actor_of_the_source(rules: Language) -> None:
    doc = rules("Ana Ruiz arrived on Monday. She said that the pass was closed.")
    speaker = only(doc).speaker
    assert speaker is not None
    assert doc._.mentions.actors[speaker].name == "Ana Ruiz"
    assert only(doc).sourcing == "named"


def test_relative_pronoun_speaks_for_its_noun(rules: Language) -> None:
    doc = rules("Ana Ruiz, who told lawmakers that the pass was closed, left the hall.")
    assert words(doc, only(doc).source) == "who"
    speaker = only(doc).speaker
    assert speaker is not None
    assert doc._.mentions.actors[speaker].name == "Ana Ruiz"


def test_chain_goes_through_everybody_who_told(rules: Language) -> None:
    doc = rules("The agency, citing two officials, reported that the minister had said the pass was closed.")
    agency, officials, minister = doc._.attributions
    assert words(doc, officials.source) == "two officials"
    assert words(doc, minister.source) == "the minister"
    assert (agency.via, officials.via, minister.via) == (None, agency.id, officials.id)


def test_quoted_by_another(rules: Language) -> None:
    doc = rules("The daily quoted the envoy as saying that nothing had been agreed.")
    inner = doc._.attributions[-1]
    assert words(doc, inner.source) == "the envoy"
    assert words(doc, inner.content) == "that nothing had been agreed"


def test_words_inside_a_quotation_are_not_attributed_again(rules: Language) -> None:
    doc = rules("“He said he would pay, and they told us he lied,” Ana Ruiz recalled.")
    assert words(doc, only(doc).cue) == "recalled"


def test_names_may_be_swapped(rules: Language) -> None:
    text = "{} accused {} of stalling. {} said it would wait."
    one, two = (rules(text.format(*pair)) for pair in (("Baku", "Yerevan", "Yerevan"), ("Yerevan", "Baku", "Baku")))
    shape = [(a.kind, a.sourcing, a.via, words(one, a.cue)) for a in one._.attributions]
    assert shape == [(a.kind, a.sourcing, a.via, words(two, a.cue)) for a in two._.attributions]
    assert len(shape) == 2


def test_finish_takes_spans_from_elsewhere(rules: Language) -> None:
    doc = rules.make_doc("A B said C D")
    for extension in ("quotes", "mentions"):
        assert doc.has_extension(extension)
    rows = [RoleSpans(((0, 2),), ((2, 3),), ((3, 5),)), RoleSpans((), (), ())]
    (found,) = finish(doc, rows)
    assert (found.id, found.source, found.content) == ("t1", ((0, 3),), ((9, 12),))


def test_chain_takes_the_innermost_report() -> None:
    outer = RoleSpans((), ((0, 1),), ((1, 20),))
    inner = RoleSpans((), ((3, 4),), ((4, 12),))
    last = RoleSpans((), ((6, 7),), ((8, 10),))
    beyond = RoleSpans((), ((15, 16),), ((16, 20),))
    assert chain([outer, inner, last, beyond]) == {1: 0, 2: 1, 3: 0}


def test_span_arithmetic() -> None:
    assert joined([(4, 6), (0, 2), (2, 3)]) == ((0, 3), (4, 6))
    assert without((0, 10), [(2, 4), (8, 12)]) == ((0, 2), (4, 8))
    assert cover(4, [(1, 3)]) == [False, True, True, False]


@pytest.mark.parametrize(
    "text",
    [
        "said " * 4000,
        "he said that " * 3000,
        "“a,” he said, " * 1500,
        "“" * 3000,
        "X: " * 3000,
        "according to " * 3000,
        "A\n\n“b\n\n" * 800,
        "\u202e said \u0000 “\ufeff” \U0001f54a",
    ],
    ids=range(8),
)
def test_hostile_text_ends_soon(rules: Language, text: str) -> None:
    doc = rules(text)
    component = rules.get_pipe("parley_attribution")
    start = time.process_time()
    component(doc)
    assert time.process_time() - start < 3
    whole = doc.text
    for found in doc._.attributions:
        for first, stop in (*found.source, *found.cue, *found.content):
            assert first < stop
            assert not whole[first].isspace()
            assert not whole[stop - 1].isspace()
