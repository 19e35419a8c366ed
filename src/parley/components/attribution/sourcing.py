"""On whose word something stands: a named person, an office, somebody unnamed, a document or the outlet itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from parley import codebook
from parley.components.attribution.groups import antecedent, head_of
from parley.components.attribution.spans import TokenSpans
from parley.components.attribution.tree import Tree
from parley.model import Actor, Sourcing
from parley.terms import Terms

LONG = 60
"""Words of a source in which phrases are looked for."""
BODIES = frozenset(("ORG", "GPE", "NORP", "FAC", "LOC"))
"""Names that the model takes for something else than a person."""


@dataclass(frozen=True)
class Sources:
    """The words of ``codebooks/sourcing.toml``."""

    heads: Mapping[str, Sourcing]
    """The class of each head word, by lemma."""
    itself: frozenset[str]
    """Pronouns by which the outlet speaks of itself."""
    persons: frozenset[str]
    """Pronouns for one person."""
    press: frozenset[str]
    """Sectors of the press."""
    withheld: Terms
    outlet: Terms
    cites: frozenset[str]
    """Verbs by which a report names its own source."""

    def of(self, tree: Tree, source: TokenSpans, actor: Actor | None) -> Sourcing:
        """The class of a source.

        Args:
            tree: the parse.
            source: the source's spans; empty where the text names none.
            actor: what its head resolves to.
        """
        head = head_of(tree, source)
        if head is None:
            return "unnamed"
        words = " ".join(tree.texts[i] for start, end in source for i in range(start, min(end, start + LONG)))
        if any(True for _ in self.withheld.find(words)):
            return "unnamed"
        head = antecedent(tree, head)
        if tree.lower[head] in self.itself or any(True for _ in self.outlet.find(words)):
            return "outlet"
        if actor is not None and actor.kind == "person" and is_name(actor.name):
            return "named"
        return self._by_head(tree, head, actor)

    def _by_head(self, tree: Tree, head: int, actor: Actor | None) -> Sourcing:
        """The class by the head word, where no person is known by name."""
        if actor is not None and self.press.intersection(actor.sectors) and actor.kind == "organisation":
            return "outlet"
        if (listed := self.heads.get(tree.lemma[head].lower())) is not None:
            return listed
        if actor is not None:
            return "office" if actor.kind in ("state", "organisation") else "unnamed"
        if tree.lower[head] in self.persons:
            return "named"
        if tree.pos[head] == "PROPN":
            return "office" if tree.entity[head] in BODIES else "named"
        return "unnamed"


def is_name(name: str) -> bool:
    """Whether an actor's name is a person's own: none of its words is an article or begins with a small letter."""
    words = [word for word in name.split() if word[:1].isalpha()]
    return bool(words) and words[0] not in ("A", "An", "The") and all(word[0].isupper() for word in words[-1:])


@cache
def sources() -> Sources:
    """The shipped words."""
    data: Mapping[str, Mapping[str, Any]] = codebook.load("sourcing")
    order: Sequence[Sourcing] = ("unnamed", "office", "outlet", "document")
    return Sources(
        heads={word: kind for kind in order for word in data[kind]["heads"]},
        itself=frozenset(data["outlet"]["pronouns"]),
        persons=frozenset(data["named"]["pronouns"]),
        press=frozenset(data["outlet"]["sectors"]),
        withheld=Terms(data["unnamed"]["phrases"]),
        outlet=Terms(data["outlet"]["phrases"]),
        cites=frozenset(data["chains"]["cites"]),
    )
