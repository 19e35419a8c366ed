"""The text for the parser, with a map of offsets back to the source."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from parley.clean.characters import Piece, tidy
from parley.clean.marks import directed
from parley.clean.paragraphs import paragraphs
from parley.clean.passages import classify
from parley.model import Passage, Span, Spans

MAX_WORDS = 12_000
"""Words and punctuation marks of body text that are read, some seven seconds' work; an article is never longer, a dump
of a whole site may be."""
_MEASURE = re.compile(r"\w+|[^\w\s]")

PARAGRAPH_BREAK = "\n\n"


@dataclass(frozen=True)
class Cleaned:
    """The body of an article as the parser sees it."""

    text: str
    origin: array[int]
    """For each code point of ``text``: its offset in the source. Characters of a paragraph break have -1."""
    passages: tuple[Passage, ...]
    notes: tuple[str, ...] = ()

    def source_spans(self, start: int, end: int) -> Spans:
        """The spans of the source that ``text[start:end]`` came from, cut at paragraph breaks, without edge spaces."""
        spans: list[Span] = []
        while start < end:
            stop = self.text.find(PARAGRAPH_BREAK, start, end)
            stop = end if stop < 0 else stop
            piece = self.text[start:stop]
            first, last = start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
            if first < last:
                spans.append((self.origin[first], self.origin[last - 1] + 1))
            start = stop + len(PARAGRAPH_BREAK)
        return tuple(spans)


def clean(text: str, *, title: str | None = None) -> Cleaned:
    """Sort the passages of a text and prepare its body for the parser.

    Args:
        text: the article as stored.
        title: its headline where known from elsewhere, so that a repeat of it in the text counts once.
    """
    passages = classify(text, paragraphs(text), title=title)
    pieces: list[Piece] = []
    room = MAX_WORDS
    notes: tuple[str, ...] = ()
    for passage in passages:
        if passage.kind != "body":
            continue
        piece = directed(tidy(text, _fitting(text, passage.span, room)))
        pieces.append(piece)
        room -= len(_MEASURE.findall(piece.text)) + 1
        if room <= 0:
            notes = (
                f"longer than {MAX_WORDS:,} words: only the beginning was read, up to character {piece.origin[-1]:,}",
            )
            break
    return _joined(pieces, passages, notes)


def _fitting(text: str, span: Span, room: int) -> Span:
    """The beginning of a paragraph that has at most a number of words and marks."""
    start, end = span
    last = next(islice(_MEASURE.finditer(text, start, end), room - 1, None), None)
    return span if last is None else (start, last.end())


def _joined(pieces: Iterable[Piece], passages: tuple[Passage, ...], notes: tuple[str, ...]) -> Cleaned:
    """One text of all paragraphs, with the breaks between them."""
    texts: list[str] = []
    origin = array("q")
    for piece in pieces:
        if not piece.text:
            continue
        if texts:
            origin.extend([-1] * len(PARAGRAPH_BREAK))
        texts.append(piece.text)
        origin.extend(piece.origin)
    return Cleaned(PARAGRAPH_BREAK.join(texts), origin, passages, notes)
