"""Scare quotes: a few words in quotation marks that nobody is said to have spoken."""

from __future__ import annotations

from collections.abc import Iterator

from parley.components.framing_hits import Draft
from parley.components.framing_lexicon import Rules, Sense
from parley.components.framing_page import Page
from parley.components.quotes import Quotation

WORDS = 4
BACK = 4
"""Tokens before a quotation in which a word may introduce it."""
PLAIN = Sense("scare_quotes", 0.7, "quotation marks hold the word at a distance: nobody is said to have used it")
NEAR_SPEECH = Sense(
    "scare_quotes", 0.45, "quotation marks around a few words; a speaker in the sentence may have used them"
)


def scare_quotes(page: Page, rules: Rules) -> Iterator[Draft]:
    """The quotations of a doc that hold a word at a distance."""
    speaking = _sentences_with_speech(page)
    spoken = _spoken(page)
    for quotation, quoted in zip(page.quotations, page.quoted, strict=True):
        if quoted.speech or not quotation.closed or not 1 <= quotation.words <= WORDS:
            continue
        inside = page.text[page.start[quotation.start] + 1 : page.end(quotation.end - 1) - 1]
        if _is_other(page, quotation, inside, rules) or inside.strip(" .,").lower() in spoken:
            continue
        near = page.sentence_of(quotation.start) in speaking
        yield Draft((quoted.start, quoted.end), NEAR_SPEECH if near else PLAIN)


def _sentences_with_speech(page: Page) -> frozenset[int]:
    """The sentences in which somebody who is named or described says something."""
    return frozenset(page.sentence_of(page.token_at(a.cue[0][0])) for a in page.attributions if a.source and a.cue)


def _spoken(page: Page) -> frozenset[str]:
    """The words of the short quotations that somebody claims: a later echo quotes him."""
    return frozenset(
        page.text[q.start + 1 : q.end - 1].strip(" .,").lower()
        for q in page.quoted
        if q.speech and q.end - q.start < 80
    )


def _is_other(page: Page, quotation: Quotation, inside: str, rules: Rules) -> bool:
    """Whether a short quotation is a name, a title, a term, a number or an utterance."""
    words = [word for word in inside.replace("-", " ").split() if any(c.isalpha() for c in word)]
    if not words or inside.rstrip()[-1:] in "!?" or any(c.isdigit() for c in inside):
        return True
    plain = [word.strip(".,;:'‘’").lower() for word in words]
    if not rules.first_person.isdisjoint(plain):
        return True
    return _capitalised(page, quotation, words) or _introduced(page, quotation, rules)


def _capitalised(page: Page, quotation: Quotation, words: list[str]) -> bool:
    """Whether a quotation begins with a capital where no sentence begins: a title, a name or an utterance."""
    if words[0][0].isupper() and (len(words) > 1 or quotation.start not in page.sentences):
        return True
    return any(word[0].isupper() for word in words[1:])


def _introduced(page: Page, quotation: Quotation, rules: Rules) -> bool:
    """Whether the words around a quotation say that it is a name, a slogan, a term, or a speech after a colon."""
    first, stop = page.sentence_bounds(page.sentence_of(quotation.start))
    before = [page.word(i).lower() for i in range(max(first, quotation.start - BACK), quotation.start)]
    if before and before[-1] in (":", "("):
        return True
    if not rules.introduces.isdisjoint(before):
        return True
    after = page.word(quotation.end).lower() if quotation.end < stop else ""
    return after in rules.follows or after == ")" or not before
