"""What a list of parties before a verb does: those beside share what the first says, those against refuse it.

"Peru, with Chile, opposed by Bolivia, said the road should be opened": Chile asks for it too, Bolivia refuses.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from parley.components.positions import topics
from parley.components.positions.parties import Party
from parley.components.positions.reading import Draft, Reading


def find(reading: Reading) -> None:
    """Add what those beside and those against do, for each list of parties."""
    tree = reading.tree
    drafts = sorted(reading.drafts, key=lambda draft: draft.trigger)
    triggers = [draft.trigger for draft in drafts]
    for verb, roster in reading.rosters.items():
        if tree.pos[verb] not in ("VERB", "AUX") or (len(roster.same) < 2 and not roster.against):
            continue
        start, end = topics.message(reading, verb)
        told = drafts[bisect_left(triggers, verb) : bisect_right(triggers, max(end - 1, verb))]
        same = _parties(reading, roster.same)
        reading.drafts.extend(_shared(told, same))
        against = [party for party in _parties(reading, roster.against) if party not in same]
        if start < end and against and not reading.question(verb):
            reading.drafts.extend(_refused(reading, verb, (start, end), told, against))


def _parties(reading: Reading, tokens: Iterable[int]) -> list[Party]:
    found = {party.actor: party for token in tokens if (party := reading.parties.at(token))}
    return list(found.values())


def _shared(told: Sequence[Draft], same: Sequence[Party]) -> Iterable[Draft]:
    """What the first party says in the clause, for each of the others."""
    known = {(draft.party, draft.trigger, draft.head) for draft in told}
    for draft in told:
        for party in same[1:] if same and draft.party == same[0].actor else ():
            if (party.actor, draft.trigger, draft.head) not in known and party.actor not in draft.to:
                yield replace(draft, party=party.actor, person=party.person)


def _refused(
    reading: Reading, verb: int, span: tuple[int, int], told: Sequence[Draft], against: Sequence[Party]
) -> Iterable[Draft]:
    """The refusal of each party that is against; its consent, where the verb refuses."""
    acts = [draft for draft in told if draft.trigger == verb]
    refused = any(reading.codebook.acts[draft.act].polarity == "against" for draft in acts)
    for party in against:
        yield Draft(
            party=party.actor,
            act="accept" if refused else "reject",
            trigger=verb,
            topic=span,
            evidence=(verb, span[1]),
            head=acts[0].head if acts else verb,
            person=party.person,
            document=party.document,
        )
