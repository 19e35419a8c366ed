"""The record as plain text, for a terminal or a letter."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby

from parley.exports.labels import count, label
from parley.exports.names import NO_DATE
from parley.exports.rows import EventRow, FramingRow, PartRows, PositionRow, SourceRow, View
from parley.exports.view import view
from parley.exports.visible import quoted, shortened, visible
from parley.model import Record

WIDTH = 88
"""Columns."""
NONE = "None found."
MAX_EVENT = 150
"""Code points of an event's words."""
FIRST_WORDS = 70
"""Code points of a passage that is left out."""
MAX_NAMES = 12
"""Sources of one class that are named; the others are counted."""

Lines = Iterator[str]


def write(record: Record, *, width: int = WIDTH) -> str:
    """The record as text of at most ``width`` columns, without colour codes, ending with a line end."""
    shown = view(record)
    lines = [*_heading(shown, width)]
    for title, body in _sections(shown):
        lines += ["", title.upper(), *(list(body(width)) or [f"  {NONE}"])]
    return visible("\n".join(line.rstrip() for line in lines)) + "\n"


def _sections(shown: View) -> Iterator[tuple[str, Callable[[int], Iterable[str]]]]:
    """The titles of the sections in order, and what writes each at a width."""
    for part in shown.parts:
        yield part.title, partial(_part, part, shown)
    yield "On whose word", partial(_sources, shown)
    yield "What stands on the outlet's own word", partial(_own_word, shown)
    yield "How it is told", partial(_framing, shown.framing)
    yield "Events", partial(_events, shown)
    yield "Left out", partial(_left_out, shown)
    if shown.notes:
        yield "Notes", partial(_notes, shown)


def _wrap(text: str, width: int, first: str = "  ", rest: str | None = None) -> list[str]:
    """A text in lines of at most ``width`` columns, words never broken at hyphens."""
    rest = first if rest is None else rest
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)


def _heading(shown: View, width: int) -> Lines:
    title = _wrap(shown.title, width, "")
    yield from title
    yield "=" * max(map(len, title))
    yield from _wrap(" · ".join(shown.facts), width, "")
    if shown.url:
        yield shown.url
    yield from _wrap(" · ".join(shown.identity), width, "")
    if (shown.positions or shown.events) and not shown.dated:
        yield "The dates of what was said and done are unknown."


# ---------------------------------------------------------------- positions
def _part(part: PartRows, shown: View, width: int) -> Lines:
    for k, party in enumerate(part.parties):
        if k:
            yield ""
        yield from _wrap(f"{party.name} ({party.described})" if party.described else party.name, width)
        for row in party.rows:
            yield from _position(row, width)
    if shown.dated:
        yield from _undated([row for party in part.parties for row in party.rows], width)


def _position(row: PositionRow, width: int) -> Lines:
    """One position: what, in which words, on whose word, under which condition."""
    about = f"{row.act}: {row.issue}" + (f" ({row.toward})" if row.toward else "")
    yield from _wrap(about + (", hedged" if row.hedged else ""), width, f"  {row.id:>4}  ", " " * 8)
    yield from _wrap(quoted(row.quote), width, " " * 10)
    yield from _wrap(
        f"{row.layer}: {row.word}" + (f"; {row.date}" if row.date != NO_DATE else ""), width, " " * 8, " " * 10
    )
    if row.condition:
        yield from _wrap(f"only if: {row.condition_line}", width, " " * 8, " " * 10)


def _undated(rows: Sequence[PositionRow | EventRow], width: int) -> Lines:
    """Says plainly of which rows the date is unknown."""
    ids = [row.id for row in rows if row.date == NO_DATE]
    if ids:
        which = "all" if len(ids) == len(rows) else ", ".join(ids)
        yield from ("", *_wrap(f"Date unknown: {which}", width, "  ", "    "))


# ---------------------------------------------------------------- sources
def _sources(shown: View, width: int) -> Lines:
    total = len(shown.attributions)
    if not total:
        return
    yield f"  {count(total, 'quotation')}, direct and indirect, by the kind of source:"
    for row in shown.sources:
        yield from _source(row, width)


def _source(row: SourceRow, width: int) -> Lines:
    names = [f"{name} {number}" for name, number in row.names[:MAX_NAMES]]
    if len(row.names) > MAX_NAMES:
        names.append(f"{count(len(row.names) - MAX_NAMES, 'other')}")
    head = f"  {row.sourcing:<19}{row.quotations:>4}{row.share:>5} %  "
    yield from _wrap(", ".join(names) or "-", width, head, " " * len(head))


def _own_word(shown: View, width: int) -> Lines:
    """The positions and events for which the outlet names no source."""
    positions = [row for row in shown.positions if row.own_word]
    events = [row for row in shown.events if row.own_word]
    if positions:
        yield f"  {len(positions)} of {count(len(shown.positions), 'position')}:"
        for row in positions:
            yield from _wrap(row.line, width, f"  {row.id:>4}  ", " " * 8)
    if events:
        ids = ", ".join(row.id for row in events)
        yield from _wrap(f"{len(events)} of {count(len(shown.events), 'event')}: {ids}", width, "  ", " " * 4)


# ---------------------------------------------------------------- framing, events, passages
def _framing(rows: tuple[FramingRow, ...], width: int) -> Lines:
    """Marks by voice, the outlet's first, then by kind."""
    for voice in ("outlet", "quoted"):
        marks = sorted((row for row in rows if row.voice_id == voice), key=lambda row: row.kind)
        if marks:
            yield f"  {label('voices', voice)}: {count(len(marks), 'mark')}"
        for kind, group in groupby(marks, key=lambda row: row.kind):
            found = list(group)
            whose = "" if voice == "outlet" else " ({})"
            said = ", ".join(quoted(row.quote) + whose.format(row.voice) for row in found)
            yield from _wrap(f"{kind} ({len(found)}): {said}", width, "    ", "      ")


def _events(shown: View, width: int) -> Lines:
    for row in shown.events:
        yield from _event(row, width)
    if shown.dated:
        yield from _undated(shown.events, width)


def _event(row: EventRow, width: int) -> Lines:
    when = f", {row.date}" if row.date != NO_DATE else ""
    head = f"{row.type:<11} {row.who} -> {row.whom}: {row.status}{when}"
    yield from _wrap(head, width, f"  {row.id:>4}  ", " " * 20)
    yield from _wrap(quoted(shortened(row.quote, MAX_EVENT)), width, " " * 20)


def _left_out(shown: View, width: int) -> Lines:
    for row in shown.left_out:
        yield from _wrap(f"{row.kind}: {quoted(shortened(row.quote, FIRST_WORDS))}", width, "  ", "    ")


def _notes(shown: View, width: int) -> Lines:
    for note in shown.notes:
        yield from _wrap(note, width, "  - ", "    ")
