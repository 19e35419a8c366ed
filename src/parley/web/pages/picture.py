"""A chart on a page: its picture for each ground and width, what it shows in words, and its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from parley.web.charts import Theme, Width
from parley.web.links import Link, with_query

Table = tuple[tuple[str, ...], tuple[tuple[Link, tuple[tuple[str, int], ...]], ...]]
"""Columns, and for each row its name, and an address and a number for each column."""


@dataclass(frozen=True)
class Addresses:
    """Where the picture is, for each ground and width."""

    light: str
    dark: str
    light_narrow: str
    dark_narrow: str

    @classmethod
    def of(cls, path: str, query: Mapping[str, object]) -> Self:
        """The addresses of a picture that takes a theme and a width."""

        def at(theme: Theme, width: Width) -> str:
            return with_query(path, query, theme=theme, width=width)

        return cls(at("light", "wide"), at("dark", "wide"), at("light", "narrow"), at("dark", "narrow"))


@dataclass(frozen=True)
class Picture:
    """A chart."""

    at: Addresses
    says: str
    """What it shows, for those who cannot see it."""
    notes: tuple[str, ...]
    table: Table
