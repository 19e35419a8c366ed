"""Positions told by a verb or an adjective: "Egypt demanded that ...", "ruled out", "is ready to"."""

from __future__ import annotations

from collections.abc import Iterator

from parley.components.positions import topics
from parley.components.positions.cues import Cue
from parley.components.positions.parties import Party
from parley.components.positions.reading import Draft, Reading
from parley.components.positions.tree import COPULAS, Range

OBLIGING = frozenset({"must", "should", "ought", "need to", "have to", "shall"})
DOUBTFUL = frozenset({"may", "might", "could", "can"})
TURNED = {
    "demand": "concede",
    "request": "concede",
    "reject": "accept",
    "accept": "reject",
    "propose": "retract",
    "promise": "retract",
}
"""The act that "no longer" makes of an act."""


def find(reading: Reading) -> None:
    """Add the drafts of all verbs and adjectives of a doc."""
    tree, cues = reading.tree, reading.cues
    for i in range(len(tree)):
        pos = tree.pos[i]
        if (
            pos in ("VERB", "AUX", "NOUN")
            and tree.lemma[i] in cues.verbs
            and (pos != "NOUN" or tree.dep[i] in ("ROOT", "conj"))
        ):
            rows = cues.verbs[tree.lemma[i]]
        elif pos in ("ADJ", "VERB", "ADP", "SCONJ") and tree.lower[i] in cues.adjectives:
            rows = cues.adjectives[tree.lower[i]]
        else:
            continue
        if i in reading.covered:
            continue
        for cue in rows:
            if drafts := list(_drafts(reading, i, cue)):
                reading.drafts.extend(drafts)
                _cover(reading, drafts)
                break


def _cover(reading: Reading, drafts: list[Draft]) -> None:
    for draft in drafts:
        start, end = draft.topic
        reading.covered.update(t for t in range(start, end) if t != draft.trigger)


def _drafts(reading: Reading, i: int, cue: Cue) -> Iterator[Draft]:
    """The drafts of one cue at one token: one for each party and each topic."""
    tree = reading.tree
    last = topics.match(tree, i, cue)
    if last is None:
        return
    verb = _copula(reading, i) if cue.kind == "adjective" else i
    if verb is None or reading.question(i) or reading.hypothetical(verb):
        return
    act = _act(reading, i, verb, cue)
    if not act:
        return
    heads = topics.heads(reading, i, cue, last)
    found = [(h, span) for h, span in topics.split(reading, heads) if h != i]
    parties = _parties(reading, i, verb, cue)
    if not parties or not found:
        return
    if cue.joint:
        joint = _joint(reading, i, cue, parties, act)
        if joint is None:
            return
        parties, act = joint
    subject = tree.subject(verb)
    for party in parties:
        for head, span in found:
            if _fits(reading, cue, act, head, span, party):
                yield _draft(
                    reading,
                    i,
                    cue,
                    act,
                    party,
                    parties,
                    head,
                    span,
                    subject if len(found) == 1 else None,
                    len(found) > 1,
                )


def _draft(
    reading: Reading,
    i: int,
    cue: Cue,
    act: str,
    party: Party,
    parties: tuple[Party, ...],
    head: int,
    span: Range,
    subject: int | None,
    part: bool,
) -> Draft:
    to = topics.addressees(reading, i, cue, head, party.actor)
    if act in ("agree", "dispute_terms"):
        to = tuple(p.actor for p in parties if p.actor != party.actor)
    evidence = span if part and reading.tree.pos[head] in ("VERB", "AUX") else reading.span(i, span, subject)
    modal = reading.tree.modal(i)
    return Draft(
        party=party.actor,
        act=act,
        trigger=i,
        topic=span,
        evidence=evidence,
        head=head,
        to=to,
        person=party.person,
        document=party.document,
        needs=cue.needs,
        hedged=modal in DOUBTFUL or reading.hedged(i),
        joint=cue.joint,
    )


# ---------------------------------------------------------------- who
def _copula(reading: Reading, i: int) -> int | None:
    """The verb of which an adjective is the predicate; the adjective itself where it hangs on a noun."""
    tree = reading.tree
    for above in tree.up(i, 2):
        if tree.lemma[above] in COPULAS and tree.dep[i] in (
            "acomp",
            "attr",
            "conj",
            "oprd",
            "prep",
            "advcl",
            "xcomp",
            "ROOT",
            "ccomp",
        ):
            return above
    if tree.pos[i] == "VERB" or tree.child(i, "nsubj", "nsubjpass") is not None:
        return i
    return None


def _parties(reading: Reading, i: int, verb: int, cue: Cue) -> tuple[Party, ...]:
    """The parties that do the act: the subject, or the agent of a passive."""
    tree = reading.tree
    if cue.kind == "verb" and tree.passive(i):
        agent = tree.prep(i, "by")
        return reading.parties.several(agent)
    return reading.parties.several(tree.subject(verb))


def _joint(
    reading: Reading, i: int, cue: Cue, parties: tuple[Party, ...], act: str
) -> tuple[tuple[Party, ...], str] | None:
    """The parties of a joint act with those named by "with"; a party alone accepts or refuses."""
    if len(parties) > 1:
        return parties, act
    partners = tuple(p for p in reading.parties.several(reading.tree.prep(i, "with")) if p.actor != parties[0].actor)
    if partners:
        return parties + partners, act
    if cue.words[0] in ("agree", "sign"):
        return parties, "accept" if act == "agree" else act
    return (parties, act) if act == "dispute_terms" else None


# ---------------------------------------------------------------- what
def _act(reading: Reading, i: int, verb: int, cue: Cue) -> str:
    """The act after negation, modals and verbs like "refuse" or "cease" in front; empty: none."""
    tree = reading.tree
    modal = tree.modal(verb)
    if modal in OBLIGING:
        return ""
    if _no_longer(reading, verb) or _no_longer(reading, i):
        return TURNED.get(cue.act, "")
    negated = tree.negated(verb) != (verb != i and tree.negated(i))
    if tree.dep[i] == "xcomp" and reading.listed("turns.refuse", tree.head[i]):
        if tree.lemma[tree.head[i]] in ("stop", "cease"):
            return TURNED.get(cue.act, "")
        negated = not negated
    return cue.negated if negated else cue.act


def _no_longer(reading: Reading, i: int) -> bool:
    tree = reading.tree
    words = {tree.lower[c] for c in tree.children[i] if tree.dep[c] in ("advmod", "neg", "dobj")}
    if "longer" in words:
        return (
            any(
                tree.lower[g] in ("no", "any")
                for c in tree.children[i]
                if tree.lower[c] == "longer"
                for g in tree.children[c]
            )
            or "no" in words
        )
    return "anymore" in words


def _fits(reading: Reading, cue: Cue, act: str, head: int, span: Range, party: Party) -> bool:
    """Whether a topic meets what its cue needs."""
    if not cue.needs:
        return True
    listed, tree = reading.listed, reading.tree
    if cue.needs == "other_subject":
        subject = reading.parties.at(tree.child(head, "nsubj", "nsubjpass"))
        return subject is not None and subject.actor != party.actor
    if cue.needs == "proposal" and (listed("proposals.nouns", head) or listed("proposals.pronouns", head)):
        return True
    if cue.needs == "deal":
        return listed("deals.nouns", head) or (listed("proposals.pronouns", head) and act == "retract")
    if cue.needs == "topic":
        return tree.pos[head] in ("VERB", "AUX") or bool(topics.best_issue(reading, span))
    if cue.needs == "done":
        finite = tree.tag[_of(reading, span, head)] in ("VBD", "VBN", "VBZ")
        return finite and bool(topics.best_issue(reading, span))
    return bool(topics.best_issue(reading, span))


def _of(reading: Reading, span: Range, head: int) -> int:
    """The verb above a topic."""
    for above in reading.tree.up(head, 3):
        if reading.tree.pos[above] in ("VERB", "AUX"):
            return above
    return head
