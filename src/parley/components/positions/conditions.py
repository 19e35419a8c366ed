"""Preconditions: "no X while Y", "X only after Y", "X depends on Y": what must come first, and what waits for it."""

from __future__ import annotations

from dataclasses import replace

from parley.components.positions import topics
from parley.components.positions.marks import STRONG, opened
from parley.components.positions.parties import Party
from parley.components.positions.reading import Draft, Reading
from parley.components.positions.tree import LIMIT, Range

MAKING = frozenset({"make", "set", "consider", "call", "name", "declare", "see", "list", "as"})
ACTS = {"accept": "conditional_accept", "reject": "precondition", "demand": "precondition"}
"""What a condition makes of an act; others stay as they are."""


def find(reading: Reading) -> None:
    """Add the drafts of conditions, and turn what waits for them into preconditions."""
    tree = reading.tree
    for mark in range(len(tree)):
        word = tree.lower[mark]
        if word in STRONG or reading.listed("conditions.needs", mark) or word in ("so", "before"):
            verb = opened(reading, mark)
            if verb is not None:
                _link(reading, mark, *verb)
    for i in range(len(tree)):
        if tree.lemma[i] in ("depend", "hinge", "contingent", "conditional", "dependent", "rest"):
            _depends(reading, i)
        elif tree.lemma[i] in ("condition", "precondition", "prerequisite") and tree.lemma[tree.head[i]] in MAKING:
            _made(reading, i)


def _link(reading: Reading, mark: int, head: int, above: int, kind: str) -> None:
    """Add the condition under ``head`` and link it to what stands at ``above``."""
    waiting = _waiting(reading, above)
    if waiting is None and reading.tree.lower[mark] == "while" and reading.tree.lower[mark - 1] == ",":
        return
    if waiting is None:
        made = _stated(reading, above, head, mark, kind)
        if made is None:
            return
        reading.drafts.append(made)
        waiting = len(reading.drafts) - 1
    draft = reading.drafts[waiting]
    negative = draft.act in ("reject", "precondition") or reading.tree.negated(above)
    if reading.tree.lower[mark] in ("while", "whilst") and (
        draft.act == "demand" or reading.tree.lower[mark - 1] == ","
    ):
        return  # a contrast of two parties, not a condition
    if kind in ("strong", "before") and not negative and draft.act not in ("demand", "precondition"):
        return
    if kind == "if" and draft.act not in (
        "accept",
        "promise",
        "conditional_accept",
        "agree",
        "concede",
        "precondition",
    ):
        return
    if kind == "when" and draft.act not in ("accept", "promise", "conditional_accept", "concede", "precondition"):
        return
    if kind == "long" and draft.act not in ("accept", "promise", "reject", "precondition", "conditional_accept"):
        return
    if kind == "before" and draft.act in ("demand", "precondition") and not reading.tree.negated(above):
        _first(reading, waiting, mark, head)
        return
    met = _met(reading, draft, head)
    if not met:
        return
    start, end = draft.topic
    topic = reading.tree.trim(start, mark) if draft.head < mark < end else draft.topic
    reading.drafts[waiting] = replace(
        draft,
        act="precondition"
        if kind in ("only", "when") and draft.act in ("promise", "accept")
        else ACTS.get(draft.act, draft.act),
        condition=met[0].trigger,
        topic=topic if topic[0] < topic[1] else draft.topic,
    )
    reading.drafts.extend(met)


def _first(reading: Reading, waiting: int, mark: int, head: int) -> None:
    """What is asked before something else: the one must be met, the other waits for it."""
    tree = reading.tree
    draft = reading.drafts[waiting]
    reading.drafts[waiting] = replace(draft, act="precondition", needs="condition")
    span = tree.trim(mark + 1, min(tree.right[head], head + LIMIT))
    if span[0] >= span[1] or not draft.trigger < mark:
        return
    told = draft.trigger if draft.told is None else draft.told
    later = replace(draft, act="precondition", trigger=mark, topic=span, evidence=span, head=head, to=(), told=told)
    reading.drafts.append(replace(later, needs="condition", condition=draft.trigger))
    if draft.head < mark < draft.topic[1]:
        cut = tree.trim(draft.topic[0], mark)
        end = tree.trim(draft.evidence[0], mark)
        if cut[0] < cut[1] and end[0] < end[1]:
            reading.drafts[waiting] = replace(reading.drafts[waiting], topic=cut, evidence=end)


def _waiting(reading: Reading, above: int) -> int | None:
    """The draft that waits for a condition that hangs on a token: told by it, or by the verb over it."""
    near = {above, *reading.tree.up(above, 3)}
    best = None
    for k in range(len(reading.drafts) - 1, max(-1, len(reading.drafts) - 400), -1):
        draft = reading.drafts[k]
        if draft.trigger == above or draft.head == above:
            return k
        if best is None and reading.tree.head[draft.trigger] == above and draft.act in ("reject", "accept"):
            best = k
        if best is None and draft.trigger in near and draft.topic[0] <= above < draft.topic[1]:
            best = k
    return best


def _met(reading: Reading, draft: Draft, head: int) -> list[Draft]:
    """The drafts of what must be met first, one for each conjunct."""
    tree, found = reading.tree, []
    for h, span in topics.split(reading, tree.conjuncts(head)):
        subject = reading.parties.at(tree.child(h, "nsubj", "nsubjpass"))
        to = (subject.actor,) if subject and subject.actor != draft.party else topics._inside(reading, h, draft.party)
        span = tree.trim(*_without_mark(reading, h, span))
        if span[0] < span[1]:
            found.append(
                replace(
                    draft,
                    act="precondition",
                    trigger=h,
                    topic=span,
                    evidence=span,
                    head=h,
                    to=to,
                    needs="condition",
                    condition=None,
                    told=draft.trigger if draft.told is None else draft.told,
                )
            )
    return found


def _without_mark(reading: Reading, head: int, span: Range) -> Range:
    tree = reading.tree
    marks = [
        c
        for c in tree.children[head]
        if c < head
        and tree.dep[c] in ("mark", "advmod")
        and reading.listed("conditions.until", c) | reading.listed("conditions.needs", c)
    ]
    return (max([span[0], *(c + 1 for c in marks)]), span[1])


def _stated(reading: Reading, above: int, head: int, mark: int, kind: str) -> Draft | None:
    """The draft of the clause that waits, where no cue told one: "no talks are possible", "will not sit down"."""
    tree, parties = reading.tree, reading.parties
    if kind == "if" or (kind in ("strong", "before", "long") and not _negative(reading, above)):
        return None
    if kind == "only" and reading.question(above):
        return None
    verb = (
        above
        if tree.pos[above] in ("VERB", "AUX")
        else next((v for v in tree.up(above, 3) if tree.pos[v] in ("VERB", "AUX")), above)
    )
    speaker = parties.speaker(above)
    subject = parties.at(tree.subject(verb))
    if speaker is None and (subject is None or not tree.modal(verb)):
        return None
    apart = subject is not None and speaker is not None and subject.actor != speaker.actor
    if apart and not (kind == "when" and tree.lower[tree.subject(verb) or verb] in ("they", "it")):
        return None
    party: Party = speaker if speaker is not None else subject  # type: ignore[assignment]
    start, end = tree.clause(verb)
    end = min(end, mark if mark > verb else end)
    start = max(start, tree.right[head]) if mark < verb else start
    span = tree.trim(start, end)
    if span[0] >= span[1]:
        return None
    return Draft(
        party.actor,
        "precondition",
        verb,
        span,
        span,
        verb,
        (),
        person=party.person,
        document=party.document,
        needs="condition",
    )


def _negative(reading: Reading, i: int) -> bool:
    """Whether a clause says no: by its verb, its subject ("no talks"), or its predicate ("impossible")."""
    tree = reading.tree
    for t in (i, *tree.up(i, 2)):
        if tree.negated(t):
            return True
        for c in tree.children[t]:
            if tree.dep[c] in ("attr", "dobj", "nsubj", "acomp", "nsubjpass") and (
                tree.no(c)
                or tree.lower[c] in ("impossible", "nothing", "unthinkable", "pointless", "useless", "meaningless")
            ):
                return True
        if tree.pos[t] in ("VERB", "AUX"):
            break
    return False


def _made(reading: Reading, i: int) -> None:
    """Y must be met first in "made Y a condition of X"."""
    tree = reading.tree
    verb = tree.head[i]
    if tree.dep[i] not in ("dobj", "oprd", "attr", "ccomp", "pobj") or tree.pos[verb] != "VERB":
        return
    thing = tree.child(i, "nsubj") or next((c for c in tree.all(verb, "dobj", "nsubj") if verb < c < i), None)
    party = reading.parties.at(tree.subject(verb))
    if thing is None or party is None or tree.passive(verb):
        return
    span = tree.clause(thing)
    evidence = reading.span(verb, tree.trim(span[0], tree.right[i]), tree.subject(verb))
    to = topics._inside(reading, thing, party.actor)
    reading.drafts.append(
        Draft(party.actor, "precondition", i, span, evidence, thing, to, party.person, party.document, "condition")
    )


def _depends(reading: Reading, i: int) -> None:
    """Y must be met first in "X depends on Y", "X is conditional on Y"."""
    tree, parties = reading.tree, reading.parties
    under = tree.prep(i, "on", "upon")
    verb = i if tree.pos[i] == "VERB" else tree.head[i]
    own = tree.subject(verb)
    if under is None or own is None or i in reading.covered:
        return
    speaker = parties.speaker(i)
    if speaker is None:
        return
    span = tree.clause(own)
    waits = Draft(
        speaker.actor,
        "precondition",
        i,
        span,
        tree.trim(span[0], min(tree.right[under], under + LIMIT)),
        own,
        (),
        person=speaker.person,
        document=speaker.document,
        needs="condition",
    )
    met = _met(reading, waits, under)
    if met:
        reading.drafts.append(replace(waits, condition=met[0].trigger))
        reading.drafts.extend(met)
