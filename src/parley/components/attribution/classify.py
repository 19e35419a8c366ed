"""Finishes attributions: kind, sourcing, speaker and the chain, for spans that rules or a tagger found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from spacy.tokens import Doc

from parley.components.attribution.groups import SILENT, antecedent, head_of
from parley.components.attribution.sourcing import is_name, sources
from parley.components.attribution.spans import RoleSpans, TokenSpans
from parley.components.attribution.tree import Tree, read_tree
from parley.components.mentions import MentionIndex
from parley.components.quotes import Quotation
from parley.model import Attribution, QuoteKind, Sourcing, Spans

DIRECT = 0.9
"""Share of the content's words inside quotation marks from which on it is direct speech."""
LONG = 60
"""Tokens of a source in which a name is looked for."""
DEEP = 12
"""How many reports within reports are looked through."""


def finish(doc: Doc, spans: Iterable[RoleSpans], tree: Tree | None = None) -> tuple[Attribution, ...]:
    """The attributions of a doc, numbered in the order given.

    Args:
        doc: parsed, with ``doc._.quotes`` and ``doc._.mentions`` where there are any.
        spans: token spans by role; those without cue and content are left out.
        tree: the doc's parse as lists, where it has been read already.
    """
    tree = tree or read_tree(doc)
    rows = [row for row in spans if row.cue or row.content]
    words = Words(tree, doc._.quotes)
    text = doc.text
    mentions = _mentions(doc)
    speakers = [speaker(tree, row.source, mentions) for row in rows]
    classes = [
        sources().of(tree, row.source, mentions.actors.get(who) if who else None)
        for row, who in zip(rows, speakers, strict=True)
    ]
    via = chain(rows) | _cited(tree, rows)
    via = _acyclic(known_through(doc, tree, rows, speakers, classes, via) | via)
    return tuple(
        Attribution(
            id=f"t{n + 1}",
            kind=words.kind(row.content),
            source=_characters(doc, text, row.source),
            cue=_characters(doc, text, row.cue),
            content=_characters(doc, text, row.content),
            speaker=speakers[n],
            sourcing=classes[n],
            via=f"t{via[n] + 1}" if n in via else None,
        )
        for n, row in enumerate(rows)
    )


def _mentions(doc: Doc) -> MentionIndex:
    """The index of the actors component, empty where it has not run."""
    found = doc._.mentions if doc.has_extension("mentions") else None
    return found if isinstance(found, MentionIndex) else MentionIndex()


class Words:
    """How many words, and how many words inside quotation marks, stand before each token."""

    def __init__(self, tree: Tree, quotations: Sequence[Quotation]) -> None:
        """Count once, so that long and nested contents cost nothing."""
        quoted = bytearray(len(tree))
        for quotation in quotations:
            quoted[quotation.start : quotation.end] = b"\1" * (quotation.end - quotation.start)
        words = [pos not in SILENT for pos in tree.pos]
        self.words = (0, *accumulate(words))
        self.quoted = (0, *accumulate(word and mark for word, mark in zip(words, quoted, strict=True)))

    def kind(self, content: TokenSpans) -> QuoteKind:
        """Direct, mixed or indirect, by the share of the content's words that stand in quotation marks."""
        words = sum(self.words[end] - self.words[start] for start, end in content)
        inside = sum(self.quoted[end] - self.quoted[start] for start, end in content)
        if not inside:
            return "indirect"
        return "direct" if inside >= DIRECT * words else "mixed"


def speaker(tree: Tree, source: TokenSpans, mentions: MentionIndex) -> str | None:
    """The actor that the head of the source names, or whose name follows it: "the mayor of the town, Anna Example"."""
    head = head_of(tree, source)
    if head is None:
        return None
    found = mentions.at(antecedent(tree, head))
    if tree.tag[head] in ("NNS", "NNPS") or (found is not None and _has_name(mentions, found)):
        return found
    start, end = source[0]
    for i in range(max(head, start) + 2, min(end, start + LONG)):
        first, stop = mentions.spans.get(i, (0, 0))
        if stop and tree.texts[first - 1] == "," and i in mentions.by_head and _has_name(mentions, mentions.by_head[i]):
            return mentions.by_head[i] if stop >= end - 1 else found
    return found


def _has_name(mentions: MentionIndex, actor: str) -> bool:
    """Whether an actor is a person known by name."""
    return mentions.actors[actor].kind == "person" and is_name(mentions.actors[actor].name)


def chain(rows: Sequence[RoleSpans]) -> dict[int, int]:
    """For each row whose cue stands in the content of another, the innermost such: row -> row above."""
    pieces = sorted((start, -end, n) for n, row in enumerate(rows) for start, end in row.content)
    anchors = sorted(((row.cue or row.content)[0][0], n) for n, row in enumerate(rows))
    above: dict[int, int] = {}
    open_: list[tuple[int, int]] = []
    following = 0
    for anchor, row in anchors:
        while following < len(pieces) and pieces[following][0] <= anchor:
            open_.append((-pieces[following][1], pieces[following][2]))
            following += 1
        while open_ and open_[-1][0] <= anchor:
            open_.pop()
        holder = next((n for end, n in reversed(open_[-DEEP:]) if end > anchor and n != row), None)
        if holder is not None:
            above[row] = holder
    return above


def _cited(tree: Tree, rows: Sequence[RoleSpans]) -> dict[int, int]:
    """For each row whose cue cites somebody for another row's content: that row."""
    by_content = {row.content: n for n, row in enumerate(rows) if not _cites(tree, row)}
    return {n: by_content[row.content] for n, row in enumerate(rows) if _cites(tree, row) and row.content in by_content}


def known_through(
    doc: Doc,
    tree: Tree,
    rows: Sequence[RoleSpans],
    speakers: Sequence[str | None],
    classes: Sequence[Sourcing],
    via: Mapping[int, int],
) -> dict[int, int]:
    """For each row of somebody unnamed who is known only through a medium's report: that report."""
    mentions = _mentions(doc)
    through: dict[str, int] = {}
    reports: dict[str, int] = {}
    found: dict[int, int] = {}
    for n, (row, who) in enumerate(zip(rows, speakers, strict=True)):
        if who is None:
            continue
        if n in via and classes[via[n]] == "outlet" and classes[n] == "unnamed" and _is_first(doc, mentions, who, row):
            through.setdefault(who, via[n])
        elif n not in via and who in through and classes[n] == "unnamed":
            found[n] = through[who]
        if classes[n] == "outlet" and _cites(tree, row):
            head = head_of(tree, row.content)
            told = mentions.at(head) if head is not None else None
            if told is not None and not _has_name(mentions, told):
                through.setdefault(told, reports.get(who, n))
        elif classes[n] == "outlet":
            reports[who] = n
    return found


def _is_first(doc: Doc, mentions: MentionIndex, actor: str, row: RoleSpans) -> bool:
    """Whether a row's source is where the text names an actor first."""
    first = min(mentions.actors[actor].mentions)[0]
    return any(doc[start].idx <= first < doc[end - 1].idx + len(doc[end - 1]) for start, end in row.source)


def _cites(tree: Tree, row: RoleSpans) -> bool:
    return any(tree.lemma[i] in sources().cites for start, end in row.cue for i in range(start, end))


def _acyclic(above: dict[int, int]) -> dict[int, int]:
    """The arcs without those that close a circle."""
    kept: dict[int, int] = {}
    for row, parent in above.items():
        i: int | None = parent
        while i is not None and i != row:
            i = kept.get(i)
        if i is None:
            kept[row] = parent
    return kept


def _characters(doc: Doc, text: str, spans: TokenSpans) -> Spans:
    """Token spans as code point offsets, without spaces at their edges."""
    out = []
    for first, stop in spans:
        start, end = doc[first].idx, doc[stop - 1].idx + len(doc[stop - 1])
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start < end:
            out.append((start, end))
    return tuple(out)
