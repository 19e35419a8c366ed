from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from parley.exports import text
from parley.model import Actor, Metadata, Record

from .records import bare, talks


def test_the_form_that_an_editor_reads(golden: Callable[[str, str], None]) -> None:
    golden("record.txt", text.write(talks()))


def test_an_empty_record_says_so_in_every_section(golden: Callable[[str, str], None]) -> None:
    golden("record-bare.txt", text.write(bare()))


@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_is_wider_than_asked(width: int) -> None:
    assert max(map(len, text.write(talks(), width=width).splitlines())) <= width


def test_no_line_ends_with_a_space() -> None:
    assert all(line == line.rstrip() for line in text.write(talks()).splitlines())


def test_every_position_event_and_note_is_there() -> None:
    record, shown = talks(), text.write(talks())
    for row in (*record.positions, *record.events):
        assert f"  {row.id}  " in shown
    assert record.notes[0] in shown


def test_unknown_dates_are_said() -> None:
    undated = replace(talks(), positions=talks().positions[:5], events=talks().events[1:])
    assert "The dates of what was said and done are unknown." in text.write(undated)
    assert "Date unknown: e2" in text.write(talks())


def test_nothing_in_an_article_steers_the_terminal() -> None:
    actor = Actor("a1", "\x1b]0;owned\x07", ((0, 4),))
    shown = text.write(Record("r\x1b[2J", "Text", Metadata(title="\u202eevil", url="x\x1b[0m"), actors=(actor,)))
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
    shown.encode()
