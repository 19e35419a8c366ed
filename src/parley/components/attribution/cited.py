"""The source of a source: "the agency, citing two officials, reported that ..." is the officials' word too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from parley.components.attribution.groups import head_of, noun_phrase
from parley.components.attribution.lexicon import Cues
from parley.components.attribution.spans import RoleSpans, TokenSpan, TokenSpans, joined, without
from parley.components.attribution.tree import Tree

PERSONS = ("er", "or", "ist", "man", "woman", "ian")
"""Endings of nouns for persons, where no list holds them."""
REACH = 40
"""Tokens of a source or cue that are looked through for a citing verb."""


def cited(tree: Tree, rows: Sequence[RoleSpans], cues: Cues) -> tuple[RoleSpans, ...]:
    """The attributions, and whom each report cites as the source of the report's content, in text order.

    A row that a citing verb alone leads is left out, and a report keeps its own verb as its cue.
    """
    out: list[RoleSpans] = []
    for row in rows:
        if row.cue and all(_cites(tree, start, cues) for start, _ in row.cue):
            continue
        verbs = _verbs(tree, row, cues)
        told = [(i, source) for i in verbs if (source := _told_by(tree, i, cues)) is not None]
        plain = _plain(tree, row, told)
        out.append(plain)
        out += [RoleSpans((source,), ((i, i + 1),), plain.content) for i, source in told]
    return tuple(sorted(out, key=lambda row: min((*row.source, *row.cue, *row.content))))


def _verbs(tree: Tree, row: RoleSpans, cues: Cues) -> tuple[int, ...]:
    """The citing verbs that hang on a report's verb or on the head of its source."""
    holders = [i for start, end in row.cue for i in range(start, min(end, start + REACH)) if tree.pos[i] == "VERB"]
    head = head_of(tree, row.source)
    if head is not None:
        holders.append(head)
    kids = {kid for holder in holders for kid in tree.kids[holder]}
    return tuple(sorted(kid for kid in kids if _cites(tree, kid, cues)))


def _plain(tree: Tree, row: RoleSpans, told: Iterable[tuple[int, TokenSpan]]) -> RoleSpans:
    """A report without what it cites in its cue and content."""
    holes = [(i, max(i + 1, source[1])) for i, source in told]
    if not holes:
        return row
    pieces = (_cut(tree, span, holes) for span in row.content)
    content = joined(piece for found in pieces for piece in found) or row.content
    cue = joined(piece for span in row.cue for piece in _cut(tree, span, holes)) or row.cue
    return RoleSpans(row.source, cue, content)


def _cut(tree: Tree, span: TokenSpan, holes: Iterable[TokenSpan]) -> TokenSpans:
    """What is left of a span without the holes, no loose marks at the edges of a cut."""
    if not any(span[0] < end and start < span[1] for start, end in holes):
        return (span,)
    return tuple(piece for part in without(span, holes) if (piece := tree.trim(part))[0] < piece[1])


def _cites(tree: Tree, i: int, cues: Cues) -> bool:
    """Whether a verb says on whose word a report stands."""
    return tree.tag[i] == "VBG" and tree.dep[i] in ("advcl", "acl") and tree.lemma[i] in cues.cites


def _told_by(tree: Tree, i: int, cues: Cues) -> TokenSpan | None:
    """Whom or what a verb cites, if that can tell something."""
    noun = tree.kid(i, "dobj")
    if noun is None or noun < i:
        return None
    word = tree.lemma[noun].lower()
    if not (word in cues.tellers or word.endswith(PERSONS) or tree.entity[noun] or tree.pos[noun] == "PROPN"):
        return None
    start, end = noun_phrase(tree, noun)
    comma = next((k for k in range(noun, min(end, noun + REACH)) if tree.texts[k] == ","), end)
    return (start, comma) if start < comma else None
