"""On whose word something stands: a named person, an office, somebody unnamed, a document or the outlet itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from parley import codebook
from parley.components.attribution.spans import TokenSpans
from parley.components.attribution.tree import Tree
from parley.model import Actor, Sourcing
from parley.terms import Terms


@dataclass(frozen=True)
class Sources:
    """The words of ``codebooks/sourcing.toml``."""

    unnamed: frozenset[str]
    officers: frozenset[str]
    outlets: frozenset[str]
    documents: frozenset[str]
    offices: frozenset[str]
    outlet_pronouns: frozenset[str]
    withheld: Terms
    itself: Terms

    def of(self, tree: Tree, source: TokenSpans, actor: Actor | None) -> Sourcing:
        """The class of a source.

        Args:
            tree: the parse.
            source: the source's spans; empty where the text names none.
            actor: what its head resolves to.
        """
        if not source:
            return "unnamed"
        words = " ".join(tree.texts[i] for start, end in source for i in range(start, end))
        if self.withheld:
            for _ in self.withheld.find(words):
                return "unnamed"
        for _ in self.itself.find(words):
            return "outlet"
        head = _head(tree, source)
        lemma = tree.lemma[head].lower()
        if lemma in self.outlet_pronouns or tree.lower[head] in self.outlet_pronouns:
            return "outlet"
        if actor is not None and actor.kind == "person":
            return "named" if _has_name(actor.name) else self._unnamed_person(lemma)
        if tree.pos[head] == "PRON" and actor is None:
            return "named" if tree.lower[head] in ("he", "she", "i") else "unnamed"
        return self._by_head(tree, head, lemma, actor)

    def _by_head(self, tree: Tree, head: int, lemma: str, actor: Actor | None) -> Sourcing:
        """The class by the head word, where no person is known."""
        if lemma in self.documents:
            return "document"
        if lemma in self.outlets:
            return "outlet"
        if lemma in self.offices:
            return "office"
        if lemma in self.unnamed or lemma in self.officers:
            return "unnamed"
        if actor is not None:
            return "office" if actor.kind in ("state", "organisation") else "unnamed"
        if tree.pos[head] == "PROPN":
            return "named"
        return "unnamed"

    def _unnamed_person(self, lemma: str) -> Sourcing:
        """The class of a person who is known by an office only."""
        return "office" if lemma in self.offices else "unnamed"


def _has_name(name: str) -> bool:
    """Whether an actor's name is a person's own: it has no word in small letters."""
    return bool(name) and all(word[:1].isupper() for word in name.split() if word[:1].isalpha())


def _head(tree: Tree, source: TokenSpans) -> int:
    """The word of the source that stands highest in the parse."""
    for start, end in source:
        for i in range(start, end):
            if not start <= tree.head[i] < end or tree.head[i] == i:
                return i
    return source[0][0]


@cache
def sources() -> Sources:
    """The shipped words."""
    data: Mapping[str, Mapping[str, Any]] = codebook.load("sourcing")

    def words(table: str, key: str) -> frozenset[str]:
        found: Sequence[str] = data[table][key]
        return frozenset(found)

    return Sources(
        unnamed=words("unnamed", "heads"),
        officers=words("unnamed", "officers"),
        outlets=words("outlet", "heads"),
        documents=words("document", "heads"),
        offices=words("office", "heads"),
        outlet_pronouns=words("outlet", "pronouns"),
        withheld=Terms(data["unnamed"]["phrases"]),
        itself=Terms(data["outlet"]["phrases"]),
    )
