"""Cleaning never loses the way back to the source."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.clean import MAX_WORDS, clean

MARKS = "“”„‟\"«»''``‘’'‚‹›"
TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("abcdefgh XYZ.,!?-—…\n\n\t\r" + MARKS + "\u200b\ufeff\u00a0\u202e\x00"), st.characters()
    ),
    max_size=400,
)
FOLD = {"’": "'", "ʼ": "'", "＇": "'", "´": "'", "‐": "-", "‑": "-", "‒": "–", "―": "—", "−": "-"}


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_every_character_of_the_parsers_text_comes_from_the_source(text: str) -> None:
    body = clean(text)
    assert len(body.origin) == len(body.text)
    for character, origin in zip(body.text, body.origin, strict=True):
        if origin < 0:
            assert character == "\n"
        elif character not in "“”‘’ ":
            assert FOLD.get(text[origin], text[origin]) == character


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_offsets_rise_and_passages_do_not_overlap(text: str) -> None:
    body = clean(text)
    offsets = [origin for origin in body.origin if origin >= 0]
    assert offsets == sorted(set(offsets))
    ends = [0, *(passage.span[1] for passage in body.passages)]
    assert all(end <= passage.span[0] < passage.span[1] for end, passage in zip(ends, body.passages, strict=False))


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.data())
def test_spans_of_the_source_are_inside_it_and_have_no_edge_spaces(text: str, data: st.DataObject) -> None:
    body = clean(text)
    if not body.text:
        return
    start = data.draw(st.integers(0, len(body.text) - 1))
    end = data.draw(st.integers(start + 1, len(body.text)))
    for s, e in body.source_spans(start, end):
        assert 0 <= s < e <= len(text)
        assert not text[s].isspace()
        assert not text[e - 1].isspace()


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text).text
    assert clean(once).text in (once, once.strip()) or any(p.kind != "body" for p in clean(once).passages)


@pytest.mark.parametrize(
    "quoted",
    [
        '"We will not sign," she said.',
        "“We will not sign,” she said.",
        "„We will not sign,“ she said.",
        "„We will not sign,” she said.",
        "«We will not sign,» she said.",
        "« We will not sign, » she said.",
        "»We will not sign,« she said.",
        "''We will not sign,'' she said.",
        "``We will not sign,'' she said.",
        "‘We will not sign,’ she said.",
        "'We will not sign,' she said.",
        "〝We will not sign,〞 she said.",
    ],
)
def test_marks_of_all_kinds_become_the_same(quoted: str) -> None:
    assert clean(quoted).text == "“We will not sign,” she said."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ministers' plan isn’t theirs.", "The ministers' plan isn't theirs."),
        ("“He said ‘never’ twice,” she added.", "“He said ‘never’ twice,” she added."),
        ('He is 6\'2" tall and the bar 12" wide.', 'He is 6\'2" tall and the bar 12" wide.'),
        ("Rock 'n' roll in the '90s.", "Rock 'n' roll in the '90s."),
        ("A so-called 'peace' plan.", "A so-called “peace” plan."),
        ("The \u200bword\u00ad, a\u00a0space.", "The word, a space."),
        ("Two  spaces\tand a tab.", "Two spaces and a tab."),
    ],
)
def test_apostrophes_inches_and_spaces(text: str, expected: str) -> None:
    assert clean(text).text == expected


def test_hard_wrapped_lines_are_joined_and_single_lines_are_paragraphs() -> None:
    wrapped = (
        "The delegations met for a third day in the lakeside town, and neither of\n"
        "them would say in public whether the draft text had grown by a line or\n"
        "shrunk by one since the evening before.\n\nA second paragraph follows."
    )
    assert clean(wrapped).text.count("\n\n") == 1
    assert clean("First point.\nSecond point.\nThird point.").text.count("\n\n") == 2


def test_a_repeated_paragraph_counts_once_also_with_small_edits() -> None:
    paragraph = (
        "The envoy said the two sides had agreed to exchange lists of the missing by the end of the week in Geneva."
    )
    edited = paragraph.replace("the two sides", "the sides")
    for second in (paragraph, edited):
        body = clean(f"{paragraph}\n\nAnother paragraph.\n\n{second}")
        assert [p.kind for p in body.passages] == ["body", "body", "repeat"]
        assert body.passages[2].repeats == body.passages[0].span
        assert body.text.count("exchange lists") == 1


@pytest.mark.parametrize("text", ["word " * (2 * MAX_WORDS), "No, thanks.\n" * MAX_WORDS], ids=["one line", "many"])
def test_an_overlong_text_is_read_in_part_and_says_so(text: str) -> None:
    body = clean(text)
    assert 0.3 * MAX_WORDS < len(body.text.split()) <= MAX_WORDS
    assert "longer than" in body.notes[0]


def test_a_text_that_just_fits_is_read_whole() -> None:
    body = clean("word " * (MAX_WORDS - 2))
    assert not body.notes
    assert len(body.text.split()) == MAX_WORDS - 2
