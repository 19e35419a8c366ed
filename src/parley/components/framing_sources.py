"""Unnamed sources: who is said to have said it, where nobody is named."""

from __future__ import annotations

from collections.abc import Iterator

from parley.components.framing_hits import Draft
from parley.components.framing_lexicon import Rules, Sense
from parley.components.framing_page import Page
from parley.model import Attribution, Span

UNNAMED = Sense("unnamed_source", 0.7, "nobody is named who says so")


def unnamed_sources(page: Page, rules: Rules) -> Iterator[Draft]:
    """The sources of the attributions that name nobody."""
    for attribution in page.attributions:
        if attribution.sourcing != "unnamed" or not attribution.source or not _cites(page, attribution, rules):
            continue
        if _names_nobody(page, attribution.source[0], rules):
            yield Draft(attribution.source[0], UNNAMED)


def _cites(page: Page, attribution: Attribution, rules: Rules) -> bool:
    """Whether a source is cited, by the words of the cue, rather than shown to act."""
    return any(
        page.lemma(i) in rules.speech_verbs
        for start, end in attribution.cue
        for i in range(page.token_at(start), page.token_at(end - 1) + 1)
    )


def _names_nobody(page: Page, span: Span, rules: Rules) -> bool:
    """Whether the head of a source is a word for people who are not named."""
    first, last = page.token_at(span[0]), page.token_at(span[1] - 1)
    if any(page.pos(i) == "PROPN" and page.dep(i) == "appos" for i in range(first, last + 1)):
        return False
    for i in range(first, last + 1):
        if not first <= page.head[i] <= last or page.head[i] == i:
            return page.word(i).lower() in rules.unnamed_heads
    return False
