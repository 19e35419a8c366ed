"""What the rules of this room share: the doc's parse, parties and speech, and the draft of a position."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from parley.codebook import Codebook, Hit
from parley.components.positions import places
from parley.components.positions.cues import Cues
from parley.components.positions.parties import Parties
from parley.components.positions.rosters import Roster
from parley.components.positions.speech import Speech
from parley.components.positions.tree import Range, Tree
from parley.model import Layer

PROCESS = frozenset({"format", "leaders_meeting"})
"""Issues of the talks themselves, not of their substance."""
IRREAL = frozenset({"if", "whether", "unless", "lest", "until", "till", "once"})
"""Marks of clauses that tell no act."""


WORDS = 80
"""Tokens of a topic in which issues are looked for."""
BUDGET = 60_000
"""Characters in which issues are looked for, besides twice those of the text: enough for any prose."""


@dataclass(frozen=True)
class Draft:
    """A position before its issue, layer and id are settled; offsets in tokens."""

    party: str
    act: str
    trigger: int
    """The word that tells the act."""
    topic: Range
    evidence: Range
    head: int
    """Head of the topic."""
    to: tuple[str, ...] = ()
    person: bool = False
    """Whether the words that name the party name people who speak for it."""
    document: bool = False
    needs: str = ""
    told: int | None = None
    """The word at which to ask who speaks, where it is not the trigger."""
    condition: int | None = None
    """Trigger of the draft that must be met first."""
    hedged: bool = False
    lead: Range | None = None
    """What the sentence says first that it is about."""
    meant: Mapping[str, float] | None = None
    """How probable each issue is, where the trained reader has seen the draft."""
    layer: Layer | None = None
    """The layer, where only the trained reader has seen the draft."""


@dataclass
class Reading:
    """One doc as the rules see it."""

    tree: Tree
    cues: Cues
    parties: Parties
    speech: Speech
    codebook: Codebook
    rosters: Mapping[int, Roster]
    """The list of parties before each verb that has one."""
    drafts: list[Draft] = field(default_factory=list)
    texts: list[tuple[int, str]] = field(default_factory=list)
    """Where a party's text is told to say something, by token, and the party."""
    _issues: dict[tuple[Range, int | None], str] = field(default_factory=dict)
    _known: dict[str, tuple[Hit, ...]] = field(default_factory=dict)
    _placed: dict[str, str] = field(default_factory=dict)
    _spent: int = 0
    """Characters in which issues have been looked for."""
    main: str | None = None
    """The issue that the whole text is about, once it has been asked for."""
    subjects: frozenset[int] = frozenset()
    """First tokens of subjects of clauses."""
    covered: set[int] = field(default_factory=set)
    """Tokens inside a topic of a verb's draft: what stands there is asked or refused, not done."""

    @cached_property
    def whole(self) -> tuple[Hit, ...]:
        """The issues that terms name in the whole text."""
        return self.codebook.recognise(self.tree.whole)

    def issue(self, span: Range, head: int | None = None) -> str:
        """The best issue of some words, or nothing.

        Args:
            span: the words.
            head: the word that governs them; an issue of substance that it names goes before longer terms elsewhere.
        """
        if (span, head) not in self._issues:
            hits = self._hits((span[0], min(span[1], span[0] + WORDS))) if span[0] < span[1] else ()
            at = self.tree.starts[head] - self.tree.starts[span[0]] if head is not None and span[0] < span[1] else -1
            near = [h for h in hits if h.issue not in PROCESS and any(s <= at < e for s, e in h.spans)]
            self._issues[span, head] = self._best(near or list(hits)) or self._of_place(span)
        return self._issues[span, head]

    def _hits(self, span: Range) -> tuple[Hit, ...]:
        """The issues of some words, looked up once; none when a text of no prose has used up what it may cost."""
        words = self.tree.words(span)
        if words not in self._known:
            self._spent += len(words)
            within = self._spent <= BUDGET + 2 * len(self.tree.whole)
            self._known[words] = self.codebook.recognise(words) if within else ()
        return self._known[words]

    def _best(self, hits: list[Hit]) -> str:
        """The first of some hits; one of substance before one of the process that is no longer than it."""
        if not hits:
            return ""
        first = hits[0]
        if first.issue in PROCESS:
            first = next((h for h in hits if h.issue not in PROCESS and h.words >= first.words), first)
        return first.issue

    def _of_place(self, span: Range) -> str:
        """The issue of words that name a place and no issue."""
        if span[0] >= span[1]:
            return ""
        words = self.tree.words((span[0], min(span[1], span[0] + WORDS)))
        if words not in self._placed:
            issue = places.issue(self.tree, self.parties.index, self.cues, span)
            self._placed[words] = issue if issue in self.codebook.issues else ""
        return self._placed[words]

    def listed(self, name: str, token: int) -> bool:
        """Whether a token's lemma or form is in a word list."""
        words = self.cues.list(name)
        return self.tree.lemma[token] in words or self.tree.lower[token] in words

    def hedged(self, trigger: int) -> bool:
        """Whether the words around a trigger say that it is not sure."""
        tree = self.tree
        near = [*tree.children[trigger], *list(tree.up(trigger, 2))]
        return any(self.listed("hedges.words", t) for t in near)

    def question(self, token: int) -> bool:
        """Whether a token stands in a question."""
        root = next(iter([*self.tree.up(token, 40)][-1:]), token)
        last = self.tree.right[root] - 1
        return self.tree.text[last] == "?"

    def hypothetical(self, token: int) -> bool:
        """Whether a token stands under "if" or "whether", or in a world that did not come about ("would have")."""
        tree = self.tree
        for t in (token, *tree.up(token, 8)):
            if any(tree.dep[c] == "mark" and self._irreal(c) for c in tree.children[t]):
                return True
            if (
                tree.dep[t] == "pcomp"
                and tree.lower[tree.head[t]] in ("than", "without", "of")
                and tree.pos[t] in ("VERB", "AUX")
            ):
                before = tree.lower[max(0, tree.head[t] - 1)]
                if tree.lower[tree.head[t]] != "of" or before == "instead":
                    return True
        words = {tree.lower[c] for c in tree.children[token] if tree.dep[c] in ("aux", "auxpass")}
        return bool(words & {"would", "could", "might", "should"}) and "have" in words

    def _irreal(self, mark: int) -> bool:
        """Whether a mark opens what has not come about: "if", "only after"."""
        tree = self.tree
        return tree.lower[mark] in IRREAL or (mark > 0 and tree.lower[mark - 1] == "only")

    def span(self, trigger: int, topic: Range, subject: int | None) -> Range:
        """The evidence: from the subject, or the trigger, to the end of the topic."""
        start, end = min(trigger, topic[0]), max(trigger + 1, topic[1])
        if subject is not None and 0 <= start - self.tree.left[subject] <= 12 and subject < start:
            start = self.tree.left[subject]
        return self.tree.trim(start, end)
