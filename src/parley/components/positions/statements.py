"""Positions told with a modal verb: "must", "will not", in a party's own speech or text."""

from __future__ import annotations

from bisect import bisect_left

from parley.components.positions import topics
from parley.components.positions.parties import Party
from parley.components.positions.reading import Reading
from parley.components.positions.stated import add

NEAR = 120
"""Tokens after a mention of a text within which "under the first" is about it."""
HAVING = frozenset({"have", "receive", "get", "obtain", "see"})


def find(reading: Reading) -> None:
    """Add the drafts of the modal verbs of a doc."""
    tree = reading.tree
    told = {draft.trigger for draft in reading.drafts}
    reading.texts = sorted((draft.trigger, draft.party) for draft in reading.drafts if draft.document)
    for i in range(len(tree)):
        if i in reading.covered or reading.question(i) if tree.tag[i] == "MD" else False:
            continue
        if tree.tag[i] == "MD":
            verb = tree.head[i]
            if verb not in told and verb not in reading.covered:
                _modal(reading, i, verb)
        elif (
            tree.lemma[i] in ("have", "need", "be") and tree.child(i, "xcomp") is not None and i not in reading.covered
        ):
            under = tree.child(i, "xcomp")
            if under is not None and tree.child(under, "aux") is not None and i not in told:
                _modal(reading, i, under)


# ---------------------------------------------------------------- modals
def _modal(reading: Reading, i: int, verb: int) -> None:
    """The draft of a clause with a modal verb at ``i``."""
    tree, parties = reading.tree, reading.parties
    if reading.hypothetical(verb) or (tree.dep[verb] == "relcl"):
        return
    speaker = parties.speaker(verb)
    own = tree.subject(verb)
    subject = parties.at(own)
    negated = tree.negated(verb) or tree.negated(i) or _nothing(reading, verb)
    text = _text(reading, verb)
    if text is not None and speaker is None:
        speaker = text
    kind = _kind(reading, i)
    if kind in ("demand", "request"):
        if speaker is not None:
            _must(reading, verb, kind, speaker, subject, own)
    elif subject is not None and (speaker is None or subject.actor == speaker.actor or speaker.document):
        _will(reading, i, verb, subject, speaker, negated)
    elif subject is None and speaker is not None and tree.passive(verb) and kind == "promise" and not negated:
        _will(reading, i, verb, speaker, speaker, negated)


def threatens(reading: Reading, verb: int) -> bool:
    """Whether what a verb says will be done is meant to hurt: "will retaliate", "impose tariffs", "be met with"."""
    tree = reading.tree
    if tree.passive(verb):
        return reading.listed("threats.passives", verb)
    thing = tree.child(verb, "dobj")
    if thing is None:
        return reading.listed("threats.verbs", verb)
    hurt = reading.listed("threats.imposing", verb) and reading.listed("pressures.nouns", thing)
    return hurt or reading.listed("threats.verbs", verb) or tree.lower[thing] in reading.cues.list("threats.nouns")


def _fronted(reading: Reading, verb: int, subject: int | None) -> int | None:
    """The object that stands in front of its clause: "Elections, Oslo will not discuss"."""
    tree = reading.tree
    if subject is None or tree.child(verb, "dobj", "ccomp", "xcomp", "prep") not in (None, *range(subject)):
        return None
    return next(
        (c for c in tree.all(verb, "nsubj", "dobj", "dep", "npadvmod", "dislocated") if c < tree.left[subject]), None
    )


def _nothing(reading: Reading, verb: int) -> bool:
    """Whether the object of a verb says no: "would set no date", "there will be no vote"."""
    tree = reading.tree
    if any(
        tree.lower[t] == "not" and tree.lower[t - 1] in ("and", "or")
        for t in range(verb + 1, min(tree.right[verb], verb + 25))
    ):
        return True  # "will be changed there or not at all", "by vote and not by force"
    thing = tree.child(verb, "dobj", "attr")
    return thing is not None and (reading.tree.no(thing) or reading.tree.lower[thing] in ("nothing", "none"))


def _text(reading: Reading, verb: int) -> Party | None:
    """The party in whose text a clause stands: "Under the draft, it must ...", after Oslo's draft in the paragraph."""
    tree = reading.tree
    fronted = any(tree.dep[c] == "prep" and tree.lower[c] in ("under", "in") and c < verb for c in tree.children[verb])
    at = bisect_left(reading.texts, (verb, "")) - 1 if fronted else -1
    if at < 0 or reading.texts[at][0] < verb - NEAR:
        return None
    return Party(reading.texts[at][1], document=True)


def _kind(reading: Reading, i: int) -> str:
    for name in ("demand", "request", "promise"):
        words = reading.cues.list(f"modals.{name}")
        if reading.tree.lower[i] in words or f"{reading.tree.lemma[i]} to" in words:
            return name
    return ""


def _must(reading: Reading, verb: int, kind: str, speaker: Party, subject: Party | None, own: int | None) -> None:
    """A demand in "they must ..."; of an agreement, its terms."""
    tree = reading.tree
    if own is None:
        return
    if subject is not None and subject.actor == speaker.actor and tree.lemma[verb] not in HAVING:
        return
    process = subject is None and reading.listed("process.nouns", own)
    for k, (head, span) in enumerate(topics.split(reading, tree.conjuncts(verb))):
        clause = (span[0] if k else tree.left[own], span[1]) if k == 0 else span
        to = (subject.actor,) if subject and subject.actor != speaker.actor else ()
        add(
            reading,
            speaker,
            "precondition" if process else kind,
            head,
            clause,
            to,
            needs="" if process or to else "issue",
        )


def _will(reading: Reading, modal: int, verb: int, party: Party, speaker: Party | None, negated: bool) -> None:
    """A promise or a refusal in "we will ...", "Egypt would not ..."."""
    tree = reading.tree
    if tree.lower[modal] in ("could", "can") and not negated:
        return
    said = speaker is not None
    party = Party(party.actor, party.person, party.document or (speaker is not None and speaker.document))
    act = "reject" if negated else "threaten" if threatens(reading, verb) else "promise"
    if reading.listed("modals.wishes", verb):
        act = "" if negated else "demand"
    if not act:
        return
    if act != "reject" and not said:
        return
    if act == "promise" and reading.listed("charges.verbs", verb):
        return  # "it would violate the law": no one promises that
    for head, span in topics.split(reading, tree.conjuncts(verb)):
        own = tree.subject(head)
        front = _fronted(reading, head, own) if negated else None
        start = (
            tree.left[front]
            if front is not None and span[0] - tree.left[front] < 20
            else tree.left[own]
            if own is not None and tree.left[own] < span[0] and span[0] - tree.left[own] < 20
            else span[0]
        )
        add(
            reading,
            party,
            act,
            head,
            (min(start, span[0]), span[1]),
            topics._inside(reading, head, party.actor),
            needs="" if negated and _refuses(reading, head, said) else "issue",
        )


def _refuses(reading: Reading, head: int, said: bool) -> bool:
    """Whether "will not" refuses something of the talks, whatever the issue."""
    if reading.listed("talking.verbs", head):
        return True
    below = reading.tree.below(head, 40)
    return said and any(reading.listed("process.nouns", t) or reading.listed("process.results", t) for t in below)
