"""Records made by hand: every field stands for something that a form must show."""

from __future__ import annotations

import re

from parley.model import (
    Actor,
    Attribution,
    Date,
    Event,
    Framing,
    Metadata,
    Passage,
    Position,
    Record,
    Span,
    Spans,
)

TEXT = """Highland and Delta trade blame over filling of the dam

The Delta government "demands" a halt, in plain defiance of reason. Lowland Radio reported that Delta minister Amira \
Sabet said Highland must stop filling the reservoir until engineers have inspected the gates.

Officials close to the talks said Delta wanted the border reopened. Highland wants the sanctions gone. A Highland \
spokesman called the demand "a relic of another age" and ruled it out.

Officials close to the talks said Delta wanted the border reopened. Highland wants the sanctions gone. A Highland \
spokesman called the demand "a relic of another age" and ruled it out.

Both sides agreed on 4 March 2024 to exchange 40 prisoners. Highland gunboats may block the river.

Read also: Ten rivers to see before they are gone

Share this page
"""

PASSAGES: tuple[Span, ...] = tuple(match.span() for match in re.finditer(r"\S.*\S", TEXT))


def at(words: str, nth: int = 0, text: str = TEXT) -> Span:
    """Where words stand in a text: the first time, or the nth time after it."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return start, start + len(words)


def spans(*words: str) -> Spans:
    return tuple(at(word) for word in words)


ACTORS = (
    Actor("a1", "Highland", spans("Highland"), "HLD", ("GOV",), "state"),
    Actor("a2", "Delta", spans("Delta"), "DLT", ("GOV",), "state"),
    Actor("a3", "Amira Sabet", spans("Delta minister Amira Sabet"), "DLT", ("GOV",), "person"),
)

ATTRIBUTIONS = (
    Attribution("t1", "indirect", spans("Lowland Radio"), spans("reported"),
                (at("that Delta minister Amira Sabet said Highland must stop filling the reservoir until engineers have"
                    " inspected the gates"),), None, "outlet"),
    Attribution("t2", "indirect", spans("Delta minister Amira Sabet"), spans("said"),
                (at("Highland must stop filling the reservoir until engineers have inspected the gates"),),
                "a3", "named", "t1"),
    Attribution("t3", "indirect", spans("Officials close to the talks"), (at("said", 1),),
                spans("Delta wanted the border reopened"), None, "unnamed"),
    Attribution("t4", "mixed", spans("A Highland spokesman"), spans("called"),
                spans("the demand", '"a relic of another age"'), "a1", "office"),
)  # fmt: skip

POSITIONS = (
    Position("p1", "a2", "demand", "energy_water", spans("Highland must stop filling the reservoir"),
             spans("filling the reservoir"), ("a1",), "for", "own", "t2", "p2"),
    Position("p2", "a2", "precondition", "monitoring", spans("engineers have inspected the gates"), (), ("a1",), "for",
             "own", "t2"),
    Position("p3", "a2", "request", "other", spans("Delta wanted the border reopened"), spans("the border"), (), "for",
             "unnamed", "t3", hedged=True),
    Position("p4", "a1", "demand", "sanctions_trade", spans("Highland wants the sanctions gone"), (), ("a2",), "for",
             "ascribed"),
    Position("p5", "a1", "reject", "energy_water", spans('called the demand "a relic of another age" and ruled it out'),
             (), ("a2",), "against", "own", "t4"),
    Position("p6", "a1", "agree", "prisoners", spans("agreed on 4 March 2024 to exchange 40 prisoners"), (), ("a2",),
             "for", "ascribed", None, None, Date("2024-03-04", "day", "text")),
)  # fmt: skip

EVENTS = (
    Event("e1", "AGREE", spans("Both sides agreed on 4 March 2024 to exchange 40 prisoners"), at("agreed"),
          ("a1", "a2"), ("a1", "a2"), "asserted", date=Date("2024-03-04", "day", "text")),
    Event("e2", "COERCE", spans("Highland gunboats may block the river"), at("block"), ("a1",), (), "hypothetical"),
)  # fmt: skip

FRAMING = (
    Framing("scare_quotes", at('"demands"'), 0.8, "outlet", "one word in marks, with no speaker"),
    Framing("loaded", at("in plain defiance of reason"), 0.9, "outlet", "a judgement in the outlet's voice"),
    Framing("loaded", at("a relic of another age"), 0.7, "quoted", "a judgement in a quotation", "a1"),
    Framing("hedge", at("may"), 0.6, "outlet", "says less than it could"),
)

KINDS = ("body", "body", "body", "repeat", "body", "teaser", "furniture")


def talks() -> Record:
    """A record in which everything occurs."""
    return Record(
        id="delta-1",
        text=TEXT,
        article=Metadata(
            url="https://example.org/dam?a=1&b=2",
            outlet="River Post",
            title="Highland and Delta trade blame over filling of the dam",
            author="J. Bahr",
            published="2024-03-05",
            language="en",
            sha256="5d0f0a" + 58 * "0",
        ),
        actors=ACTORS,
        attributions=ATTRIBUTIONS,
        events=EVENTS,
        positions=POSITIONS,
        framing=FRAMING,
        passages=tuple(
            Passage(span, kind, PASSAGES[2] if kind == "repeat" else None)
            for span, kind in zip(PASSAGES, KINDS, strict=True)
        ),
        notes=("one paragraph stands twice and is counted once",),
    )


def bare() -> Record:
    """A record of a text in which nothing was found."""
    return Record(id="bare-1", text="It rained.")
