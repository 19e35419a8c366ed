"""Who speaks at each token: the innermost attribution whose content holds it, or the subject of a verb of saying."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from parley.components.positions.tree import Range, Tree
from parley.model import Attribution, Spans

CONTENT = frozenset({"ccomp", "parataxis", "dep", "appos", "pcomp"})
"""How a clause hangs on the verb of saying that tells it."""

LONGEST = 800
"""Tokens of one content that are looked at: contents within contents must not cost a square."""


class Speech:
    """The attributions of a doc by token."""

    def __init__(
        self, tree: Tree, attributions: Sequence[Attribution], verbs: frozenset[str], texts: frozenset[str]
    ) -> None:
        """Paint the contents of the attributions over the tokens, the longest first, so that the innermost stays.

        Args:
            tree: the parse.
            attributions: with character offsets into the doc.
            verbs: lemmas of verbs of saying, for what no attribution covers.
            texts: lemmas of nouns in which something is said: "said in a statement that ...".
        """
        self.tree = tree
        self.attributions = attributions
        self._verbs, self._texts = verbs, texts
        self._starts = tree.starts
        self._content: dict[int, int] = {}
        self._cue: dict[int, int] = {}
        self._source: dict[int, int] = {}
        sizes = [sum(e - s for s, e in a.content) for a in attributions]
        for k in sorted(range(len(attributions)), key=lambda k: -sizes[k]):
            for start, end in self.ranges(attributions[k].content):
                self._content.update(dict.fromkeys(range(start, min(end, start + LONGEST)), k))
            for start, end in self.ranges(attributions[k].source):
                self._source.update(dict.fromkeys(range(start, end), k))
            for start, end in self.ranges(attributions[k].cue):
                self._cue.update(dict.fromkeys(range(start, end), k))

    def ranges(self, spans: Spans) -> Iterable[Range]:
        """Token ranges of character spans."""
        for start, end in spans:
            yield (max(bisect_right(self._starts, start) - 1, 0), bisect_right(self._starts, end - 1))

    def at(self, token: int) -> Attribution | None:
        """The attribution in whose content a token stands, the innermost."""
        k = self._content.get(token)
        return None if k is None else self.attributions[k]

    def by_cue(self, token: int) -> Attribution | None:
        """The attribution whose cue a token is, e.g. "demanded" of what somebody demanded."""
        k = self._cue.get(token)
        return None if k is None else self.attributions[k]

    def by_source(self, token: int | None) -> Attribution | None:
        """The attribution whose source a token names."""
        k = None if token is None else self._source.get(token)
        return None if k is None else self.attributions[k]

    def source_token(self, attribution: Attribution) -> int | None:
        """The last token of a source's first span, near its head."""
        for start, end in self.ranges(attribution.source):
            return max(start, end - 1)
        return None

    def teller(self, token: int) -> int | None:
        """The subject of the verb of saying above a token, where no attribution says who speaks."""
        below = token
        through = False
        for above in self.tree.up(token, 8):
            through = through or (self.tree.lemma[above] in self._texts and self.tree.dep[below] in ("acl", "relcl"))
            told = (through or self.tree.dep[below] in CONTENT or self._after_dash(below, above)) and self.tree.lemma[
                above
            ] in self._verbs
            if told and self.tree.pos[above] in ("VERB", "AUX"):
                subject = self.tree.subject(above)
                if subject is not None and not self.tree.left[below] <= subject < self.tree.right[below]:
                    return subject
            below = above
        return None

    def _after_dash(self, clause: int, verb: int) -> bool:
        """Whether a clause follows a dash or colon after a verb of saying: "added a catch - any deal must ..."."""
        start = self.tree.left[clause]
        return (
            self.tree.dep[clause] == "conj" and start > verb + 1 and self.tree.text[start - 1] in ("—", "–", ":", "-")
        )
