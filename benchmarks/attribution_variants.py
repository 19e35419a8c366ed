"""Copies of gold articles with other quotation marks or other names; the offsets of the gold move with the text."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from parley.analysis.evaluate.gold import GoldArticle, RoleSpans
from parley.model import Spans
from parley.tagger.words import MARKS, line_paragraphs, split_words

STYLES = {
    "straight": ('"', '"'),
    "curly": ("“", "”"),
    "german": ("„", "“"),
    "french": ("«", "»"),
    "doubled": ("''", "''"),
}
NAMES = ("PERSON", "ORG", "GPE", "NORP", "LOC", "FAC")
STARTS = ("b", "br", "ch", "d", "dr", "f", "g", "gr", "h", "k", "kr", "l", "m", "n", "p", "r", "s", "st", "t", "v", "z")
MIDDLES = ("a", "e", "i", "o", "u", "ai", "ea", "ou")
ENDS = ("", "", "n", "r", "l", "s", "k", "m", "nd", "rt", "sh")

Edit = tuple[int, int, str]
"""Start, end, and what stands there instead."""


def with_marks(article: GoldArticle, style: str) -> GoldArticle:
    """Every double quotation mark in another style."""
    text = article.text
    opening, closing = STYLES[style]
    words = split_words(text, line_paragraphs(text))
    last = {end - 1 for _, end in words.regions}
    places = zip(words.starts.tolist(), words.ends.tolist(), strict=True)
    edits = [
        (start, end, closing if k in last or text[start:end] in "”»" else opening)
        for k, (start, end) in enumerate(places)
        if text[start:end] in MARKS
    ]
    return edited(article, edits)


def with_names(article: GoldArticle, nlp: Any, labels: Sequence[str] = NAMES) -> GoldArticle:
    """Every word of a name that has a capital becomes an invented one, the same word always the same one.

    Args:
        article: the article.
        nlp: a spaCy pipeline that finds names.
        labels: the kinds of names.
    """
    chance = random.Random(article.id)
    chosen: dict[str, str] = {}
    edits: list[Edit] = []
    for entity in nlp(article.text).ents:
        for token in entity if entity.label_ in labels else ():
            if token.text[0].isupper() and token.text.isalpha() and len(token) > 2:
                new = chosen.setdefault(token.text, invented(chance))
                edits.append((token.idx, token.idx + len(token), new))
    return edited(article, edits)


def invented(chance: random.Random) -> str:
    """A name of one to three syllables that no one has."""
    syllables = (
        chance.choice(STARTS) + chance.choice(MIDDLES) + chance.choice(ENDS) for _ in range(chance.randint(1, 3))
    )
    return "".join(syllables).capitalize()


def edited(article: GoldArticle, edits: Sequence[Edit]) -> GoldArticle:
    """The article with stretches replaced; edits are in order and do not overlap."""
    parts: list[str] = []
    place: list[int] = []
    length = 0
    for (_, begin, _), (start, end, new) in pairwise([(0, 0, ""), *edits, (len(article.text),) * 2 + ("",)]):
        parts += [article.text[begin:start], new]
        place.extend(range(length, length + start - begin))
        length += start - begin
        place.extend(length + min(k, len(new)) for k in range(end - start))
        length += len(new)
    place.append(length)

    def moved(spans: Spans) -> Spans:
        return tuple((place[start], place[end]) for start, end in spans)

    rows = (RoleSpans(moved(a.source), moved(a.cue), moved(a.content)) for a in article.attributions)
    return GoldArticle(article.id, "".join(parts), tuple(rows))
