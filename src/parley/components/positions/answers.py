"""Answers that name nothing of their own ("Oslo refused", "turned both down", "called it unfair"): what they answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parley.codebook import OTHER
from parley.components.positions.reading import Draft, Reading
from parley.components.positions.tree import Range

ANSWERS = frozenset({"accept", "conditional_accept", "take_note", "reject", "counter", "deny", "concede", "retract"})
SEEKS = frozenset({"demand", "request", "propose", "precondition", "accuse", "agree", "promise", "threaten"})
OWN_MOVES = frozenset({"concede", "retract"})
FOLLOWING = ANSWERS | {"breach", "carry_out", "promise", "demand", "request", "propose", "dispute_terms"}
"""Acts whose topic may stand in an earlier sentence."""
BACK = 12
"""Positions before an answer among which what it answers is looked for."""
EMPTY = frozenset({"PRON", "DET", "AUX", "ADV", "PART", "ADP", "PUNCT", "CCONJ", "SCONJ", "SPACE", "INTJ"})
"""Parts of speech that name nothing."""
TWO = frozenset({"both", "either", "neither", "them", "all", "these", "those", "any", "none"})
LOOK = 30
"""Tokens of a topic that are looked at."""
SENTENCE = 80
"""Tokens up to which the start of a sentence is looked for."""

Row = tuple[Draft, str]


def resolve(reading: Reading, draft: Draft, issue: str, rows: Sequence[Row]) -> list[Row]:
    """A draft with its issue and addressee from what it answers; one for each thing where it answers several."""
    if draft.act not in FOLLOWING or draft.needs == "condition":
        return [(draft, issue)]
    before = _before(reading, draft, rows)
    back = _points_back(reading, draft)
    if draft.act in ANSWERS and before and not draft.to and draft.act not in OWN_MOVES and back:
        askers = (d.party for d, _ in before if d.trigger == before[-1][0].trigger)
        draft = replace(draft, to=tuple(dict.fromkeys(p for p in askers if p != draft.party)))
    charged = draft.act == "reject" and reading.listed("proposals.charges", draft.head)
    if charged and before and before[-1][0].act == "accuse":
        draft = replace(draft, act="deny")
    named = bool(reading.issue(reading.tree.trim(*draft.topic), draft.head)) and draft.head != draft.trigger
    if not back or (issue != OTHER and named):
        return [(draft, issue)]
    found = _issues(reading, draft, before)
    if draft.meant is not None:  # one thing that stands before the reader has seen; of several it names one
        return [(draft, one) for one in (found if len(found) > 1 else [issue])]
    found = found or [_around(reading, draft) or issue]
    return [(draft, one) for one in found]


def _before(reading: Reading, draft: Draft, rows: Sequence[Row]) -> list[Row]:
    """The positions before a draft that it may answer, the likeliest last."""
    near = [(d, i) for d, i in rows[-BACK:] if d.trigger != draft.trigger]
    if draft.act in OWN_MOVES:
        return [(d, i) for d, i in near if d.act in SEEKS and d.party == draft.party]
    if draft.act == "deny" or reading.listed("proposals.charges", draft.head):
        charges = [(d, i) for d, i in near if d.act == "accuse" and d.party != draft.party]
        if charges or draft.act != "deny":
            return charges
        return near[-1:]
    others = [(d, i) for d, i in near if d.act in SEEKS and d.party != draft.party]
    pronoun = reading.tree.pos[draft.head] == "PRON"  # "Oslo opposed the ban, Rome backed it"
    return others or (near if pronoun or draft.act not in ANSWERS else [])


def _issues(reading: Reading, draft: Draft, before: list[Row]) -> list[str]:
    """The issues of what a draft answers: of the last position before it, or of several at once."""
    if not before:
        return []
    last = before[-1][0]
    tree = reading.tree
    plural = tree.tag[draft.head] == "NNS"
    two = plural or any(tree.lower[t] in TWO for t in range(*draft.topic) if t < draft.topic[0] + LOOK)
    if not two:
        return [before[-1][1]] if before[-1][1] != OTHER else []
    start, _ = sentence(reading, last.trigger)
    # "the proposals" are all that the other side asked; "both" and "them" are what it asked last.
    every = [i for d, i in before if d.party == last.party and (plural or d.trigger >= start)]
    return [issue for issue in dict.fromkeys(every) if issue != OTHER]


def _around(reading: Reading, draft: Draft) -> str:
    """The issue that the rest of the sentence names, else the two sentences before it."""
    start, _ = sentence(reading, draft.evidence[0])
    for _ in range(2):
        if start <= 0:
            return ""
        before, end = sentence(reading, start - 1)
        issue = reading.issue(reading.tree.trim(before, min(end, start)))
        if issue:
            return issue
        start = before
    return ""


def sentence(reading: Reading, token: int) -> Range:
    """The sentence of a token, by its marks."""
    text = reading.tree.text
    ends = (".", "!", "?")
    first = max(0, token - SENTENCE)
    start = next((t + 1 for t in range(token - 1, first - 1, -1) if text[t] in ends or "\n" in text[t]), first)
    last = min(len(text), token + SENTENCE)
    return start, next((t + 1 for t in range(token, last) if text[t] in ends or "\n" in text[t]), last)


def _points_back(reading: Reading, draft: Draft) -> bool:
    """Whether a topic names nothing of its own, only what was asked, offered or told before."""
    tree, head = reading.tree, draft.head
    if reading.listed("proposals.pronouns", head) and tree.pos[head] in ("PRON", "DET", "CCONJ", "NUM"):
        return True
    if _proposal(reading, head):
        return not any(tree.dep[c] in ("prep", "acl", "relcl", "ccomp") and c > head for c in tree.children[head])
    subject = tree.subject(head) if tree.pos[head] in ("VERB", "AUX") else None
    own = range(tree.left[subject], tree.right[subject]) if subject is not None else range(0)
    start, end = draft.topic
    return end - start <= LOOK and all(
        tree.pos[t] in EMPTY or t in (head, draft.trigger) or t in own or _proposal(reading, t) or _name(reading, t)
        for t in range(start, end)
    )


def _proposal(reading: Reading, t: int) -> bool:
    return reading.listed("proposals.nouns", t) or reading.listed("proposals.charges", t)


def _name(reading: Reading, t: int) -> bool:
    """Whether a token is part of a name or a number: a party, a place or a day."""
    tree = reading.tree
    return tree.pos[t] in ("PROPN", "NUM") or tree.doc[t].ent_type_ in ("DATE", "TIME")
