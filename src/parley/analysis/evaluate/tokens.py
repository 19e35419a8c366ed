"""A text cut into tokens, and attributions as sets of them, so that commas and quotation marks do not matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np

from parley.model import Span, Spans

Kind = Literal["direct", "mixed", "indirect"]
Tokens = frozenset[int]
DIRECT = 0.9
"""Share of the words of a content that stand in quotation marks, from which it is direct speech."""
DEPTH = 200
"""Steps to the root of a sentence that are followed at most; no sentence has more."""

_MARK = re.compile(r"“|”|\"|''|``|«|»")
_OPENING = frozenset("“«") | {"``"}
_CLOSING = frozenset("”»")
_NO_WORD = frozenset({"''", "``", '"'})


class Roles(Protocol):
    """What has the spans of an attribution: gold, or Parley's."""

    @property
    def source(self) -> Spans: ...
    @property
    def cue(self) -> Spans: ...
    @property
    def content(self) -> Spans: ...


@dataclass(frozen=True)
class Relation:
    """An attribution over tokens.

    Attributes:
        source: words of the source.
        cue: words of the cue.
        content: words of the content.
        fragments: first and last token of every span, punctuation included, by role.
        head: the word of the source that is nearest to the root of its sentence.
    """

    source: Tokens
    cue: Tokens
    content: Tokens
    fragments: dict[str, list[tuple[int, int]]]
    head: int | None


class TokenText:
    """A parsed text.

    Attributes:
        strings: the words of every quoted string of two words or more.
    """

    def __init__(self, text: str, nlp: Any) -> None:
        """Parse a text.

        Args:
            text: the article as stored.
            nlp: a spaCy pipeline with a parser.
        """
        doc = nlp(text)
        self._starts = np.array([token.idx for token in doc], dtype=np.int64)
        self._ends = np.array([token.idx + len(token) for token in doc], dtype=np.int64)
        self._spaces = [token.text if token.is_space else "" for token in doc]
        self._is_word = [
            not (token.is_space or token.is_punct or token.is_quote or token.text in _NO_WORD) for token in doc
        ]
        self._heads = [token.head.i for token in doc]
        quotations = [self._touched(region) for region in quoted_regions(text)]
        self._quoted = frozenset(i for tokens in quotations for i in tokens)
        words = (frozenset(i for i in tokens if self._is_word[i]) for tokens in quotations)
        self.strings: list[Tokens] = [string for string in words if len(string) > 1]

    def relation(self, spans: Roles) -> Relation:
        """An attribution over the tokens of this text."""
        source, cue, content = (self._words(role) for role in (spans.source, spans.cue, spans.content))
        roles = {"source": spans.source, "cue": spans.cue, "content": spans.content}
        fragments = {role: [f for span in found for f in self._fragments(span)] for role, found in roles.items()}
        return Relation(source, cue, content, fragments, self._head(source))

    def kind(self, content: Tokens) -> Kind:
        """How much of a content is quoted."""
        share = len(content & self._quoted) / len(content) if content else 0.0
        return "direct" if share >= DIRECT else "mixed" if share else "indirect"

    def _words(self, spans: Spans) -> Tokens:
        return frozenset(i for span in spans for i in self._touched(span) if self._is_word[i])

    def _touched(self, span: Span) -> range:
        """The tokens that a span overlaps."""
        first = int(np.searchsorted(self._ends, span[0], side="right"))
        stop = int(np.searchsorted(self._starts, span[1], side="left"))
        return range(first, max(first, stop))

    def _fragments(self, span: Span) -> Iterator[tuple[int, int]]:
        """First and last token of the parts of a span between line breaks."""
        run: list[int] = []
        for i in self._touched(span):
            if not self._spaces[i]:
                run.append(i)
            elif "\n" in self._spaces[i] and run:
                yield run[0], run[-1]
                run = []
        if run:
            yield run[0], run[-1]

    def _head(self, tokens: Tokens) -> int | None:
        tops = (i for i in sorted(tokens) if self._heads[i] == i or self._heads[i] not in tokens)
        return min(tops, key=self._depth, default=None)

    def _depth(self, i: int) -> int:
        depth = 0
        while self._heads[i] != i and depth < DEPTH:
            i, depth = self._heads[i], depth + 1
        return depth


def quoted_regions(text: str) -> Iterator[Span]:
    """Stretches in double quotation marks, marks included, line by line.

    One that is still open at the end of its line runs to it if its mark is a curly one or the next line begins with
    a mark.
    """
    lines = _lines(text)
    for k, (base, line) in enumerate(lines):
        start: int | None = None
        for match in _MARK.finditer(line):
            mark = match.group()
            if start is None and mark not in _CLOSING:
                start = match.start()
            elif start is not None and mark not in _OPENING:
                yield base + start, base + match.end()
                start = None
        following = lines[k + 1][1].lstrip() if k + 1 < len(lines) else ""
        if start is not None and (line[start] in _OPENING or _MARK.match(following)):
            yield base + start, base + len(line)


def _lines(text: str) -> list[tuple[int, str]]:
    """Offset and text of every line that is not blank."""
    out, position = [], 0
    for line in text.split("\n"):
        if line.strip():
            out.append((position, line))
        position += len(line) + 1
    return out
