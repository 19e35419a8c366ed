"""The parse of a doc as plain lists: reading attributes off spaCy's tokens again and again is slow."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.attrs import DEP, ENT_TYPE, HEAD, LEMMA, POS, TAG
from spacy.tokens import Doc

from parley.components.attribution.mend import mend
from parley.components.attribution.spans import TokenSpan
from parley.components.subtrees import edges

EDGE = frozenset([",", ";", ":", ".", "-", "–", "—", "--", "…", "..."])
"""Marks that do not belong to the edge of a span."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Words and arcs by token index."""

    texts: list[str]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    entity: list[str]
    """The model's kind of name: PERSON, ORG ...; empty where it sees none."""
    head: list[int]
    kids: list[list[int]]
    arcs: dict[tuple[int, str], int]
    """The first child with a relation, by head and relation."""
    first: list[int]
    """First token under each token, itself included."""
    last: list[int]
    """Last token under each token, itself included."""

    def __len__(self) -> int:
        """Tokens."""
        return len(self.texts)

    def kid(self, i: int, *deps: str) -> int | None:
        """The first child with the first of some relations that there is."""
        for dep in deps:
            if (found := self.arcs.get((i, dep))) is not None:
                return found
        return None

    def span(self, i: int) -> TokenSpan:
        """Everything under a token."""
        return self.first[i], self.last[i] + 1

    def trim(self, span: TokenSpan, *, end: bool = True) -> TokenSpan:
        """A span without spaces and loose punctuation at its edges (quotation marks stay).

        Args:
            span: any span.
            end: whether punctuation at the end goes too; spaces always do.
        """
        start, stop = span
        while start < stop and (self.texts[start] in EDGE or self.pos[start] == "SPACE"):
            start += 1
        while start < stop and ((end and self.texts[stop - 1] in EDGE) or self.pos[stop - 1] == "SPACE"):
            stop -= 1
        return start, stop


def read_tree(doc: Doc) -> Tree:
    """The lists of a parsed doc."""
    rows = doc.to_array([LEMMA, POS, TAG, DEP, ENT_TYPE, HEAD])
    strings = doc.vocab.strings
    columns: list[list[str]] = []
    for column in range(5):
        ids = rows[:, column].tolist()
        names = {key: strings[key] for key in set(ids)}
        columns.append([names[key] for key in ids])
    offsets = rows[:, 5].astype("int64").tolist()
    head = [i + offset for i, offset in enumerate(offsets)]
    texts = [token.text for token in doc]
    lemma, pos, tag, dep, entity = columns
    lower = [text.lower() for text in texts]
    mend(lower, lemma, pos, tag, dep, head)
    kids: list[list[int]] = [[] for _ in head]
    arcs: dict[tuple[int, str], int] = {}
    for i, h in enumerate(head):
        if h != i:
            kids[h].append(i)
            arcs.setdefault((h, dep[i]), i)
    first, after = edges(head)
    last = [end - 1 for end in after]
    return Tree(texts, lower, lemma, pos, tag, dep, entity, head, kids, arcs, first, last)
