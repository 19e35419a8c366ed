"""Settles the drafts: issue, answers that point back, addressee, layer, date, order and ids."""

from __future__ import annotations

from dataclasses import replace

from parley.codebook import OTHER
from parley.components.dates import Dates
from parley.components.positions import answers, issues, leads
from parley.components.positions.answers import ANSWERS
from parley.components.positions.reading import Draft, Reading
from parley.model import Attribution, Layer, Polarity, Position


def settle(reading: Reading) -> tuple[Position, ...]:
    """The positions of a doc, in the order of their words."""
    fronted = leads.find(reading)
    drafts = sorted(
        (replace(draft, lead=leads.at(fronted, draft.trigger)) for draft in reading.drafts),
        key=lambda d: (d.evidence[0], d.trigger, d.head, d.act, reading.parties.index.actors[d.party].mentions[:1]),
    )
    rows: list[tuple[Draft, str]] = []
    seen: set[tuple[str, str, int]] = set()
    for draft in drafts:
        issue = issues.choose(reading, draft)
        told = answers.resolve(reading, draft, issue, rows)
        if (draft.party, told[0][0].act, draft.head) in seen:
            continue
        kept = [(_addressed(reading, answer), found) for answer, found in told if not _vague(reading, answer, found)]
        rows.extend(kept)
        seen.update((answer.party, answer.act, answer.head) for answer, _ in kept)
    ids = {(d.trigger, d.party): f"p{k}" for k, (d, _) in reversed(list(enumerate(rows, 1)))}
    met = {(d.trigger, d.party): f"p{k}" for k, (d, _) in reversed(list(enumerate(rows, 1))) if d.needs == "condition"}
    dates = Dates(reading.tree.doc)
    return tuple(_position(reading, dates, d, issue, k, met, ids) for k, (d, issue) in enumerate(rows, 1))


def _position(
    reading: Reading,
    dates: Dates,
    draft: Draft,
    issue: str,
    k: int,
    met: dict[tuple[int, str], str],
    ids: dict[tuple[int, str], str],
) -> Position:
    tree = reading.tree
    attribution = _attribution(reading, draft)
    condition = None
    if draft.condition is not None:
        key = (draft.condition, draft.party)
        condition = met.get(key) or ids.get(key)
    return Position(
        id=f"p{k}",
        party=draft.party,
        act=draft.act,
        issue=issue,
        evidence=((tree.chars(draft.lead),) if draft.lead else ()) + (tree.chars(draft.evidence),),
        topic=(tree.chars(tree.trim(*draft.topic)),) if draft.topic[0] < draft.topic[1] else (),
        addressees=draft.to,
        polarity=_polarity(reading, draft.act),
        layer=_layer(reading, draft, attribution),
        attribution=attribution.id if attribution else None,
        condition=condition if condition != f"p{k}" else None,
        date=dates.at(draft.trigger),
        hedged=draft.hedged,
    )


def _addressed(reading: Reading, draft: Draft) -> Draft:
    """Fills the addressee where a text about two parties leaves only one."""
    if draft.to:
        return draft
    other = reading.parties.other(draft.party)
    return replace(draft, to=(other,)) if other else draft


def _vague(reading: Reading, draft: Draft, issue: str) -> bool:
    """Whether a draft says too little to be a position: no issue, and a topic that names nothing."""
    if draft.layer is not None:
        return False  # the reader is sure of what it alone sees
    tree = reading.tree
    if any(reading.listed("anonymity.words", t) for t in range(*draft.topic)):
        return True
    if issue != OTHER and draft.needs != "issue":
        return False
    if draft.topic == (draft.trigger, draft.trigger + 1) and draft.needs != "condition":
        return not draft.to
    if issue != OTHER:
        return False
    if draft.needs == "issue" or draft.needs == "noun":
        bare = tree.pos[draft.head] not in ("VERB", "AUX") and not draft.person and draft.act not in ANSWERS
        return draft.needs == "issue" or bare
    if tree.pos[draft.head] in ("VERB", "AUX"):
        return False
    if draft.act in ("demand", "request", "propose") and reading.listed("proposals.nouns", draft.head):
        return not any(tree.dep[c] in ("acl", "relcl", "ccomp") for c in tree.below(draft.head, 20))
    if tree.pos[draft.head] in ("PRON", "DET"):
        return draft.act not in ANSWERS
    said = draft.person or draft.document or reading.speech.at(_told(draft)) is not None
    bare = not any(tree.dep[c] in ("prep", "acl", "relcl") for c in tree.children[draft.head])
    return bare and reading.listed("vague.nouns", draft.head) and not said and draft.act not in ANSWERS


# ---------------------------------------------------------------- on whose word
def _attribution(reading: Reading, draft: Draft) -> Attribution | None:
    """The attribution on whose word a position is known: around its trigger, else the one that its trigger opens."""
    speech, told = reading.speech, _told(draft)
    known = speech.at(told) or speech.by_cue(told) or speech.at(draft.head)
    return known or speech.by_source(speech.teller(told))


def _told(draft: Draft) -> int:
    return draft.trigger if draft.told is None else draft.told


def _layer(reading: Reading, draft: Draft, attribution: Attribution | None) -> Layer:
    """Own, ascribed, document or unnamed."""
    around = reading.speech.at(_told(draft))
    speaker = None if around is None else reading.parties.of(around)
    if draft.layer and (speaker is None or speaker.actor == draft.party):
        return draft.layer  # what another party says of it stays ascribed
    if around is not None:
        if speaker is not None and speaker.actor == draft.party:
            if around.sourcing == "document" or draft.document:
                return "document"
            return "own" if draft.person or reading.parties.says(around) else "ascribed"
        if draft.document:
            return "document"
        if speaker is None and around.sourcing == "unnamed":
            return "unnamed"
        return "ascribed"
    if draft.document or (attribution is not None and attribution.sourcing == "document"):
        return "document"
    teller = reading.parties.speaker(_told(draft))
    if teller is not None:
        own: Layer = "own" if teller.person else "ascribed"
        return ("document" if teller.document else own) if teller.actor == draft.party else "ascribed"
    return "own" if draft.person else "ascribed"


def _polarity(reading: Reading, act: str) -> Polarity:
    known = reading.codebook.acts.get(act)
    return known.polarity if known else "neutral"
