"""Sorts paragraphs: the article's own text, page furniture, teasers of other stories, repeated paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from parley.codebook import load
from parley.model import Passage, PassageKind, Span
from parley.terms import Terms

SHINGLE = 3
"""Words a shingle: long enough to tell paragraphs apart, short enough to survive an edit."""
NEAR = 0.7
"""Share of common shingles from which a paragraph counts as a repeat of an earlier one."""
MIN_REPEAT_WORDS = 8
"""A shorter paragraph ("No comment.") may be said twice without being a copy."""

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…][”\"'’»)\]]*\s*$")


def classify(text: str, spans: Iterable[Span], *, title: str | None = None) -> tuple[Passage, ...]:
    """The passages of a text, in order."""
    spans = tuple(spans)
    kinds = [_by_wording(text[start:end]) for start, end in spans]
    earlier: list[tuple[Span, frozenset[tuple[str, ...]]]] = []
    passages = []
    for span, kind in zip(spans, kinds, strict=True):
        repeats = None
        if kind == "body":
            shingles = _shingles(text[span[0] : span[1]])
            repeats = _repeated(shingles, earlier)
            kind = "repeat" if repeats else kind
            if shingles and not repeats:
                earlier.append((span, shingles))
        passages.append(Passage(span, kind, repeats))
    return tuple(passages)


@cache
def _wordings(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p, re.IGNORECASE) for p in load("passages")[kind])


@cache
def _furniture_phrases() -> Terms:
    return Terms(load("passages")["furniture_phrases"])


def _by_wording(paragraph: str) -> PassageKind:
    """The kind that a paragraph's own words give it."""
    line = " ".join(paragraph.split())
    if not _WORD.search(line):
        return "furniture"
    if any(p.match(line) for p in _wordings("teaser")):
        return "teaser"
    if any(p.fullmatch(line) for p in _wordings("furniture")):
        return "furniture"
    return "body"


def _shingles(paragraph: str) -> frozenset[tuple[str, ...]]:
    """Overlapping runs of words; none for a paragraph too short to be called a repeat."""
    words = [word.casefold() for word in _WORD.findall(paragraph)]
    if len(words) < MIN_REPEAT_WORDS:
        return frozenset()
    return frozenset(zip(*(words[k:] for k in range(SHINGLE)), strict=False))


def _repeated(
    shingles: frozenset[tuple[str, ...]], earlier: list[tuple[Span, frozenset[tuple[str, ...]]]]
) -> Span | None:
    """The earlier paragraph that this one repeats, exactly or nearly."""
    for span, others in earlier:
        smaller, larger = sorted((len(shingles), len(others)))
        if smaller >= NEAR * larger and len(shingles & others) >= NEAR * len(shingles | others):
            return span
    return None
