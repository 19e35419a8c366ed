"""Which parties a phrase names: by its head, by those joined to it, or by what stands for it."""

from __future__ import annotations

from collections.abc import Iterable

from parley.components.events_parse import Parse
from parley.components.mentions import MentionIndex

Ids = tuple[str, ...]
MODIFIERS = ("poss", "compound", "amod", "nmod")


class Names:
    """Reads the parties that phrases of one parse name."""

    def __init__(self, parse: Parse, mentions: MentionIndex) -> None:
        """Keep what the rules look at."""
        self.parse, self.mentions = parse, mentions

    def names(self, token: int) -> Ids:
        """The parties that a phrase names by its head, else by what stands for it ("a group of X", "X's envoy")."""
        return self._named(self.parse.conjuncts(token))

    def _named(self, tokens: Iterable[int]) -> Ids:
        found: dict[str, None] = {}
        for token in tokens:
            for actor in self._one(token):
                found.setdefault(actor)
        return tuple(found)

    def _one(self, token: int) -> Ids:
        by_head, parse = self.mentions.by_head, self.parse
        if any(parse.word[k] == "no" for k in parse.with_dep(token, "det")):
            return ()
        if token in self.mentions.groups:
            return self.mentions.groups[token]
        if token in by_head:
            return self._joined(token) or (by_head[token],)
        if parse.tag[token].startswith(("VB", "RB", "MD")):
            return ()
        for word, inner in parse.prepositions(token):
            if word == "of" and (found := self.mentions.named(parse.conjuncts(inner))):
                return found
        for dep in MODIFIERS:
            if found := self.mentions.named(parse.with_dep(token, dep)):
                return found
        inside = self.mentions.at(token)
        return (inside,) if inside else ()

    def _acting(self, tokens: Iterable[int]) -> Ids:
        """The parties that some tokens name, towns left out: "the Istanbul talks" are not Istanbul's."""
        return tuple(actor for actor in self._named(tokens) if actor not in self.mentions.towns)

    def _joined(self, token: int) -> Ids:
        """The states of a noun with several adjectives: "U.S. and Russian envoys"."""
        for k in self.parse.with_dep(token, "amod", "compound", "nmod"):
            found = self.mentions.named(self.parse.conjuncts(k))
            if len({self.mentions.country(actor) for actor in found} - {None}) > 1:
                return found
        return ()

    def _strict(self, tokens: Iterable[int]) -> Ids:
        """The parties that objects name by their own heads, or after "of" ("dozens of X")."""
        found: dict[str, None] = {}
        for top in tokens:
            for token in self.parse.conjuncts(top):
                if token in self.mentions.by_head:
                    for actor in self._one(token):
                        found.setdefault(actor)
        return tuple(found)

    @staticmethod
    def _unlike(found: Ids, others: Iterable[str]) -> Ids:
        return tuple(actor for actor in found if actor not in others)

    @staticmethod
    def _first(candidates: Iterable[Ids]) -> Ids:
        return next((found for found in candidates if found), ())
