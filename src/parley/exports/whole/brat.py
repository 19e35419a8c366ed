"""Brat: a zip with a text and its annotations for each article, and the configuration that brat and its readers need.

Offsets are code points of the text file. Words that run over a line end become several pieces, as brat wants it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, get_args

from parley import codebook
from parley.exports.labels import issue_title, label
from parley.exports.visible import one_line
from parley.exports.whole.archive import archive, safe_name
from parley.exports.whole.selection import Selection
from parley.exports.whole.units import without_returns
from parley.model import FramingKind, Layer, Polarity, QuoteKind, Record, Sourcing, Span, Spans, Status

FOLDER = "parley-brat"
ENTITIES = ("Actor", "Source", "Cue", "Content", "Position", "Topic", "Event", "Framing")
RELATIONS = {
    "Holds": ("Actor", "Position"),
    "Toward": ("Position", "Actor"),
    "About": ("Position", "Topic"),
    "Under": ("Position", "Position"),
    "Says": ("Source", "Content"),
    "Signals": ("Cue", "Content"),
    "Quotes": ("Content", "Content"),
    "Speaks": ("Actor", "Source"),
    "Told": ("Content", "Position"),
}
"""Relations and the types of their two arguments; ``Under`` leads to a condition, ``Quotes`` to the reported words."""
BREAKS = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
"""What a program may take for a line end."""
_NAME = re.compile(r"[^A-Za-z0-9_-]+")


def write(selection: Selection, out: BinaryIO) -> None:
    """The zip; the configuration comes last, as it lists the issues that occurred."""
    issues: set[str] = set()
    with archive(out) as made:
        for record in selection.records():
            name = f"{FOLDER}/{safe_name(record.id)}"
            made.add(f"{name}.txt", without_returns(record.text))
            made.add(f"{name}.ann", "".join(f"{line}\n" for line in lines(record)))
            issues.update(position.issue for position in record.positions)
        made.add(f"{FOLDER}/annotation.conf", configuration(issues))


def configuration(issues: Iterable[str]) -> str:
    """``annotation.conf``: every type that the annotations use."""
    relations = [f"{name}\tArg1:{one}, Arg2:{other}" for name, (one, other) in RELATIONS.items()]
    relations.append("<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>")
    choices = {
        ("Act", "Position"): list(codebook.load("acts")),
        ("Issue", "Position"): sorted({_word(issue) for issue in issues} | {codebook.OTHER}),
        ("Polarity", "Position"): list(get_args(Polarity)),
        ("Layer", "Position"): list(get_args(Layer)),
        ("Sourcing", "Source"): list(get_args(Sourcing)),
        ("Quotation", "Content"): list(get_args(QuoteKind)),
        ("Status", "Event"): list(get_args(Status)),
        ("Mark", "Framing"): list(get_args(FramingKind)),
    }
    attributes = [f"{name}\tArg:{arg}, Value:{'|'.join(values)}" for (name, arg), values in choices.items()]
    sections = {
        "entities": list(ENTITIES),
        "relations": relations,
        "events": [],
        "attributes": [*attributes, "Hedged\tArg:Position"],
    }
    return "\n".join(f"[{name}]\n" + "".join(f"{line}\n" for line in rows) for name, rows in sections.items())


def lines(record: Record) -> Iterator[str]:
    """The lines of an ``.ann`` file."""
    made = _Lines(without_returns(record.text))
    actors = {actor.id: made.entity("Actor", actor.mentions[:1]) for actor in record.actors}
    for actor in record.actors:
        made.note(actors[actor.id], f"{actor.name}; {actor.kind}; {actor.country or 'no country'}")
        for mention in actor.mentions[1:]:
            made.note(made.entity("Actor", (mention,)), actor.name)
    contents = _attributions(record, made, actors)
    _positions(record, made, actors, contents)
    for event in record.events:
        trigger = made.entity("Event", (event.trigger,))
        made.attribute("Status", trigger, event.status)
        made.note(trigger, f"{event.type}: {label('events', event.type)}")
    for mark in record.framing:
        made.attribute("Mark", made.entity("Framing", (mark.span,)), mark.kind)
    yield from made.lines


Known = dict[str, str | None]


def _attributions(record: Record, made: _Lines, actors: Known) -> Known:
    contents: Known = {}
    for one in record.attributions:
        source, cue, content = made.entity("Source", one.source), made.entity("Cue", one.cue), None
        content = contents[one.id] = made.entity("Content", one.content)
        made.attribute("Sourcing", source, one.sourcing)
        made.attribute("Quotation", content, one.kind)
        made.relation("Says", source, content)
        made.relation("Signals", cue, content)
        made.relation("Speaks", actors.get(one.speaker or ""), source)
    for one in record.attributions:
        made.relation("Quotes", contents.get(one.via or ""), contents[one.id])
    return contents


def _positions(record: Record, made: _Lines, actors: Known, contents: Known) -> None:
    known = {position.id: made.entity("Position", position.evidence) for position in record.positions}
    for position in record.positions:
        here = known[position.id]
        for name, value in (("Act", position.act), ("Issue", _word(position.issue)), ("Polarity", position.polarity)):
            made.attribute(name, here, value)
        made.attribute("Layer", here, position.layer)
        if position.hedged:
            made.attribute("Hedged", here)
        made.note(here, f"{position.id}: {label('acts', position.act)}, {issue_title(position.issue)}")
        made.relation("Holds", actors.get(position.party), here)
        for addressee in position.addressees:
            made.relation("Toward", here, actors.get(addressee))
        if position.topic:
            made.relation("About", here, made.entity("Topic", position.topic))
        made.relation("Under", here, known.get(position.condition or ""))
        made.relation("Told", contents.get(position.attribution or ""), here)


class _Lines:
    """Numbers the lines as they come. A part that is not there (None) has no lines."""

    def __init__(self, text: str) -> None:
        self.lines: list[str] = []
        self._text = text
        self._count = dict.fromkeys("TRA#", 0)

    def _add(self, letter: str, rest: str) -> str:
        self._count[letter] += 1
        number = f"{letter}{self._count[letter]}"
        self.lines.append(f"{number}\t{rest}")
        return number

    def entity(self, kind: str, spans: Spans) -> str | None:
        """Words of a type; None if there are none."""
        found = pieces(self._text, spans)
        if not found:
            return None
        places = ";".join(f"{start} {end}" for start, end in found)
        return self._add("T", f"{kind} {places}\t{' '.join(self._text[start:end] for start, end in found)}")

    def relation(self, kind: str, one: str | None, other: str | None) -> None:
        """A relation between two parts."""
        if one and other and one != other:
            self._add("R", f"{kind} Arg1:{one} Arg2:{other}")

    def attribute(self, name: str, of: str | None, value: str = "") -> None:
        """An attribute, or a flag if it has no value."""
        if of:
            self._add("A", f"{name} {of} {value}".rstrip())

    def note(self, of: str | None, words: str) -> None:
        """A note for people."""
        if of:
            self._add("#", f"AnnotatorNotes {of}\t{one_line(words)}")


def pieces(text: str, spans: Spans) -> tuple[Span, ...]:
    """The spans in order without overlaps, cut where a line ends, and without spaces at the ends."""
    found: list[Span] = []
    for start, end in sorted(spans):
        start = max(start, found[-1][1]) if found else start
        cuts = [match.span() for match in BREAKS.finditer(text, start, end)] if start < end else []
        for left, right in zip([start, *(cut[1] for cut in cuts)], [*(cut[0] for cut in cuts), end], strict=True):
            words = text[left:right]
            left += len(words) - len(words.lstrip())
            right -= len(words) - len(words.rstrip())
            if left < right:
                found.append((left, right))
    return tuple(found)


def _word(name: str) -> str:
    """A name as brat's configuration can hold it."""
    return _NAME.sub("_", name) or "_"
