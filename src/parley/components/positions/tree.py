"""The parse of a doc as plain lists, and the questions that the rules of this room ask of it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.attrs import DEP, HEAD, IDX, LEMMA, LOWER, ORTH, POS, TAG
from spacy.tokens import Doc

from parley.components.positions.mend import AUXILIARIES, join_clauses, mend, mend_predicates
from parley.components.subtrees import edges

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
        """Read the doc; children and edges are found by ``link``."""
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
        self.head: list[int] = [i + step for i, step in enumerate(columns[:, 6].astype("int64").tolist())]
        self.starts: list[int] = columns[:, 7].tolist()
        mend(self.head, self.dep, self.tag, self.pos)
        mend_predicates(self.head, self.dep, self.tag, self.pos)
        join_clauses(self.head, self.dep, self.lower)
        self.children: list[list[int]]
        self.left: list[int]
        self.right: list[int]

    def link(self) -> None:
        """Find children and edges; to be called once the heads are settled."""
        self.children = [[] for _ in self.head]
        for i, head in enumerate(self.head):
            if head != i and len(self.children[head]) < CHILDREN:
                self.children[head].append(i)
        self.left, self.right = edges(self.head)

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
            every = self.all(i, "nsubj", "nsubjpass", "csubj")
            if every:  # of two, the one nearer to the verb: "Elections, which they want, Oslo will not discuss"
                return self.antecedent(max((c for c in every if c < i), default=every[0]))
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
        if self.tag[i] != "VBN" or self.child(i, "dobj", "aux") is not None:
            return False
        if self.dep[i] == "conj" and self.child(i, "nsubj", "auxpass") is None and self.head[i] < i:
            return self.passive(self.head[i])  # "was backed by Oslo but opposed by Rome"
        return self.dep[i] in ("acl", "advcl")

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
