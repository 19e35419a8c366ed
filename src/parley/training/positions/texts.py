"""Labelled texts: which word of a text tells an act, on what issue, on whose word, and which words name its party.

A file holds one text a line, as JSON: ``d`` the dispute, ``t`` the text, its paragraphs apart by a blank line, ``p``
its positions as ``[who, cue, act, issue, layer]``. ``who`` are the words that name the party, first those on which the
act hangs, others after "|"; the first word of ``cue`` tells the act, the others make it the only one in the text;
several issues stand apart by "|", the best first. docs/positions.md says what is labelled.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from parley import codebook as codebooks
from parley.codebook import OTHER
from parley.errors import ReadError
from parley.tagger.words import Words, split_words

LAYERS = ("own", "ascribed", "document", "unnamed")
PRONOUNS = frozenset(
    "it they he she its their his her we our i them him both which who that whose".split()  # noqa: SIM905
)
EMPTY = frozenset(("the", "a", "an", "of", "and", ",", "'"))
JOINED = re.compile(r"(supported|backed|seconded|joined|echoed|endorsed) by")
"""Whoever supports another does what that one does: the act of the row beside it is his."""
NEAR = 250
"""Code points in which the row beside it is looked for."""
AFTER = 40
"""Code points by which a name after the act is taken to be farther off than one before it."""
BLANK = re.compile(r"\n\n+")


@dataclass(frozen=True)
class Names:
    """The labels in the order of the model's outputs."""

    acts: tuple[str, ...]
    issues: tuple[str, ...]
    layers: tuple[str, ...] = LAYERS


@dataclass(frozen=True)
class Row:
    """One position: indices of its cue word, act, issues (best first) and layer, and the words that name its party."""

    cue: int
    act: int
    issues: tuple[int, ...]
    layer: int
    party: tuple[int, ...]


@dataclass(frozen=True)
class Labelled:
    """A text, its words and its positions."""

    text: str
    words: Words
    rows: tuple[Row, ...]


def names() -> Names:
    """Those of the shipped codebook."""
    book = codebooks.codebook()
    return Names(tuple(book.acts), (*sorted(book.issues), OTHER))


def load(paths: Sequence[Path], known: Names) -> list[Labelled]:
    """The texts of some files, in order.

    Raises:
        ReadError: a line is no text of this form, or names an act, issue or layer that there is not.
    """
    found = []
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                found.append(labelled(json.loads(line), known))
            except (ValueError, KeyError, TypeError) as error:
                raise ReadError(f"{path}:{number}: no labelled text ({error})") from error
    return found


def labelled(line: dict[str, Any], known: Names) -> Labelled:
    """One text.

    Raises:
        ValueError: a row names what there is not, or words that do not stand in the text.
    """
    text = str(line["t"])
    words = split_words(text, list(_paragraphs(text)))
    rows = [_Told(text, *row) for row in line["p"]]
    return Labelled(text, words, tuple(_row(one, rows, words, known) for one in rows))


@dataclass(frozen=True)
class _Told:
    """A row as it is written."""

    text: str
    who: str
    cue: str
    act: str
    issue: str
    layer: str

    @property
    def at(self) -> int:
        """Code point of the cue word."""
        if self.text.count(self.cue) != 1:
            raise ValueError(f"the cue {self.cue!r} stands {self.text.count(self.cue)} times in the text")
        letter = re.search(r"\w", self.cue)
        return self.text.index(self.cue) + (letter.start() if letter else 0)


def _row(one: _Told, rows: Sequence[_Told], words: Words, known: Names) -> Row:
    cue = int(np.searchsorted(words.ends, one.at, side="right"))
    party = {word for name in one.who.split("|") for word in _named(one, name, words)}
    return Row(
        cue,
        known.acts.index(_act(one, rows)),
        tuple(known.issues.index(issue) for issue in one.issue.split("|")),
        known.layers.index(one.layer),
        tuple(sorted(party - {cue})),
    )


def _act(one: _Told, rows: Sequence[_Told]) -> str:
    if not JOINED.match(one.cue):
        return one.act
    issues = set(one.issue.split("|"))
    beside = [(abs(row.at - one.at), row.act) for row in rows if row is not one and issues & set(row.issue.split("|"))]
    distance, act = min(beside, default=(NEAR, one.act))
    return act if distance < NEAR else one.act


def _named(one: _Told, name: str, words: Words) -> Iterator[int]:
    """The words by which a name stands in the text, or words made of it; of a pronoun only the nearest to the act."""
    places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", one.text)]
    places = places or [m.start() for m in re.finditer(re.escape(name), one.text)]
    if not places:
        raise ValueError(f"{name!r} does not stand in the text")
    if name.lower() in PRONOUNS:
        places = [min(places, key=lambda at: abs(at - one.at) + (AFTER if at > one.at else 0))]
    for at in places:
        first = int(np.searchsorted(words.ends, at, side="right"))
        last = int(np.searchsorted(words.starts, at + len(name), side="left"))
        telling = [word for word in range(first, last) if words.forms[word].lower() not in EMPTY]
        yield from telling or range(first, last)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in BLANK.finditer(text):
        if gap.start() > start:
            yield start, gap.start()
        start = gap.end()
    if start < len(text):
        yield start, len(text)
