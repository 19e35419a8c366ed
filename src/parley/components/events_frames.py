"""The event lexicon: verb and noun frames of the 16 types, read from ``codebooks/plover`` and checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

from parley import codebook
from parley.errors import CodebookError

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
COOPERATION = frozenset({"CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
SPOKEN = frozenset({"AGREE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Types that are done in words: what stands inside their arguments is spoken of, not done."""
ONE_SIDED = frozenset({"PROTEST", "MOBILIZE", "RETREAT"})
"""Types that are told in full without another party."""
VERBAL = SPOKEN | {"CONSULT", "SUPPORT", "CONCEDE"}
"""Types whose other party must be able to hear it: no town, region or river."""
HARM = frozenset({"PROTEST", "SANCTION", "COERCE", "ASSAULT"})
"""Types that are threats as long as they are to come; moving troops is told as such."""
CLAUSES = ("to", "ask", "any", "other")

Clause = Literal["", "to", "ask", "any", "other"]
Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Frame:
    """One use of a verb or noun that makes an event of a type. Empty conditions ask for nothing."""

    type: str
    words: Words
    particles: Words = frozenset()
    """One of these stands below the verb as a particle or preposition."""
    object: Words = frozenset()
    """One of these nouns is what the verb acts on; a pair of words is a noun with the word before it."""
    any_object: bool = False
    """Some object is needed, whichever."""
    person: bool = False
    """The object names an actor."""
    bare: bool = False
    """The verb has no object."""
    clause: Clause = ""
    """A clause is needed: "to" an infinitive, "ask" one or a subjunctive, "other" one with a subject of its own,
    "any" whichever."""
    when: Words = frozenset()
    """One of these words stands in the clause."""
    unless: Words = frozenset()
    """None of these nouns is the object, and none stands before the noun."""
    needs_not: Words = frozenset()
    """None of these words stands in the clause."""
    light: Words = frozenset()
    """Nouns: the verbs that make it happen; the general list where empty."""
    ended: str | None = None
    """Nouns: the type that its end makes ("suspend aid")."""
    alone: bool = False
    """Nouns: an event wherever it stands, if it names a party of its own."""
    to: tuple[str, ...] = ()
    """Prepositions of the other party, the first found counts."""
    shared: bool = False
    """Both sides do it: without another party the actors are parties to each other."""
    instrument: bool = False
    """The object is what is sent or moved, not the other party."""
    doer: bool = False
    """The other party is who did what the object names."""
    reported: bool = False
    """Its clause is what somebody says ("X said that Y was to blame"): the speaker does it."""
    victim: bool = False
    """The subject suffers it."""
    turns: bool = False
    """A promise of harm is a threat."""
    own: bool = False
    """Nobody else is a party to it: a resignation."""
    local: bool = False
    """Where nobody is said to do it, the authorities of the place do."""
    origin: bool = False
    """Where nobody is said to do it, whoever is at the place that it comes from ("fired from Y")."""
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All frames by word, and the shared word lists."""

    verbs: Mapping[str, tuple[Frame, ...]]
    nouns: Mapping[str, tuple[Frame, ...]]
    lists: Mapping[str, Words]
    to: tuple[str, ...]
    """Prepositions of the other party where a frame names none that is there, the most telling first."""
    definitions: Mapping[str, str]
    respell: Mapping[str, str]
    """Lemmas that the model gets wrong, and the right ones."""


_FLAGS = (
    "person",
    "bare",
    "alone",
    "shared",
    "instrument",
    "doer",
    "victim",
    "turns",
    "reported",
    "own",
    "local",
    "origin",
)
_WORDS = ("particles", "when", "unless", "needs_not", "light")


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon.

    Raises:
        CodebookError: a file lacks something or says something that no frame knows.
    """
    shared = codebook.load("plover/words")
    classes = {name: frozenset(words) for name, words in shared["classes"].items()}
    verbs: dict[str, list[Frame]] = {}
    nouns: dict[str, list[Frame]] = {}
    definitions = {}
    for name in TYPES:
        path = Path("plover") / f"{name.lower()}.toml"
        data = codebook.load(f"plover/{name.lower()}")
        if data.get("id") != name or not data.get("definition"):
            raise CodebookError(path, "id", f"must be {name}, with a definition")
        definitions[name] = str(data["definition"])
        for key, table in (("verbs", verbs), ("nouns", nouns)):
            for row in data.get(key, []):
                frame = _frame(name, row, classes, path)
                for word in dict.fromkeys(re.split("[ -]", word)[-1] for word in sorted(frame.words)):
                    table.setdefault(word, []).append(frame)
    lists = {name: frozenset(words) for name, words in shared["verbs"].items()}
    to = tuple(shared["prepositions"]["to"])
    return Lexicon(_ordered(verbs), _ordered(nouns), lists, to, definitions, dict(shared["respell"]))


def _ordered(table: Mapping[str, list[Frame]]) -> dict[str, tuple[Frame, ...]]:
    """The frames of each word, those that ask for most first."""
    return {word: tuple(sorted(frames, key=_demands, reverse=True)) for word, frames in table.items()}


def _demands(frame: Frame) -> tuple[int, int]:
    asked = (frame.particles, frame.object, frame.person, frame.bare, frame.clause, frame.when, frame.any_object)
    return frame.rank, sum(map(bool, asked))


def _frame(name: str, row: Mapping[str, Any], classes: Mapping[str, Words], path: Path) -> Frame:
    """Check one row and build its frame."""
    known = {"words", "object", "clause", "ended", "to", "rank", *_FLAGS, *_WORDS}
    if unknown := sorted(row.keys() - known):
        raise CodebookError(path, unknown[0], "is no key of a frame")
    if not row.get("words"):
        raise CodebookError(path, "words", "must name at least one word")
    if row.get("clause", "") not in ("", *CLAUSES):
        raise CodebookError(path, "clause", f"must be one of {', '.join(CLAUSES)}")
    if row.get("ended") not in (None, *TYPES):
        raise CodebookError(path, "ended", "must be one of the 16 types")
    wanted = row.get("object", ())
    conditions: dict[str, Any] = {key: _expand(row.get(key, ()), classes, path) for key in _WORDS}
    conditions |= {key: bool(row.get(key, False)) for key in _FLAGS}
    return Frame(
        name,
        frozenset(row["words"]),
        object=frozenset() if wanted is True else _expand(wanted, classes, path),
        any_object=wanted is True,
        clause=cast(Clause, row.get("clause", "")),
        ended=row.get("ended"),
        to=tuple(row.get("to", ())),
        rank=row.get("rank", 0),
        **conditions,
    )


def _expand(words: Iterable[str], classes: Mapping[str, Words], path: Path) -> Words:
    """A word list with its classes (``@aid``) written out."""
    found: set[str] = set()
    for word in words:
        if word.startswith("@"):
            if word[1:] not in classes:
                raise CodebookError(path, word, "is no class of plover/words.toml")
            found |= classes[word[1:]]
        else:
            found.add(word)
    return frozenset(found)
