"""Parts what is said in a quotation of its own from what stands before it: two utterances, one speaker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from parley.components.attribution.spans import RoleSpans, TokenSpan
from parley.components.attribution.tree import Tree
from parley.components.quotes import CLOSE, OPEN

STOPS = frozenset(".!?")


def split(tree: Tree, rows: Sequence[RoleSpans], paragraphs: Sequence[TokenSpan]) -> tuple[RoleSpans, ...]:
    """The attributions, each quotation that has neither source nor cue beside it made one of its own.

    That is one in a paragraph of its own after a closed quotation, and one that follows indirect speech as a sentence.
    Both keep the source and the cue of the words before them.
    """
    ends = dict(paragraphs)
    return tuple(part for row in rows for part in _parts(tree, row, ends))


def _parts(tree: Tree, row: RoleSpans, ends: Mapping[int, int]) -> Iterator[RoleSpans]:
    """A row, cut before each quotation that stands on its own."""
    kept: list[TokenSpan] = []
    for span in row.content:
        if kept and OPEN in tree.texts[span[0]] and _stands_alone(tree, row, kept[-1], span, ends):
            yield replace(row, content=tuple(kept))
            kept = []
        kept.append(span)
    yield replace(row, content=tuple(kept))


def _stands_alone(tree: Tree, row: RoleSpans, before: TokenSpan, span: TokenSpan, ends: Mapping[int, int]) -> bool:
    """Whether nothing joins a quotation to the words before it but their speaker."""
    if any(before[1] <= start < span[0] + 1 and start > before[0] for start, _ in (*row.cue, *row.source)):
        between = tree.texts[max(end for _, end in (*row.cue, *row.source)) : span[0]]
    else:
        between = tree.texts[before[1] : span[0]]
    if span[0] in ends:
        return CLOSE in tree.texts[before[1] - 1] and ends[span[0]] <= span[1]
    indirect = OPEN not in tree.texts[before[0]] and CLOSE not in tree.texts[before[1] - 1]
    return indirect and any(text in STOPS for text in between)
