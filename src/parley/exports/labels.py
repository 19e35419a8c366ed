"""The words in which a record's ids are shown to a person: ``codebooks/labels.toml`` and the titles of the issues."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from parley import codebook
from parley.errors import CodebookError

_ISSUE_ID = re.compile(r"[a-z0-9_]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the shown record that holds positions."""

    id: str
    title: str
    groups: tuple[str, ...]
    """Groups of acts, as in ``codebooks/acts.toml``."""


def label(table: str, key: str) -> str:
    """The label of an id, or the id in words where there is none.

    Args:
        table: a table of ``labels.toml``: acts, layers, sourcing ...
        key: the id.
    """
    return str(codebook.load("labels")[table].get(key, in_words(key)))


def in_words(key: str) -> str:
    """An id as words: ``de_escalation`` is "de escalation"."""
    return key.replace("_", " ")


def words(table: str) -> frozenset[str]:
    """A word list of ``labels.toml``."""
    return _word_list(table)


@cache
def _word_list(table: str) -> frozenset[str]:
    return frozenset(codebook.load("labels")[table]["words"])


@cache
def parts() -> tuple[Part, ...]:
    """The parts of the record that hold positions, in order."""
    return tuple(Part(row["id"], row["title"], tuple(row["groups"])) for row in codebook.load("labels")["sections"])


@cache
def part_of(act: str) -> str:
    """The id of the part in which an act stands; an act that is not in the codebook stands in the first."""
    group = codebook.load("acts").get(act, {}).get("group")
    return next((part.id for part in parts() if group in part.groups), parts()[0].id)


@cache
def toward(act: str) -> str:
    """The word before the party that an act is directed at: "of" for a demand, else "to"."""
    return str(codebook.load("labels")["toward"].get(act, "to"))


@cache
def issue_title(issue: str) -> str:
    """The title of a shipped issue; a user's issue is shown as its id in words."""
    if _ISSUE_ID.fullmatch(issue):
        try:
            return str(codebook.load(f"issues/{issue}")["title"])
        except CodebookError:
            pass
    spelled = in_words(issue)
    return spelled[:1].upper() + spelled[1:]


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 position", "2 positions"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
