"""Chooses the issue of a draft: by the terms of the codebook, and by what the trained reader takes it to be about."""

from __future__ import annotations

from parley.codebook import OTHER
from parley.components.positions.answers import ANSWERS
from parley.components.positions.reading import PROCESS, Draft, Reading

NAMED = 0.5
"""What it adds to the probability of an issue that a term of it stands in the topic."""
AROUND = 0.1
"""What it adds that the terms of the topic, or else of what stands around it, name the issue first."""


def choose(reading: Reading, draft: Draft) -> str:
    """The best issue of a draft: the likeliest to the trained reader, with a bonus for what terms name.

    An issue of the user's goes before, where its terms stand in the topic: the reader has never heard of it.
    """
    named, around = in_topic(reading, draft), by_terms(reading, draft)
    if draft.meant is None or named in reading.codebook.own:
        return around
    known = {issue: chance for issue, chance in draft.meant.items() if issue in (*reading.codebook.issues, OTHER)}
    return max(known, key=lambda issue: known[issue] + NAMED * (issue == named) + AROUND * (issue == around != OTHER))


def in_topic(reading: Reading, draft: Draft) -> str:
    """The issue whose terms stand in a draft's topic, or nothing."""
    span = reading.tree.trim(*draft.topic)
    return reading.issue(span, draft.head) if span[0] < span[1] else ""


def by_terms(reading: Reading, draft: Draft) -> str:
    """The best issue of the topic, else of the evidence; a condition of the process itself is on its format."""
    tree, book = reading.tree, reading.codebook
    found = ""
    for span in (draft.topic, draft.evidence):
        span = tree.trim(*span)
        found = found or (reading.issue(span, draft.head) if span[0] < span[1] else "")
    if draft.lead is not None and (not found or found in PROCESS):
        found = reading.issue(tree.trim(*draft.lead)) or found
    whole = draft.act in ANSWERS and reading.listed("proposals.texts", draft.head)
    if found and not (whole and found in PROCESS):
        return found
    if (whole or _of_the_deal(reading, draft)) and (main := _main_issue(reading)):
        return main
    if found:
        return found
    if draft.act == "precondition" and "format" in book.issues and _process(reading, draft):
        return "format"
    return OTHER


def _of_the_deal(reading: Reading, draft: Draft) -> bool:
    """Whether a topic without an issue names the agreement or its text, and so what the whole text is about."""
    tree = reading.tree
    near = [draft.head, *(c for c in tree.below(draft.head, 8) if tree.dep[c] in ("dobj", "pobj", "attr"))]
    return any(reading.listed(name, t) for t in near for name in ("agreements.nouns", "proposals.texts"))


def _main_issue(reading: Reading) -> str:
    """The issue that a text is about: the one that half of all its issue words name; else nothing."""
    if reading.main is not None:
        return reading.main
    hits = [hit for hit in reading.whole if hit.issue not in PROCESS]
    counts = sorted(((len(hit.spans), hit.issue) for hit in hits), reverse=True)
    total = sum(count for count, _ in counts)
    reading.main = counts[0][1] if counts and counts[0][0] >= 3 and counts[0][0] * 2 >= total else ""
    return reading.main


def _process(reading: Reading, draft: Draft) -> bool:
    start, end = draft.topic
    return any(reading.listed("process.nouns", t) for t in range(start, min(end, start + 30)))
