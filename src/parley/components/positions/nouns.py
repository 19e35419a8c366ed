"""Positions told by a noun: "its demand for ...", "Oslo's offer to ...", "repeated its rejection of ..."."""

from __future__ import annotations

from itertools import product

from parley.components.positions import topics
from parley.components.positions.acts import fits
from parley.components.positions.parties import Party
from parley.components.positions.reading import Draft, Reading

OWN = frozenset({"its", "his", "her", "their"})
LIGHT = ("dobj", "attr", "pobj", "oprd")


def find(reading: Reading) -> None:
    """Add the drafts of all nouns of a doc that name an act, its party and its topic."""
    tree, cues = reading.tree, reading.cues
    for i in range(len(tree)):
        if tree.pos[i] != "NOUN" or tree.lemma[i] not in cues.nouns:
            continue
        for cue in cues.nouns[tree.lemma[i]]:
            heads = topics.heads(reading, i, cue, i)
            parties = _parties(reading, i) if heads else ()
            if not parties or reading.question(i) or reading.hypothetical(i):
                continue
            for (head, span), party in product(topics.split(reading, heads), parties):
                if _done_by_verb(reading, i, party) or not fits(reading, cue, cue.act, i, head, span, party):
                    continue
                reading.drafts.append(
                    Draft(
                        party=party.actor,
                        act=cue.act,
                        trigger=i,
                        topic=span,
                        evidence=reading.span(i, span, i),
                        head=head,
                        to=topics.addressees(reading, i, cue, head, party.actor),
                        person=party.person,
                        document=party.document,
                        needs=cue.needs or "noun",
                        hedged=reading.hedged(i),
                    )
                )
            break


def _parties(reading: Reading, i: int) -> tuple[Party, ...]:
    """All parties of a noun: of "opposition from Oslo and Rome" both."""
    party = _party(reading, i)
    if party is None:
        return ()
    every = reading.parties.several(reading.tree.prep(i, "by", "from"))
    return every if party in every else (party,)


def _party(reading: Reading, i: int) -> Party | None:
    """The owner of a noun; without one, the subject of the verb whose object it is, if that is no act itself."""
    tree = reading.tree
    if (text := tree.child(i, "compound", "nsubj")) is not None and reading.listed("documents.nouns", text):
        document = reading.parties.at(text) or reading.parties.owner(i)
        return (
            Party(document.actor, document=True) if document else None
        )  # "Oslo's memorandum demands that": the parser takes the verb for a noun
    owner = reading.parties.owner(i)
    own = tree.child(i, "poss")
    if owner is not None or (own is not None and tree.lower[own] not in OWN):
        return owner
    verb = tree.head[i]
    if (
        tree.dep[i] in LIGHT
        and tree.pos[verb] in ("VERB", "AUX")
        and i not in reading.covered
        and not tree.negated(verb)
    ):
        if tree.passive(verb) or any(draft.trigger == verb for draft in reading.drafts[-20:]):
            return None
        return reading.parties.at(tree.subject(verb))
    return None


def _done_by_verb(reading: Reading, i: int, party: Party) -> bool:
    """Whether the verb above already tells what the same party does with it: "dropped its demand for"."""
    above = set(reading.tree.up(i, 2))
    return any(d.trigger in above and d.party == party.actor for d in reading.drafts[-20:])
