"""Adds the draft of what is stated without a verb of the act."""

from __future__ import annotations

from parley.components.positions.parties import Party
from parley.components.positions.reading import Draft, Reading
from parley.components.positions.tree import Range


def add(
    reading: Reading,
    party: Party,
    act: str,
    head: int,
    evidence: Range,
    to: tuple[str, ...],
    *,
    topic: Range | None = None,
    needs: str = "",
    trigger: int | None = None,
) -> None:
    """Add one draft, if it meets what it needs: an issue, or nothing.

    Args:
        reading: the doc.
        party: who holds it.
        act: id of the act.
        head: the word that rules the topic.
        evidence: the words that tell it.
        to: whom it addresses.
        topic: the words that name what it is about, where they are not the evidence.
        needs: "issue" or nothing.
        trigger: the word that tells the act, where it is not the head.
    """
    evidence = reading.tree.trim(*evidence)
    if evidence[0] >= evidence[1]:
        return
    if needs == "issue" and not reading.issue(evidence):
        return
    trigger = head if trigger is None else trigger
    reading.drafts.append(
        Draft(
            party.actor,
            act,
            trigger,
            topic or evidence,
            evidence,
            head,
            to,
            person=party.person,
            document=party.document,
            needs=needs,
            hedged=reading.hedged(trigger),
        )
    )
