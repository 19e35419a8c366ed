"""Sorts paragraphs: the article's own text, page furniture, teasers of other stories, repeated paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from parley.codebook import load
from parley.model import Passage, PassageKind, Span

SHINGLE = 3
"""Words a shingle: long enough to tell paragraphs apart, short enough to survive an edit."""
NEAR = 0.7
"""Share of common shingles from which a paragraph counts as a repeat; one word changed in twenty gives 0.75."""
MIN_REPEAT_WORDS = 8
"""A shorter paragraph ("No comment.") may be said twice without being a copy."""
MAX_FURNITURE = 400
"""Code points; furniture and teasers are short, and a long paragraph is not searched for their wordings."""
MIN_BODY_BEFORE_TEASER = 3
"""Paragraphs of body; in a shorter text a last line that begins "Earlier" is news, not a link to an older story."""

Shingles = frozenset[tuple[str, ...]]
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…][”\"'’»)\]]*(?=\s|$)")


def classify(text: str, spans: Iterable[Span], *, title: str | None = None) -> tuple[Passage, ...]:
    """The passages of a text, in order.

    Args:
        text: the article as stored.
        spans: its paragraphs.
        title: the headline where known; a second paragraph that only says it again is a repeat.
    """
    spans = tuple(spans)
    lines = [" ".join(text[start:end].split()) if end - start <= 4 * MAX_FURNITURE else "" for start, end in spans]
    kinds = _under_headings(lines, [_by_wording(line) if line else "body" for line in lines])
    kinds = _last_teaser(lines, kinds)
    repeats = _repeats([text[s:e] if kind == "body" else "" for (s, e), kind in zip(spans, kinds, strict=True)], title)
    return tuple(
        Passage(span, "repeat", spans[repeats[k]]) if k in repeats else Passage(span, kind)
        for k, (span, kind) in enumerate(zip(spans, kinds, strict=True))
    )


@cache
def _wordings(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in load("passages")[kind]), re.IGNORECASE)


def _by_wording(line: str) -> PassageKind:
    """The kind that a paragraph's own words give it."""
    if not _WORD.search(line):
        return "furniture"
    if len(line) > MAX_FURNITURE:
        return "body"
    if _wordings("furniture").fullmatch(line):
        return "furniture"
    return "teaser" if _wordings("teaser").match(line) else "body"


def _under_headings(lines: list[str], kinds: list[PassageKind]) -> list[PassageKind]:
    """Short lines without a full stop under a heading such as "Related stories" are teasers."""
    out, under = list(kinds), False
    for k, line in enumerate(lines):
        if kinds[k] != "body":
            under = bool(_wordings("teaser_heading").fullmatch(line))
        elif under and line and len(line) <= MAX_FURNITURE and not _SENTENCE_END.search(line):
            out[k] = "teaser"
        else:
            under = False
    return out


def _last_teaser(lines: list[str], kinds: list[PassageKind]) -> list[PassageKind]:
    """The last paragraph of a page is a teaser if it is one sentence that points back to an older story."""
    bodies = [k for k, kind in enumerate(kinds) if kind == "body"]
    if len(bodies) <= MIN_BODY_BEFORE_TEASER:
        return kinds
    last = lines[bodies[-1]]
    if _wordings("last_teaser").match(last) and len(_SENTENCE_END.findall(last)) <= 1:
        kinds = [*kinds]
        kinds[bodies[-1]] = "teaser"
    return kinds


def _repeats(paragraphs: list[str], title: str | None) -> dict[int, int]:
    """For each paragraph that repeats an earlier one, exactly or nearly: that one's index."""
    repeats: dict[int, int] = {}
    kept: dict[int, Shingles] = {}
    holders: dict[tuple[str, ...], int] = {}
    headline = _folded(title) if title else None
    for k, paragraph in enumerate(paragraphs):
        if k == 1 and headline and headline == _folded(paragraphs[0]) == _folded(paragraph):
            repeats[1] = 0
            continue
        shingles = _shingles(paragraph)
        earlier = _nearest(shingles, kept, holders)
        if earlier is not None:
            repeats[k] = earlier
            continue
        kept[k] = shingles
        for shingle in shingles:
            holders.setdefault(shingle, k)
    return repeats


def _folded(line: str) -> str:
    """A line without regard to case and spaces."""
    return " ".join(line.split()).casefold()


def _nearest(shingles: Shingles, kept: dict[int, Shingles], holders: dict[tuple[str, ...], int]) -> int | None:
    """The earlier paragraph with which most shingles are shared, if they are enough."""
    votes = Counter(holders[shingle] for shingle in shingles if shingle in holders)
    if not votes:
        return None
    best = min(votes, key=lambda k: (-votes[k], k))
    return best if len(shingles & kept[best]) >= NEAR * len(shingles | kept[best]) else None


def _shingles(paragraph: str) -> Shingles:
    """Overlapping runs of words; none for a paragraph too short to be called a repeat."""
    words = [word.casefold() for word in _WORD.findall(paragraph)]
    if len(words) < MIN_REPEAT_WORDS:
        return frozenset()
    return frozenset(zip(*(words[k:] for k in range(SHINGLE)), strict=False))
