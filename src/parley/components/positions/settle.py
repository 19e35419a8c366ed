"""Settles the drafts: issue, answers that point back, addressee, layer, date, order and ids."""

from __future__ import annotations

from dataclasses import replace

from parley.codebook import OTHER
from parley.components.dates import Dates
from parley.components.positions import answers, leads
from parley.components.positions.answers import ANSWERS
from parley.components.positions.reading import PROCESS, Draft, Reading
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
        issue = _issue(reading, draft)
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


# ---------------------------------------------------------------- issue
def _issue(reading: Reading, draft: Draft) -> str:
    """The best issue of the topic, else of the evidence; a condition of the process itself is on its format."""
    tree, book = reading.tree, reading.codebook
    found = ""
    for span in (draft.topic, draft.evidence):
        span = tree.trim(*span)
        found = found or (reading.issue(span, draft.head) if span[0] < span[1] else "")
    if draft.lead is not None and (not found or found in PROCESS):
        found = reading.issue(tree.trim(*draft.lead)) or found
    whole = draft.act in ANSWERS and reading.listed("proposals.texts", draft.head)
    if found and not (whole and found in PROCESS):
        return found
    if (whole or _of_the_deal(reading, draft)) and (main := _main_issue(reading)):
        return main
    if found:
        return found
    if draft.act == "precondition" and "format" in book.issues and _process(reading, draft):
        return "format"
    return reading.meant(tree.trim(*draft.topic)) or OTHER


def _of_the_deal(reading: Reading, draft: Draft) -> bool:
    """Whether a topic without an issue names the agreement or its text, and so what the whole text is about."""
    tree = reading.tree
    near = [draft.head, *(c for c in tree.below(draft.head, 8) if tree.dep[c] in ("dobj", "pobj", "attr"))]
    return any(reading.listed(name, t) for t in near for name in ("agreements.nouns", "proposals.texts"))


def _main_issue(reading: Reading) -> str:
    """The issue that a text is about: the one that half of all its issue words name; else nothing."""
    if reading.main is not None:
        return reading.main
    hits = [hit for hit in reading.codebook.recognise(reading.tree.whole) if hit.issue not in PROCESS]
    counts = sorted(((len(hit.spans), hit.issue) for hit in hits), reverse=True)
    total = sum(count for count, _ in counts)
    reading.main = counts[0][1] if counts and counts[0][0] >= 3 and counts[0][0] * 2 >= total else ""
    return reading.main


def _process(reading: Reading, draft: Draft) -> bool:
    start, end = draft.topic
    return any(reading.listed("process.nouns", t) for t in range(start, min(end, start + 30)))


def _addressed(reading: Reading, draft: Draft) -> Draft:
    """Fills the addressee where a text about two parties leaves only one."""
    if draft.to:
        return draft
    other = reading.parties.other(draft.party)
    return replace(draft, to=(other,)) if other else draft


def _vague(reading: Reading, draft: Draft, issue: str) -> bool:
    """Whether a draft says too little to be a position: no issue, and a topic that names nothing."""
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
    if around is not None:
        speaker = reading.parties.of(around)
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
