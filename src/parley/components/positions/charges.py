"""Charges that are made without a verb of accusing: "They came to buy time", said by one party of the other."""

from __future__ import annotations

from parley.components.positions.parties import Party
from parley.components.positions.reading import Reading
from parley.components.positions.stated import add
from parley.components.positions.tree import COPULAS

FINITE = frozenset({"VBD", "VBZ", "VBP", "VBG", "VBN"})


def find(reading: Reading) -> None:
    """Add a charge for each clause in which a speaker tells wrongdoing or bad faith of another party."""
    tree = reading.tree
    told = {draft.trigger for draft in reading.drafts}
    for i in range(len(tree)):
        if tree.pos[i] not in ("VERB", "AUX") or tree.tag[i] not in FINITE or i in told:
            continue
        if (
            not _wrong(reading, i)
            or tree.dep[i] in ("relcl", "acl", "advcl")
            or reading.question(i)
            or reading.hypothetical(i)
        ):
            continue
        quoted = reading.speech.at(i)
        speaker = reading.parties.of(quoted) if quoted is not None else reading.parties.speaker(i)
        charged = _charged(reading, i, speaker) if speaker is not None else None
        if speaker is None or charged is None or tree.modal(i) or tree.negated(i):
            continue
        span = tree.clause(i)
        add(reading, speaker, "accuse", i, span, (charged,), needs="")


def _wrong(reading: Reading, i: int) -> bool:
    """Whether a verb, or what stands in its object or predicate, is a charge."""
    tree = reading.tree
    if reading.listed("charges.verbs", i):
        return tree.child(i, "dobj", "ccomp", "nsubjpass", "agent", "prep") is not None
    thing = tree.child(i, "dobj", "attr")
    if thing is not None and reading.listed("charges.nouns", thing):
        return not tree.no(thing) and (tree.lemma[i] in COPULAS or reading.listed("charges.doing", i))
    aim = tree.child(i, "xcomp", "advcl")
    if aim is None or not reading.listed("charges.coming", i):
        return False
    object_ = tree.child(aim, "dobj")
    return reading.listed("charges.verbs", aim) or (object_ is not None and reading.listed("charges.aims", object_))


def _charged(reading: Reading, i: int, speaker: Party) -> str | None:
    """The party of whom a clause tells something, if it is not the speaker's own."""
    tree, parties = reading.tree, reading.parties
    subject = tree.subject(i)
    if subject is None or tree.passive(i):
        agent = tree.prep(i, "by")
        party = parties.at(agent)
        return party.actor if party is not None and party.actor != speaker.actor else None
    if tree.lower[subject] in ("they", "he", "she") and parties.index.by_head.get(subject) is None:
        return parties.other(speaker.actor)
    party = parties.at(subject)
    if party is not None and party.actor != speaker.actor:
        return party.actor
    quoted = reading.speech.at(i)
    direct = quoted is not None and quoted.kind == "direct"
    return parties.other(speaker.actor) if direct and tree.lower[subject] == "they" else None
