"""What the steps of framing ask of a doc: its words by offset, and who speaks at a place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.attrs import DEP, ENT_TYPE, HEAD, IDX, POS, SENT_START, TAG
from spacy.tokens import Doc

from parley.components.mentions import MentionIndex
from parley.components.quotes import Quotation
from parley.model import Attribution, Span

DEEP = 12
"""How many reports within reports are looked through."""
LONG = 5
"""Words from which on a quotation is somebody's speech, whoever it is."""

EMPTY_SUBJECTS = frozenset(("it", "this", "that", "there"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an attribution's content."""

    start: int
    end: int
    attribution: Attribution


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation in characters, and whether somebody is quoted by it."""

    start: int
    end: int
    speech: bool


class Page:
    """A parsed doc, read once into lists."""

    def __init__(self, doc: Doc) -> None:
        """Read the doc."""
        self.doc, self.text = doc, doc.text
        rows = doc.to_array([IDX, POS, TAG, DEP, HEAD, SENT_START, ENT_TYPE])
        strings = doc.vocab.strings
        self.start: list[int] = rows[:, 0].tolist()
        self._names: dict[int, str] = {
            key: strings[key] for column in (1, 2, 3) for key in set(rows[:, column].tolist())
        }
        self._pos, self._tag, self._dep = ([int(x) for x in rows[:, column]] for column in (1, 2, 3))
        self.head: list[int] = [i + offset for i, offset in enumerate(rows[:, 4].astype("int64").tolist())]
        self.sentences = [i for i, mark in enumerate(rows[:, 5].astype("int64").tolist()) if mark == 1 or i == 0]
        self._entities: list[int] = rows[:, 6].tolist()
        self._person = strings["PERSON"]
        self._mentions: MentionIndex = doc._.mentions
        self.paragraphs: Sequence[tuple[int, int]] = doc._.paragraphs
        self.quotations: Sequence[Quotation] = doc._.quotes
        self.attributions: Sequence[Attribution] = doc._.attributions
        self.pieces = sorted(
            (Piece(start, end, a) for a in self.attributions for start, end in a.content),
            key=lambda piece: (piece.start, -piece.end, piece.attribution.id),
        )
        self.quoted = self._quoted()
        self._quoted_starts = [q.start for q in self.quoted]

    def __len__(self) -> int:
        """Tokens."""
        return len(self.start)

    def pos(self, i: int) -> str:
        """Coarse part of speech of a token."""
        return self._names[self._pos[i]]

    def tag(self, i: int) -> str:
        """Fine part of speech of a token."""
        return self._names[self._tag[i]]

    def dep(self, i: int) -> str:
        """Relation of a token to its head."""
        return self._names[self._dep[i]]

    def person(self, i: int) -> bool:
        """Whether a token is part of a person's name."""
        actor = self._mentions.by_token.get(i)
        return self._entities[i] == self._person or (
            actor is not None and self._mentions.actors[actor].kind == "person" and self.pos(i) == "PROPN"
        )

    def word(self, i: int) -> str:
        """Text of a token."""
        return str(self.doc[i].text)

    def lemma(self, i: int) -> str:
        """Lemma of a token in lower case."""
        return str(self.doc[i].lemma_).lower()

    def end(self, i: int) -> int:
        """Offset after a token."""
        return self.start[i] + len(self.doc[i])

    def token_at(self, offset: int) -> int:
        """The token that holds a character."""
        return max(bisect_right(self.start, offset) - 1, 0)

    def sentence_of(self, i: int) -> int:
        """The number of the sentence that holds a token."""
        return bisect_right(self.sentences, i) - 1

    def sentence_bounds(self, number: int) -> tuple[int, int]:
        """Tokens of a sentence ``[first, after the last)``."""
        following = self.sentences[number + 1] if number + 1 < len(self.sentences) else len(self)
        return self.sentences[number], following

    def quotation_at(self, span: Span) -> Quoted | None:
        """The quotation in which a span begins."""
        k = bisect_right(self._quoted_starts, span[0]) - 1
        return self.quoted[k] if k >= 0 and span[0] < self.quoted[k].end else None

    def speeches(self, spans: Iterable[Span]) -> list[Attribution | None]:
        """For spans in text order: the innermost attribution in whose content each stands."""
        found: list[Attribution | None] = []
        open_: list[Piece] = []
        following = 0
        for start, end in spans:
            while following < len(self.pieces) and self.pieces[following].start <= start:
                open_.append(self.pieces[following])
                following += 1
            while open_ and open_[-1].end <= start:
                open_.pop()
            found.append(next((p.attribution for p in reversed(open_[-DEEP:]) if p.end >= end), None))
        return found

    def _quoted(self) -> list[Quoted]:
        """The quotations, each with whether an attribution that names a source claims it, or it is long."""
        claims = [piece for piece in self.pieces if self.speaks(piece.attribution)]
        starts = [piece.start for piece in claims]
        reach: list[int] = []
        for piece in claims:
            reach.append(max(piece.end, reach[-1]) if reach else piece.end)
        found = []
        for quotation in self.quotations:
            start, end = self.start[quotation.start], self.end(quotation.end - 1)
            k = bisect_right(starts, end - 1) - 1
            claimed = k >= 0 and reach[k] > start + 1
            found.append(Quoted(start, end, claimed or quotation.words >= LONG))
        return found

    def speaks(self, attribution: Attribution) -> bool:
        """Whether somebody is reported to have used the quoted words: not in "it is the old game: ... and blame X"."""
        if not attribution.source or attribution.kind == "indirect":
            return False
        start, end = attribution.source[0]
        if self.text[start:end].lower() not in EMPTY_SUBJECTS or not attribution.cue:
            return True
        return self.tag(self.token_at(attribution.cue[-1][1] - 1)) not in ("VB", "VBP")
