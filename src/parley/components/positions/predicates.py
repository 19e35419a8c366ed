"""Positions told by a predicate: "that is unacceptable", "called the plan a trap", "no truce with them"."""

from __future__ import annotations

from parley.components.positions.reading import Reading
from parley.components.positions.stated import add
from parley.components.positions.tree import COPULAS, LIMIT


def find(reading: Reading) -> None:
    """Add the drafts of the predicates, labels and slogans of a doc."""
    tree, cues = reading.tree, reading.cues
    told = {draft.trigger for draft in reading.drafts}
    for i in range(len(tree)):
        if tree.lower[i] in cues.predicates and i not in reading.covered:
            _predicate(reading, i)
        elif reading.listed("labels.verbs", i) and tree.pos[i] == "VERB" and i not in told:
            _label(reading, i)
        elif tree.lower[i] == "no" and tree.dep[i] == "det" and (i == 0 or tree.pos[i - 1] in ("PUNCT", "SPACE")):
            _slogan(reading, i)


def _slogan(reading: Reading, i: int) -> None:
    """The draft of "No truce with those who ..." as a speaker's whole sentence."""
    tree = reading.tree
    noun = tree.head[i]
    quoted = reading.speech.at(i)
    if quoted is None or quoted.kind != "direct" or reading.speech.at(noun) is not quoted:
        return
    ruled = any(tree.pos[t] in ("VERB", "AUX") and reading.speech.at(t) is quoted for t in (noun, *tree.up(noun, 4)))
    speaker = reading.parties.of(quoted)
    if ruled or speaker is None:
        return
    add(reading, speaker, "reject", noun, tree.clause(noun), (), needs="issue")


def _predicate(reading: Reading, i: int) -> None:
    """The draft of "X is unacceptable": the speaker refuses X."""
    tree = reading.tree
    verb = next((v for v in tree.up(i, 3) if tree.lemma[v] in COPULAS), None)
    if verb is None or tree.dep[verb] == "relcl" or reading.hypothetical(verb):
        return
    speaker = reading.parties.speaker(verb)
    if speaker is None:
        return
    before = [tree.lower[j] for j in range(max(verb, i - 5), i)]
    negated = tree.negated(verb)
    for act, words in reading.cues.predicates[tree.lower[i]]:
        plain = [w for w in words if w != "not"]
        if all(w in before for w in plain) and ("not" in words) <= negated:
            subject = tree.child(verb, "nsubj", "csubj", "attr") if i != verb else None
            if subject is None or reading.parties.at(subject) is not None:
                return
            turned = negated and "not" not in words
            if turned and act != "accept":
                return
            act = (
                "reject"
                if turned or (act == "accept" and tree.no(subject)) or (_none(reading, subject) and act == "accept")
                else act
            )
            head = tree.child(verb, "ccomp", "xcomp") if tree.lower[subject] == "it" else None
            topic = tree.clause(head if head is not None else subject)
            add(
                reading,
                speaker,
                act,
                subject,
                tree.trim(min(topic[0], tree.left[subject]), min(max(tree.right[i], topic[1]), topic[0] + 2 * LIMIT)),
                (),
                topic=topic,
                needs="",
                trigger=i,
            )
            return


def _none(reading: Reading, subject: int) -> bool:
    return reading.tree.no(subject)


def _label(reading: Reading, i: int) -> None:
    """The draft of "called the plan a trap"."""
    tree = reading.tree
    party = reading.parties.at(tree.subject(i)) if not tree.passive(i) else None
    if party is None or tree.negated(i):
        return
    tokens = [t for t in tree.below(i, 40) if t > i]
    label = next((a for a in ("reject", "accept") if any(reading.listed(f"labels.{a}", t) for t in tokens)), None)
    small = tree.child(i, "ccomp", "oprd")
    thing = tree.child(i, "dobj")
    if thing is None and small is not None:
        thing = tree.child(small, "nsubj")
    thing = tree.antecedent(thing) if thing is not None else None
    if (
        label is None
        or thing is None
        or not (
            reading.listed("proposals.nouns", thing)
            or reading.listed("proposals.pronouns", thing)
            or reading.issue(tree.clause(thing))
        )
    ):
        return
    end = max(t for t in tokens if any(reading.listed(f"labels.{label}", t) for _ in (0,))) + 1
    own = tree.subject(i)
    start = tree.left[own] if own is not None and own < i and i - own < 12 else i
    add(reading, party, label, thing, tree.trim(start, end), (), topic=tree.clause(thing), needs="", trigger=i)
