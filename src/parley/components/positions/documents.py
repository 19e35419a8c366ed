"""Terms that a text lays down in clauses: "Under Oslo's draft, observers would be posted", "It provides for ...".

What a party's own draft says is its proposal; what a text of two parties says they have agreed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from parley.components.positions import topics
from parley.components.positions.parties import Party
from parley.components.positions.reading import Draft, Reading
from parley.components.positions.treaties import TERM
from parley.components.positions.tree import Range

NEAR = 150
"""Tokens after the last word about a text within which "it" means it."""
COMING = frozenset(
    {"will", "would", "must", "shall", "'ll", "be to", "have to", "need to", "should", "may", "can", "could"}
)
FRONTS = frozenset({"under", "in", "by"})
MAIN = frozenset({"ROOT", "conj", "ccomp", "parataxis"})


@dataclass(frozen=True)
class Text:
    """A text that an article tells of."""

    token: int
    parties: tuple[Party, ...]

    @property
    def joint(self) -> bool:
        """Whether it is of more than one party."""
        return len(self.parties) > 1


def find(reading: Reading) -> None:
    """Add a draft for each party of a text and each thing that a clause says the text lays down."""
    tree = reading.tree
    texts = _texts(reading)
    if not texts:
        return
    at = [text.token for text in texts]
    by_token = {text.token: text for text in texts}
    taken = {t for draft in reading.drafts for t in (draft.trigger, draft.head)}
    last: tuple[int, Text] | None = None
    for i in range(len(tree)):
        if tree.pos[i] not in ("VERB", "AUX") or tree.dep[i] not in MAIN or i in taken or i in reading.covered:
            continue
        if reading.question(i) or reading.hypothetical(i):
            continue
        k = bisect_left(at, i)
        before = texts[k - 1] if k else None
        text = _fronted(reading, by_token, i)
        if text is not None or _goes_on(reading, last, i):
            text = text or (last[1] if last else None)
            if text is not None:
                _clause(reading, text, i)
                last = (i, text)
        elif (
            before is not None
            and before.token > i - NEAR
            and (of := _subject(reading, by_token, before, i)) is not None
        ):
            _laid_down(reading, of, i)
            last = (i, of)


# ---------------------------------------------------------------- texts
def _texts(reading: Reading) -> list[Text]:
    """The texts of which it is known whose they are, in order."""
    tree, found = reading.tree, list[Text]()
    for i in range(len(tree)):
        if tree.pos[i] not in ("NOUN", "PROPN") or not (
            reading.listed("documents.nouns", i) or reading.listed("treaties.nouns", i)
        ):
            continue
        parties = _owners(reading, i)
        if parties:
            found.append(Text(i, tuple(Party(party.actor, document=True) for party in parties)))
    return found


def _owners(reading: Reading, i: int) -> tuple[Party, ...]:
    """Whose text a noun names."""
    tree, parties = reading.tree, reading.parties
    joint = reading.listed("treaties.nouns", i)
    under = tree.prep(i, "between", "of", "by") if joint else None
    if len(several := parties.several(under)) > 1:
        return several
    made = tree.child(i, "acl", "relcl")
    verb = tree.head[i] if tree.dep[i] in ("dobj", "nsubjpass", "pobj") else made
    if joint and verb is not None and reading.listed("treaties.making", verb):
        several = parties.several(tree.subject(verb) if tree.dep[i] == "dobj" else tree.prep(verb, "by", "between"))
        return several if len(several) > 1 else tuple(Party(side) for side in parties.two(i) or ())
    if joint and any(tree.lower[c] == "joint" for c in tree.children[i]):
        return tuple(Party(side) for side in parties.two(i) or ())
    owner = parties.owner(i)
    if owner is None and made is not None and tree.passive(made):
        owner = parties.at(tree.prep(made, "by"))
    return () if owner is None else (owner,)


# ---------------------------------------------------------------- clauses
def _fronted(reading: Reading, texts: Mapping[int, Text], i: int) -> Text | None:
    """The text that "under" or "in" names in front of a clause."""
    tree = reading.tree
    for c in tree.children[i]:
        if c < i and tree.dep[c] == "prep" and tree.lower[c] in FRONTS and (under := tree.child(c, "pobj")) is not None:
            found = texts.get(under)
            if found is not None and (found.joint or tree.modal(i) in COMING):
                return found
    return None


def _goes_on(reading: Reading, last: tuple[int, Text] | None, i: int) -> bool:
    """Whether a clause goes on with what the sentence before said of a text: "The service would come under ..."."""
    tree = reading.tree
    if last is None or not last[0] < i < last[0] + NEAR or reading.speech.at(i) is not None:
        return False
    between = tree.text[last[0] : i]
    apart = sum(mark in (".", "!", "?") for mark in between) > 1 or any("\n" in mark for mark in between)
    modal = tree.modal(i) in ("would", "must", "shall", "have to", "be to") and reading.speech.teller(i) is None
    return not apart and modal and tree.dep[i] in ("ROOT", "conj")


def _subject(reading: Reading, texts: Mapping[int, Text], before: Text, i: int) -> Text | None:
    """The text that is the subject of a verb of laying down."""
    tree = reading.tree
    own = tree.subject(i)
    if own is None or tree.passive(i) or tree.negated(i) or not reading.listed("treaties.terms", i):
        return None
    if tree.lower[own] == "it":
        return before if own - before.token < NEAR // 2 and _opens(reading, own) else None
    return texts.get(own)


def _opens(reading: Reading, own: int) -> bool:
    """Whether a word opens its sentence, or a clause joined to one that begins with it."""
    return own == 0 or reading.tree.text[own - 1] in (".", ",", "and") or reading.tree.text[own - 1].isspace()


def _clause(reading: Reading, text: Text, i: int) -> None:
    """All that a clause says, as the text's term, one for each verb joined in it."""
    tree = reading.tree
    own = tree.subject(i)
    for k, (head, span) in enumerate(topics.split(reading, tree.conjuncts(i))):
        start = tree.left[own] if k == 0 and own is not None and own < i else span[0]
        span = tree.trim(start, span[1])
        _add(reading, text, i, head, span, span)


def _laid_down(reading: Reading, text: Text, i: int) -> None:
    """Each thing that a verb of laying down takes."""
    for verb in reading.tree.conjuncts(i):
        if verb == i or reading.listed("treaties.terms", verb):
            for head, span in topics.split(reading, topics.heads(reading, verb, TERM, verb)):
                _add(reading, text, verb, head, span, reading.span(verb, span, None))


def _add(reading: Reading, text: Text, i: int, head: int, topic: Range, evidence: Range) -> None:
    if topic[0] >= topic[1] or evidence[0] >= evidence[1]:
        return
    for party in text.parties:
        others = tuple(p.actor for p in text.parties if p.actor != party.actor)
        act = "agree" if text.joint else "reject" if reading.tree.negated(i) else "propose"
        reading.drafts.append(Draft(party.actor, act, i, topic, evidence, head, others, document=True))
