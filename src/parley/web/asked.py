"""What an address may ask of a page: the types of its parameters, and pages of long lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

from parley.web.links import with_query

Text = Annotated[str, Query(max_length=300)]
Many = Annotated[tuple[str, ...], Query(max_length=50)]
Day = Annotated[str, Query(max_length=10, pattern=r"^(?:\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)?$")]
"""A day, a month or a year in ISO 8601; or nothing, as a form sends it for what was left open."""
Number = Annotated[int, Query(ge=1, le=100_000)]
"""Number of a page, from 1."""


def given(values: tuple[str, ...]) -> tuple[str, ...]:
    """The values that are not empty: a form sends empty ones for what was left open."""
    return tuple(value.strip() for value in values if value.strip())


@dataclass(frozen=True)
class Pages:
    """Where a page of a long list stands in it."""

    path: str
    query: Mapping[str, object]
    number: int
    total: int
    size: int

    @property
    def first(self) -> int:
        """The first row that is shown, from 1; 0 for none."""
        return min((self.number - 1) * self.size + 1, self.total)

    @property
    def last(self) -> int:
        """The last row that is shown."""
        return min(self.number * self.size, self.total)

    @property
    def before(self) -> str | None:
        """The address of the page before."""
        return self._at(self.number - 1) if self.number > 1 else None

    @property
    def after(self) -> str | None:
        """The address of the page after."""
        return self._at(self.number + 1) if self.number * self.size < self.total else None

    def _at(self, number: int) -> str:
        return with_query(self.path, self.query, page=number if number > 1 else None)
