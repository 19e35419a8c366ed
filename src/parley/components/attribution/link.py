"""Makes one attribution of what belongs together, and lets its content follow the quotation marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from parley.components.attribution.spans import Candidate, RoleSpans, TokenSpan, TokenSpans, joined, without
from parley.components.attribution.tree import Tree
from parley.components.quotes import Quotation


def link(tree: Tree, candidates: Iterable[Candidate], quotations: Sequence[Quotation]) -> tuple[Candidate, ...]:
    """The candidates, those with the same cue merged, in the order of their first words."""
    holder = _holders(len(tree), quotations)
    by_cue: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        by_cue.setdefault(candidate.trigger, []).append(candidate)
    out = [_merged(group) for group in by_cue.values()]
    return ordered(_follow(tree, c, holder) for c in out)


def ordered(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The candidates in the order of their first words."""
    return tuple(sorted(candidates, key=lambda c: min((*c.spans.source, *c.spans.cue, *c.spans.content))))


def _holders(length: int, quotations: Sequence[Quotation]) -> list[Quotation | None]:
    """For each token the quotation in which it stands, its marks included."""
    holder: list[Quotation | None] = [None] * length
    for quotation in quotations:
        for i in range(quotation.start, quotation.end):
            holder[i] = quotation
    return holder


def _merged(group: list[Candidate]) -> Candidate:
    """One attribution of several with the same cue: quotations first, then what the parse adds to them."""
    quoted = [c for c in group if c.frame == "quote"]
    others = [c for c in group if c.frame != "quote"]
    if not quoted:
        return others[0]
    content = joined(span for c in quoted for span in c.spans.content)
    for other in others:
        if other.frame != "object" and all(not _overlap(span, content) for span in other.spans.content):
            content = joined((*content, *other.spans.content))
    spans = RoleSpans(quoted[0].spans.source, quoted[0].spans.cue, content)
    return replace(quoted[0], spans=spans)


def _overlap(span: TokenSpan, others: TokenSpans) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _follow(tree: Tree, candidate: Candidate, holder: list[Quotation | None]) -> Candidate:
    """Content that opens a quotation takes it whole, with its marks."""
    spans = candidate.spans
    holes = (*spans.source, *spans.cue)
    content = []
    for start, end in spans.content:
        before, inside = holder[start], holder[end - 1]
        if before is not None and before.start == start - 1:
            start -= 1
        if inside is not None and start <= inside.start and end < inside.end:
            end = inside.end
        elif (
            end < len(holder)
            and (after := holder[end]) is not None
            and start <= after.start < end
            and after.end == end + 1
        ):
            end += 1
        open_end = inside is not None and not inside.closed and end == inside.end
        content += [
            piece
            for part in without((start, end), holes)
            if (piece := tree.trim(part, end=not (open_end and part[1] == end)))[0] < piece[1]
        ]
    return replace(candidate, spans=replace(spans, content=joined(content) or spans.content))
