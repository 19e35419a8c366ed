"""One table, in whichever form it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from parley.errors import ParleyError
from parley.exports.visible import shortened, visible

if TYPE_CHECKING:
    import pandas
    import polars

ROWS, WIDTH = 20, 200
"""Rows of a frame that a notebook shows, and letters of a cell."""


class Frame:
    """A table. It is reckoned when it is first asked for, in whichever form."""

    def __init__(self, name: str, make: Callable[[], pa.Table]) -> None:
        """Keep how it is made."""
        self.name = name
        self._make, self._made = make, None

    def arrow(self) -> pa.Table:
        """As an Arrow table."""
        if self._made is None:
            self._made = self._make()
        return self._made

    def pandas(self) -> pandas.DataFrame:
        """As a data frame of pandas.

        Raises:
            ParleyError: pandas is not installed.
        """
        _need("pandas")
        return self.arrow().to_pandas()

    def polars(self) -> polars.DataFrame:
        """As a data frame of polars.

        Raises:
            ParleyError: polars is not installed.
        """
        made: polars.DataFrame = _need("polars").from_arrow(self.arrow())
        return made

    def rows(self) -> list[dict[str, Any]]:
        """As dictionaries."""
        found: list[dict[str, Any]] = self.arrow().to_pylist()
        return found

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(self.arrow().column_names)

    def __len__(self) -> int:
        """How many rows there are."""
        return int(self.arrow().num_rows)

    def __repr__(self) -> str:
        """What it holds, in a line."""
        return f"<{self.name}: {len(self)} rows, columns {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        """The first rows for a notebook; every cell is text."""
        heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{_cell(value)}</td>" for value in row.values()) + "</tr>"
            for row in self.arrow().slice(0, ROWS).to_pylist()
        )
        more = f"<p>The first {ROWS} of {len(self):,} rows.</p>" if len(self) > ROWS else ""
        return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>{more}"


def _cell(value: Any) -> str:
    return "" if value is None else escape(visible(shortened(str(value), WIDTH)))


def _need(name: str) -> Any:
    """A library that only notebooks need.

    Raises:
        ParleyError: it is not installed.
    """
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError as error:
        raise ParleyError(f"{name} is not installed; pip install 'parley-news[notebook]' brings it") from error
