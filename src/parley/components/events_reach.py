"""Parties in the phrases and clauses below a word: how far from a trigger a party may stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from parley.components.events_frames import Lexicon
from parley.components.events_names import MODIFIERS, Ids, Names
from parley.components.events_parse import Parse
from parley.components.mentions import MentionIndex


class Reach(Names):
    """Reads parties below the words of one parse."""

    def __init__(self, parse: Parse, lexicon: Lexicon, mentions: MentionIndex) -> None:
        """Keep what the rules look at."""
        super().__init__(parse, mentions)
        self.lexicon = lexicon

    def _after(self, wanted: str, phrases: Iterable[tuple[str, int]]) -> Ids:
        """The parties after one preposition."""
        return tuple(dict.fromkeys(a for word, token in phrases if word == wanted for a in self.names(token)))

    def _nested(self, token: int, levels: int) -> Iterator[Ids]:
        """Parties below a noun: its modifiers, then its prepositions, then the clauses on it."""
        if levels == 0:
            return
        parse = self.parse
        for dep in MODIFIERS:
            yield self._named(parse.with_dep(token, dep))
        phrases = parse.prepositions(token)
        for wanted in self.lexicon.to:
            yield self._after(wanted, phrases)
        for _, inner in phrases:
            yield from self._nested(inner, levels - 1)
        for k in parse.with_dep(token, "poss", "conj"):
            yield from self._nested(k, levels - 1)
        yield from self._clauses(token, levels - 1)

    def _clauses(self, token: int, levels: int) -> Iterator[Ids]:
        """Parties in the clauses that complete a word: who is to do it, then to whom."""
        if levels <= 0:
            return
        parse = self.parse
        for k in parse.kids[token]:
            if parse.dep[k] not in ("xcomp", "ccomp", "pcomp", "acl", "advcl", "prep", "acomp"):
                continue
            if parse.dep[k] == "prep":
                inner = parse.with_dep(k, "pcomp")
            elif parse.dep[k] == "advcl" and not parse.infinitive(k):
                continue
            else:
                inner = [k]
            for verb in inner:
                for subject in parse.with_dep(verb, "nsubj", "nsubjpass"):
                    yield self.names(subject)
                objects = parse.with_dep(verb, "dobj", "dative")
                yield self._strict(objects)
                phrases = parse.prepositions(verb)
                for wanted in self.lexicon.to:
                    yield self._after(wanted, phrases)
                for each in objects:
                    yield from self._nested(each, levels - 1)
                yield from self._clauses(verb, levels - 1)
                for _, each in phrases:
                    yield from self._nested(each, levels - 2 if levels > 2 else 0)
