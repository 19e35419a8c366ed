"""What part of a record is asked about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from parley import codebook
from parley.errors import ParleyError
from parley.model import Layer, Sourcing


@dataclass(frozen=True, slots=True)
class Filters:
    """Restrictions on accounts; those given must all hold, and within one any of its values will do.

    Days are ISO 8601 and inclusive.
    """

    party: tuple[str, ...] = ()
    """Ids or names of parties: RUS, Russia, Q7184 ..."""
    issue: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    """Names of outlets, letter case aside."""
    layer: tuple[str, ...] = ()
    sourcing: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    on: str | None = None
    """What a reader could know on this day: nothing that was said or published later."""

    def checked(self) -> Filters:
        """The same, after a look at every value.

        Raises:
            ParleyError: a value is none that can occur.
        """
        _choice("layer", self.layer, get_args(Layer))
        _choice("sourcing", self.sourcing, get_args(Sourcing))
        _choice("act", self.act, codebook.load("acts"))
        for name in ("since", "until", "on"):
            day = getattr(self, name)
            if day is not None:
                iso_day(day, f"--{name}")
        if self.since and self.until and self.since > self.until:
            raise ParleyError(f"--since {self.since} is after --until {self.until}; swap them")
        return self

    def only(self, *, party: str | None = None, issue: str | None = None) -> Filters:
        """The same for one party or issue."""
        found = self if party is None else replace(self, party=(party,))
        return found if issue is None else replace(found, issue=(issue,))


def iso_day(text: str, name: str) -> str:
    """A day as it was written, if it is one.

    Raises:
        ParleyError: it is no ISO 8601 date.
    """
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise ParleyError(f"{name} {text!r} is not a date; write it like 2025-06-02") from error


def _choice(name: str, values: Iterable[str], known: Iterable[str]) -> None:
    """Refuse a value that is not known.

    Raises:
        ParleyError: there is one.
    """
    for value in values:
        if value not in known:
            raise ParleyError(f"--{name} {value!r} is not known; it is one of {', '.join(known)}")


class Where:
    """Conditions and their parameters, gathered for one query."""

    def __init__(self) -> None:
        """Begin without conditions."""
        self._conditions: list[str] = []
        self.parameters: dict[str, object] = {}

    def add(self, condition: str, name: str, value: object) -> None:
        """Add a condition that names the parameter as ``$name``; nothing happens if the value is None or empty."""
        if value is None or value == () or value == []:
            return
        self._conditions.append(condition)
        self.parameters[name] = list(value) if isinstance(value, tuple) else value

    def __str__(self) -> str:
        """The conditions, joined; TRUE if there are none."""
        return " AND ".join(f"({one})" for one in self._conditions) or "TRUE"
