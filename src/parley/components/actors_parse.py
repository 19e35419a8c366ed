"""The parse of a doc as plain lists, and its noun phrases: what the steps of the actors component read."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from parley.components.actors_lexicon import Hit, Lexicon

NAME_TAGS = frozenset(("NNP", "NNPS"))
NOUN_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS"))
PARTICLES = frozenset(
    (
        "al",
        "el",
        "bin",
        "ben",
        "ibn",
        "van",
        "der",
        "den",
        "de",
        "du",
        "da",
        "di",
        "del",
        "von",
        "ul",
        "ur",
        "la",
        "le",
        "e",
        "i",
    )
)
BREAKS = frozenset(("“", "”", "‘", "(", ")", "[", "]", ":", ";", "—", "--", "|"))
OF = frozenset(
    ("of", "for", "in", "at", "from", "on", "with", "within", "inside", "near", "to", "throughout", "across")
)
REACH = 40
"""Tokens to the left in which a noun phrase may begin: longer ones are lists or broken parses."""


@dataclass(frozen=True)
class Parse:
    """A doc's tokens as lists, and the known names in it."""

    doc: Doc
    texts: list[str]
    lowers: list[str]
    lemmas: list[str]
    """Lower case; of names too, so that "Ministers" and "minister" meet."""
    tags: list[str]
    deps: list[str]
    heads: list[int]
    sentence: list[int]
    """Index of the token's sentence."""
    kids: list[list[int]]
    """Children of each token, in order."""
    hits: dict[int, Hit]
    """Known names by their first token."""
    in_hit: dict[int, Hit]
    """Known names by each of their tokens."""

    def head_of(self, start: int, end: int) -> int:
        """The token of a stretch whose own head lies outside it."""
        for i in range(end - 1, start - 1, -1):
            if not start <= self.heads[i] < end or self.heads[i] == i:
                return i
        return end - 1

    def left(self, head: int) -> int:
        """First token of the noun phrase of a head."""
        first = head
        for kid in self.kids[head]:
            if kid < head:
                first = kid
                break
        if first == head:
            return head
        start = max(self.doc[first].left_edge.i, head - REACH)
        for i in range(head - 1, start - 1, -1):
            if self.texts[i] in BREAKS or self.tags[i] == "_SP":
                return i + 1
        return start


def parse(doc: Doc, lexicon: Lexicon) -> Parse:
    """Read a parsed doc into lists and find the known names in it."""
    texts = [token.text for token in doc]
    heads = [token.head.i for token in doc]
    tags = [token.tag_ for token in doc]
    kids: list[list[int]] = [[] for _ in texts]
    for i, head in enumerate(heads):
        if head != i:
            kids[head].append(i)
    sentence, count = [], -1
    for token in doc:
        count += bool(token.is_sent_start) or count < 0
        sentence.append(count)
    lowers = [text.lower() for text in texts]
    lemmas = [_lemma(token.lemma_.lower(), lowers[i], tags[i]) for i, token in enumerate(doc)]
    hits = {hit.start: hit for hit in lexicon.find(texts)}
    in_hit = {i: hit for hit in hits.values() for i in range(hit.start, hit.end)}
    return Parse(doc, texts, lowers, lemmas, tags, [t.dep_ for t in doc], heads, sentence, kids, hits, in_hit)


def _lemma(lemma: str, lower: str, tag: str) -> str:
    """The lower-case lemma; plural names, which the model leaves as they are, lose their s."""
    if tag == "NNPS" and lemma == lower and lower.endswith("s"):
        return lower[:-3] + "y" if lower.endswith("ies") else lower[:-1]
    return lemma
