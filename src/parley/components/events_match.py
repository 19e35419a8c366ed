"""Finds the words that make an event: verbs and nouns whose frame is met by what stands around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from parley.components.events_frames import SPOKEN, Frame, Lexicon, Words
from parley.components.events_parse import DEPTH, Parse
from parley.components.events_place import place
from parley.components.events_trigger import Trigger
from parley.components.mentions import MentionIndex

WINDOW = 40
"""Tokens of a clause that are looked at for the words of ``when``: enough for a sentence, bounded for hostile text."""
_BELOW = frozenset({"prt", "prep", "advmod", "agent", "dative", "mark", "acomp", "attr", "oprd"})
_DOWN = frozenset({"relcl", "parataxis", "conj", "punct"})
_OBLIGATION = Frame("REQUEST", frozenset({"must"}))


class Matcher:
    """Matches the frames of a lexicon on one parse."""

    def __init__(self, parse: Parse, lexicon: Lexicon, mentions: MentionIndex) -> None:
        """Keep what the rules look at."""
        self.parse, self.lexicon, self.mentions = parse, lexicon, mentions

    def triggers(self) -> list[Trigger]:
        """Every event word, left to right; those inside the arguments of another are left out."""
        found: dict[int, Trigger] = {}
        verbs, nouns = self.lexicon.verbs, self.lexicon.nouns
        parse = self.parse
        for i, lemma in enumerate(parse.lemma):
            tag = parse.tag[i]
            trigger = None
            if lemma in verbs and tag[:2] == "VB":
                trigger = self._verb(i, verbs[lemma])
            elif lemma in nouns and tag[:2] == "NN":
                trigger = self._noun(i, nouns[lemma])
            if tag == "MD" and lemma in self.lexicon.lists["obligation"]:
                verb = parse.head[i]
                trigger = Trigger(verb, _OBLIGATION, "REQUEST", verb, kind="duty") if self._duty(verb) else None
            if trigger is not None and (trigger.kind == "duty" or trigger.token not in found):
                found[trigger.token] = trigger
        light = (t for t in found.values() if t.kind == "light" and t.frame.type in SPOKEN)
        above = {t.verb: t for t in light} | found
        placed = ((found[i], place(self.parse, self.lexicon, found[i], above)) for i in sorted(found))
        return [replace(t, background=where == "background") for t, where in placed if where != "inside"]

    # ------------------------------------------------------------ verbs
    def _verb(self, verb: int, frames: Iterable[Frame]) -> Trigger | None:
        if self._commanded(verb):
            return None
        objects = self.parse.objects(verb)
        nouns: tuple[Words, Words] | None = None
        words: Words | None = None
        phrases = self._phrases(verb)
        for frame in frames:
            if not frame.words & phrases or (frame.reported and not self._reported(verb)):
                continue
            if frame.particles and not self._particle(verb, frame.particles):
                continue
            if frame.bare and objects:
                continue
            if (frame.any_object or frame.object) and not objects:
                continue
            if frame.clause and not self._clause(verb, frame):
                continue
            if frame.person and not any(self._names(o) for o in objects):
                continue
            if frame.object or frame.unless:
                nouns = self._nouns(objects) if nouns is None else nouns
                if (frame.object and not nouns[1] & frame.object) or nouns[0] & frame.unless:
                    continue
            if frame.when or frame.needs_not:
                words = frozenset(self._words(verb)) if words is None else words
                if (frame.when and not words & frame.when) or words & frame.needs_not:
                    continue
            return Trigger(verb, frame, frame.type, verb)
        return None

    def _commanded(self, verb: int) -> bool:
        """Whether a bare verb tells nobody's act: an imperative, or a list of them ("a game: push, then blame")."""
        parse = self.parse
        for _ in range(DEPTH):
            if parse.tag[verb] != "VB" or parse.with_dep(verb, "nsubj", "nsubjpass", "aux", "auxpass"):
                return False
            if parse.dep[verb] != "conj":
                break
            verb = parse.head[verb]
        if parse.dep[verb] in ("ccomp", "xcomp"):
            up = parse.lemma[parse.head[verb]]
            return up == "be" or up in self.lexicon.lists["speech"]
        return parse.dep[verb] in ("ROOT", "parataxis", "dep", "appos")

    def _particle(self, verb: int, wanted: Words) -> bool:
        parse = self.parse
        return any(parse.dep[k] in _BELOW and parse.word[k] in wanted for k in parse.kids[verb])

    def _clause(self, verb: int, frame: Frame) -> bool:
        """Whether a clause of the kind that a frame asks for hangs on a verb."""
        parse = self.parse
        for k in parse.with_dep(verb, "xcomp", "ccomp", "advcl"):
            if frame.clause == "other":
                if parse.dep[k] != "advcl" and parse.with_dep(k, "nsubj", "nsubjpass"):
                    return True
                continue
            if parse.infinitive(k) or (frame.clause == "to" and parse.dep[k] == "xcomp"):
                return True
            if parse.dep[k] == "advcl":
                continue
            if frame.clause == "any" or (frame.clause == "ask" and self._subjunctive(k)):
                return True
        return False

    def _subjunctive(self, verb: int) -> bool:
        """A bare verb after "insisted that", or one with "should" or "must"."""
        parse = self.parse
        aux = [parse.word[k] for k in parse.with_dep(verb, "aux", "auxpass")]
        if aux:
            return any(a in self.lexicon.lists["obligation"] or a == "be" for a in aux)
        return parse.tag[verb] in ("VB", "VBP") and parse.word[verb] == parse.lemma[verb]

    def _reported(self, verb: int) -> bool:
        """Whether a clause is what somebody says."""
        parse = self.parse
        return parse.dep[verb] == "ccomp" and parse.lemma[parse.head[verb]] in self.lexicon.lists["speech"]

    def _phrases(self, i: int) -> Words:
        """A word alone, with the word before it, and as the end of a hyphenated one, which the tokeniser splits."""
        lemma = self.parse.lemma
        found = {lemma[i]}
        if i > 1 and lemma[i - 1] == "-":
            found = {f"{lemma[i - 2]}-{lemma[i]}"}
        elif i:
            found.add(f"{lemma[i - 1]} {lemma[i]}")
        return frozenset(found)

    def _names(self, token: int) -> bool:
        return token in self.mentions.by_head

    def _nouns(self, objects: Iterable[int]) -> tuple[Words, Words]:
        """The words that name objects and stand before them; the same with those after "of" ("tons of aid")."""
        parse, heads, inner = self.parse, set[str](), set[str]()
        for top in objects:
            for noun in parse.conjuncts(top):
                heads |= self._named_by(noun)
                for word, token in parse.prepositions(noun):
                    if word == "of":
                        inner |= self._named_by(token)
        return frozenset(heads), frozenset(heads | inner)

    def _named_by(self, noun: int) -> set[str]:
        """The lemma of a noun, of the words before it, and the pairs that they make with it."""
        parse, found = self.parse, set(self._phrases(noun))
        for k in parse.with_dep(noun, "compound", "amod", "nmod"):
            found.add(parse.lemma[k])
            found.add(f"{parse.lemma[k]} {parse.lemma[noun]}")
        return found

    def _words(self, verb: int) -> Iterator[str]:
        """The lemmas and words of a clause below its verb, other clauses joined to it left out."""
        parse, todo, seen = self.parse, [verb], 0
        while todo and seen < WINDOW:
            i = todo.pop(0)
            seen += 1
            yield parse.lemma[i]
            yield parse.word[i]
            todo.extend(k for k in parse.kids[i] if parse.dep[k] not in _DOWN)

    # ------------------------------------------------------------ nouns
    def _noun(self, noun: int, frames: Iterable[Frame]) -> Trigger | None:
        parse = self.parse
        if parse.dep[noun] in ("compound", "nmod", "npadvmod"):
            return None
        before = {parse.lemma[k] for k in parse.with_dep(noun, "compound", "amod", "nmod")}
        phrases = self._phrases(noun) | {f"{word} {parse.lemma[noun]}" for word in before}
        for frame in frames:
            if not frame.words & phrases:
                continue
            if frame.unless & (before | phrases):
                continue
            if frame.when and not frame.when & (before | set(self._words(noun))):
                continue
            if trigger := self._governed(noun, frame):
                return trigger
        return None

    def _governed(self, noun: int, frame: Frame) -> Trigger | None:
        """A noun event by the verb above it."""
        parse, lists = self.parse, self.lexicon.lists
        top = self._first_conjunct(noun)
        dep, up = parse.dep[top], parse.head[top]
        if dep == "pobj" and parse.word[up] in ("of", "on", "in", "for", "into", "with", "to"):
            top, up = up, parse.head[up]
            if parse.tag[up].startswith("NN") and parse.lemma[up] in lists["series"]:
                dep, up = parse.dep[up], parse.head[up]
            else:
                dep = "obl"
        if parse.is_verb(up) and dep in ("dobj", "nsubj", "nsubjpass", "obl", "attr"):
            lemma = parse.lemma[up]
            if lemma in (frame.light or lists["light"]) or (dep == "nsubj" and lemma in ("begin", "start", "continue")):
                return Trigger(noun, frame, frame.type, up, kind="light")
            if frame.ended and dep not in ("obl", "nsubj") and lemma in lists["stop"]:
                return Trigger(noun, frame, frame.ended, up, kind="ended")
        if not frame.alone:
            return None
        return Trigger(noun, frame, frame.type, parse.clause(noun), kind="alone")

    def _first_conjunct(self, i: int) -> int:
        for _ in range(DEPTH):
            if self.parse.dep[i] != "conj":
                break
            i = self.parse.head[i]
        return i

    # ------------------------------------------------------------ what is only spoken of
    def _duty(self, verb: int) -> bool:
        """Whether "X must do it" is a demand: an active clause about somebody else than its writer's reader."""
        parse = self.parse
        subject = parse.with_dep(verb, "nsubj", "nsubjpass")
        return bool(subject) and parse.is_verb(verb) and self._names(subject[0])
