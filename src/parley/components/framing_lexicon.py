"""The words of framing as data: senses with a weight and a reason, and the word lists of the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, get_args

from parley import codebook
from parley.errors import CodebookError
from parley.model import FramingKind
from parley.terms import Lexicon

PLACES = ("head", "noun_after", "referring", "modifier", "clause")
"""Keys of a sense that say where its words must stand."""
SPECIAL = frozenset(("neutral", "rules"))
"""Files of the folder that hold no senses."""


@dataclass(frozen=True, slots=True)
class Sense:
    """Words that colour in one way."""

    kind: FramingKind
    weight: float
    """0.0 to 1.0; below the floor a word counts only beside others."""
    why: str
    tags: frozenset[str] = frozenset()
    """Parts of speech that a one-word hit must have; empty: any."""
    head: bool = False
    """Whether a hit must not stand before the noun that it belongs to."""
    noun_after: bool = False
    """Whether the mark takes in the noun phrase that follows."""
    referring: bool = False
    """Whether a plural must be said of somebody ("the ...", "they are ..."), not of the kind at large."""
    modifier: bool = False
    """Whether a word must stand before the noun that it belongs to."""
    clause: bool = False
    """Whether a verb must have a clause or an infinitive under it."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Words that the rules for quotations, sources and restatements look for, in lower case."""

    introduces: frozenset[str]
    follows: frozenset[str]
    distancing: frozenset[str]
    first_person: frozenset[str]
    unnamed_heads: frozenset[str]
    speech_verbs: frozenset[str]
    """Lemmas."""
    speech_nouns: frozenset[str]
    """Lemmas."""
    restatements: frozenset[str]
    restatement: Sense


@dataclass(frozen=True, slots=True)
class FramingWords:
    """The senses, where their words stand, and the compounds in which they do not count."""

    senses: Mapping[str, Sense]
    lexicon: Lexicon
    neutral: Lexicon
    rules: Rules


@cache
def framing_words(extra: tuple[Path, ...] = ()) -> FramingWords:
    """The shipped words, and those of a user's files.

    Raises:
        CodebookError: a file says something wrong.
    """
    folder = Path(str(resources.files("parley") / "codebooks" / "framing"))
    senses: dict[str, Sense] = {}
    terms: dict[str, list[str]] = {}
    shipped = [path for path in sorted(folder.glob("*.toml")) if path.stem not in SPECIAL]
    for path in (*shipped, *extra):
        for row in codebook.read_toml(path).get("senses", ()):
            sense_id, sense = _sense(row, path)
            senses[sense_id] = sense
            terms[sense_id] = _terms(row, path)
    neutral = Lexicon({"": codebook.load("framing/neutral")["terms"]})
    return FramingWords(senses, Lexicon(terms), neutral, _rules())


def _sense(row: Mapping[str, Any], path: Path) -> tuple[str, Sense]:
    """Check one row and build the sense.

    Raises:
        CodebookError: a key is absent or holds something else than it should.
    """
    for key in ("id", "why"):
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise CodebookError(path, key, "must be a text and not empty")
    if row.get("kind") not in get_args(FramingKind):
        raise CodebookError(path, f"{row['id']}.kind", f"must be one of {', '.join(get_args(FramingKind))}")
    weight = row.get("weight")
    if not isinstance(weight, int | float) or not 0 < weight <= 1:
        raise CodebookError(path, f"{row['id']}.weight", "must be a number above 0 and up to 1")
    sense = Sense(
        row["kind"],
        float(weight),
        row["why"],
        frozenset(row.get("tags", ())),
        **{place: bool(row.get(place, False)) for place in PLACES},
    )
    return row["id"], sense


def _terms(row: Mapping[str, Any], path: Path) -> list[str]:
    """The terms of a row, each tried by itself so that the error names it.

    Raises:
        CodebookError: they are no list of terms, or one is malformed.
    """
    terms = row.get("terms")
    if not isinstance(terms, list) or not terms or not all(isinstance(term, str) for term in terms):
        raise CodebookError(path, f"{row['id']}.terms", "must be a list of texts and not empty")
    try:
        Lexicon({"": terms})
    except ValueError as error:
        raise CodebookError(path, f"{row['id']}.terms", str(error)) from error
    return list(terms)


def _rules() -> Rules:
    """The word lists of the rules."""
    data = codebook.load("framing/rules")
    quotes, restatement = data["scare_quotes"], data["restatement"]
    return Rules(
        introduces=frozenset(quotes["introduces"]),
        follows=frozenset(quotes["follows"]),
        distancing=frozenset(quotes["distancing"]),
        first_person=frozenset(quotes["first_person"]),
        unnamed_heads=frozenset(data["unnamed_source"]["heads"]),
        speech_verbs=frozenset(data["speech"]["verbs"]),
        speech_nouns=frozenset(data["speech"]["nouns"]),
        restatements=frozenset(restatement["phrases"]),
        restatement=Sense("loaded", restatement["weight"], restatement["why"]),
    )
