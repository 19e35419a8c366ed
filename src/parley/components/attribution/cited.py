"""The source of a source: "the agency, citing two officials, reported that ..." is the officials' word too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from parley.components.attribution.groups import head_of
from parley.components.attribution.plausible import REPORTS
from parley.components.attribution.sourcing import sources
from parley.components.attribution.spans import Candidate, RoleSpans
from parley.components.attribution.tree import Tree


def cited(tree: Tree, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """The candidates; one that only names whom a report cites gets them as its source, and the report's content."""
    reports = {c.trigger: c for c in candidates if c.frame in REPORTS}
    for candidate in candidates:
        report = reports.get(tree.head[candidate.trigger])
        if report is None or not _cites(tree, candidate):
            yield candidate
            continue
        spans = RoleSpans(candidate.spans.content, candidate.spans.cue, report.spans.content)
        yield replace(candidate, spans=spans, frame="cited")


def _cites(tree: Tree, candidate: Candidate) -> bool:
    """Whether a verb says on whose word a report stands, and its object is somebody or something that can tell."""
    i = candidate.trigger
    if candidate.frame != "object" or tree.dep[i] != "advcl" or tree.lemma[i] not in sources().cites:
        return False
    head = head_of(tree, candidate.spans.content)
    return head is not None and (tree.lemma[head].lower() in sources().heads or tree.entity[head] != "")
