"""Who did it and to whom: the actors and recipients of an event, read from the tree around its trigger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from parley.components.events_frames import VERBAL
from parley.components.events_names import MODIFIERS, Ids
from parley.components.events_parse import DEPTH
from parley.components.events_reach import Reach
from parley.components.events_trigger import Trigger

_WHERE = ("in", "at", "near", "outside")
_LEVELS = 4
"""Levels of nesting in which another party is looked for below an object: "calls by X's rulers for aid"."""


class Roles(Reach):
    """Reads parties from one parse and its mentions."""

    def of(self, trigger: Trigger) -> tuple[Ids, Ids]:
        """The actors and the recipients of a trigger, each in the order of the text."""
        if trigger.frame.own:
            return self._actors(trigger), ()
        if trigger.kind == "duty" or trigger.frame.reported:
            return self._duty(trigger.verb)
        actors = self._actors(trigger)
        if trigger.frame.victim:
            return self._unlike(self._first(self._givers(trigger)), actors), actors
        return actors, self._recipients(trigger, actors)

    # ------------------------------------------------------------ actors
    def _actors(self, trigger: Trigger) -> Ids:
        parse, verb = self.parse, trigger.verb
        if trigger.kind == "alone" or (trigger.token != verb and self._is_subject(trigger)):
            return self._own_parties(trigger.token, ("by", "of", "between", "from"))
        if parse.is_passive(verb):
            return self._first((*self._agents(trigger), *self._implied(trigger)))
        if trigger.kind == "light" and parse.lemma[verb] in self.lexicon.lists["undergo"]:
            return self._own_parties(trigger.token, ("from", "by"))
        subject = parse.subject(verb)
        found = () if subject is None else self.names(subject)
        if not found and parse.dep[verb] == "acl":  # "issued a report accusing": whoever issued it
            governor = parse.subject(parse.clause(parse.head[verb]))
            return () if governor is None else self.names(governor)
        return found

    def _implied(self, trigger: Trigger) -> Iterator[Ids]:
        """Who did it where a passive names no doer: "killed in an X strike", "arrested in Y", "fired from Z"."""
        phrases, frame = self.parse.prepositions(trigger.verb), trigger.frame
        if frame.type == "ASSAULT":
            for word, token in phrases:
                named = self.lexicon.nouns.get(self.parse.lemma[token], ())
                if word in ("in", "during", "by") and any(other.type == "ASSAULT" for other in named):
                    yield self._own_parties(token, ("by", "with"))
        if frame.origin:
            yield self._after("from", phrases)
        if frame.local:
            yield self._after("in", phrases)

    def _is_subject(self, trigger: Trigger) -> bool:
        """Whether the noun of a trigger is what its verb is said of ("talks began")."""
        i = trigger.token
        for _ in range(DEPTH):
            if self.parse.head[i] == trigger.verb:
                return self.parse.dep[i] in ("nsubj", "nsubjpass")
            i = self.parse.head[i]
        return False

    def _agents(self, trigger: Trigger) -> Iterator[Ids]:
        """The doer after "by" of a passive."""
        parse = self.parse
        for word, token in parse.prepositions(trigger.verb):
            if word == "by":
                yield self.names(token)

    def _givers(self, trigger: Trigger) -> Iterator[Ids]:
        """Who did it to the subject: after "by" or "from", of the verb or of what stands below it."""
        parse = self.parse
        phrases = parse.prepositions(trigger.verb)
        below = [*parse.objects(trigger.verb), *(token for _, token in phrases)]
        for wanted in ("by", "from"):
            yield self._after(wanted, phrases)
            for each in below:
                yield self._after(wanted, parse.prepositions(each))
        for each in below:
            yield self._own_parties(each, ())

    def _own_parties(self, noun: int, prepositions: Iterable[str]) -> Ids:
        """The parties that a noun names itself: "Italian talks", "X's attack", "a raid by X"."""
        phrases = self.parse.prepositions(noun)
        if "by" in prepositions and (found := self._after("by", phrases)):
            return found
        for dep in MODIFIERS:
            names = self.parse.with_dep(noun, dep)
            found = self._acting(k for k in names if dep == "poss" or k not in self.mentions.places)
            if found:
                return found
        for wanted in prepositions:
            for word, token in phrases:
                if word == wanted and (found := self.names(token)):
                    return found
        return ()

    # ------------------------------------------------------------ recipients
    def _recipients(self, trigger: Trigger, actors: Ids) -> Ids:
        """The other party: the first that has a country, else the first; where both do it, only one named as such."""
        both = trigger.frame.shared and len(actors) > 1
        barred = (*actors, *(self.mentions.towns if trigger.frame.type in VERBAL else ()))
        if trigger.frame.instrument and trigger.token == trigger.verb:
            barred += self._strict(self.parse.objects(trigger.verb))  # "sent drones against X": no party
        if trigger.kind == "alone":
            return self._best(self._sufferers(trigger), barred)
        if both:
            return self._best(self._partners(trigger), barred)
        return self._best(self._candidates(trigger, actors), barred) or self._best(
            self._others(self._far(trigger), actors), barred
        )

    def _others(self, places: Iterable[Ids], actors: Ids) -> Iterator[Ids]:
        """Of parties that stand far from a trigger, those of a country that are not the actors' own."""
        for found in places:
            yield tuple(p for p in self._not_own(found, actors) if self.mentions.country(p) is not None)

    def _not_own(self, found: Ids, actors: Ids) -> Ids:
        """Parties that are no people or things of the actors: "demanded an end to the transfer from its companies"."""
        index = self.mentions
        states = {index.country(actor) for actor in actors if index.actors[actor].kind == "state"}
        return tuple(
            p
            for p in found
            if index.parents.get(p) not in actors
            and not (index.actors[p].kind == "group" and index.country(p) in states)
        )

    def _best(self, places: Iterable[Ids], barred: Ids) -> Ids:
        """The parties of the first place that names one of a country, else of the first that names any."""
        first: Ids = ()
        for found in (self._unlike(place, barred) for place in places):
            if any(self.mentions.country(actor) for actor in found):
                return found
            first = first or found
        return first

    def _partners(self, trigger: Trigger) -> Iterator[Ids]:
        """Who else takes part in what several do together."""
        for each in dict.fromkeys((trigger.verb, trigger.token, *self.parse.objects(trigger.verb))):
            yield self._after("with", self.parse.prepositions(each))

    def _sufferers(self, trigger: Trigger) -> Iterator[Ids]:
        """The other party of a noun that stands alone: after a preposition of its own, or whose it is before "by"."""
        parse, noun = self.parse, trigger.token
        phrases = self._phrases(trigger, noun)
        for wanted in (*trigger.frame.to, "on", "against", "with", "of"):
            yield self._after(wanted, phrases)
        yield self._named(parse.with_dep(noun, *MODIFIERS))

    def _candidates(self, trigger: Trigger, actors: Ids) -> Iterator[Ids]:
        """Where the other party may stand, the most telling place first."""
        parse, frame, verb = self.parse, trigger.frame, trigger.verb
        objects = parse.objects(verb)
        noun = trigger.token if trigger.token != verb else None
        yield self._strict(parse.with_dep(verb, "dative"))
        if noun is not None and parse.lemma[verb] in self.lexicon.lists["undergo"]:
            subject = parse.subject(verb)
            yield () if subject is None else self.names(subject)
        if noun not in objects and not (noun is None and frame.instrument):
            yield self._strict(objects)
        at_verb = self._phrases(trigger, verb)
        below = [noun] if noun is not None else objects
        if frame.doer:
            for each in below:
                yield self._doers(each)
        for wanted in frame.to:
            yield self._after(wanted, at_verb)
            for each in below:
                yield self._not_own(self._after(wanted, self._phrases(trigger, each)), actors)
        for each in below:
            for found in self._nested(each, _LEVELS):
                yield self._not_own(found, actors)

    def _far(self, trigger: Trigger) -> Iterator[Ids]:
        """Where it stands if not there: in the clauses that complete the trigger, then in any phrase of its verb."""
        verb = trigger.verb
        for token in dict.fromkeys((trigger.token, verb)):
            yield from self._clauses(token, _LEVELS)
        at_verb = self._phrases(trigger, verb)
        for wanted in self.lexicon.to:
            yield self._after(wanted, at_verb)
        for _, token in at_verb:
            yield from self._nested(token, _LEVELS - 1)
        if trigger.frame.type == "THREATEN":
            yield from self._conditions(verb)

    def _phrases(self, trigger: Trigger, token: int) -> list[tuple[str, int]]:
        """The prepositions below a token; those that only say where words were spoken are left out."""
        phrases, talks = self.parse.prepositions(token), trigger.frame.type == "CONSULT"
        if trigger.frame.type not in VERBAL - {"CONCEDE"} or (talks and "to" in trigger.frame.to):
            return phrases
        if not talks and token != trigger.verb:  # "to open a centre in X"
            return phrases
        return [(word, place) for word, place in phrases if word not in _WHERE or place not in self.mentions.places]

    def _conditions(self, verb: int) -> Iterator[Ids]:
        """Who must meet the condition of a threat: "unless Y gives way"."""
        parse = self.parse
        for k in parse.kids[verb]:
            if parse.dep[k] == "advcl":
                for subject in parse.with_dep(k, "nsubj", "nsubjpass"):
                    yield self.names(subject)
            elif parse.dep[k] == "xcomp":
                yield from self._conditions(k)

    def _doers(self, noun: int) -> Ids:
        """Who did what a noun names: its possessor, "by", or the adjective of a country."""
        return self._own_parties(noun, ("by",))

    # ------------------------------------------------------------ "must"
    def _duty(self, verb: int) -> tuple[Ids, Ids]:
        """Who says that somebody must do something, and who must."""
        parse = self.parse
        obliged = self._first(map(self.names, parse.with_dep(verb, "nsubj", "nsubjpass")))
        speaker: Ids = ()
        i = verb
        for _ in range(DEPTH):
            up = parse.head[i]
            if parse.dep[i] in ("ccomp", "acl", "xcomp") and parse.is_verb(up):
                subject = parse.subject(up)
                speaker = () if subject is None else self.names(subject)
                break
            if up == i or parse.dep[i] not in ("conj", "ccomp", "advcl"):
                break
            i = up
        return self._unlike(speaker, obliged), obliged
