"""Which party a word stands for: the state, organisation or group behind an official, a spokesman, a side or a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from parley.components.mentions import MentionIndex
from parley.components.positions import allegiances
from parley.components.positions.cues import Cues
from parley.components.positions.homes import AGAINST_STATE, OF_STATE, homes, named
from parley.components.positions.rosters import Roster
from parley.components.positions.speech import Speech
from parley.components.positions.tree import Tree
from parley.model import Attribution

FIRST_PERSON = frozenset({"we", "us", "our", "ours", "i", "me", "my"})
THIRD_PERSON = frozenset({"it", "they", "he", "she"})
"""Where nothing says whom they mean, a speaker means the own party by them: "Oslo said it was ready"."""
OWN_MARKS = frozenset({"the", "our", "its", "this", "his", "her", "their"})
DEPTH = 8
"""Speakers that stand for one another before the chain is given up."""
OWNERS = ("poss", "amod", "compound", "nmod", "nounmod")


@dataclass(frozen=True)
class Party:
    """A party as a word names it."""

    actor: str
    """The party's own actor: the state, organisation or group."""
    person: bool = False
    """Whether the word names a person or people who speak for the party."""
    document: bool = False
    """Whether the word names a text of the party."""


class Parties:
    """Finds the parties of one doc."""

    def __init__(
        self, tree: Tree, index: MentionIndex, speech: Speech, cues: Cues, rosters: Mapping[int, Roster]
    ) -> None:
        """Read the index; nothing is resolved yet."""
        self.tree, self.index, self.speech = tree, index, speech
        self._rosters = rosters
        self._documents, self._sides = cues.list("documents.nouns"), cues.list("sides.nouns")
        self._selves = cues.list("sides.selves")
        self._saying = cues.list("speech.saying")
        self._stances = cues.list("stances.nouns")
        self._both, self._speakers = cues.list("sides.both"), cues.list("persons.speakers")
        self._states = {
            a.country: a.id for a in reversed(list(index.actors.values())) if a.kind == "state" and a.country
        }
        self._homes = dict(homes(index.actors.values(), cues.list("sides.organs")))
        self._homes.update(allegiances.find(tree, index, speech, cues, self.root))
        self._counts = Counter(self.root(actor) for actor in index.by_head.values())
        self._asked: set[int] = set()

    # ------------------------------------------------------------ from actors
    def root(self, actor: str) -> str:
        """The party behind an actor: its state or organisation, where the doc names one."""
        for _ in range(3):
            actor = self._homes.get(actor, actor)
        for _ in range(4):
            parent = self.index.parents.get(actor)
            if parent is None or parent == actor or (self._opposed(actor) and not self._opposed(parent)):
                break
            actor = parent
        known = self.index.actors[actor]
        if known.kind != "state" and known.country in self._states and OF_STATE.intersection(known.sectors[:1]):
            return self._states[known.country]
        return actor

    def _opposed(self, actor: str) -> bool:
        """Whether an actor stands against its state: rebels are a party of their own."""
        return bool(AGAINST_STATE.intersection(self.index.actors[actor].sectors[:1]))

    def negotiates(self, actor: str) -> bool:
        """Whether an actor can be a party: persons only with a country, groups only as a people or an armed one."""
        known = self.index.actors[actor]
        sector = known.sectors[0] if known.sectors else ""
        if known.kind == "group" and not self._opposed(actor):
            return known.country is not None and (sector not in ("", "CVL") or (sector == "CVL" and named(known.name)))
        if known.kind == "organisation" and not named(known.name):
            return known.country is not None or sector in OF_STATE or self._opposed(actor)
        return known.country is not None if known.kind == "person" else sector != "MED"

    def same(self, one: str, other: str) -> bool:
        """Whether two actors stand for the same party."""
        return self.root(one) == self.root(other)

    def _party(self, actor: str, token: int) -> Party | None:
        known = self.index.actors[actor]
        if known.sectors[:1] == ("JUD",):
            return None  # a court judges, it does not negotiate
        speaks = not known.sectors or OF_STATE.intersection(known.sectors[:1]) or self._opposed(actor)
        root = self.root(actor) if speaks or known.kind in ("state", "organisation") else actor
        if not self.negotiates(root):
            return None
        kind = self.index.actors[actor].kind
        person = kind == "person" or (self.tree.lemma[token] in self._speakers)
        return Party(root, person=person or (kind == "group" and root != actor))

    # ------------------------------------------------------------ from words
    def at(self, token: int | None) -> Party | None:
        """The party that a noun or pronoun names as the head of its phrase."""
        if token is None:
            return None
        if self._first_person(token):
            return self.speaker(token)
        lemma = self.tree.lemma[token]
        if lemma in self._documents and (owner := self.owner(token)) is not None:
            return Party(owner.actor, document=True)
        actor = self.index.by_head.get(token)
        if actor is None and self.tree.pos[token] == "PROPN":
            actor = self.index.by_token.get(token)
        if actor is not None and (party := self._party(actor, token)) is not None:
            return party
        if lemma in self._sides and (owner := self.owner(token)) is not None:
            return Party(owner.actor, person=lemma in self._speakers)
        if self.tree.lower[token] in THIRD_PERSON:
            return self.speaker(token)
        if lemma in self._selves and any(
            self.tree.lower[c] in ("the", "our", "its", "this", "his", "her", "their")
            for c in self.tree.children[token]
        ):
            return self.speaker(token)
        if lemma in ("member", "one", "some", "many", "number", "head", "part", "none"):
            return self.at(self.tree.prep(token, "of"))
        return None

    def part(self, token: int) -> Party | None:
        """The party in whose name a word stands, though it is not the head of it."""
        actor = self.index.by_token.get(token)
        return None if actor is None else self._party(actor, token)

    def _first_person(self, token: int) -> bool:
        """Whether a word is "we" or the like; "US" is a name."""
        return self.tree.lower[token] in FIRST_PERSON and self.tree.text[token] != "US"

    def names(self, token: int) -> bool:
        """Whether a word is the name of a party, so that it can be no topic."""
        actor = self.index.by_head.get(token)
        return actor is not None and self.tree.pos[token] == "PROPN" and self.index.actors[actor].kind == "state"

    def owner(self, token: int) -> Party | None:
        """The party to which a noun belongs: "Russia's demand", "the Egyptian offer", "a proposal by Oslo"."""
        for child in self.tree.children[token]:
            if self.tree.dep[child] in OWNERS or self.tree.pos[child] == "ADJ":
                actor = self.index.by_head.get(child) or self.index.by_token.get(child)
                if actor is not None and (party := self._party(actor, child)):
                    return party
                if self._first_person(child):
                    return self.speaker(child)
        under = self.tree.prep(token, "by", "from")
        if under is None and self.tree.lemma[token] in self._speakers:
            under = self.tree.prep(token, "for", "of")
        if under is None and (acl := self.tree.child(token, "acl")) is not None:
            under = self.tree.prep(acl, "by")
        if under is None:
            return None
        return self.at(under) or self.owner(under)

    def several(self, token: int | None) -> tuple[Party, ...]:
        """The parties of a coordinated phrase, or those of "both sides" in a text about two."""
        if token is None:
            return ()
        roster = self._rosters.get(token)
        tokens = roster.same if roster is not None else self.tree.conjuncts(token)
        found = [party for t in tokens if (party := self.at(t))]
        if len(found) < 2 and (joined := self.joined(token)):
            return joined
        unique = {party.actor: party for party in reversed(found)}
        return tuple(dict.fromkeys(unique[party.actor] for party in found))

    def joined(self, token: int) -> tuple[Party, ...]:
        """The parties of a plural: "both sides", "the leaders of A and B", "Ruritanian and Elbonian officials"."""
        tree, lemma = self.tree, self.tree.lemma[token]
        text = lemma in self._documents and {"both", "two"} & {tree.lower[c] for c in tree.children[token]}
        if text or (lemma in self._both | {"they", "both", "two"} and self.plural(token)):
            sides = self.two(token)
            if sides is not None and (lemma != "they" or self.at(token) is None):
                return tuple(Party(side, person=lemma in self._speakers, document=bool(text)) for side in sides)
        if tree.tag[token] not in ("NNS", "NNPS"):
            return ()
        under = tree.prep(token, "of", "for", "from") if lemma in self._both | self._sides else None
        if under is not None and len(parts := [p for t in tree.conjuncts(under) if (p := self.at(t))]) > 1:
            return tuple(Party(p.actor, person=lemma in self._speakers) for p in parts)
        group = dict.fromkeys(self.root(actor) for actor in self.index.groups.get(token, ()))
        return tuple(Party(a, person=lemma in self._speakers) for a in group) if len(group) > 1 else ()

    def plural(self, token: int) -> bool:
        """Whether a noun names both parties: "both sides", "the two countries", "the parties"."""
        tree = self.tree
        if self.owner(token) is not None:
            return False
        marks = {tree.lower[c] for c in tree.children[token]}
        return (tree.tag[token] in ("NNS", "NNPS") and bool(marks & {"both", "two", "the"})) or tree.lower[token] in (
            "both",
            "two",
        )

    def two(self, token: int) -> tuple[str, str] | None:
        """The two parties of a text: those that it is about, a state and the movement against it, or what they are."""
        pair = self.principals() or self._inner()
        if pair is not None:
            return pair
        group = tuple(dict.fromkeys(self.root(actor) for actor in self.index.groups.get(token, ())))
        if len(group) == 2 and all(self.negotiates(actor) for actor in group):
            return group
        ranked = self._ranked()
        close = len(ranked) > 2 and ranked[2][0] >= ranked[1][0]
        return None if len(ranked) < 2 or close else (ranked[0][1], ranked[1][1])

    def _inner(self) -> tuple[str, str] | None:
        """The state and the movement against it, in a text that tells of one movement."""
        movements = [(count, actor) for count, actor in self._ranked() if self._opposed(actor)]
        if not movements or movements[0][0] < 2 or (len(movements) > 1 and movements[1][0] == movements[0][0]):
            return None
        movement = movements[0][1]
        country = self.index.actors[movement].country
        states = [actor for _, actor in self._ranked() if self.index.actors[actor].kind == "state"]
        home = next((s for s in states if self.index.actors[s].country == country), states[0] if states else None)
        return None if home is None else (home, movement)

    def _ranked(self) -> list[tuple[int, str]]:
        """The states and movements of a text with their mentions, most first."""
        ranked = [
            (count, actor)
            for actor, count in self._counts.items()
            if self.negotiates(actor) and (self.index.actors[actor].kind == "state" or self._opposed(actor))
        ]
        return sorted(ranked, key=lambda pair: (-pair[0], self.index.actors[pair[1]].mentions[:1]))

    def principals(self) -> tuple[str, str] | None:
        """The two parties that a text names most, if no third comes near the second."""
        ranked = self._ranked()
        if len(ranked) < 2 or (len(ranked) > 2 and ranked[2][0] * 2 > ranked[1][0]):
            return None
        first, second = sorted((ranked[0][1], ranked[1][1]), key=lambda actor: self.index.actors[actor].mentions[:1])
        return first, second

    def other(self, party: str) -> str | None:
        """The other side of a text about two parties."""
        pair = self.principals()
        if pair is None or party not in pair:
            return None
        return pair[1] if pair[0] == party else pair[0]

    # ------------------------------------------------------------ speakers
    def says(self, attribution: Attribution) -> bool:
        """Whether an attribution lets its speaker say something, rather than tells what a state does."""
        if attribution.kind == "direct":
            return True
        tokens = [t for span in self.speech.ranges(attribution.cue) for t in range(*span)]
        if any(self.tree.lemma[t] in self._saying for t in tokens):
            return True
        actor = self.index.actors.get(attribution.speaker or "")
        token = self.speech.source_token(attribution)
        return actor is not None and (
            actor.kind == "person" or (token is not None and self.tree.lemma[token] in self._speakers)
        )

    def of(self, attribution: Attribution) -> Party | None:
        """The party of an attribution's speaker."""
        party = None
        if attribution.speaker is not None and attribution.speaker in self.index.actors:
            party = self._party(attribution.speaker, self.speech.source_token(attribution) or 0)
        if party is None:
            tokens = (t for span in self.speech.ranges(attribution.source) for t in range(*span))
            party = next((p for t in tokens if (p := self.at(t) or self.owner(t))), None)
        if party is None:
            return None
        return Party(party.actor, person=True, document=attribution.sourcing == "document")

    def speaker(self, token: int) -> Party | None:
        """The party that speaks at a token; none where words for speakers name each other in a circle."""
        if token in self._asked or len(self._asked) >= DEPTH:
            return None
        self._asked.add(token)
        try:
            return self._speaker(token)
        finally:
            self._asked.discard(token)

    def _speaker(self, token: int) -> Party | None:
        attribution = self.speech.at(token)
        if attribution is not None and (attribution.speaker is not None or attribution.source):
            return self.of(attribution)
        teller = self.speech.teller(token)
        if teller is None and (stance := self._stance(token)) is not None:
            return stance
        if teller is None or self._first_person(teller):
            return None
        party = self.at(teller)
        return Party(party.actor, person=True, document=party.document) if party else None

    def _stance(self, token: int) -> Party | None:
        """The party whose position a clause words: "Oslo's position is that ..."."""
        for above in self.tree.up(token, 4):
            subject = self.tree.child(above, "nsubj") if self.tree.lemma[above] == "be" else None
            if subject is not None and self.tree.lemma[subject] in self._stances:
                return self.owner(subject)
        return None
