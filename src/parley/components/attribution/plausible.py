"""Leaves out candidates that annotators rarely mark: each rule was measured, the share that holds stands beside it."""

from __future__ import annotations

from collections.abc import Sequence

from parley.components.attribution.classify import chain
from parley.components.attribution.lexicon import Cues
from parley.components.attribution.spans import Candidate, cover
from parley.components.attribution.tree import Tree

REPORTS = frozenset(("clause", "told_clause", "quote", "preposition", "label"))
"""Frames whose content is somebody else's words: what stands in it is part of those."""
SOURCED = frozenset(("clause", "told_clause", "object", "infinitive", "object_infinitive", "predicate"))
"""Frames that need a source: without one 7 in 100 hold."""
SPEECH = frozenset(("clause", "told_clause", "quote", "passive_clause"))
"""Frames that may stand in a report, as one link of a chain."""


def select(tree: Tree, candidates: Sequence[Candidate], cues: Cues) -> tuple[Candidate, ...]:
    """The candidates that are likely to be attributions, in the same order."""
    plausible = [c for c in candidates if _plausible(tree, c)]
    named = cover(len(tree), (span for c in plausible if c.frame in REPORTS for span in c.spans.source))
    plausible = [c for c in plausible if not named[c.trigger] or is_link(tree, c, cues)]
    above = chain([c.spans for c in plausible])
    return tuple(
        c
        for n, c in enumerate(plausible)
        if n not in above or plausible[above[n]].frame not in REPORTS or is_link(tree, c, cues)
    )


def _plausible(tree: Tree, candidate: Candidate) -> bool:
    """Whether a candidate stands on its own."""
    frame, i = candidate.frame, candidate.trigger
    if (frame in SOURCED or frame.startswith("prep_")) and not candidate.spans.source:
        return False
    if candidate.spans.source and tree.lower[candidate.spans.source[0][0]] == "'s":
        return False  # "let's"
    if frame == "object":
        if tree.dep[i] == "acl":
            return False  # 27 in 100
        if tree.tag[i] == "VB" and i and tree.lower[i - 1] == "to":
            return False  # 27 in 100: what somebody wants to say is not said
    return True


def is_link(tree: Tree, candidate: Candidate, cues: Cues) -> bool:
    """Whether a candidate inside a report is itself speech: others hold in 3 to 16 of 100."""
    lemma = tree.lemma[candidate.trigger]
    if candidate.frame in SPEECH and lemma in cues.chains:
        return True
    return lemma in cues.before and _before(tree, candidate.trigger) and _own_source(tree, candidate)


def _before(tree: Tree, i: int) -> bool:
    """Whether a verb tells of what went before the report."""
    return any(tree.dep[k] == "aux" and tree.lower[k] in ("had", "'d") for k in tree.kids[i])


def _own_source(tree: Tree, candidate: Candidate) -> bool:
    """Whether a candidate names its source by more than a pronoun."""
    return any(tree.pos[i] in ("NOUN", "PROPN") for start, end in candidate.spans.source for i in range(start, end))
