"""The term language."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.terms import Terms


def found(terms: list[str], text: str) -> list[str]:
    return [text[start:end] for start, end in Terms(terms).find(text)]


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        ("ceasefire", "The Ceasefire held; a pre-ceasefire calm, ceasefires", ["Ceasefire"]),
        ("cease-fire", "a cease-fire, a cease fire, a ceasefire", ["cease-fire", "cease fire", "ceasefire"]),
        ("withdraw*", "withdraws, Withdrawal and drawn", ["withdraws", "Withdrawal"]),
        ("troops/army", "The army and the troops", ["army", "troops"]),
        ("[the] deal", "the deal; a deal", ["the deal", "deal"]),
        ("hand [back] over", "hand over; hand back over", ["hand over", "hand back over"]),
        ("pull* .. out", "pulled its last two battalions out", ["pulled its last two battalions out"]),
        ("pull* .. out", "pulled one two three four five six out", []),
        ("pull* .. out", "pulled back. It went out", []),
        ("pause [in] [shelling]", "a pause in shelling", ["pause in shelling"]),
        ("end .. [the] war", "end of the war", ["end of the war"]),
        ("a/temporary pause", "temporary pause", ["temporary pause"]),
        ("party's", "The party’s over", ["party’s"]),
    ],
)
def test_a_term(term: str, text: str, expected: list[str]) -> None:
    assert found([term], text) == expected


def test_the_longest_term_wins_and_nothing_overlaps() -> None:
    assert found(["peace", "peace talks", "talks"], "peace talks, talks, peace") == ["peace talks", "talks", "peace"]


@pytest.mark.parametrize("term", ["", "..", ".. a", "a ..", "[a]", "a(b", "-a", "*"])
def test_a_malformed_term_is_refused(term: str) -> None:
    with pytest.raises(ValueError, match=r"term|word"):
        Terms([term])


@given(st.text(max_size=200))
def test_spans_are_ordered_and_inside(text: str) -> None:
    spans = list(Terms(["a*", "the .. of", "[x] y/z"]).find(text))
    assert all(0 <= s < e <= len(text) for s, e in spans)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans))
