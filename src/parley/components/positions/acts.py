"""Which act a wording tells once negation, modals and "no longer" are heard, and whether its topic fits it."""

from __future__ import annotations

from parley.components.positions.cues import Cue
from parley.components.positions.parties import Party
from parley.components.positions.reading import Reading
from parley.components.positions.tree import Range

OBLIGING = frozenset({"must", "should", "ought", "need to", "have to", "shall"})
DOUBTFUL = frozenset({"may", "might", "could", "can"})
TURNED = {
    "demand": "concede",
    "request": "concede",
    "reject": "accept",
    "accept": "reject",
    "propose": "retract",
    "promise": "retract",
}
"""The act that "no longer" makes of an act."""


def act_of(reading: Reading, i: int, verb: int, cue: Cue) -> str:
    """The act after negation, modals and verbs like "refuse" or "cease" in front; empty: none."""
    tree = reading.tree
    modal = tree.modal(verb)
    pressing = reading.codebook.acts[cue.act].group in ("move", "press", "do")
    if modal in OBLIGING or (modal in DOUBTFUL and pressing):
        return ""
    if modal in ("would", "'d") and _told_by_outlet(reading, i, verb):
        return ""
    if _no_longer(reading, verb) or _no_longer(reading, i):
        return TURNED.get(cue.act, "")
    negated = tree.negated(verb) != (verb != i and tree.negated(i))
    if tree.dep[i] == "xcomp" and reading.listed("turns.refuse", tree.head[i]):
        if tree.lemma[tree.head[i]] in ("stop", "cease"):
            return TURNED.get(cue.act, "")
        negated = not negated
    if cue.act in ("accept", "promise") and _none_of(reading, i):
        negated = not negated
    return cue.negated if negated else cue.act


def _none_of(reading: Reading, i: int) -> bool:
    """Whether the object of a verb is denied: "accepts no limit", "accept none of the terms"."""
    tree = reading.tree
    return any(
        tree.lower[o] == "none" or any(tree.lower[c] in ("no", "neither") for c in tree.children[o] if c < o)
        for o in tree.all(i, "dobj")
    )


def _no_longer(reading: Reading, i: int) -> bool:
    tree = reading.tree
    words = {tree.lower[c] for c in tree.children[i] if tree.dep[c] in ("advmod", "neg", "dobj")}
    if "longer" in words:
        return (
            any(
                tree.lower[g] in ("no", "any")
                for c in tree.children[i]
                if tree.lower[c] == "longer"
                for g in tree.children[c]
            )
            or "no" in words
        )
    return "anymore" in words


def fits(reading: Reading, cue: Cue, act: str, i: int, head: int, span: Range, party: Party) -> bool:
    """Whether the topic of a cue at ``i`` meets what the cue needs."""
    if not cue.needs:
        return True
    listed, tree = reading.listed, reading.tree
    if cue.needs == "other_subject":
        subject = reading.parties.at(tree.child(head, "nsubj", "nsubjpass"))
        return subject is not None and subject.actor != party.actor
    if cue.needs == "proposal" and (listed("proposals.nouns", head) or listed("proposals.pronouns", head)):
        return True
    if cue.needs == "merit":
        return listed("proposals.merits", head) or listed("proposals.nouns", head)
    if cue.needs == "paper":
        return listed("proposals.nouns", head)
    if cue.needs == "pressure":
        done = tree.tag[i] in ("VBD", "VBN") and not tree.modal(i)
        return done and listed("pressures.nouns", head)
    if cue.needs == "agreement":
        return listed("agreements.nouns", head)
    if cue.needs == "deal":
        return listed("deals.nouns", head) or (listed("proposals.pronouns", head) and act == "retract")
    if cue.needs == "infinitive":
        return any(tree.lower[c] == "to" and tree.dep[c] == "aux" for c in tree.children[head])
    if cue.needs == "want" and tree.pos[head] in ("VERB", "AUX"):
        own = tree.child(head, "nsubj", "nsubjpass")
        if own is not None and tree.lower[own] in ("it", "them"):
            return True
        if own is not None and (parties := reading.parties.at(own)) != party:
            return parties is None or parties.actor != party.actor
    if cue.needs in ("topic", "matter"):
        if cue.needs == "matter" and (listed("proposals.nouns", head) or listed("proposals.matters", head)):
            return True
        return tree.pos[head] in ("VERB", "AUX") or bool(reading.issue(span, head))
    if cue.needs == "done":
        finite = tree.tag[i] in ("VBD", "VBN") and not tree.modal(i)
        return finite and not listed("deeds.harms", head) and bool(reading.issue(span, head))
    return bool(reading.issue(span, head))


def _told_by_outlet(reading: Reading, i: int, verb: int) -> bool:
    """Whether nobody but the outlet says what a party would do: a guess, unless it would not do it."""
    return not reading.tree.negated(verb) and reading.speech.at(i) is None and reading.speech.teller(i) is None
