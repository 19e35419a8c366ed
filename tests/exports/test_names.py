from __future__ import annotations

from dataclasses import replace

import pytest

from parley.exports import names
from parley.exports.names import Names
from parley.exports.visible import one_line, quoted, visible
from parley.model import Attribution, Date, Metadata, Record

from .records import talks

SAID = "The minister said that he said so."


def test_the_whole_chain_is_told_outermost_first() -> None:
    assert Names(talks()).chain("t2") == (
        "River Post, citing Lowland Radio (an outlet), which cites Amira Sabet (named)"
    )


def test_without_a_source_the_outlet_stands_alone() -> None:
    assert Names(talks()).chain(None) == "River Post, which names no source"
    assert Names(replace(talks(), article=Metadata())).chain(None) == "the outlet, which names no source"


def test_a_chain_that_bites_its_tail_ends() -> None:
    ring = (
        Attribution("t1", "direct", ((0, 12),), (), (), via="t2"),
        Attribution("t2", "direct", ((23, 25),), (), (), via="t1"),
    )
    assert Names(Record("r", SAID, attributions=ring)).chain("t1").count("which quotes") == 1


def test_a_pronoun_gives_way_to_the_name_behind_it() -> None:
    record = talks()
    start = record.text.index("it out")
    pronoun = Attribution("t9", "indirect", ((start, start + 2),), (), (), "a1", "office")
    assert Names(record).source(pronoun) == "Highland"
    assert Names(record).source(replace(pronoun, speaker=None)) == "it"


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (Date("2025-06-02", "day", "text"), "2 June 2025 (as the text says)"),
        (Date("2025-06", "month", "relative"), "June 2025 (reckoned from the text)"),
        (Date("2025", "year", "given"), "2025 (as given by the user)"),
        (Date("2025-13-40", "day", "text"), "2025-13-40 (as the text says)"),
        (Date(), "date unknown"),
    ],
)
def test_dates_in_words(when: Date, words: str) -> None:
    assert names.date(when) == words


def test_a_quotation_is_cut_at_a_word() -> None:
    record = Record("r", "word " * 1000)
    quote = Names(record).quote(((0, 4999),))
    assert len(quote) <= names.MAX_QUOTE + 2
    assert quote.endswith("word …")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x07", "⟨U+001B⟩[31mred⟨U+0007⟩"),
        ("a\u202eb\u2066c", "a⟨U+202E⟩b⟨U+2066⟩c"),
        ("lone \ud800", "lone ⟨U+D800⟩"),
        ("\ufeffstart", "⟨U+FEFF⟩start"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_what_would_steer_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_words_in_one_pair_of_marks() -> None:
    assert quoted("“peace”") == "“peace”"
    assert quoted("a “hard” line") == "“a ‘hard’ line”"
    assert quoted("“yes” and “no”") == "“‘yes’ and ‘no’”"
    assert one_line(" a \n\t b ") == "a b"
