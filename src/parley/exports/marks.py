"""Which words of the article belong to which row of the record: marks, anchors, tips, and the rules that light them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from parley.exports.labels import label
from parley.exports.rows import View
from parley.exports.segments import Mark
from parley.model import Span, Spans

_PLAIN_ID = re.compile(r"[a-z][0-9]+")

MAX_FAR = 400
"""Rows whose words are lit in several paragraphs: each costs a browser a look at every paragraph. Of the further ones
only the words of the first paragraph are lit."""

Tips = Mapping[tuple[str, str], str]
"""The line that a mark shows, by row and role."""


@lru_cache(maxsize=8192)
def anchor(row_id: str) -> str:
    """A name for a row that is safe in an attribute and in a style sheet."""
    return row_id if _PLAIN_ID.fullmatch(row_id) else "x-" + row_id.encode("utf-8", "surrogatepass").hex()


def marks(shown: View) -> list[Mark]:
    """Every mark of the page, sorted by start."""
    found: list[Mark] = []
    for f in shown.framing:
        found += _of((f.span,), 1, f.id, "fo" if f.voice_id == "outlet" else "fq")
    for p in shown.positions:
        found += _of(p.spans, 0, p.id, "p")
    for e in shown.events:
        found += (*_of((e.trigger,), 2, e.id, "eg"), *_of(e.spans, 3, e.id, "e"))
    for t in shown.attributions:
        found += (*_of(t.source_spans, 4, t.id, "ts"), *_of(t.cue_spans, 5, t.id, "tc"))
        found += _of(t.content_spans, 6, t.id, "tq")
    for a in shown.actors:
        found += _of(a.spans, 7, a.id, "a")
    return sorted(found)


def _of(spans: Spans, rank: int, owner: str, role: str) -> Iterator[Mark]:
    return (Mark(start, end, rank, owner, role) for start, end in spans)


def tips(shown: View) -> Tips:
    """The line of every row, in the words of each role that it plays."""
    lines: dict[tuple[str, str], str] = {}
    for f in shown.framing:
        lines[f.id, "fo"] = lines[f.id, "fq"] = f"{f.id}  {f.line}"
    for p in shown.positions:
        lines[p.id, "p"] = f"{p.id}  {p.line}. {p.layer.capitalize()}: {p.word}."
    for e in shown.events:
        lines[e.id, "e"] = lines[e.id, "eg"] = f"{e.id}  {e.line}"
    for t in shown.attributions:
        for role, name in (("ts", "source"), ("tc", "cue"), ("tq", "content")):
            lines[t.id, role] = f"{t.id}  {label('roles', name)}: {t.line}"
    for a in shown.actors:
        lines[a.id, "a"] = f"{a.id}  {a.line}"
    return lines


def reaches(shown: View) -> dict[str, Span]:
    """Every row that has words in the article, and from where to where they reach."""
    found: dict[str, Span] = {}
    spans_of: Iterable[tuple[str, Spans]] = (
        *((p.id, p.spans) for p in shown.positions),
        *((t.id, (*t.source_spans, *t.cue_spans, *t.content_spans)) for t in shown.attributions),
        *((e.id, (*e.spans, e.trigger)) for e in shown.events),
        *((f.id, (f.span,)) for f in shown.framing),
        *((a.id, a.spans) for a in shown.actors),
    )
    for row_id, spans in spans_of:
        if spans:
            found[row_id] = (min(start for start, _ in spans), max(end for _, end in spans))
    return found


def target_rules(reach: Mapping[str, Span], stretches: Sequence[Span]) -> str:
    """Style rules that light up all the words of a row when a reader jumps to them.

    Args:
        reach: from where to where the words of each row reach.
        stretches: the paragraphs, in order.
    """
    starts = [start for start, _ in stretches]
    near, far = [], []
    for row_id, (start, end) in reach.items():
        name = anchor(row_id)
        near.append(f"#{name}w:target~.x-{name}{{background-color:var(--target)}}")
        if bisect_right(starts, start) != bisect_right(starts, end - 1):
            far.append(f".b:has(>#{name}w:target)~.b>.x-{name}{{background-color:var(--target)}}")
    return "\n".join((*near, *far[:MAX_FAR]))
