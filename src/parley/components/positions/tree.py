"""The parse of a doc as plain lists, and the questions that the rules of this room ask of it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.attrs import DEP, HEAD, IDX, LEMMA, LOWER, ORTH, POS, TAG
from spacy.tokens import Doc

SUBJECTS = frozenset({"nsubj", "csubj", "expl"})
PASSIVES = frozenset({"nsubjpass", "csubjpass"})
AUXILIARIES = frozenset({"aux", "auxpass"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})
COPULAS = frozenset({"be", "remain", "become", "seem", "appear", "stay", "stand", "look", "sound", "prove"})
NEGATIONS = frozenset({"not", "n't", "never", "nor", "neither", "hardly", "cannot"})
EDGES = frozenset({"PUNCT", "SPACE", "CCONJ"})
LIMIT = 120
"""Tokens of one clause that are looked at: longer ones are no prose, and must not cost a square."""
CHILDREN = 60
"""Tokens under one head that are looked at, for the same reason."""

Range = tuple[int, int]
"""Half-open, in tokens of the doc."""


class Tree:
    """A doc's tokens as lists by index: plain strings and numbers, read once."""

    def __init__(self, doc: Doc) -> None:
        """Read the doc."""
        self.doc = doc
        self.whole = doc.text
        columns = doc.to_array([ORTH, LOWER, LEMMA, DEP, POS, TAG, HEAD, IDX])
        strings = doc.vocab.strings
        names: dict[int, str] = {0: ""}
        for key in {int(key) for column in range(6) for key in columns[:, column]}:
            names[key] = strings[key] if key else ""
        self.text, self.lower, lemma, self.dep, self.pos, self.tag = (
            [names[key] for key in columns[:, column].tolist()] for column in range(6)
        )
        self.lemma = [word.lower() for word in lemma]
        self.head = [i + step for i, step in enumerate(columns[:, 6].astype("int64").tolist())]
        self.starts = columns[:, 7].tolist()
        _mend(self.head, self.dep, self.tag, self.pos)
        self.children: list[list[int]] = [[] for _ in self.head]
        for i, head in enumerate(self.head):
            if head != i and len(self.children[head]) < CHILDREN:
                self.children[head].append(i)
        self.left, self.right = _edges(self.head)

    def __len__(self) -> int:
        return len(self.head)

    # ------------------------------------------------------------ neighbours
    def child(self, i: int, *deps: str) -> int | None:
        """The first child of a token with one of some dependency labels."""
        return next((c for c in self.children[i] if self.dep[c] in deps), None)

    def all(self, i: int, *deps: str) -> list[int]:
        """The children of a token with some dependency labels."""
        return [c for c in self.children[i] if self.dep[c] in deps]

    def up(self, i: int, limit: int = 12) -> Iterator[int]:
        """The heads above a token, nearest first, at most ``limit``."""
        for _ in range(limit):
            if self.head[i] == i:
                return
            i = self.head[i]
            yield i

    def below(self, i: int, limit: int = LIMIT) -> Iterator[int]:
        """A token and those under it, top down, at most ``limit``."""
        stack = [i]
        while stack and limit:
            node = stack.pop()
            limit -= 1
            yield node
            stack.extend(reversed(self.children[node]))

    def conjuncts(self, i: int, limit: int = 12) -> list[int]:
        """A token and those coordinated with it below it, in order, at most ``limit``."""
        found, k = [i], 0
        while k < len(found) and len(found) < limit:
            found.extend(c for c in self.children[found[k]] if self.dep[c] == "conj" or self._loose(found[k], c))
            k += 1
        return sorted(found[:limit])

    def _loose(self, i: int, c: int) -> bool:
        """Whether a verb after a comma is coordinated though the parser could not say so."""
        base = self.tag[c] in ("VB", "VBP") and self.tag[i] in ("VB", "VBP")
        return (
            self.dep[c] == "dep"
            and base
            and c > i
            and self.child(c, "dobj") is not None
            and self.lower[self.left[c] - 1] == ","
        )

    def prep(self, i: int, *words: str) -> int | None:
        """What stands under a preposition (one of ``words``) below a token: a noun or a clause's verb."""
        for c in self.children[i]:
            if self.lower[c] in words and self.dep[c] in ("prep", "agent", "dative", "prt", "advmod", "mark", "aux"):
                under = self.child(c, "pobj", "pcomp", "ccomp")
                if under is not None:
                    return under
        return None

    # ------------------------------------------------------------ the clause of a verb
    def negated(self, i: int) -> bool:
        """Whether a verb or predicate is negated, in itself, its auxiliaries or its subject's determiner."""
        for c in self.children[i]:
            if self.dep[c] == "neg" or (
                self.lower[c] in NEGATIONS and self.dep[c] in ("advmod", "preconj", "cc", "aux")
            ):
                return True
            if self.dep[c] in ("nsubj", "nsubjpass") and (self.lower[c] in ("nobody", "none", "neither") or self.no(c)):
                return True
        return False

    def no(self, noun: int) -> bool:
        """Whether a noun has "no" as its determiner."""
        return any(self.lower[c] == "no" for c in self.children[noun])

    def modal(self, i: int) -> str:
        """The modal verb of a clause in lower case ("must", "have to"), or nothing."""
        for c in self.children[i]:
            if self.dep[c] in AUXILIARIES and self.tag[c] == "MD":
                return self.lower[c]
        head = self.head[i]
        if (
            self.dep[i] == "xcomp"
            and self.lemma[head] in ("have", "need", "be", "get")
            and self.child(i, "aux") is not None
        ):
            return f"{self.lemma[head]} to"
        return ""

    def subject(self, i: int, limit: int = 6) -> int | None:
        """The subject of a verb: its own, or the one that it shares with the verb above it."""
        for _ in range(limit):
            own = self.child(i, "nsubj", "nsubjpass", "csubj")
            if own is not None:
                return self.antecedent(own)
            if self.dep[i] == "relcl" or (self.dep[i] == "acl" and self.tag[i] == "VBG"):
                return self.head[i]
            if self.dep[i] == "xcomp":
                above = self.child(self.head[i], "dobj", "dative")
                if above is not None and self.lemma[self.head[i]] not in ("promise", "threaten"):
                    return above
            if self.dep[i] not in ("conj", "xcomp", "advcl", "ccomp", "acomp", "attr", "pcomp", "dep", "prep", "oprd"):
                return None
            if self.head[i] == i or self._bare(i):
                return None
            if self.dep[i] == "ccomp" and self.left[i] < self.head[i] < i:
                return None
            i = self.head[i]
        return None

    def _bare(self, i: int) -> bool:
        """Whether a verb is an imperative: a base form without subject, "to" or auxiliary, its own or a shared one."""
        top = i
        for _ in range(12):
            if self.dep[top] != "conj" or self.tag[self.head[top]] not in ("VB", "VBP"):
                break
            top = self.head[top]
        if self.tag[top] == "VBP":
            return self.dep[top] == "conj" and self.tag[self.head[top]] == "VBZ"
        if (
            self.tag[top] != "VB"
            or (self.dep[top] == "xcomp" and self.lemma[self.head[top]] != "be")
            or self.child(top, "nsubj", "nsubjpass") is not None
        ):
            return False
        return not any(self.dep[c] in AUXILIARIES for c in (*self.children[i], *self.children[top]))

    def antecedent(self, i: int) -> int:
        """For a relative pronoun: the noun that it stands for; else the token itself."""
        if self.lower[i] in ("which", "who", "that", "whom") and self.pos[i] in ("PRON", "DET", "SCONJ"):
            for above in self.up(i, 4):
                if self.dep[above] == "relcl":
                    return self.head[above]
        return i

    def passive(self, i: int) -> bool:
        """Whether a verb is in the passive voice."""
        if any(self.dep[c] in ("nsubjpass", "auxpass", "csubjpass") for c in self.children[i]):
            return True
        return self.tag[i] == "VBN" and self.dep[i] in ("acl", "advcl") and self.child(i, "dobj") is None

    def clause(self, i: int) -> Range:
        """The words of a clause or phrase: all under its head but what is coordinated with it, or set off by dashes."""
        start, end = self.left[i], self.right[i]
        end = min(end, start + LIMIT)
        for c in self.children[i]:
            if c > i and (self.dep[c] in ("conj", "cc", "preconj") or self._loose(i, c)) and self.left[c] > i:
                end = min(end, c if self.dep[c] == "cc" else self.left[c])
            if self.dep[c] in ("mark", "cc") and c < i and start == c:
                start = c + 1
        for j in range(max(i + 1, start + 1), end):
            if self.lower[j] in ("—", "–", "--", ";") and self.left[i] < j:
                end = j
                break
        return self.trim(start, end)

    def trim(self, start: int, end: int) -> Range:
        """A range without the marks, spaces and conjunctions at its edges, a quotation in it closed."""
        while (
            start < end
            and self.text[start] != "“"
            and (self.pos[start] in EDGES or (self.lower[start] == "that" and start + 1 < end))
        ):
            start += 1
        while end > start and self._edge(start, end - 1):
            end -= 1
        if start < end and self._open(start, end):
            close = next((j for j in range(end, min(end + 3, len(self))) if self.text[j] == "”"), None)
            if close is not None:
                return (start, close + 1)
        return (start, end)

    def _open(self, start: int, end: int) -> bool:
        """Whether a quotation that begins in a range does not end there."""
        marks = [mark for mark in self.text[start:end] if mark in ("“", "”")]
        return bool(marks) and marks[-1] == "“"

    def _edge(self, start: int, last: int) -> bool:
        if self.text[last] == "”":
            return "“" not in self.text[start:last]
        return self.pos[last] in EDGES or self.text[last] in ("“", "—", "–")

    def chars(self, span: Range) -> Range:
        """Character offsets of a token range."""
        return (self.starts[span[0]], self.starts[span[1] - 1] + len(self.text[span[1] - 1]))

    def words(self, span: Range) -> str:
        """The text of a token range."""
        start, end = self.chars(span)
        return self.whole[start:end]


def _mend(head: list[int], dep: list[str], tag: list[str], pos: list[str]) -> None:
    """Gives a verb the subject that the parser took for a second object: "occupy the land and / missiles strike"."""
    subjects = {head[i] for i, label in enumerate(dep) if label in SUBJECTS or label in PASSIVES}
    objects = {head[i] for i, label in enumerate(dep) if label == "dobj"}
    for noun, verb in enumerate(head):
        if dep[noun] == "nsubj" and dep[verb] == "ccomp" and noun < verb and noun in subjects and noun in objects:
            head[noun], dep[noun], pos[noun], tag[noun] = head[verb], "ccomp", "VERB", "VB"
            head[verb], dep[verb] = noun, "conj"  # "that Oslo share data, allow ...": a verb taken for a noun
    for verb, noun in enumerate(head):
        name = head[noun]
        if tag[verb] == "VBN" and dep[verb] == "amod" and dep[noun] == "appos" and verb < noun and name < verb - 2:
            if head[name] == name and pos[name] == "PROPN" and pos[verb - 1] == "PUNCT":
                head[verb], dep[verb], pos[verb], tag[verb] = verb, "ROOT", "VERB", "VBD"
                head[noun], dep[noun] = (
                    verb,
                    "dobj",
                )  # "Oslo, backed by Rome, proposed talks": a verb taken for an adjective
                head[name], dep[name] = verb, "nsubj"
                subjects.add(verb)
    for verb in range(2, len(head)):
        if verb in subjects or tag[verb] not in FINITE or dep[verb] not in ("conj", "ROOT", "ccomp", "advcl"):
            continue
        noun = verb - 1
        while noun > 0 and head[noun] == verb and dep[noun] in ("aux", "auxpass", "neg", "advmod"):
            noun -= 1
        if tag[verb] == "VBN" and noun == verb - 1:
            continue
        if pos[noun] not in ("NOUN", "PROPN", "PRON") or dep[noun] not in ("conj", "appos"):
            continue
        first = _first(noun, head, dep, pos)
        clause = head[head[first]] if dep[verb] == "conj" else -1
        if _above(verb, first, head) or (clause >= 0 and _above(clause, verb, head)):
            continue
        if dep[verb] != "conj" or (pos[clause] in ("VERB", "AUX") and clause not in (verb, noun) and clause < noun):
            dep[first], head[first] = "nsubj", verb
            if clause >= 0:
                head[verb] = clause
            for i in range(max(0, first - 3), first):
                if pos[i] == "CCONJ" and head[i] < i:
                    head[i], dep[i] = verb if clause < 0 else clause, "cc"
    _promote(head, dep, tag, subjects)


def _above(i: int, other: int, head: list[int]) -> bool:
    """Whether a token stands above another, or too far up to know: hanging it below would make a ring."""
    for _ in range(30):
        if head[i] == i:
            return False
        i = head[i]
        if i == other:
            return True
    return True


def _first(noun: int, head: list[int], dep: list[str], pos: list[str]) -> int:
    """The first of the nouns joined by "and" that end with a noun."""
    for _ in range(4):
        above = head[noun]
        if dep[noun] != "conj" or above >= noun or not any(pos[i] == "CCONJ" for i in range(above + 1, noun)):
            return noun
        if dep[above] != "conj":
            return noun
        noun = above
    return noun


def _promote(head: list[int], dep: list[str], tag: list[str], subjects: set[int]) -> None:
    """Lifts a verb out of a "that" clause whose tense it does not share: "denied that it had met them and accused ..."."""
    helped = {head[i] for i, label in enumerate(dep) if label in AUXILIARIES}
    for verb, clause in enumerate(head):
        if dep[verb] != "conj" or tag[verb] not in ("VBD", "VBZ") or verb in subjects or verb in helped:
            continue
        for _ in range(3):
            clause = head[clause] if dep[clause] in ("xcomp", "conj") else clause
        above = head[clause]
        if dep[clause] != "ccomp" or above == verb:
            continue
        if tag[verb] == tag[above] and (tag[clause] != tag[verb] or clause in helped):
            head[verb] = above


def _edges(head: list[int]) -> tuple[list[int], list[int]]:
    """First token, and token after the last, of each subtree: leaves first, each token once."""
    left, right = list(range(len(head))), [i + 1 for i in range(len(head))]
    waiting = [0] * len(head)
    for i, h in enumerate(head):
        waiting[h] += h != i
    ready = [i for i, count in enumerate(waiting) if not count]
    while ready:
        i = ready.pop()
        h = head[i]
        if h == i:
            continue
        left[h], right[h] = min(left[h], left[i]), max(right[h], right[i])
        waiting[h] -= 1
        if not waiting[h]:
            ready.append(h)
    return left, right
