"""Words of the lexicon in a doc: found, freed of names and neutral compounds, joined where they touch."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from parley.components.framing_lexicon import FramingWords, Rules, Sense
from parley.components.framing_page import Page
from parley.model import Span

JOINTS = frozenset((" ", "-", " of ", " and "))
"""What may stand between two hits that make one mark."""
NOUN_PHRASE = frozenset(("ADJ", "NOUN", "PROPN", "NUM"))
MODIFIERS = frozenset(("compound", "amod", "nmod"))
PREDICATES = frozenset(("attr", "appos", "oprd"))
DETERMINING = frozenset(("DET", "ADJ", "PRON", "PROPN", "NOUN", "NUM"))
CLAUSE = 20
"""Tokens after a verb in which its clause is looked for."""
STRONG = 0.5
"""Weight from which on a word colours its neighbours."""
LONGEST = 6
"""Words of a mark that several hits make."""
TITLE_CASE = 0.75
"""Share of a sentence's longer words with a capital from which on it is a headline."""
LIST_WORDS = 10
"""Tokens up to which a row of verbs makes one mark."""
BARE = frozenset(("VB", "VBP", "NN"))
"""Tags that a bare verb gets; without a subject the tagger often takes it for a noun."""
ROW = frozenset(("conj", "appos", "xcomp", "ccomp", "ROOT", "dep"))


@dataclass(frozen=True, slots=True)
class Draft:
    """A mark before it is settled."""

    span: Span
    sense: Sense
    bonus: float = 0.0


def word_drafts(page: Page, words: FramingWords) -> Iterator[Draft]:
    """The marks that the lexicon gives, in text order."""
    for first, stop in page.paragraphs:
        start, end = page.start[first], page.end(stop - 1)
        text = page.text[start:end]
        hits = [Draft((start + s, start + e), words.senses[label]) for label, s, e in words.lexicon.find(text)]
        if not hits:
            continue
        vetoes = [(start + s, start + e) for _, s, e in words.neutral.find(text)]
        case = _Case(page)
        kept = [hit for hit in hits if not _vetoed(hit.span, vetoes) and case.fits(hit)]
        yield from _joined(page, _longest(_widened(page, hit) for hit in kept))
    yield from _restatements(page, words.rules)


def _vetoed(span: Span, vetoes: list[Span]) -> bool:
    """Whether a neutral compound covers a hit; vetoes are in text order and do not overlap."""
    k = bisect_left(vetoes, (span[1], 0)) - 1
    return k >= 0 and vetoes[k][1] > span[0]


class _Case:
    """Whether a hit is used as an ordinary word of the right kind."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._headlines: dict[int, bool] = {}

    def fits(self, hit: Draft) -> bool:
        page = self._page
        first, last = page.token_at(hit.span[0]), page.token_at(hit.span[1] - 1)
        if not self._in_place(hit.sense, last) or (page.text[hit.span[0]].isupper() and page.person(first)):
            return False
        if self._headline(page.sentence_of(first)):
            return True
        if page.text[hit.span[0]].isupper() and first not in page.sentences and self._name(first):
            return False
        return not (first == last and hit.sense.tags and page.pos(first) not in hit.sense.tags)

    def _in_place(self, sense: Sense, last: int) -> bool:
        """Whether a hit that ends with a token stands in the sentence as its sense asks."""
        page = self._page
        if sense.head and page.dep(last) in MODIFIERS:
            return False
        if sense.referring and page.tag(last) == "NNS" and not self._refers(last):
            return False
        if sense.noun_after and not self._one_noun(last + 1):
            return False
        if sense.modifier and page.dep(last) not in MODIFIERS:
            return False
        return not sense.clause or self._has_clause(last)

    def _refers(self, i: int) -> bool:
        """Whether a plural is said of somebody: something stands before it, it did something, or it is a predicate."""
        page = self._page
        told = page.dep(i) in ("nsubj", "nsubjpass") and page.tag(page.head[i]) in ("VBD", "VBN")
        return told or page.dep(i) in PREDICATES or (i > 0 and page.head[i - 1] == i and page.pos(i - 1) in DETERMINING)

    def _one_noun(self, i: int) -> bool:
        """Whether one ordinary noun stands at a token: a name or a longer phrase is a term that is being introduced."""
        page = self._page
        if i + 1 >= len(page) or page.pos(i) != "NOUN" or not page.word(i).islower():
            return False
        return page.pos(i + 1) not in NOUN_PHRASE and page.word(i + 1) != "-"

    def _has_clause(self, i: int) -> bool:
        """Whether a clause hangs on a verb, among the words that follow it."""
        page = self._page
        return any(
            page.head[k] == i and page.dep(k) in ("ccomp", "xcomp") for k in range(i + 1, min(i + CLAUSE, len(page)))
        )

    def _name(self, i: int) -> bool:
        """Whether a capital letter inside a sentence marks a name: not after an opening mark or a colon."""
        before = self._page.word(i - 1)
        return self._page.pos(i) == "PROPN" or before not in ("“", "‘", ":", "—", "-", "(", "…")

    def _headline(self, number: int) -> bool:
        """Whether a sentence is set in title case, so that a capital says nothing."""
        if number not in self._headlines:
            first, stop = self._page.sentence_bounds(number)
            long_ones = [w for i in range(first, stop) if len(w := self._page.word(i)) > 3 and w[0].isalpha()]
            capitals = sum(word[0].isupper() for word in long_ones)
            self._headlines[number] = len(long_ones) > 3 and capitals >= TITLE_CASE * len(long_ones)
        return self._headlines[number]


def _widened(page: Page, hit: Draft) -> Draft:
    """A hit with the noun that follows, where the sense asks for it."""
    if not hit.sense.noun_after:
        return hit
    return Draft((hit.span[0], page.end(page.token_at(hit.span[1] - 1) + 1)), hit.sense)


def _longest(hits: Iterable[Draft]) -> list[Draft]:
    """The hits without those that a longer one overlaps; of equals the weightier, then the first."""
    order = sorted(hits, key=lambda hit: (hit.span[0], -hit.span[1], -hit.sense.weight))
    kept: list[Draft] = []
    for hit in order:
        if kept and hit.span[0] < kept[-1].span[1]:
            if _length(hit) > _length(kept[-1]):
                kept[-1] = hit
            continue
        kept.append(hit)
    return kept


def _length(hit: Draft) -> int:
    return hit.span[1] - hit.span[0]


def _joined(page: Page, hits: list[Draft]) -> Iterator[Draft]:
    """Hits of the loaded kinds that touch, as one."""
    current: Draft | None = None
    for hit in hits:
        if current is not None and _touch(page, current, hit):
            strong = max(current.sense, hit.sense, key=lambda sense: sense.weight)
            current = Draft((current.span[0], hit.span[1]), strong, current.bonus + 0.1)
            continue
        if current is not None:
            yield current
        current = hit
    if current is not None:
        yield current


def _touch(page: Page, left: Draft, right: Draft) -> bool:
    """Whether two hits are one phrase: they touch, and one hangs on the other, but not as a subject on its verb."""
    joint = page.text[left.span[1] : right.span[0]]
    if joint not in JOINTS or not {left.sense.kind, right.sense.kind} <= {"loaded", "name_calling", "flag_waving"}:
        return False
    if len(page.text[left.span[0] : right.span[1]].split()) > LONGEST:
        return False
    before, after = page.token_at(left.span[1] - 1), page.token_at(right.span[0])
    if joint == " of ":
        return True
    hangs = after <= page.head[before] <= page.token_at(right.span[1] - 1)
    holds = page.token_at(left.span[0]) <= page.head[after] <= before
    return (hangs and page.dep(before) not in ("nsubj", "nsubjpass")) or holds


def _restatements(page: Page, rules: Rules) -> Iterator[Draft]:
    """Bare verbs after "in other words:", with those that are coordinated with the first."""
    for number in range(len(page.sentences)):
        first, stop = page.sentence_bounds(number)
        colon = next((i for i in range(first, min(stop, first + 6)) if page.word(i) == ":"), None)
        if colon is None or page.text[page.start[first] : page.start[colon]].strip().lower() not in rules.restatements:
            continue
        verb = colon + 1
        if verb < stop and page.tag(verb) in BARE and page.word(verb).islower():
            last = _row(page, verb, min(stop, verb + LIST_WORDS))
            if last > verb:
                yield Draft((page.start[verb], page.end(last)), rules.restatement)


def _row(page: Page, verb: int, stop: int) -> int:
    """The last verb of a row of bare verbs without a subject: "pay up, kneel and help pay"; else the first token."""
    last, verbs = verb, page.tag(verb) != "NN"
    for i in range(verb + 1, stop):
        if page.dep(i) in ("nsubj", "nsubjpass") or page.word(i) in (".", ";", ":", "?", "!"):
            break
        if page.tag(i) in BARE and page.dep(i) in ROW:
            last, verbs = i, verbs or page.tag(i) != "NN"
    return last if verbs else verb
