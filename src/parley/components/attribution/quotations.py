"""Attributions of quotations: which are utterances, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parley.components.attribution.beside import Found, beside, cue_in, label
from parley.components.attribution.groups import source_of, verb_group
from parley.components.attribution.lexicon import Cues
from parley.components.attribution.spans import Candidate, RoleSpans, TokenSpan, TokenSpans
from parley.components.attribution.tree import Tree
from parley.components.quotes import Quotation

STOPS = frozenset(".!?")
WHOLE = 5
"""Words from which on a quotation without any mark of its own may be an utterance."""
PHRASE = 4
"""Words from which on a part of a sentence in quotation marks is somebody's; fewer may be a name or a title."""
NEAR = 40
"""Tokens beside a quotation among which its verb is looked for."""
ARCS = 12
"""How far up the parse the verb around a phrase in quotation marks is looked for."""


def quotation_candidates(
    tree: Tree, quotations: Sequence[Quotation], paragraphs: Sequence[TokenSpan], cues: Cues
) -> Iterator[Candidate]:
    """One attribution for each quotation that is an utterance; one without a cue beside it goes on with the last."""
    last: Candidate | None = None
    said: Quotation | None = None
    for n, quotation in enumerate(quotations):
        before, after = _zones(tree, quotations, n, paragraphs)
        if not _utterance(tree, quotation, before, after):
            continue
        own = _own_label(tree, quotation, paragraphs[quotation.paragraph])
        found = own or beside(tree, before, after, cues, ended=_ended(tree, quotation))
        found = found or _announced(tree, quotation, paragraphs, cues, said)
        content = _content(tree, quotation, before, found, own=own is not None)
        if found is None and last is not None and said is not None and _goes_on(quotation, said, paragraphs):
            last = Candidate(RoleSpans(last.spans.source, last.spans.cue, content), last.trigger, "quote")
        else:
            found = found or _sentence_before(tree, quotations, n, paragraphs, cues)
            if found is None:
                continue
            last = Candidate(RoleSpans(found.source, (found.cue,), content), found.trigger, "quote")
        said = quotation
        yield last


def phrase_quotations(tree: Tree, quotations: Sequence[Quotation], covered: Sequence[bool]) -> Iterator[Candidate]:
    """Longer phrases in quotation marks that nothing else covers: they are the subject's of the verb around them."""
    for quotation in quotations:
        if quotation.words < PHRASE or covered[quotation.start + 1] or not quotation.closed:
            continue
        i = quotation.start + 1
        for _ in range(ARCS):
            above = tree.head[i]
            if above == i:
                break
            if not quotation.start <= above < quotation.end and tree.pos[above] == "VERB" and i > above:
                cue = verb_group(tree, above)
                source = source_of(tree, above, cue)
                content = tree.trim((max(tree.first[i], cue[1]), max(tree.last[i] + 1, quotation.end)))
                if source and content[0] < content[1]:
                    yield Candidate(RoleSpans(source, (cue,), (content,)), above, "phrase")
                break
            i = above


def _zones(
    tree: Tree, quotations: Sequence[Quotation], n: int, paragraphs: Sequence[TokenSpan]
) -> tuple[TokenSpan, TokenSpan]:
    """The words of the sentence before and after a quotation, up to the next marks."""
    quotation = quotations[n]
    first, stop = paragraphs[quotation.paragraph]
    if n and quotations[n - 1].paragraph == quotation.paragraph:
        first = quotations[n - 1].end
    if n + 1 < len(quotations) and quotations[n + 1].paragraph == quotation.paragraph:
        stop = quotations[n + 1].start
    start, end = quotation.start, quotation.end
    while start > first and tree.texts[start - 1] not in STOPS and quotation.start - start < NEAR:
        start -= 1
    while end < stop and tree.texts[end] not in STOPS and end - quotation.end < NEAR:
        end += 1
    return (start, quotation.start), (quotation.end, end)


def _utterance(tree: Tree, quotation: Quotation, before: TokenSpan, after: TokenSpan) -> bool:
    """Whether the words in the marks are a speech, not a name, a title or a few words in another's sentence."""
    if quotation.words < 1:
        return False
    opens = before[0] >= before[1] or tree.texts[before[1] - 1] in (",", ":")
    inner = quotation.end - 2 if quotation.closed else quotation.end - 1
    ends = not quotation.closed or (inner > quotation.start and tree.texts[inner][-1:] in ",.!?-—")
    closes = after[0] >= after[1] or tree.texts[after[0]] in ".!?"
    if opens and ends:
        return True
    if before[0] >= before[1] and ends:
        return True
    return opens and (ends or closes) and quotation.words >= WHOLE and _capital(tree, quotation)


def _capital(tree: Tree, quotation: Quotation) -> bool:
    """Whether the first word of a quotation has a capital; brackets and inner marks before it do not count."""
    words = (tree.texts[i] for i in range(quotation.start + 1, quotation.end))
    return next((text[0].isupper() for text in words if text[0].isalnum()), False)


def _ended(tree: Tree, quotation: Quotation) -> bool:
    """Whether a full stop stands before the closing mark: what follows is another sentence."""
    inner = quotation.end - 2
    return quotation.closed and inner > quotation.start and tree.texts[inner] == "."


def _content(tree: Tree, quotation: Quotation, before: TokenSpan, found: Found | None, *, own: bool) -> TokenSpans:
    """The quotation, and where it goes on with a sentence that began before the cue, that beginning too."""
    start = found.cue[1] if own and found else quotation.start
    content = (start, quotation.end)
    if found is None or own or found.trigger >= quotation.start or _capital(tree, quotation):
        return (content,)
    edge = min(found.cue[0], *(s for s, _ in found.source)) if found.source else found.cue[0]
    opening = tree.trim((before[0], edge))
    if edge > before[0] and tree.texts[edge - 1] == "," and opening[1] - opening[0] > 1:
        return (opening, content)
    return (content,)


def _own_label(tree: Tree, quotation: Quotation, paragraph: TokenSpan) -> Found | None:
    """A speaker's name in capitals and a colon inside the marks, as in a transcript."""
    if quotation.start != paragraph[0]:
        return None
    for i in range(quotation.start + 1, min(quotation.start + 5, quotation.end - 1)):
        if tree.texts[i] == ":":
            names = tree.texts[quotation.start + 1 : i]
            return label(tree, (quotation.start + 1, i + 1)) if all(name.isupper() for name in names) else None
    return None


def _announced(
    tree: Tree, quotation: Quotation, paragraphs: Sequence[TokenSpan], cues: Cues, said: Quotation | None
) -> Found | None:
    """The cue at the end of the paragraph before, where that ends in a colon."""
    first, _ = paragraphs[quotation.paragraph]
    if not quotation.paragraph or quotation.start != first:
        return None
    start, stop = paragraphs[quotation.paragraph - 1]
    if tree.texts[stop - 1] != ":" or (said is not None and said.end == stop):
        return None
    begin = stop
    while begin > start and tree.texts[begin - 1] not in STOPS and stop - begin < NEAR:
        begin -= 1
    return beside(tree, (begin, stop), (stop, stop), cues, ended=True)


def _goes_on(quotation: Quotation, last: Quotation, paragraphs: Sequence[TokenSpan]) -> bool:
    """Whether a quotation without a cue continues the one before it."""
    if quotation.paragraph == last.paragraph:
        return True
    return quotation.paragraph == last.paragraph + 1 and quotation.start == paragraphs[quotation.paragraph][0]


def _sentence_before(
    tree: Tree, quotations: Sequence[Quotation], n: int, paragraphs: Sequence[TokenSpan], cues: Cues
) -> Found | None:
    """The cue of the last sentence before a quotation in its paragraph, where nothing stands beside it."""
    quotation = quotations[n]
    start = paragraphs[quotation.paragraph][0]
    if n and quotations[n - 1].paragraph == quotation.paragraph:
        start = quotations[n - 1].end
    return cue_in(tree, (max(start, quotation.start - NEAR), quotation.start), cues, forward=False)
