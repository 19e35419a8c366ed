"""Statements of a party's speaker that amount to an act without a word of it.

"Not one soldier would leave, he said" refuses, "the vote would go ahead" refuses to drop it, "the plan was being
studied" takes note, "nothing had been moved" denies, "water could be discussed only at the table" demands.
"""

from __future__ import annotations

from bisect import bisect_left

from parley.components.positions.parties import Party
from parley.components.positions.reading import Reading
from parley.components.positions.stated import add
from parley.components.positions.statements import threatens
from parley.components.positions.tree import COPULAS, Range

MAIN = frozenset({"ROOT", "ccomp", "conj", "parataxis", "dep"})
"""How a clause hangs that a speaker states."""
COMING = frozenset({"will", "would", "'ll", "'d", "wo", "shall", "be to"})
ABLE = frozenset({"can", "could", "ca", "cannot", "may", "might"})
EMPTY = frozenset({"there", "it", "this", "that", "what"})


def find(reading: Reading) -> None:
    """Add a draft for each clause of a speaker that tells an act and in which none was found."""
    tree = reading.tree
    taken = sorted({t for draft in reading.drafts for t in (draft.trigger, draft.head)})
    for i in range(len(tree)):
        if tree.pos[i] not in ("VERB", "AUX") or tree.dep[i] not in MAIN or i in reading.covered:
            continue
        span = tree.clause(i)
        k = bisect_left(taken, span[0])
        if (k < len(taken) and taken[k] < span[1]) or not _finite(reading, i) or reading.hypothetical(i):
            continue
        speaker = reading.parties.speaker(i)
        if speaker is not None and not reading.question(i):
            _state(reading, i, span, speaker)


def _finite(reading: Reading, i: int) -> bool:
    """Whether a verb tells something by itself: it has a tense or a modal, or shares that of the verb before it."""
    tree = reading.tree
    for _ in range(4):
        if tree.tag[i] in ("VBD", "VBZ", "VBP") or any(
            tree.dep[c] in ("aux", "auxpass") and tree.tag[c] in ("MD", "VBD", "VBZ", "VBP") for c in tree.children[i]
        ):
            return True
        if tree.dep[i] != "conj":
            return False
        i = tree.head[i]
    return False


def _state(reading: Reading, i: int, span: Range, speaker: Party) -> None:
    """The draft of one clause."""
    tree = reading.tree
    own = tree.subject(i)
    subject = reading.parties.at(own)
    act = _act(reading, i, own, subject, speaker)
    if not act:
        return
    start = (
        tree.left[own] if own is not None and tree.left[own] < span[0] and span[0] - tree.left[own] < 20 else span[0]
    )
    to = (subject.actor,) if subject is not None and subject.actor != speaker.actor else ()
    add(reading, speaker, act, i, (min(start, span[0]), span[1]), to)


def _act(reading: Reading, i: int, own: int | None, subject: Party | None, speaker: Party) -> str:
    """The act of a clause; empty: none."""
    tree = reading.tree
    modal = _modal(reading, i)
    mine = subject is not None and subject.actor == speaker.actor
    others = subject is not None and not mine
    empty = own is None or tree.lower[own] in EMPTY
    negated = _negated(reading, i)
    if modal in reading.cues.list("modals.demand") or modal in ("be to", "have to", "need to"):
        return "demand" if not mine and not empty else ""
    if modal in reading.cues.list("modals.request"):
        return "request" if not mine and not empty else ""
    if _noted(reading, i):
        return "take_note"
    if modal in COMING or modal in ABLE:
        if negated:
            return "" if others else "reject"
        if modal in ABLE:
            return "demand" if _only(reading, i) and not empty else ""
        return _coming(reading, i, mine, others, empty)
    return _now(reading, i, mine, others, negated)


def _coming(reading: Reading, i: int, mine: bool, others: bool, empty: bool) -> str:
    """The act of "will" without a negation."""
    tree = reading.tree
    if others or reading.listed("charges.verbs", i):
        return ""
    if threatens(reading, i):
        return "threaten"
    if _stays(reading, i):
        return "reject"
    if mine and reading.listed("modals.wishes", i):
        return "demand"
    if mine or (tree.passive(i) and not empty):
        return "promise" if tree.lemma[i] not in COPULAS else ""
    return ""


def _now(reading: Reading, i: int, mine: bool, others: bool, negated: bool) -> str:
    """The act of a clause without a modal verb."""
    tree = reading.tree
    before = any(tree.lemma[c] == "have" and tree.dep[c] == "aux" for c in tree.children[i])
    if negated:
        if others:
            return "accuse" if before else ""
        if before or (tree.passive(i) and tree.tag[i] == "VBN"):
            return "deny"
        return "reject" if mine or tree.lemma[i] not in ("know", "think", "believe", "mean", "have") else ""
    return "reject" if not others and _stays(reading, i) and not before else ""


def _modal(reading: Reading, i: int) -> str:
    """The modal verb of a clause: its own, or that of the verb it is joined to."""
    tree = reading.tree
    for _ in range(3):
        modal = tree.modal(i)
        if modal or tree.dep[i] != "conj" or tree.child(i, "nsubj", "nsubjpass") is not None:
            return modal
        i = tree.head[i]
    return ""


def _negated(reading: Reading, i: int) -> bool:
    """Whether a clause says no, in its verb, its subject or its object."""
    tree = reading.tree
    if tree.negated(i) or any(
        tree.lower[t] == "not" and tree.lower[t - 1] in ("and", "or") for t in range(i + 1, min(tree.right[i], i + 25))
    ):
        return True
    for c in tree.children[i]:
        if tree.dep[c] in ("dobj", "attr", "nsubj", "nsubjpass", "advmod") and (
            tree.no(c) or tree.lower[c] in ("nothing", "none", "nobody", "nowhere")
        ):
            return True
        if tree.dep[c] in ("nsubj", "nsubjpass") and any(tree.lower[g] in ("not", "no") for g in tree.below(c, 8)):
            return True
    return False


def _only(reading: Reading, i: int) -> bool:
    tree = reading.tree
    return any(tree.lower[t] == "only" for t in range(max(tree.left[i], i - 20), min(tree.right[i], i + 20)))


def _noted(reading: Reading, i: int) -> bool:
    """Whether a clause says that something is looked at: "was being studied", "would study the idea"."""
    return reading.listed("answers.noting", i) and not reading.tree.negated(i)


def _stays(reading: Reading, i: int) -> bool:
    """Whether a clause says that something goes on or stays as it is."""
    tree = reading.tree
    if not reading.listed("answers.staying", i) or tree.child(i, "acomp", "dobj") is not None:
        return False
    return tree.lemma[i] != "go" or any(
        tree.lower[c] in ("on", "ahead", "forward", "through") for c in tree.children[i]
    )
