"""Events: who did what to whom, by the frames of ``codebooks/plover`` on the dependency parse."""

from __future__ import annotations

from bisect import bisect_right

from spacy.language import Language
from spacy.tokens import Doc

from parley.components.dates import Dates
from parley.components.events_frames import ONE_SIDED, lexicon
from parley.components.events_match import Matcher
from parley.components.events_mood import mood, resolve
from parley.components.events_parse import Parse, parse_of
from parley.components.events_roles import Roles
from parley.components.events_trigger import Trigger
from parley.components.mentions import MentionIndex
from parley.model import Event, Span, Spans

NAME = "parley_events"


@Language.factory(NAME, requires=["doc._.mentions", "doc._.attributions"], assigns=["doc._.events"])
def make_events(nlp: Language, name: str) -> Events:
    """The component."""
    return Events()


class Events:
    """Finds the events of a doc, left to right."""

    def __init__(self) -> None:
        """Register ``doc._.events`` and read the lexicon."""
        Doc.set_extension("events", default=(), force=True)
        self.lexicon = lexicon()

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.events``."""
        mentions: MentionIndex = doc._.mentions
        parse = parse_of(doc, self.lexicon.respell)
        triggers = Matcher(parse, self.lexicon, mentions).triggers()
        if not triggers:
            doc._.events = ()
            return doc
        roles, dates, content = Roles(parse, self.lexicon, mentions), Dates(doc), _contents(doc)
        events: list[Event] = []
        for trigger in triggers:
            kind, status = resolve(trigger, mood(parse, self.lexicon, trigger.verb))
            actors, recipients = roles.of(trigger)
            if not _tells(parse, trigger, actors, recipients):
                continue
            events.append(
                Event(
                    f"e{len(events) + 1}",
                    kind,
                    _evidence(doc, parse, trigger),
                    _span(doc, trigger.token, trigger.token + 1),
                    actors=actors,
                    recipients=recipients,
                    status=status,
                    date=dates.at(trigger.verb),
                    attribution=content.get(trigger.token),
                )
            )
        doc._.events = tuple(events)
        return doc


def _tells(parse: Parse, trigger: Trigger, actors: tuple[str, ...], recipients: tuple[str, ...]) -> bool:
    """Whether enough of an event is named: a party, or both where it is only background.

    A name that no list knows still names a party.
    """
    if trigger.kind == "alone":
        return len(actors) > 1 or bool(actors and (recipients or trigger.type in ONE_SIDED))
    if trigger.background:
        return bool(actors and recipients)
    if actors or trigger.kind == "duty":
        return bool(actors)
    subject = parse.subject(trigger.verb)
    return bool(recipients) or (subject is not None and parse.tag[subject] in ("NNP", "NNPS"))


def _evidence(doc: Doc, parse: Parse, trigger: Trigger) -> Spans:
    """The clause of a trigger; the subject that it shares with an earlier clause comes first."""
    top = trigger.token if trigger.kind == "alone" else trigger.verb
    first, last = doc[top].left_edge.i, doc[top].right_edge.i
    clause = _span(doc, first, last + 1)
    subject = parse.subject(top) if parse.is_verb(top) else None
    if subject is None or first <= subject <= last:
        return (clause,)
    apart = _span(doc, doc[subject].left_edge.i, subject + 1)
    return (apart, clause) if apart[1] <= clause[0] else (clause,)


def _span(doc: Doc, first: int, stop: int) -> Span:
    """Offsets of some tokens, spaces and a closing full stop at the edges left out."""
    while stop - first > 1 and (doc[stop - 1].is_space or doc[stop - 1].text in (".", ",", ";")):
        stop -= 1
    while stop - first > 1 and doc[first].is_space:
        first += 1
    return doc[first].idx, doc[stop - 1].idx + len(doc[stop - 1])


def _contents(doc: Doc) -> dict[int, str]:
    """The innermost attribution whose content holds a token, by token."""
    starts = [token.idx for token in doc]
    pieces = [(end - start, start, end, a.id) for a in doc._.attributions for start, end in a.content]
    found: dict[int, str] = {}
    for _, start, end, name in sorted(pieces, reverse=True):
        for i in range(max(bisect_right(starts, start) - 1, 0), bisect_right(starts, end - 1)):
            found[i] = name
    return found
