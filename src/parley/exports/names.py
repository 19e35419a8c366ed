"""Names for the things of a record: actors, the outlet, dates, and the chain of sources behind a statement."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from parley.exports import labels
from parley.exports.visible import one_line, shortened
from parley.model import Actor, Attribution, Date, Record, Spans

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
NO_DATE = "date unknown"
MAX_QUOTE = 700
"""Code points of a quotation; the article beside it has the rest, and a hostile record must not grow without end."""
MAX_SOURCE = 90
"""Code points: a longer description of a source is cut."""
MAX_CHAIN = 8
"""Links of a chain that are followed; no article reports a report of a report more often."""

_ISO = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


class Names:
    """Looks names up in one record, by tables that are built once."""

    def __init__(self, record: Record) -> None:
        """Keep the record."""
        self.record = record

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """The actors by id."""
        return {actor.id: actor for actor in self.record.actors}

    @cached_property
    def attributions(self) -> dict[str, Attribution]:
        """The attributions by id."""
        return {attribution.id: attribution for attribution in self.record.attributions}

    @cached_property
    def outlet(self) -> str:
        """The outlet's name, or "the outlet"."""
        return one_line(self.record.article.outlet or "") or "the outlet"

    def actor(self, actor_id: str) -> str:
        """An actor's name."""
        return lowered(one_line(self.actors[actor_id].name))

    def several(self, actor_ids: Iterable[str]) -> str:
        """Actors' names as a list in words; empty if there are none."""
        names = [self.actor(actor_id) for actor_id in actor_ids]
        return ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else "".join(names)

    def described(self, actor_id: str) -> str:
        """Where an actor belongs: "RUS, government, military"; empty if nothing is known."""
        actor = self.actors[actor_id]
        return ", ".join([*filter(None, [actor.country]), *(labels.label("sectors", code) for code in actor.sectors)])

    def quote(self, spans: Spans) -> str:
        """The words at some spans, in one line, cut after ``MAX_QUOTE`` code points."""
        pieces, left = [], MAX_QUOTE
        for start, end in spans:
            pieces.append(self.record.text[start : min(end, start + left)])
            left -= end - start
            if left <= 0:
                break
        words = " … ".join(pieces)
        return one_line(words if left >= 0 else words.rsplit(" ", 1)[0] + " …")

    def source(self, attribution: Attribution) -> str:
        """Who is cited: the person's name where it is known, else the article's own words for the source."""
        said = lowered(shortened(self.quote(attribution.source), MAX_SOURCE))
        if attribution.speaker is None:
            return said or "a source that is not said"
        stand_in = said.casefold() in labels.words("pronouns")
        if attribution.sourcing == "named" or stand_in or not said:
            return self.actor(attribution.speaker)
        return said

    def chain(self, attribution_id: str | None) -> str:
        """On whose word something stands: "Meridian Wire, citing Tass (an outlet), which cites Ms Ray (named)"."""
        if attribution_id is None:
            return f"{self.outlet}, which names no source"
        links = [
            f"{labels.label('reports_on' if k else 'reports', link.kind)} {self.source(link)}"
            f" ({labels.label('sourcing', link.sourcing)})"
            for k, link in enumerate(reversed(self.links(attribution_id)))
        ]
        return ", ".join([self.outlet, *links])

    def links(self, attribution_id: str) -> list[Attribution]:
        """The attributions behind a statement, the innermost first; a chain that bites its tail is cut."""
        links: list[Attribution] = []
        current: str | None = attribution_id
        while current and len(links) < MAX_CHAIN and all(current != link.id for link in links):
            links.append(self.attributions[current])
            current = links[-1].via
        return links


def date(when: Date) -> str:
    """A date in words, and what it rests on: "2 June 2025 (reckoned from the text)", or that it is unknown."""
    if when.value is None or when.precision == "unknown":
        return NO_DATE
    return f"{day(when.value)} ({labels.label('bases', when.basis)})"


def day(value: str) -> str:
    """An ISO date, month or year in words: "2 June 2025"; anything else as it stands."""
    match = _ISO.fullmatch(value)
    if match is None or not 0 < int(match[2] or 1) <= len(MONTHS):
        return one_line(value)
    year, month, number = match.groups()
    return " ".join(filter(None, [str(int(number)) if number else "", MONTHS[int(month) - 1] if month else "", year]))


def lowered(text: str) -> str:
    """Without the capital of a sentence's first word, where that word is no name."""
    first, _, rest = text.partition(" ")
    if first not in labels.words("lower"):
        return text
    return f"{first.lower()} {rest}".rstrip()
