"""Attributions of quotations: the words beside the marks say whose they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parley.components.attribution.groups import NOMINAL, agent, inside, neighbour, noun_phrase, source_of, verb_group
from parley.components.attribution.lexicon import Cues
from parley.components.attribution.spans import Candidate, RoleSpans, TokenSpan, TokenSpans
from parley.components.attribution.tree import Tree
from parley.components.quotes import Quotation

STOPS = frozenset(".!?")
WHOLE = 5
"""Words from which on a quotation without any mark of its own may be an utterance."""
NEAR = 40
"""Tokens beside a quotation among which its verb is looked for."""
SPEAKER_LABEL = 6
"""Tokens that a speaker's name before a colon may have."""


@dataclass(frozen=True, slots=True)
class Found:
    """The cue beside a quotation."""

    cue: TokenSpan
    source: TokenSpans
    trigger: int


def quotation_candidates(
    tree: Tree, quotations: Sequence[Quotation], paragraphs: Sequence[TokenSpan], cues: Cues
) -> Iterator[Candidate]:
    """One attribution for each quotation that is an utterance; one without a cue beside it goes on with the last."""
    last: Candidate | None = None
    last_quotation: Quotation | None = None
    for n, quotation in enumerate(quotations):
        first, stop = paragraphs[quotation.paragraph]
        before = quotations[n - 1].end if n and quotations[n - 1].paragraph == quotation.paragraph else first
        after = (
            quotations[n + 1].start
            if n + 1 < len(quotations) and quotations[n + 1].paragraph == quotation.paragraph
            else stop
        )
        zone_before = _back(tree, before, quotation.start)
        zone_after = _forward(tree, quotation.end, after)
        if not _utterance(tree, quotation, zone_before, zone_after):
            continue
        found = _beside(tree, quotation, zone_before, zone_after, cues)
        content = (tree.trim((quotation.start, quotation.end)),)
        if found is not None:
            last = Candidate(RoleSpans(found.source, (found.cue,), content), found.trigger, "quote")
        elif last is not None and last_quotation is not None and _goes_on(quotation, last_quotation, first):
            last = Candidate(RoleSpans(last.spans.source, last.spans.cue, content), last.trigger, "quote")
        else:
            found = _within_paragraph(tree, quotation, first, stop, quotations, n, cues)
            if found is None:
                continue
            last = Candidate(RoleSpans(found.source, (found.cue,), content), found.trigger, "quote")
        last_quotation = quotation
        yield last


def _utterance(tree: Tree, quotation: Quotation, before: TokenSpan, after: TokenSpan) -> bool:
    """Whether the words in the marks are a speech, not a name, a title or a few words in another's sentence."""
    if quotation.words < 1:
        return False
    opens = before[0] >= before[1] or tree.texts[before[1] - 1] in (",", ":")
    inner = quotation.end - 2 if quotation.closed else quotation.end - 1
    ends = not quotation.closed or (inner > quotation.start and tree.texts[inner][-1:] in ",.!?-—")
    closes = after[0] >= after[1] or tree.texts[after[0]] in ".!?"
    capital = _capital(tree, quotation)
    if opens and ends:
        return True
    if before[0] >= before[1]:
        return ends or (capital and closes and quotation.words >= WHOLE)
    return (ends or closes) and capital and quotation.words >= WHOLE and opens


def _capital(tree: Tree, quotation: Quotation) -> bool:
    """Whether the first word of a quotation has a capital; brackets and inner marks before it do not count."""
    words = (tree.texts[i] for i in range(quotation.start + 1, quotation.end))
    return next((text[0].isupper() for text in words if text[0].isalnum()), False)


def _back(tree: Tree, start: int, end: int) -> TokenSpan:
    """The words before a quotation, back to the end of the sentence before."""
    i = end
    while i > start and tree.texts[i - 1] not in STOPS and end - i < NEAR:
        i -= 1
    return i, end


def _forward(tree: Tree, start: int, end: int) -> TokenSpan:
    """The words after a quotation, up to the end of the sentence."""
    i = start
    while i < end and tree.texts[i] not in STOPS and i - start < NEAR:
        i += 1
    return start, i


def _beside(tree: Tree, quotation: Quotation, before: TokenSpan, after: TokenSpan, cues: Cues) -> Found | None:
    """The cue in the words after a quotation that ends in a comma, else in those before it."""
    inner = quotation.end - 2 if quotation.closed else -1
    ended = inner > quotation.start and tree.texts[inner] == "."
    if not ended and after[0] < after[1]:
        found = (
            _cue_in(tree, after, cues, forward=True)
            or _label_after(tree, after, cues)
            or _any_verb(tree, after, forward=True)
        )
        if found is not None:
            return found
    if before[0] < before[1]:
        found = _cue_in(tree, before, cues, forward=False) or _label(tree, before)
        if found is None and tree.texts[before[1] - 1] in (",", ":"):
            found = _any_verb(tree, before, forward=False)
        return found
    return None


def _any_verb(tree: Tree, zone: TokenSpan, *, forward: bool) -> Found | None:
    """A verb that is no verb of saying but has its subject beside the quotation: "..., the widow recalls"."""
    order = range(*zone) if forward else range(zone[1] - 1, zone[0] - 1, -1)
    for i in order:
        if tree.pos[i] == "VERB" and (subject := tree.kid(i, "nsubj")) is not None and zone[0] <= subject < zone[1]:
            cue = verb_group(tree, i)
            return Found(cue, source_of(tree, i, cue), i)
    return None


def _cue_in(tree: Tree, zone: TokenSpan, cues: Cues, *, forward: bool) -> Found | None:
    """The verb of saying that is nearest to the quotation."""
    order = range(*zone) if forward else range(zone[1] - 1, zone[0] - 1, -1)
    for i in order:
        if tree.lemma[i] in cues.quoting and tree.pos[i] in ("VERB", "AUX"):
            cue = verb_group(tree, i)
            if tree.kid(i, "auxpass", "nsubjpass") is not None:
                source = agent(tree, i)
            else:
                source = tuple(s for s in source_of(tree, i, cue) if zone[0] <= s[0] and s[1] <= zone[1])
                source = source or neighbour(tree, zone, cue) or source_of(tree, i, cue)
            return Found(cue, source, i)
    return None


def _label(tree: Tree, zone: TokenSpan) -> Found | None:
    """A name and a colon before a quotation."""
    start, end = zone
    if tree.texts[end - 1] == ":" and 1 <= end - 1 - start <= SPEAKER_LABEL and tree.pos[end - 2] in NOMINAL:
        return Found((end - 1, end), ((start, end - 1),), end - 1)
    return None


def _label_after(tree: Tree, zone: TokenSpan, cues: Cues) -> Found | None:
    """The form "according to X" after a quotation."""
    start, end = zone
    for i in range(start, min(start + 3, end - 2)):
        if tree.lower[i] in cues.prepositions and tree.lower[i + 1] == "to":
            name = tree.kid(i + 1, "pobj") or tree.kid(i, "pobj") or i + 2
            return Found((i, i + 2), (inside(tree, noun_phrase(tree, name), (i + 2, end)),), i)
    return None


def _goes_on(quotation: Quotation, last: Quotation, paragraph_start: int) -> bool:
    """Whether a quotation without a cue continues the one before it."""
    if quotation.paragraph == last.paragraph:
        return True
    return quotation.paragraph == last.paragraph + 1 and quotation.start == paragraph_start


def _within_paragraph(
    tree: Tree, quotation: Quotation, first: int, stop: int, quotations: Sequence[Quotation], n: int, cues: Cues
) -> Found | None:
    """The cue of the last sentence before a quotation in its paragraph, where nothing stands beside it."""
    start = quotations[n - 1].end if n and quotations[n - 1].paragraph == quotation.paragraph else first
    return _cue_in(tree, (max(start, quotation.start - NEAR), quotation.start), cues, forward=False)
