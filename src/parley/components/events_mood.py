"""Whether an event is told as done, denied, still to come or only thought of, and what type that makes it."""

from __future__ import annotations

from dataclasses import dataclass

from parley.components.events_frames import COOPERATION, HARM, Lexicon
from parley.components.events_parse import DEPTH, Parse
from parley.components.events_trigger import Trigger
from parley.model import Status


@dataclass(frozen=True, slots=True)
class Mood:
    """How the clause of a trigger puts it."""

    negated: bool = False
    planned: bool = False
    """Will, plans to, is ready to ..."""
    doubtful: bool = False
    """May, could, would, if ..."""
    disputed: bool = False
    """Somebody denies it."""

    def __or__(self, other: Mood) -> Mood:
        """What either says."""
        return Mood(
            self.negated or other.negated,
            self.planned or other.planned,
            self.doubtful or other.doubtful,
            self.disputed or other.disputed,
        )


def mood(parse: Parse, lexicon: Lexicon, verb: int) -> Mood:
    """The mood of a verb, read from its auxiliaries and from the verbs and adjectives on which it depends."""
    found, lists = Mood(), lexicon.lists
    for _ in range(DEPTH):
        dep, up = parse.dep[verb], parse.head[verb]
        found |= _own(parse, lexicon, verb, reported=dep == "ccomp" and parse.lemma[up] in lists["speech"])
        if dep in ("ccomp", "xcomp") and parse.lemma[up] in lists["denial"]:
            return found | Mood(disputed=True)
        if dep == "conj" and not _has_own(parse, verb):
            verb = up
        elif dep == "xcomp" or (dep in ("acl", "ccomp", "advcl") and parse.infinitive(verb)):
            if parse.lemma[up] in lists["planned"] or parse.lemma[up] in lists["planned_adjectives"]:
                found |= Mood(negated=parse.lemma[up] in lists["unwilling"], planned=True)
            elif parse.lemma[up] == "be":
                found |= Mood(planned=True)
            elif parse.lemma[up] not in lists["through"]:
                return found
            verb = up if parse.is_verb(up) else parse.clause(up)
        elif dep == "advcl":
            marks = {parse.word[k] for k in parse.with_dep(verb, "mark", "advmod")}
            return found | Mood(doubtful=bool(marks & lists["conditional"]))
        else:
            return found
    return found


def _own(parse: Parse, lexicon: Lexicon, verb: int, *, reported: bool) -> Mood:
    """What the words right below a verb say; a reported "would" is somebody's "will"."""
    lists, negated, planned, doubtful = lexicon.lists, False, False, False
    for k in parse.kids[verb]:
        dep, word = parse.dep[k], parse.word[k]
        if dep == "neg" or (dep == "advmod" and word == "never"):
            negated = True
        elif dep == "advmod" and word == "longer":
            negated = negated or any(parse.word[n] == "no" for n in parse.kids[k])
        elif dep == "aux":
            will = word in lists["intention"] or (reported and word in ("would", "'d"))
            planned = planned or will
            doubtful = doubtful or (not will and word in lists["doubt"])
        elif dep in ("dobj", "nsubjpass", "nsubj"):
            negated = negated or any(parse.word[d] == "no" for d in parse.with_dep(k, "det"))
    return Mood(negated, planned, doubtful)


def _has_own(parse: Parse, verb: int) -> bool:
    """Whether a joined verb has a subject or auxiliary of its own and so shares none."""
    return any(parse.dep[k] in ("nsubj", "nsubjpass", "aux") for k in parse.kids[verb])


def resolve(trigger: Trigger, how: Mood) -> tuple[str, Status]:
    """The type and status of a trigger told in a mood.

    An act that is still to come is an agreement where it helps the other party and a threat where it harms it; not
    being willing to help is a refusal. Words are acts themselves: a demand that will be made stays a demand.
    """
    kind = trigger.type
    if trigger.kind == "duty":
        return "REQUEST", "asserted"
    if how.disputed:
        return kind, "denied"
    if how.negated:
        refused = (how.planned or how.doubtful) and (kind in COOPERATION or kind == "AGREE")
        return ("REJECT", "asserted") if refused else (kind, "denied")
    if how.doubtful:
        return kind, "hypothetical"
    if how.planned:
        if kind in COOPERATION:
            return "AGREE", "future"
        return ("THREATEN" if kind in HARM else kind), "future"
    return kind, "asserted"
