"""Which words of two tellings of one thing differ: the value, the description, or else the words of one alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from parley.analysis.claims import STEM, content_words, descriptions
from parley.analysis.differences import Difference, Telling, Version
from parley.analysis.pairs import value_label
from parley.analysis.values import values
from parley.exports.visible import visible


class Piece(NamedTuple):
    """A stretch of a quotation, set off or not."""

    words: str
    off: bool


_INNER = str.maketrans("“”", "‘’")
_WORD = re.compile(r"[^\W\d_]{4,}|\d+")


def pieces(telling: Telling, version: Version, of: Difference) -> tuple[Piece, ...]:
    """A quotation in pieces, those set off in which it differs from the other ways to tell it."""
    text = telling.quotation
    spans = list(_values(telling, version)) or list(_described(text, version, of)) or list(_alone(text, version, of))
    return tuple(_cut(text, sorted(spans)))


def _values(telling: Telling, version: Version) -> Iterator[tuple[int, int]]:
    """Where the value stands that makes the version."""
    for value in values(telling.quotation, telling.published):
        if value_label(value) == version.label:
            yield value.start, value.end


def _described(text: str, version: Version, of: Difference) -> Iterator[tuple[int, int]]:
    """Where words of the version's side of a description stand."""
    for name, sides in descriptions():
        if of.kind == "description" and name == of.about:
            for side in sides:
                if version.label in side:
                    longest = sorted(side, key=len, reverse=True)
                    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)"
                    yield from (match.span() for match in re.finditer(pattern, text, re.IGNORECASE))


def _alone(text: str, version: Version, of: Difference) -> Iterator[tuple[int, int]]:
    """Words that tell what it is about and that no other version has; names are left out: they tell who says it."""
    others: Iterable[str] = (
        telling.quotation for other in of.versions if other.label != version.label for telling in other.tellings
    )
    told = content_words(" ".join(others))
    own = content_words(text) - told
    for match in _WORD.finditer(text):
        if match[0].lower()[:STEM] in own and not match[0][0].isupper():
            yield match.span()


def _cut(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Piece]:
    at = 0
    for start, end in spans:
        if start < at:
            continue
        if start > at:
            yield Piece(_shown(text[at:start]), False)
        yield Piece(_shown(text[start:end]), True)
        at = end
    if at < len(text):
        yield Piece(_shown(text[at:]), False)


def _shown(words: str) -> str:
    """Words on one line, spaces at their ends kept, marks of quotation as they stand within others."""
    return visible(re.sub(r"\s+", " ", words)).translate(_INNER)
