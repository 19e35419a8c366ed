"""The dependency parse as plain lists, and the few questions that the event rules ask of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
PASSIVE = frozenset({"nsubjpass", "auxpass"})
FINITE = frozenset({"VBD", "VBZ"})
DEPTH = 12
"""Steps up or down the tree after which a rule gives up: keeps hostile sentences linear."""

WIDTH = 200
"""Children of a token that are looked at, for the same reason; no sentence of an article comes near."""


@dataclass(frozen=True, slots=True)
class Parse:
    """One value a token: head index, dependency label, lower-case lemma and word, tag, indices of the children."""

    head: list[int]
    dep: list[str]
    lemma: list[str]
    word: list[str]
    tag: list[str]
    kids: list[list[int]]

    def with_dep(self, i: int, *deps: str) -> list[int]:
        """The children of a token that bear one of some labels, left to right."""
        dep = self.dep
        return [k for k in self.kids[i] if dep[k] in deps]

    def is_verb(self, i: int) -> bool:
        """Whether a token is tagged as a verb."""
        return self.tag[i].startswith("VB")

    def is_passive(self, verb: int) -> bool:
        """Whether a verb is passive: by its auxiliary or subject, or as a participle after a noun."""
        if any(self.dep[k] in PASSIVE for k in self.kids[verb]):
            return True
        if self.dep[verb] == "acl" and self.tag[verb] == "VBN":
            return True
        return self.dep[verb] == "conj" and self.tag[verb] == "VBN" and self._shares_passive(verb)

    def _shares_passive(self, verb: int) -> bool:
        head = self.head[verb]
        own = any(self.dep[k] in SUBJECTS or self.dep[k] == "dobj" for k in self.kids[verb])
        return not own and any(self.dep[k] in PASSIVE for k in self.kids[head])

    def infinitive(self, verb: int) -> bool:
        """Whether a verb is an infinitive with "to"."""
        return any(self.dep[k] == "aux" and self.word[k] == "to" for k in self.kids[verb])

    def conjuncts(self, i: int) -> Iterator[int]:
        """A token and those joined to it by "and", "or" or a comma."""
        current: int | None = i
        for _ in range(4 * DEPTH):
            if current is None:
                return
            yield current
            current = next((k for k in self.kids[current] if self.dep[k] == "conj" and not self._opens_clause(k)), None)

    def clause(self, i: int) -> int:
        """The verb (or root) of the clause in which a token stands."""
        for _ in range(DEPTH):
            if self.is_verb(i) or self.dep[i] == "ROOT":
                return i
            i = self.head[i]
        return i

    def objects(self, verb: int) -> list[int]:
        """The tokens that a verb acts on: direct objects, or the subject of a passive.

        A verb without an object of its own shares that of a verb joined to it ("arrested and deported five men").
        """
        if self.is_passive(verb):
            subject = self.subject(verb)
            found = [] if subject is None else [subject]
            return found + self.with_dep(verb, "dobj", "oprd")
        found = self.with_dep(verb, "dobj")
        if not found:
            for k in self.with_dep(verb, "conj"):
                if k - verb <= 2 and self.is_verb(k):
                    return self.with_dep(k, "dobj")
        return found

    def subject(self, verb: int) -> int | None:
        """The grammatical subject of a verb, found through joined, infinitive and relative clauses."""
        for _ in range(DEPTH):
            own = self.with_dep(verb, "nsubj", "nsubjpass")
            if own:
                return self._antecedent(verb, own[0])
            dep, head = self.dep[verb], self.head[verb]
            if dep in ("conj", "ccomp") and (apart := self._cut_off(verb)) is not None:
                return apart
            if dep == "acl":
                return head if not self.infinitive(verb) else self.subject(self.clause(head))
            if dep == "relcl":
                return head
            if dep == "xcomp":
                ruled = self.with_dep(head, "dobj")
                if ruled:
                    return ruled[0]
            elif dep in ("pcomp", "acomp"):
                head = self.clause(head)
            elif dep in ("ccomp", "advcl", "parataxis"):
                if not self._subjectless(verb):
                    return None
            elif dep not in ("conj", "aux", "dep"):
                return None
            if head == verb or not (self.is_verb(head) or self.dep[head] == "ROOT" or self.tag[head] == "JJ"):
                return None
            verb = head if self.tag[head] != "JJ" or self.dep[head] == "ROOT" else self.head[head]
        return None

    def _cut_off(self, verb: int) -> int | None:
        """The noun right before a joined verb that is its subject, though the parser joined it to an earlier noun.

        "Peru rejected talks with Chile and Bolivia accused it": Bolivia.
        """
        first = min([verb, *self.with_dep(verb, "aux", "auxpass")])
        before = first - 1
        finite = self.tag[first] in ("VBP", "VBZ", "VBD", "MD")
        joined = self.dep[before] == "conj" and self.tag[before][:2] == "NN"
        return before if finite and joined and not self.with_dep(verb, *SUBJECTS) else None

    def _opens_clause(self, noun: int) -> bool:
        """Whether a joined noun is the subject of a verb after it and so no part of the list before it."""
        after = noun + 1
        if after == len(self.tag) or self.tag[after] not in ("VBP", "VBZ", "VBD", "MD"):
            return False
        verb = self.head[after] if self.dep[after] in ("aux", "auxpass") else after
        return self.dep[verb] in ("conj", "ccomp") and self._cut_off(verb) == noun

    def _subjectless(self, verb: int) -> bool:
        """Whether a clause takes its subject from the one above; one in a tense has a subject of its own."""
        if self.tag[verb] == "VB":
            return self.infinitive(verb) or self.head[verb] == verb - 1
        return self.tag[verb] in ("VBG", "VBN")

    def _antecedent(self, verb: int, subject: int) -> int:
        """The noun for which a relative pronoun stands."""
        if self.tag[subject] in ("WDT", "WP") or (self.word[subject] == "that" and self.dep[verb] == "relcl"):
            for _ in range(3):
                if self.dep[verb] == "relcl":
                    return self.head[verb]
                verb = self.head[verb]
        return subject

    def prepositions(self, i: int) -> list[tuple[str, int]]:
        """The prepositions below a token with their objects; compound ones ("out of") by their last word."""
        found: list[tuple[str, int]] = []
        for k in self.kids[i]:
            if self.word[k] == "according":  # whose word it is
                continue
            if self.dep[k] in ("prep", "agent", "dative", "prt", "advmod"):
                found.extend((self.word[k], p) for p in self.with_dep(k, "pobj", "pcomp"))
                for inner in self.with_dep(k, "prep"):
                    found.extend((self.word[inner], p) for p in self.with_dep(inner, "pobj", "pcomp"))
        return found


def parse_of(doc: Doc, respell: Mapping[str, str]) -> Parse:
    """The lists of a parsed doc, with lemmas that the model gets wrong put right."""
    head, dep, lemma, word, tag = [], [], [], [], []
    kids: list[list[int]] = [[] for _ in range(len(doc))]
    for token in doc:
        up = token.head.i
        head.append(up)
        dep.append(token.dep_)
        name = token.lemma_.lower()
        lemma.append(respell.get(name, name))
        word.append(token.lower_)
        tag.append(token.tag_)
        if up != token.i and len(kids[up]) < WIDTH:
            kids[up].append(token.i)
    parse = Parse(head, dep, lemma, word, tag, kids)
    for verb in range(len(doc)):
        if dep[verb] == "conj" and tag[verb] in FINITE:
            _rejoin(parse, verb)
    return parse


def _rejoin(parse: Parse, verb: int) -> None:
    """Join a verb in a tense to the verb in a tense above it: "denied that it wants to leave and accused X".

    The parser tends to join it to the nearest verb, with which it cannot share an auxiliary or "to".
    """
    first = parse.head[verb]
    helped = parse.tag[first] == "VBN" and any(parse.lemma[k] == "have" for k in parse.with_dep(first, "aux"))
    if not (helped or parse.tag[first] == "VB") or parse.with_dep(verb, *SUBJECTS):
        return
    up = first
    for _ in range(DEPTH):
        if parse.tag[up] == parse.tag[verb] or parse.dep[up] not in ("conj", "xcomp", "ccomp"):
            break
        up = parse.head[up]
    if up < first and parse.tag[up] == parse.tag[verb] and verb in parse.kids[first]:
        parse.kids[first].remove(verb)
        parse.kids[up].append(verb)
        parse.head[verb] = up
