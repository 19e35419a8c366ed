"""Lists of terms: "Oslo's memorandum demands:" and the lines under it, or what follows the colon in the same line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from parley.components.positions import topics
from parley.components.positions.cues import Cue
from parley.components.positions.parties import Party
from parley.components.positions.reading import Draft, Reading
from parley.components.positions.tree import Range

HEADING = 40
"""Tokens of a line that can head a list."""
TITLE = 10
"""Tokens of a heading without a colon: "What Oslo wants"."""
ITEM = 90
"""Tokens of a line that can be an item."""
ITEMS = 40
"""Items under one heading that are read."""
MARK = re.compile(r"[-–—•*·▪◦►]|\(?(\d{1,2}|[a-z]|[ivx]{1,4})[.)]?")
DIGITS = re.compile(r"\d{1,2}|[a-z]")
ENDS = frozenset({".", "!", "?"})
WANTED = frozenset({"seek", "answer"})
"""Groups of acts that a heading can tell by its verb."""


@dataclass(frozen=True)
class Heading:
    """Whose list it is, and what the party does with its items."""

    party: Party
    act: str
    trigger: int
    first: int
    """First token of the line, or of the last sentence of its paragraph."""


def find(reading: Reading) -> None:
    """Add a draft for each thing that a line of a list names."""
    paragraphs = list(reading.tree.doc._.paragraphs)
    for k, (start, end) in enumerate(paragraphs):
        inline = _colon(reading, start, end)
        head = None
        if inline is not None and inline < end - 1:
            head = _heading(reading, _line(reading, start, inline), inline)
            if head is not None and inline - head.first <= TITLE:
                _items(reading, head, [(inline + 1, _stop(reading, inline + 1, end))])
            continue
        items = list(islice(_below(reading, paragraphs, k + 1), ITEMS))
        if items and (inline is not None or end - start <= TITLE):
            head = _heading(reading, _line(reading, start, end), end)
        if head is not None:
            _items(reading, head, items)


# ---------------------------------------------------------------- lines
def _colon(reading: Reading, start: int, end: int) -> int | None:
    """The colon of a paragraph: its last token, or the first one near its start."""
    text = reading.tree.text
    if text[end - 1] == ":":
        return end - 1
    return next((t for t in range(start, min(start + TITLE + 1, end)) if text[t] == ":"), None)


def _line(reading: Reading, start: int, end: int) -> int:
    """The first token of the last sentence before ``end``."""
    for t in range(end - 2, max(start, end - HEADING) - 1, -1):
        if reading.tree.text[t] in ENDS:
            return t + 1
    return max(start, end - HEADING)


def _stop(reading: Reading, start: int, end: int) -> int:
    """The end of the sentence that begins at a token."""
    text = reading.tree.text
    return next((t for t in range(start, min(end, start + ITEM)) if text[t] in ENDS), min(end, start + ITEM))


def _below(reading: Reading, paragraphs: list[Range], first: int) -> Iterator[Range]:
    """The items in the paragraphs from ``first`` on: all marked, or all without a mark and without a sentence."""
    tree, marked = reading.tree, None
    for start, end in paragraphs[first:]:
        inside = _unmarked(reading, start, end)
        if end - start > ITEM or inside >= end:
            return
        if marked is None:
            marked = inside > start
        if (inside > start) != marked:
            return
        if not marked and (tree.text[end - 1] in (".", ":", "?", "!") or _sentence(reading, inside, end)):
            return
        yield inside, end


def _unmarked(reading: Reading, start: int, end: int) -> int:
    """The first token after a bullet or number at the start of a line."""
    text = reading.tree.text
    if end - start < 2 or not MARK.fullmatch(text[start]):
        return start
    if DIGITS.fullmatch(text[start]):  # "1 ." and "a )" of the tokeniser; a bare "a" is an article
        return start + 2 if text[start + 1] in (".", ")") else start
    return start + 1


def _sentence(reading: Reading, start: int, end: int) -> bool:
    """Whether a line is a sentence: a finite verb with a subject rules it."""
    tree = reading.tree
    return any(tree.tag[t] in ("VBD", "VBZ", "VBP", "MD") and not start <= tree.head[t] < t for t in range(start, end))


# ---------------------------------------------------------------- headings
def _heading(reading: Reading, start: int, end: int) -> Heading | None:
    """Whose list a line heads, by its verb ("Oslo wants") or its noun ("Oslo's demands", "points of Oslo's paper")."""
    tree, cues = reading.tree, reading.cues
    for i in range(end - 1, start - 1, -1):
        if tree.pos[i] in ("VERB", "AUX", "NOUN") and tree.lemma[i] in cues.verbs and tree.lemma[i] not in cues.nouns:
            found = _by_verb(reading, i, start)
            if found is not None:
                return found
    for i in range(start, end):
        act = next((name for name in _kinds(reading, i)), None)
        if act is None:
            continue
        party = _whose(reading, i, start, end)
        if party is not None:
            return Heading(party, act, i, start)
    return None


def _kinds(reading: Reading, i: int) -> Iterator[str]:
    """The act of a noun or verb that heads lists."""
    for act in ("reject", "request", "propose", "promise", "demand"):
        if reading.listed(f"headings.{act}", i):
            yield act


def _by_verb(reading: Reading, i: int, start: int) -> Heading | None:
    tree = reading.tree
    subject = tree.subject(i)
    party = reading.parties.at(subject)
    if party is None or subject is None or subject < start:
        return None
    cue: Cue | None = next((c for c in reading.cues.verbs[tree.lemma[i]] if topics.match(tree, i, c) is not None), None)
    if cue is None or reading.codebook.acts[cue.act].group not in WANTED:
        return None
    act = cue.negated if tree.negated(i) else cue.act
    return Heading(party, act, i, start) if act else None


def _whose(reading: Reading, i: int, start: int, end: int) -> Party | None:
    """The party of a noun that heads a list: its owner, or the owner of what it is part of."""
    tree = reading.tree
    for t in (i, tree.prep(i, "of", "in", "from", "by")):
        if t is None or not start <= t < end:
            continue
        party = reading.parties.owner(t) or (reading.parties.at(t) if t != i else None)
        if party is not None:
            return Party(party.actor, party.person, party.document or reading.listed("documents.nouns", t))
    above = tree.head[i]
    if start <= above < end and tree.pos[i] in ("VERB", "NOUN"):  # "Oslo's memorandum demands"
        return reading.parties.at(tree.subject(i) if tree.pos[i] == "VERB" else tree.child(i, "compound", "nsubj"))
    return None


# ---------------------------------------------------------------- items
def _items(reading: Reading, heading: Heading, items: list[Range]) -> None:
    tree = reading.tree
    told = {(d.party, t) for d in reading.drafts for t in (d.trigger, d.head)}
    for start, end in items:
        heads = [t for t in range(start, end) if not start <= tree.head[t] < end or tree.head[t] == t]
        heads = [t for t in heads if tree.pos[t] not in ("PUNCT", "SPACE", "CCONJ")]
        every = sorted({c for t in heads for c in tree.conjuncts(t) if start <= c < end})
        for head, span in topics.split(reading, every):
            span = tree.trim(max(span[0], start), min(span[1], end))
            if span[0] < span[1] and (heading.party.actor, head) not in told:
                reading.drafts.append(_draft(reading, heading, head, span))


def _draft(reading: Reading, heading: Heading, head: int, span: Range) -> Draft:
    tree, party = reading.tree, heading.party
    refused = tree.no(head) or tree.negated(head) or tree.lower[span[0]] in ("no", "not")
    return Draft(
        party=party.actor,
        act="reject" if refused or reading.listed("headings.reject", head) else heading.act,
        trigger=head,
        topic=span,
        evidence=span,
        head=head,
        to=topics._inside(reading, head, party.actor),
        person=party.person,
        document=party.document,
        told=heading.trigger,
    )
