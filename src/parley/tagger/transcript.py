"""Paragraphs whose layout says who speaks: the turns of a transcript, and quotations that are signed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from parley.tagger.frames import Frame
from parley.tagger.words import CLOSE_FORM, OPEN_FORM, Span, Words

DASHES = frozenset("—–―-")
LINKS = frozenset({"of", "de", "den", "der", "van", "von", "al", "bin", "da", "del", "la"})  # inside a name
TURNS = 3  # turns a text must have; a single "CORRECTION:" or "UPDATE:" is no speaker
NAME = 5  # words and signs a name may have


def turns(words: Words) -> list[Frame]:
    """One attribution for each turn, its cue the colon; none if the text is no transcript."""
    found = list(_starts(words))
    names = [tuple(words.forms[a:b]) for _, (a, b) in found]
    if len(found) < TURNS or len(set(names)) == len(names):
        return []
    return [frame for number, name in found if (frame := _turn(words, number, name)).content]


def signed(words: Words) -> list[Frame]:
    """One attribution, its cue the dash, for each paragraph that is a quotation, a dash and a name, and no more."""
    ends = dict(words.blocks)
    return [frame for region in words.regions if (frame := _signed(words, region, ends.get(region[0], 0)))]


def _signed(words: Words, region: Span, end: int) -> Frame | None:
    """The attribution of a quotation with which a paragraph begins that ends at ``end``."""
    dash = region[1]
    if dash >= end - 1 or words.forms[dash] not in DASHES:
        return None
    stop = end - (words.forms[end - 1] == ".")
    forms = words.forms[dash + 1 : stop]
    if not 0 < len(forms) <= NAME or not all(_is_of_name(words, i) for i in range(dash + 1, stop)):
        return None
    return Frame((dash, dash + 1), [(dash + 1, stop)], [region], 1.0, np.zeros(0, dtype=np.float32), 0)


def _is_of_name(words: Words, i: int) -> bool:
    return words.case[i] > 0 or words.forms[i] in LINKS or words.forms[i] in ".'’-"


def _starts(words: Words) -> Iterator[tuple[int, Span]]:
    """(paragraph, word range of the name) of every paragraph that starts with a name and a colon."""
    for number, (begin, end) in enumerate(words.blocks):
        a = begin + (words.forms[begin] == OPEN_FORM)
        b = a
        while b < min(end, a + NAME) and (words.case[b] == 2 or (b > a and words.forms[b] in ".'’-")):
            b += 1
        if a < b < end - 1 and words.forms[b] == ":":
            yield number, (a, b)


def _turn(words: Words, number: int, name: Span) -> Frame:
    """The attribution of one turn; quoted paragraphs without a name go on with it."""
    begun = {n for n, _ in _starts(words)}
    content = [_bare(words, (name[1] + 1, words.blocks[number][1]))]
    following = number + 1
    while words.forms[name[0] - 1] == OPEN_FORM and following < len(words.blocks) and following not in begun:
        block = words.blocks[following]
        if words.forms[block[0]] != OPEN_FORM or words.forms[block[0] + 1 : block[0] + 2] == ["("]:
            break
        content.append(_bare(words, block))
        following += 1
    return Frame(
        (name[1], name[1] + 1), [name], [c for c in content if c[0] < c[1]], 1.0, np.zeros(0, dtype=np.float32), 0
    )


def _bare(words: Words, span: Span) -> Span:
    """A range without the mark that closes it."""
    return (span[0], span[1] - 1) if words.forms[span[1] - 1] == CLOSE_FORM else span
