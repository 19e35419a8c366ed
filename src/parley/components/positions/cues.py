"""Reads the wordings of the acts: ``codebooks/act_cues/*.toml``, indexed by the lemma that they begin with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from parley import codebook
from parley.terms import Lexicon

FILES = ("seek", "answer", "joint", "move", "press", "do")
Kind = Literal["verb", "adjective", "noun"]


@dataclass(frozen=True)
class Cue:
    """A wording of an act, and where its topic and addressee stand."""

    act: str
    kind: Kind
    words: tuple[str, ...]
    """The lemma, and the words that must follow it."""
    topic: tuple[str, ...]
    """clause, object, subject, or prepositions: in order of preference."""
    to: tuple[str, ...]
    """subject (of the clause), object, or prepositions."""
    negated: str = ""
    """The act when the cue is negated; empty: then there is no position."""
    joint: bool = False
    needs: str = ""
    """What must hold of the topic: issue, clause, topic, proposal, deal, done, other_subject; empty: nothing."""


@dataclass(frozen=True)
class Cues:
    """All wordings."""

    verbs: Mapping[str, tuple[Cue, ...]]
    """Verbs by the first word, those with most words first."""
    adjectives: Mapping[str, tuple[Cue, ...]]
    nouns: Mapping[str, tuple[Cue, ...]]
    predicates: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]
    """By the last word of the wording: the act and the words before it."""
    words: Mapping[str, frozenset[str]]
    """The word lists of wordings.toml by ``table.key``."""
    places: Lexicon
    """What is said of a place, by the issue that it names."""

    def list(self, name: str) -> frozenset[str]:
        """A word list by its name, e.g. ``documents.nouns``."""
        return self.words[name]


def _rows(kind: Kind, key: str) -> dict[str, tuple[Cue, ...]]:
    found: dict[str, list[Cue]] = {}
    for name in FILES:
        for row in codebook.load(f"act_cues/{name}").get(key, ()):
            for wording in row["words"]:
                cue = _cue(kind, wording, row)
                found.setdefault(cue.words[0], []).append(cue)
    return {word: tuple(sorted(cues, key=lambda cue: -len(cue.words))) for word, cues in found.items()}


def _cue(kind: Kind, wording: str, row: Mapping[str, Any]) -> Cue:
    words = tuple(wording.split())
    return Cue(
        act=row["act"],
        kind=kind,
        words=words,
        topic=tuple(row.get("topic", ())),
        to=tuple(row.get("to", ())),
        negated=row.get("negated", ""),
        joint=row.get("joint", False),
        needs=row.get("needs", ""),
    )


@cache
def load() -> Cues:
    """The shipped wordings.

    Raises:
        CodebookError: a file is absent or not valid TOML.
    """
    data = codebook.load("act_cues/wordings")
    predicates: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for row in data["predicates"]:
        for wording in row["words"]:
            *before, last = wording.split()
            predicates.setdefault(last, []).append((row["act"], tuple(before)))
    words = {
        f"{table}.{key}": frozenset(value)
        for table, rows in data.items()
        if isinstance(rows, dict)
        for key, value in rows.items()
    }
    return Cues(
        verbs=_rows("verb", "verbs"),
        adjectives=_rows("adjective", "adjectives"),
        nouns=_rows("noun", "nouns"),
        predicates={w: tuple(sorted(rows, key=lambda row: -len(row[1]))) for w, rows in predicates.items()},
        words=words,
        places=Lexicon({row["issue"]: row["terms"] for row in data["places"]}),
    )
