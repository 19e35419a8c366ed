"""The cue and the speaker in the words beside a quotation."""

from __future__ import annotations

from dataclasses import dataclass

from parley.components.attribution.groups import (
    DASHES,
    NOMINAL,
    agent,
    inside,
    neighbour,
    noun_phrase,
    source_of,
    verb_group,
)
from parley.components.attribution.lexicon import Cues
from parley.components.attribution.spans import TokenSpan, TokenSpans
from parley.components.attribution.tree import Tree

LABEL = 6
"""Tokens that a speaker's name before a colon or after a dash may have."""
WHO = frozenset(("who", "which", "whose"))


@dataclass(frozen=True, slots=True)
class Found:
    """The cue beside a quotation."""

    cue: TokenSpan
    source: TokenSpans
    trigger: int


def beside(tree: Tree, before: TokenSpan, after: TokenSpan, cues: Cues, *, ended: bool) -> Found | None:
    """The cue in the words after a quotation, unless that ended with a full stop, else in those before it.

    Args:
        tree: the parse.
        before: the words of the sentence before the opening mark.
        after: the words of the sentence after the closing mark.
        cues: the cue words.
        ended: whether a full stop stands before the closing mark.
    """
    if after[0] < after[1]:
        found = signature(tree, after)
        if found is None and not ended:
            found = (
                cue_in(tree, after, cues, forward=True)
                or _according(tree, after, cues)
                or any_verb(tree, after, forward=True)
            )
        if found is not None:
            return found
    if before[0] < before[1]:
        found = cue_in(tree, before, cues, forward=False) or label(tree, before)
        if found is None and tree.texts[before[1] - 1] in (",", ":"):
            found = any_verb(tree, before, forward=False)
        return found
    return None


def cue_in(tree: Tree, zone: TokenSpan, cues: Cues, *, forward: bool) -> Found | None:
    """The verb of saying that is nearest to the quotation."""
    for i in _order(zone, forward=forward):
        if tree.lemma[i] in cues.quoting and tree.pos[i] in ("VERB", "AUX"):
            cue = verb_group(tree, i)
            if tree.kid(i, "auxpass", "nsubjpass") is not None:
                return Found(cue, agent(tree, i), i)
            source = tuple(s for s in source_of(tree, i, cue) if zone[0] <= s[0] and s[1] <= zone[1])
            source = source or neighbour(tree, zone, cue) or source_of(tree, i, cue)
            if not forward and zone[1] - 1 == cue[1] and tree.texts[cue[1]] == ":":
                cue = (cue[0], cue[1] + 1)  # annotators take the colon in, 19 times in 22
            return Found(cue, _with_clause(tree, source, cue, zone), i)
    return None


def any_verb(tree: Tree, zone: TokenSpan, *, forward: bool) -> Found | None:
    """A verb that is no verb of saying but has its subject beside the quotation: "..., the widow laughs"."""
    for i in _order(zone, forward=forward):
        if tree.pos[i] == "VERB" and (subject := tree.kid(i, "nsubj")) is not None and zone[0] <= subject < zone[1]:
            cue = verb_group(tree, i)
            return Found(cue, source_of(tree, i, cue), i)
    return None


def label(tree: Tree, zone: TokenSpan) -> Found | None:
    """A name and a colon: "NAME: ..."."""
    start, end = zone
    if end - start > 1 and tree.texts[end - 1] == ":" and end - 1 - start <= LABEL and tree.pos[end - 2] in NOMINAL:
        return Found((end - 1, end), ((start, end - 1),), end - 1)
    return None


def signature(tree: Tree, zone: TokenSpan) -> Found | None:
    """A dash and a name after a quotation that stands alone, as under a letter."""
    start, end = zone
    if end - start < 2 or end - start > LABEL + 1 or tree.texts[start] not in DASHES:
        return None
    if all(tree.texts[i][:1].isupper() for i in range(start + 1, end) if tree.pos[i] not in ("PUNCT", "ADP", "DET")):
        name = tree.trim((start + 1, end))
        return Found((start, start + 1), (name,), start) if name[0] < name[1] else None
    return None


def _order(zone: TokenSpan, *, forward: bool) -> range:
    """The tokens of a zone from the quotation outwards."""
    return range(*zone) if forward else range(zone[1] - 1, zone[0] - 1, -1)


def _with_clause(tree: Tree, source: TokenSpans, cue: TokenSpan, zone: TokenSpan) -> TokenSpans:
    """A source after the verb with the relative clause that follows it: "said Y, who ..."."""
    if len(source) != 1 or source[0][0] < cue[1] or source[0][1] + 1 >= zone[1]:
        return source
    start, end = source[0]
    comma = tree.texts[end] == ","
    if tree.lower[end + comma] not in WHO:
        return source
    return (tree.trim((start, zone[1])),)


def _according(tree: Tree, zone: TokenSpan, cues: Cues) -> Found | None:
    """The form "according to X" right after a quotation."""
    start, end = zone
    for i in range(start, min(start + 3, end - 2)):
        if tree.lower[i] in cues.prepositions and tree.lower[i + 1] == "to":
            name = tree.kid(i + 1, "pobj") or tree.kid(i, "pobj") or i + 2
            return Found((i, i + 2), (inside(tree, noun_phrase(tree, name), (i + 2, end)),), i)
    return None
