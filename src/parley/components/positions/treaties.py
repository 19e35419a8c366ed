"""Terms that a joint text lays down: "The accord obliges the army to leave", "a statement provides for a truce"."""

from __future__ import annotations

from parley.components.positions import topics
from parley.components.positions.cues import Cue
from parley.components.positions.parties import Party
from parley.components.positions.reading import Draft, Reading

TERM = Cue("agree", "verb", ("term",), ("for", "clause", "object", "to", "that"), ())
"""Where the thing that a text lays down stands: after its verb."""
NEAR = 200
"""Tokens after a joint act within which a text without owners is taken for its outcome."""


def find(reading: Reading) -> None:
    """Add an agreement of both parties for each thing that a text of theirs lays down."""
    tree = reading.tree
    told = {draft.trigger for draft in reading.drafts}
    for i in range(len(tree)):
        if tree.pos[i] != "VERB" or i in told or i in reading.covered or not reading.listed("treaties.verbs", i):
            continue
        subject = tree.subject(i)
        if subject is None or tree.passive(i) or tree.negated(i) or tree.modal(i) in ("would", "could", "might"):
            continue
        if not reading.listed("treaties.nouns", subject) or reading.parties.owner(subject) is not None:
            continue
        parties = _parties(reading, subject, i)
        if len(parties) > 1 and not reading.question(i) and not reading.hypothetical(i):
            _add(reading, i, parties)


def _parties(reading: Reading, subject: int, i: int) -> tuple[Party, ...]:
    """Whose text it is: those named with it, those who agreed last before it, or the two that the doc is about."""
    tree = reading.tree
    for under in (tree.prep(subject, "between", "of"), _signed(reading, subject)):
        several = reading.parties.several(under)
        if len(several) > 1:
            return several
    last = next((d for d in reversed(reading.drafts) if d.act == "agree" and i - NEAR < d.trigger < i), None)
    if last is not None:
        actors = dict.fromkeys(d.party for d in reading.drafts if d.trigger == last.trigger and d.act == "agree")
        return tuple(Party(actor, document=True) for actor in actors)
    return tuple(Party(actor, document=True) for actor in reading.parties.principals() or ())


def _signed(reading: Reading, subject: int) -> int | None:
    acl = reading.tree.child(subject, "acl")
    return None if acl is None else reading.tree.prep(acl, "by", "between")


def _add(reading: Reading, i: int, parties: tuple[Party, ...]) -> None:
    for head, span in topics.split(reading, topics.heads(reading, i, TERM, i)):
        verbal = reading.tree.pos[head] in ("VERB", "AUX")
        if not verbal and not reading.issue(span, head):
            continue
        for party in parties:
            others = tuple(p.actor for p in parties if p.actor != party.actor)
            evidence = reading.span(i, span, None)
            reading.drafts.append(
                Draft(
                    party.actor,
                    "agree",
                    i,
                    span,
                    evidence,
                    head,
                    others,
                    document=True,
                    needs="" if verbal else "issue",
                )
            )
