"""Settles drafts into marks: one mark a place, a score by the company, the voice and the speaker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from parley.components.framing_hits import STRONG, Draft
from parley.components.framing_page import Page
from parley.model import Attribution, Framing, Span

FLOOR = 0.4
"""Score under which a word is no mark."""
STEP, MOST = 0.1, 0.2
"""What each coloured neighbour in the sentence adds to a score, and all of them at most."""
COLOURED = frozenset(("loaded", "name_calling", "flag_waving"))
INDIRECT = "; it stands in a report of what somebody said, so the wording may be either's"


def settle(page: Page, drafts: Sequence[Draft]) -> tuple[Framing, ...]:
    """The marks of a doc in text order, without overlaps."""
    scored = _scored(page, _apart(drafts))
    speeches = page.speeches(draft.span for draft, _ in scored)
    return tuple(_mark(page, draft, score, speech) for (draft, score), speech in zip(scored, speeches, strict=True))


def _apart(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts in text order; where two overlap, the longer."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.span[0], -d.span[1], -d.sense.weight)):
        if kept and draft.span[0] < kept[-1].span[1]:
            if _rank(draft) > _rank(kept[-1]):
                kept[-1] = draft
            continue
        kept.append(draft)
    return kept


def _rank(draft: Draft) -> tuple[bool, int]:
    """A source is a long phrase: a coloured word inside it wins over it."""
    return draft.sense.kind != "unnamed_source", draft.span[1] - draft.span[0]


def _scored(page: Page, drafts: list[Draft]) -> list[tuple[Draft, float]]:
    """The drafts with their scores, those under the floor left out."""
    sentences = [page.sentence_of(page.token_at(draft.span[0])) for draft in drafts]
    company = Counter(s for s, d in zip(sentences, drafts, strict=True) if _colours(d))
    found = []
    for sentence, draft in zip(sentences, drafts, strict=True):
        score = draft.sense.weight + draft.bonus
        if draft.sense.kind in COLOURED:
            score += min(MOST, STEP * (company[sentence] - _colours(draft)))
        if score >= FLOOR - 1e-9:
            found.append((draft, round(min(score, 1.0), 2)))
    return found


def _colours(draft: Draft) -> bool:
    return draft.sense.kind in COLOURED and draft.sense.weight >= STRONG


def _mark(page: Page, draft: Draft, score: float, speech: Attribution | None) -> Framing:
    """The finished mark."""
    kind, span, why = draft.sense.kind, _trimmed(page.text, draft.span), draft.sense.why
    quoted = page.quotation_at(span) if kind != "scare_quotes" else None
    if quoted is not None and quoted.speech:
        return Framing(kind, span, score, "quoted", why, speech.speaker if speech else None)
    if speech is None or not speech.source:
        return Framing(kind, span, score, "outlet", why)
    return Framing(kind, span, score, "outlet", why + INDIRECT, speech.speaker)


def _trimmed(text: str, span: Span) -> Span:
    """A span without spaces at its edges."""
    start, end = span
    while start < end - 1 and text[start].isspace():
        start += 1
    while end - 1 > start and text[end - 1].isspace():
        end -= 1
    return start, end
