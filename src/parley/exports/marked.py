"""The article of the page: its paragraphs as HTML, every covered stretch a link to the record's line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from markupsafe import Markup, escape

from parley.exports.marks import Tips, anchor, marks, tips
from parley.exports.rows import View
from parley.exports.segments import Segment, segments
from parley.exports.visible import visible
from parley.model import Record, Span

TIP_LINES = 5
"""Lines that a tip holds; the others are counted."""
DESCRIBED_BY = 3
"""Rows that a screen reader reads out for one stretch."""
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_WORD = re.compile(r"\w")
_STEERING = re.compile(r"⟨U\+[0-9A-F]+⟩")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the page."""

    kind: str
    """body, repeat, teaser or furniture."""
    note: str
    """What is said above a paragraph that is left out."""
    id: str
    """Id of the row that says so; empty for a paragraph of the body."""
    html: Markup


def stretches(record: Record) -> list[Span]:
    """The paragraphs in order: the record's passages, and what stands between them, cut at blank lines."""
    found: list[Span] = []
    done = 0
    for start, end in sorted(passage.span for passage in record.passages):
        if start >= done:
            found += (*_between(record.text, done, start), (start, end))
            done = end
    return [*found, *_between(record.text, done, len(record.text))]


def _between(text: str, start: int, end: int) -> Iterator[Span]:
    """The paragraphs of a part of the text, those of spaces alone left out."""
    position = start
    for gap in chain(_BLANK_LINE.finditer(text, start, end), (None,)):
        stop = gap.start() if gap else end
        if text[position:stop].strip():
            yield position, stop
        position = gap.end() if gap else end


def blocks(record: Record, shown: View, paragraphs: Sequence[Span], reach: Mapping[str, Span]) -> Iterator[Block]:
    """The paragraphs of the page, in order; every character of the text stands in one of them or is space.

    Args:
        record: the record.
        shown: its view.
        paragraphs: the stretches of the text that are shown, in order and without overlap.
        reach: from where to where the words of each row reach; where they begin there is an anchor.
    """
    anchors: dict[int, list[str]] = {}
    for row_id, (start, _) in reach.items():
        anchors.setdefault(start, []).append(f'<span id="{anchor(row_id)}w"></span>')
    lines, left_out = tips(shown), {row.span: row for row in shown.left_out}
    pieces = segments((0, len(record.text)), marks(shown), chain(anchors, chain.from_iterable(paragraphs)))
    piece, met = next(pieces, None), set[str]()
    for start, end in paragraphs:
        html: list[str] = []
        while piece and piece.start < end:
            if piece.start >= start:
                html += (*anchors.get(piece.start, ()), _stretch(piece, record.text, lines, met))
            piece = next(pieces, None)
        row = left_out.get((start, end))
        body = Markup("".join(html))
        yield Block(row.kind_id, row.kind, row.id, body) if row else Block("body", "", "", body)


def _stretch(piece: Segment, text: str, lines: Tips, met: set[str]) -> str:
    """One stretch as HTML: bare text, a mark, or a mark that leads to its row.

    Args:
        piece: the stretch.
        text: the article.
        lines: what the marks say.
        met: rows that the keyboard has stopped at before; those of this stretch are added, so that it stops once at
            each and not at every piece of its words.
    """
    words = text[piece.start : piece.end]
    html = _words(words)
    if not piece.cover:
        return html
    owners = list(dict.fromkeys(mark.owner for mark in piece.cover))
    roles = dict.fromkeys(mark.role for mark in piece.cover)
    names = " ".join(("s", *roles, *(f"x-{anchor(owner)}" for owner in owners)))
    tip = _tip(piece, lines)
    leading = list(dict.fromkeys(mark.owner for mark in piece.cover if mark.role != "a"))
    if not leading or not _WORD.search(words):
        return f'<span class="{names}" data-tip="{tip}">{html}</span>'
    new = [owner for owner in leading if owner not in met]
    met.update(new)
    described = " ".join(f"{anchor(owner)}l" for owner in leading[:DESCRIBED_BY])
    reach = f'aria-describedby="{described}"' if new else 'tabindex="-1"'
    return f'<a class="{names}" href="#{anchor(leading[0])}" {reach} data-tip="{tip}">{html}</a>'


def _words(text: str) -> str:
    """Text as HTML; what would steer the browser is shown as a small mark."""
    escaped = str(escape(visible(text)))
    return _STEERING.sub(r'<span class="ctl">\g<0></span>', escaped) if "⟨U+" in escaped else escaped


def _tip(piece: Segment, lines: Tips) -> str:
    """The lines of the rows that cover a stretch, as the value of an attribute."""
    of_rows: dict[str, str] = {}
    for mark in sorted(piece.cover, key=lambda mark: mark.rank):
        of_rows.setdefault(mark.owner, lines[mark.owner, mark.role])
    shown = list(of_rows.values())
    if len(shown) > TIP_LINES:
        shown[TIP_LINES:] = [f"and {len(shown) - TIP_LINES} more"]
    return str(escape("\n".join(shown))).replace("\n", "&#10;")
