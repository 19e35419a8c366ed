"""Layout that says who speaks: turns, and quotations that are signed."""

from __future__ import annotations

import pytest

from parley.tagger.transcript import signed, turns
from parley.tagger.words import line_paragraphs, split_words


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("“The road should be open by spring.” — Ana Ruiz", "Ana Ruiz"),
        ("“The road should be open by spring.” ― Jan van den Berg.", "Jan van den Berg"),
        ("“The road should be open by spring.” – Maria da Costa.", "Maria da Costa"),
        ("“The road should be open by spring.” — and then he left", None),
        ("“The road should be open by spring.” —", None),
        ("He said “the road” — Ana Ruiz", None),
    ],
)
def test_signed_quotations(line: str, who: str | None) -> None:
    text = f"Readers wrote to us.\n{line}\nMore tomorrow."
    words = split_words(text, line_paragraphs(text))
    found = [text[words.starts[a] : words.ends[b - 1]] for frame in signed(words) for a, b in frame.source]
    assert found == ([who] if who else [])


def test_turns_need_several_and_a_name_that_comes_again() -> None:
    text = "HOST: Is it agreed?\nENVOY: It is.\nHOST: By whom?\n"
    words = split_words(text, line_paragraphs(text))
    assert len(turns(words)) == 3
    few = split_words("NOTE: See below.\n", line_paragraphs("NOTE: See below.\n"))
    assert turns(few) == []
