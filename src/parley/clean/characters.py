"""Characters that the parser should not meet: invisible ones go, odd spaces and dashes become plain ones."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass

from parley.model import Span

# Controls, soft hyphen, zero-width and bidirectional marks, byte order mark, variation selectors, surrogates.
INVISIBLE = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
INVISIBLE += "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff"
SPACE = r"\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"

_STEP = re.compile(rf"(?P<drop>[{INVISIBLE}]+)|(?P<space>[{SPACE}][{SPACE}{INVISIBLE}]*)|(?P<long>[^{SPACE}]{{200,}})")
_PLAIN = str.maketrans({"’": "'", "ʼ": "'", "＇": "'", "´": "'", "‐": "-", "‑": "-", "‒": "–", "―": "—", "−": "-"})
MAX_WORD = 200
"""Code points; what is longer and has no space is no word (an encoded image, a link) and is left out."""


@dataclass(frozen=True)
class Piece:
    """A paragraph's text and, for each code point, its offset in the source."""

    text: str
    origin: array[int]


def tidy(text: str, span: Span) -> Piece:
    """The characters of ``text[start:end]`` that the parser should see.

    Curly apostrophes and odd hyphens are replaced one for one; runs of spaces become one space.
    """
    start, end = span
    parts: list[str] = []
    origin = array("q")
    position = start
    for match in _STEP.finditer(text, start, end):
        parts.append(text[position : match.start()])
        origin.extend(range(position, match.start()))
        if match.lastgroup == "space" and origin:
            parts.append(" ")
            origin.append(match.start())
        position = match.end()
    parts.append(text[position:end])
    origin.extend(range(position, end))
    joined = "".join(parts).translate(_PLAIN)
    length = len(joined.rstrip())
    return Piece(joined[:length], origin[:length])
