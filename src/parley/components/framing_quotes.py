"""Scare quotes: a few words in quotation marks that nobody is said to have spoken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from parley.components.framing_hits import STRONG, Draft
from parley.components.framing_lexicon import Rules, Sense
from parley.components.framing_page import Page
from parley.components.quotes import Quotation

WORDS = 4
LONE, PAIR = 1, 2
"""Words up to which a quotation needs no further sign, and up to which it needs only a coloured sentence: longer ones
are mostly terms, or pieces of a speech."""
BACK = 4
"""Tokens before a quotation in which a word may introduce it."""
SCARE = Sense("scare_quotes", 0.7, "quotation marks hold the words at a distance: nobody is said to have used them")
PARTIAL = frozenset(("DET", "PRON", "AUX", "ADV", "ADP", "SCONJ", "INTJ", "PART"))
"""Parts of speech with which a piece cut out of a speech begins, and a word held at a distance does not."""
JUST_BEFORE = frozenset((":", "(", "=", "is", "are", "was", "were", "be", "been"))
"""Right before a quotation: a speech, a gloss or a verdict of somebody follows."""
GLOSS = frozenset(("or", "-", "–", "—"))
"""Right after a quotation: it is a term that is explained."""
NOTHING: frozenset[str] = frozenset()
FINITE = frozenset(("VB", "VBD", "VBP", "VBZ", "MD"))


def scare_quotes(page: Page, rules: Rules, words: Sequence[Draft]) -> Iterator[Draft]:
    """The quotations of a doc that hold words at a distance.

    Args:
        page: the doc.
        rules: word lists.
        words: the drafts of the lexicon, to tell sentences that are coloured.
    """
    crowd = Counter(page.sentence_of(quotation.start) for quotation in page.quotations)
    coloured = frozenset(
        page.sentence_of(page.token_at(d.span[0]))
        for d in words
        if d.sense.kind != "hedge" and d.sense.weight >= STRONG
    )
    spoken = _spoken(page)
    speech = _Speech(page, rules)
    for quotation, quoted in zip(page.quotations, page.quoted, strict=True):
        if quoted.speech or not quotation.closed or not 1 <= quotation.words <= WORDS:
            continue
        inside = page.text[page.start[quotation.start] + 1 : page.end(quotation.end - 1) - 1]
        if _is_other(page, quotation, inside, rules) or inside.strip(" .,").lower() in spoken:
            continue
        sentence = page.sentence_of(quotation.start)
        if crowd[sentence] > 1 or speech.near(sentence):
            continue
        in_colour = sentence in coloured and quotation.words <= PAIR
        if quotation.words <= LONE or in_colour or _distanced(page, quotation, rules):
            yield Draft((quoted.start, quoted.end), SCARE)


class _Speech:
    """Whether something is said or judged in a sentence, so that its quoted words are somebody's."""

    def __init__(self, page: Page, rules: Rules) -> None:
        self._page = page
        self._words = {"VERB": rules.speech_verbs, "NOUN": rules.speech_nouns}
        self._known: dict[int, bool] = {}
        self._empty = frozenset(
            i
            for a in page.attributions
            if not page.speaks(a)
            for start, end in a.cue
            for i in range(page.token_at(start), page.token_at(end - 1) + 1)
        )
        """Tokens of the cues of attributions by which nobody speaks."""

    def near(self, sentence: int) -> bool:
        if sentence not in self._known:
            first, stop = self._page.sentence_bounds(sentence)
            self._known[sentence] = any(
                self._page.lemma(i) in self._words.get(self._page.pos(i), NOTHING)
                and i not in self._empty
                and self._page.quotation_at((self._page.start[i], self._page.end(i))) is None
                for i in range(first, stop)
            )
        return self._known[sentence]


def _spoken(page: Page) -> frozenset[str]:
    """The words of the short quotations that somebody claims: a later echo quotes him."""
    return frozenset(
        page.text[q.start + 1 : q.end - 1].strip(" .,").lower()
        for q in page.quoted
        if q.speech and q.end - q.start < 80
    )


def _distanced(page: Page, quotation: Quotation, rules: Rules) -> bool:
    """Whether more than one quoted word are held at a distance: they name a doing, or one of many such things."""
    before = page.word(quotation.start - 1).lower() if quotation.start else ""
    return page.tag(quotation.start + 1) == "VBG" or before in rules.distancing


def _is_other(page: Page, quotation: Quotation, inside: str, rules: Rules) -> bool:
    """Whether a short quotation is a name, a title, a term, a number or an utterance."""
    words = [word for word in inside.replace("-", " ").split() if any(c.isalpha() for c in word)]
    if not words or inside.rstrip()[-1:] in "!?" or any(c.isdigit() or c in "[]" for c in inside):
        return True
    plain = [word.strip(".,;:'‘’").lower() for word in words]
    if not rules.first_person.isdisjoint(plain):
        return True
    return (
        _capitalised(page, quotation, words)
        or _introduced(page, quotation, rules)
        or _cut_out(page, quotation.start + 1)
    )


def _cut_out(page: Page, first: int) -> bool:
    """Whether quoted words begin like a piece of a sentence that somebody said."""
    return page.pos(first) in PARTIAL or page.tag(first) in FINITE


def _capitalised(page: Page, quotation: Quotation, words: list[str]) -> bool:
    """Whether a quotation begins with a capital where no sentence begins: a title, a name or an utterance."""
    if words[0][0].isupper() and (len(words) > 1 or quotation.start not in page.sentences):
        return True
    return any(word[0].isupper() for word in words[1:])


def _introduced(page: Page, quotation: Quotation, rules: Rules) -> bool:
    """Whether the words around a quotation say that it is a name, a slogan, a term, or a speech after a colon."""
    first, stop = page.sentence_bounds(page.sentence_of(quotation.start))
    before = [page.word(i).lower() for i in range(max(first, quotation.start - BACK), quotation.start)]
    if before and before[-1] in JUST_BEFORE:
        return True
    if before and before[-1] in ("for", "as") and page.tag(quotation.start + 1) != "VBG":
        return True
    if quotation.end < stop and page.word(quotation.end).lower() in GLOSS:
        return True
    if not rules.introduces.isdisjoint(before):
        return True
    after = page.word(quotation.end).lower() if quotation.end < stop else ""
    return after in rules.follows or after == ")" or not before
