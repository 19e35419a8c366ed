"""A word that makes an event, as the rules hand it on."""

from __future__ import annotations

from dataclasses import dataclass

from parley.components.events_frames import Frame


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that makes an event, in tokens of the doc."""

    token: int
    frame: Frame
    type: str
    verb: int
    """The verb of its clause, from which status and parties are read: the token itself, or the verb that governs it."""
    background: bool = False
    """It stands in a clause that only adds to another: relative, adverbial or participial."""
    kind: str = "verb"
    """verb; light: a noun with the verb that makes it happen; ended: with one that ends it; alone: a noun that names
    a party itself; duty: "must", said by somebody."""
