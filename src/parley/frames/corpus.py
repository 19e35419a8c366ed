"""A record on disk as a thing that questions can be put to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import pyarrow as pa

from parley.analysis.differences import differences
from parley.analysis.filters import Filters
from parley.analysis.ledger import ledger
from parley.analysis.movement import movement
from parley.errors import ParleyError
from parley.exports.whole import long
from parley.exports.whole.formats import FORMATS
from parley.exports.whole.selection import Selection
from parley.frames.frame import Frame
from parley.frames.queries import ARTICLES, EVENTS, POSITIONS
from parley.frames.shown import ShownRecord, shown
from parley.model import Record
from parley.store import Store, judged
from parley.store.judged import Show


class Corpus:
    """A record on disk, opened at one commit. Every question takes the filters of the reading room by name.

    ``party``, ``issue``, ``outlet``, ``layer``, ``sourcing`` and ``act`` take one value or several; ``since``,
    ``until`` and ``on`` take a day, ISO 8601. ``show`` says whose rows: machine, corrected or both; by default those
    that the corpus was opened with.
    """

    def __init__(self, store: Store, *, show: str = "machine") -> None:
        """Wrap a store; ``parley.open`` opens one.

        Raises:
            ParleyError: there is no such way to show it.
        """
        self.store, self.show = store, _shown(show)

    @classmethod
    def open(cls, folder: str | Path, *, as_of: int | str | datetime | None = None, show: str = "machine") -> Self:
        """A record at its newest commit, or as it was at a commit, on a day or at a time.

        Raises:
            ParleyError: there is no such way to show it.
            StoreError: the folder holds no record that can be read, or no such commit.
        """
        return cls(Store.open(folder, as_of=as_of), show=_shown(show))

    def __enter__(self) -> Self:
        """The corpus itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the record."""
        self.store.close()

    def __repr__(self) -> str:
        """Which record at which commit."""
        rows = "" if self.show == "machine" else f", {self.show}"
        return f"<Corpus {self.store.folder.name}, commit {self.store.commit.number}{rows}>"

    # ------------------------------------------------------------ questions
    def ledger(self, *, periods: str | Sequence[str] | None = None, most: int | None = None, **filters: Any) -> Frame:
        """One row for each party and issue, and period if asked: the account that heads it, and how many there are.

        Args:
            periods: month, quarter, year, or days that begin a period.
            most: how many parties at most, those with most accounts; none: all.
            filters: as for all questions.
        """
        source, chosen = self._source(filters), _filters(filters)
        return Frame("ledger", lambda: ledger(source, chosen, periods=periods, most=most).arrow())

    def accounts(self, **filters: Any) -> Frame:
        """One row for each account of a position, by date; reprints count once."""
        selection = self._selection(filters)
        return Frame("accounts", lambda: pa.Table.from_batches(long.batches(selection), schema=long.SCHEMA))

    def movement(self, *, between: tuple[str, str] | None = None, periods: str | None = None, **filters: Any) -> Frame:
        """One row for each party and issue told of at two times, both in their words.

        Args:
            between: two days; none: the beginning and the end.
            periods: month, quarter, year: each is compared with the next.
            filters: as for all questions.
        """
        source, chosen = self._source(filters), _filters(filters)
        return Frame("movement", lambda: movement(source, chosen, between=between, periods=periods).arrow())

    def differences(self, *, most: int | None = None, **filters: Any) -> Frame:
        """Where accounts of the same thing differ: one row for each sentence of each version."""
        source, chosen = self._source(filters), _filters(filters)
        return Frame("differences", lambda: differences(source, chosen, most=most).arrow())

    def events(self, *, show: str | None = None) -> Frame:
        """One row for each event in each article."""
        return self.query(EVENTS, name="events", show=show)

    def positions(self, *, show: str | None = None) -> Frame:
        """One row for each position in each article, reprints too, as the record has them."""
        return self.query(POSITIONS, name="positions", show=show)

    def articles(self) -> Frame:
        """One row for each article, without its text."""
        return self.query(ARTICLES, name="articles")

    def query(
        self,
        sql: str,
        parameters: Sequence[object] | dict[str, object] = (),
        *,
        name: str = "query",
        show: str | None = None,
    ) -> Frame:
        """The answer to a SELECT over the tables of the record; ``?`` stands for a parameter."""
        source = self._source({"show": show})
        return Frame(name, lambda: source.arrow(sql, parameters))

    # ------------------------------------------------------------ articles
    def article(self, article_id: str, *, show: str | None = None) -> ShownRecord:
        """The record of one article; a notebook shows it with its words marked.

        Raises:
            NoSuchArticle: there is none.
        """
        return shown(judged.record(self.store, article_id, show=_shown(show or self.show)))

    def records(self, **filters: Any) -> Iterator[Record]:
        """The records of all articles by id, or of those that hold a position which passes the filters."""
        return self._selection(filters).records()

    def export(self, form: str, to: str | Path | BinaryIO, **filters: Any) -> None:
        """Write the record, or a part of it, in a form of ``parley export``.

        Args:
            form: csv, xlsx, parquet, bundle ... as ``parley export --formats`` lists them.
            to: a file, which is written over, or bytes.
            filters: as for all questions.

        Raises:
            ParleyError: there is no such form.
        """
        if form not in FORMATS:
            raise ParleyError(f"no form is called {form!r}; there are {', '.join(FORMATS)}")
        selection = self._selection(filters)
        if isinstance(to, str | Path):
            with Path(to).open("wb") as out:
                FORMATS[form].write(selection, out)
        else:
            FORMATS[form].write(selection, to)

    def _selection(self, filters: dict[str, Any]) -> Selection:
        source = self._source(filters)
        return Selection.of(self.store, _filters(filters), source=source, show=getattr(source, "show", "machine"))

    def _source(self, filters: dict[str, Any]) -> Store | judged.Judged:
        """Whose rows are asked; takes ``show`` out of the filters.

        Raises:
            ParleyError: there is no such way to show them.
        """
        show = _shown(filters.pop("show", None) or self.show)
        return self.store if show == "machine" else judged.Judged(self.store, show)


def _shown(show: str) -> Show:
    if show not in judged.SHOWN:
        raise ParleyError(f"show {show!r} is none of {', '.join(judged.SHOWN)}")
    return show


def _filters(given: dict[str, Any]) -> Filters:
    """Filters from keywords; one value stands for a list of one.

    Raises:
        ParleyError: a name or a value is none that can be.
    """
    known = {field.name: field for field in fields(Filters)}
    if unknown := sorted(set(given) - set(known)):
        raise ParleyError(f"{unknown[0]} is no filter; there are {', '.join(known)}")
    days = ("since", "until", "on")
    made: dict[str, Any] = {
        name: value if name in days else (value,) if isinstance(value, str) else tuple(value or ())
        for name, value in given.items()
    }
    return Filters(**made).checked()
