"""Words for roles ("spokesman", "rebels", "foreign ministry") and what they say of an actor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from parley import codebook


@dataclass(frozen=True)
class Roles:
    """The role words by lower-case lemma."""

    nouns: Mapping[str, str]
    """Nouns that settle the sector."""
    weak: Mapping[str, str]
    """Nouns whose sector what stands beside them may change; the value is the last resort, or empty."""
    modifiers: Mapping[str, str]
    """Words before a noun that settle its sector."""
    former: frozenset[str]
    former_sector: str
    containers: frozenset[str]
    titles: frozenset[str]
    """Words that stand before a person's name (role nouns do too)."""
    title_sectors: Mapping[str, str]
    genders: Mapping[str, str]
    """m or f by title or noun."""
    place_prepositions: frozenset[str]
    directions: frozenset[str]
    movement: frozenset[str]
    first_names: Mapping[str, str]
    """First names, each with m, f or nothing."""
    words: Mapping[str, frozenset[str]]
    """Further word lists by name; ``texts`` are the nouns for documents of the classes of sourcing."""
    kin: Mapping[str, int]
    """For a noun of which others say nearly the same ("envoy", "negotiator") the number of their group."""

    def is_role(self, lemma: str) -> bool:
        """Whether a noun names an actor by its role."""
        return lemma in self.nouns or lemma in self.weak

    def is_title(self, word: str) -> bool:
        """Whether a word may stand before a person's name."""
        return word in self.titles or word in self.nouns or word in self.weak


def _inverted(table: Mapping[str, Any]) -> dict[str, str]:
    """A table of lists as word to key; the first list that holds a word counts."""
    found: dict[str, str] = {}
    for key, words in table.items():
        for word in words:
            found.setdefault(word, key)
    return found


@cache
def roles() -> Roles:
    """The shipped role words.

    Raises:
        CodebookError: the file is absent or not valid.
    """
    data, names = codebook.load("actors/roles"), codebook.load("actors/first_names")
    places = data["places"]
    texts = frozenset(codebook.load("sourcing")["document"]["heads"])
    return Roles(
        nouns=_inverted(data["nouns"]),
        weak=_inverted(data["weak"]),
        modifiers=_inverted(data["modifiers"]),
        former=frozenset(data["former"]["words"]),
        former_sector=data["former"]["sector"],
        containers=frozenset(data["containers"]["words"]),
        titles=frozenset(data["titles"]["words"]),
        title_sectors=_inverted(data["titles"]["sectors"]),
        genders=_inverted(data["titles"]["gender"]),
        place_prepositions=frozenset(places["prepositions"]),
        directions=frozenset(places["directions"]),
        movement=frozenset(places["verbs"]),
        first_names={name: key for key in ("m", "f") for name in names[key]},
        words={key: frozenset(words) for key, words in data["words"].items()} | {"texts": texts},
        kin={word: k for k, group in enumerate(data["kin"]["groups"]) for word in group},
    )
