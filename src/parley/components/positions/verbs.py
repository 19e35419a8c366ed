"""Positions told by a verb or an adjective: "Egypt demanded that ...", "ruled out", "is ready to"."""

from __future__ import annotations

from collections.abc import Iterator

from parley.components.positions import topics
from parley.components.positions.acts import DOUBTFUL, act_of, fits
from parley.components.positions.cues import Cue
from parley.components.positions.parties import Party
from parley.components.positions.reading import Draft, Reading
from parley.components.positions.statements import threatens
from parley.components.positions.tree import COPULAS, Range


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
        if i in reading.covered and not _aside(reading, i):
            continue
        for cue in rows:
            if drafts := list(_drafts(reading, i, cue)):
                reading.drafts.extend(drafts)
                _cover(reading, drafts)
                break


def _aside(reading: Reading, i: int) -> bool:
    """Whether a verb inside a topic tells an act of its own: "a charge that Oslo denies", "to which both agreed"."""
    tree = reading.tree
    if tree.dep[i] != "relcl" or tree.tag[i] not in ("VBD", "VBZ", "VBP") or tree.modal(i):
        return False
    subject = tree.child(i, "nsubj")
    return subject is not None and tree.antecedent(subject) == subject and reading.parties.at(subject) is not None


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
    act = act_of(reading, i, verb, cue)
    if not act:
        return
    heads = topics.heads(reading, i, cue, last) or _bare(reading, i, cue)
    found = [
        (h, span)
        for h, span in topics.split(reading, heads)
        if (h != i or cue.act in ("reject", "accept", "agree"))
        and tree.lower[h] not in ("what", "him", "her")
        and not (cue.words[0] in ("refuse", "decline") and reading.listed("turns.silent", h))
    ]
    if any(tree.lower[h] == "nothing" for h, _ in found):
        act = {"accept": "reject", "agree": "reject"}.get(act, "")
    parties = _parties(reading, i, verb, cue)
    if found and _rhetorical(reading, i, found[0][0], len(heads)):
        return
    if (thing := tree.child(i, "dobj", "dative")) is not None and tree.lower[thing] in ("us", "me"):
        parties = parties if reading.speech.at(i) is not None else ()
    if tree.dep[i] == "acl" and tree.passive(i) and found and reading.parties.at(found[0][0]) is not None:
        return  # "Peru, supported by Chile, ...": told of the verb that follows
    if not parties or not found:
        return
    if cue.joint and len(parties) == 1 and tree.lower[tree.subject(verb) or i] == "they":
        parties = tuple(Party(side) for side in reading.parties.principals() or (parties[0].actor,))
    if cue.joint:
        if act == cue.negated and len(parties) > 1:
            return
        joint = _joint(reading, i, cue, parties, act)
        if joint is None:
            return
        parties, act = joint
    if act == "promise" and len(parties) > 1 and (_in_text(reading, i) or any(p.document for p in parties)):
        act = "agree"
    for party in parties:
        yield from _of_party(reading, i, last, verb, cue, act, party, parties, found)


def _of_party(
    reading: Reading,
    i: int,
    last: int,
    verb: int,
    cue: Cue,
    act: str,
    party: Party,
    parties: tuple[Party, ...],
    found: list[tuple[int, Range]],
) -> Iterator[Draft]:
    """The drafts of one party at one cue: one for each topic."""
    tree = reading.tree
    joint = act in ("agree", "dispute_terms")
    others = tuple(p.actor for p in parties if p.actor != party.actor)
    first: tuple[str, ...] = ()
    for k, (head, span) in enumerate(found):
        alone = len(found) > 1 and tree.pos[head] in ("VERB", "AUX")
        to = others if joint else topics.addressees(reading, i, cue, head, party.actor)
        if k and first and not joint and tree.child(head, "nsubj", "nsubjpass") is None:
            to = first
        first = first or to
        if fits(reading, cue, act, i, head, span, party):
            threat = act == "promise" and tree.pos[head] == "VERB" and threatens(reading, head)
            yield Draft(
                party=party.actor,
                act="threaten" if threat else act,
                trigger=i,
                topic=span,
                evidence=span if alone else _evidence(reading, i, last, verb, span, whole=len(found) == 1),
                head=head,
                to=to,
                person=party.person,
                document=party.document or _in_text(reading, i),
                needs=cue.needs,
                hedged=tree.modal(i) in DOUBTFUL or reading.hedged(i),
            )


def _evidence(reading: Reading, i: int, last: int, verb: int, span: Range, *, whole: bool) -> Range:
    """The words that tell an act: of one topic, all of its clause; of several, the cue and the one."""
    start, end = min(span[0], last), max(span[1], last + 1)
    subject = reading.tree.subject(verb) if whole else None
    if whole:
        end = max(end, topics.message(reading, i)[1])
    return reading.span(i, (start, end), subject)


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
        return reading.parties.several(agent) if agent is not None else _answering(reading, i, cue)
    first, *more = tree.all(verb, "nsubj") or [i]
    if more and any(tree.lower[t] == "and" for t in range(first + 1, more[-1])) and more[-1] < verb:
        both = {p.actor: p for t in (first, *more) for p in reading.parties.several(t)}
        if len(both) > 1:  # "the government / and / the rebels settled": two subjects, as some parses have it
            return tuple(both.values())
    roster = reading.rosters.get(verb)
    own = reading.parties.several(tree.subject(verb))
    if own or roster is None:
        return own
    every = [party for token in roster.same if (party := reading.parties.at(token))]
    return tuple({party.actor: party for party in every}.values())


def _answering(reading: Reading, i: int, cue: Cue) -> tuple[Party, ...]:
    """Who answers in "that demand was turned down", where a text is about two: the one who did not ask."""
    tree = reading.tree
    thing = tree.child(i, "nsubjpass")
    if cue.act not in ("reject", "accept") or thing is None or not reading.listed("proposals.nouns", thing):
        return ()
    owner = reading.parties.owner(thing)
    asked = (d.party for d in reversed(reading.drafts[-6:]) if reading.codebook.acts[d.act].group == "seek")
    asker = owner.actor if owner is not None else next(asked, None)
    pair = reading.parties.two(thing) if asker is not None else None
    if pair is None or asker not in pair:
        return ()
    return (Party(pair[1] if pair[0] == asker else pair[0]),)


def _joint(
    reading: Reading, i: int, cue: Cue, parties: tuple[Party, ...], act: str
) -> tuple[tuple[Party, ...], str] | None:
    """The parties of a joint act with those named by "with"; a party alone accepts or refuses."""
    if len(parties) > 1:
        return parties, act
    partners = tuple(p for p in reading.parties.several(reading.tree.prep(i, "with")) if p.actor != parties[0].actor)
    if partners:
        return parties + partners, act
    if cue.words[0] in ("agree", "sign", "consent"):
        return parties, "accept" if act == "agree" else act
    return (parties, act) if act == "dispute_terms" else None


# ---------------------------------------------------------------- what
def _rhetorical(reading: Reading, i: int, head: int, topics: int) -> bool:
    """Whether the outlet sums up in bare nouns: "it demands land, silence and applause"."""
    tree = reading.tree
    bare = tree.pos[head] == "NOUN" and not any(tree.dep[c] not in ("conj", "cc", "punct") for c in tree.children[head])
    return topics > 1 and bare and reading.listed("vague.nouns", head) and reading.speech.teller(i) is None


def _bare(reading: Reading, i: int, cue: Cue) -> list[int]:
    """The verb itself as the topic of an answer that names none: "Oslo refused"."""
    bare = len(cue.words) == 1 and reading.listed("bare.verbs", i) and cue.kind == "verb"
    return [i] if bare and reading.tree.pos[i] == "VERB" and not reading.tree.passive(i) else []


def _in_text(reading: Reading, i: int) -> bool:
    """Whether a verb tells what stands in a text: "In its letter, Oslo asks"."""
    tree = reading.tree
    return any(
        tree.dep[c] == "prep"
        and tree.lower[c] == "in"
        and c < i
        and (under := tree.child(c, "pobj")) is not None
        and reading.listed("documents.nouns", under)
        for c in tree.children[i]
    )
