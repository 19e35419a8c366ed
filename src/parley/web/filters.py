"""What every page about accounts may be asked: one set of filters, kept in the address, and the accounts behind it."""

from __future__ import annotations

import threading
from calendar import monthrange
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, fields
from functools import partial
from typing import Annotated, Literal, TypeVar, cast

from fastapi import Depends, Request

from parley import codebook
from parley.analysis.account import names_by_use
from parley.analysis.filters import Filters
from parley.analysis.kept import Kept
from parley.analysis.parties import BY_NAME, listed_name
from parley.analysis.statements import gathered
from parley.exports.labels import issue_title, label
from parley.exports.names import day
from parley.store import Store, judged, judgements
from parley.web.asked import Day, Many, given
from parley.web.laid import laid
from parley.web.links import with_query

Show = Literal["machine", "corrected", "both"]
SHOWN: tuple[tuple[Show, str], ...] = (
    ("machine", "as the machine read it"),
    ("corrected", "as people corrected it"),
    ("both", "both"),
)
T = TypeVar("T")


@dataclass(frozen=True)
class Asked:
    """The filters in an address. A month or a year stands for its first day in ``since``, its last in ``until``."""

    party: tuple[str, ...] = ()
    issue: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    layer: tuple[str, ...] = ()
    sourcing: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    show: Show = "machine"

    def filters(self) -> Filters:
        """The same for an analysis.

        Raises:
            ParleyError: a value is none that can occur.
        """
        return Filters(
            party=self.party,
            issue=self.issue,
            outlet=self.outlet,
            layer=self.layer,
            sourcing=self.sourcing,
            act=self.act,
            since=whole_day(self.since),
            until=whole_day(self.until, last=True),
        ).checked()

    def query(self, **more: object) -> dict[str, object]:
        """The same as the query of an address, with ``more`` in the place of its own."""
        own = {one.name: getattr(self, one.name) for one in fields(self)}
        own["show"] = "" if self.show == "machine" else self.show
        return {key: value for key, value in {**own, **more}.items() if value}

    def link(self, path: str, /, **more: object) -> str:
        """An address with these filters, ``more`` in the place of its own; an empty value takes one away."""
        return with_query(path, self.query(**more))

    @staticmethod
    def party_name(party: str) -> str:
        """What a party is called that an address names by its id; the name leads to it as well."""
        return listed_name(party, party.removeprefix(BY_NAME))

    @staticmethod
    def options(table: str) -> tuple[tuple[str, str], ...]:
        """What a filter may be: ids and labels of layers, sourcing, acts, or whose rows to show."""
        if table == "show":
            return SHOWN
        return tuple((key, str(title)) for key, title in codebook.load("labels")[table].items())

    def words(self) -> tuple[str, ...]:
        """What is filtered, in words."""
        said = [*map(self.party_name, self.party), *map(issue_title, self.issue), *self.outlet]
        said += [label("layers", one) for one in self.layer] + [label("sourcing", one) for one in self.sourcing]
        said += [label("acts", one) for one in self.act]
        said += [f"from {day(self.since)}"] if self.since else []
        said += [f"until {day(self.until)}"] if self.until else []
        return tuple(said)


def whole_day(text: str, *, last: bool = False) -> str | None:
    """The first or last day of what may be a day, a month or a year in ISO 8601; none for nothing."""
    if not text:
        return None
    year, month, date = (*text.split("-"), "", "")[:3]
    month = month or ("12" if last else "01")
    return f"{year}-{month}-{date or (monthrange(max(1, int(year)), int(month))[1] if last else '01')}"


def _asked(
    party: Many = (),
    issue: Many = (),
    outlet: Many = (),
    layer: Many = (),
    sourcing: Many = (),
    act: Many = (),
    since: Day = "",
    until: Day = "",
    show: Show = "machine",
) -> Asked:
    return Asked(
        party=given(party),
        issue=given(issue),
        outlet=given(outlet),
        layer=given(layer),
        sourcing=given(sourcing),
        act=given(act),
        since=since,
        until=until,
        show=show,
    )


AskedHere = Annotated[Asked, Depends(_asked)]
"""The filters of a request, as a parameter of a page."""

# ---------------------------------------------------------------- the accounts behind the filters
REMEMBERED = 64
"""Answers that are kept for each set of rows, so that leafing back costs nothing."""


class Accounts:
    """The accounts of one commit, as the machine read them or as people corrected them."""

    def __init__(self, store: Store, source: Kept, judged: int) -> None:
        """Remember nothing yet.

        Args:
            store: the record at a commit.
            source: its accounts.
            judged: id of the newest judgement that counts; 0 for none.
        """
        self.store, self.source, self.judged = store, source, judged
        self._answers: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def called(self) -> Mapping[str, str]:
        """What all parties are called that are spoken of or addressed, by id."""
        return self.remembered("called", self._called)

    def _called(self) -> Mapping[str, str]:
        with gathered(self.source, Filters()) as query:
            addressed = query.rows("SELECT party, name AS actor, count(*) AS n FROM parties GROUP BY ALL")
        return names_by_use((row["party"], row["actor"], row["n"]) for row in addressed)

    def remembered(self, key: Hashable, make: Callable[[], T]) -> T:
        """An answer that was given before, or a new one."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return cast(T, self._answers[key])
        answer = make()
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > REMEMBERED:
                self._answers.popitem(last=False)
        return answer


_making = threading.Lock()


def accounts(request: Request, show: Show) -> Accounts:
    """The accounts that a request asks about: those of the newest commit and the newest judgement."""
    record = laid(request)
    store = record.store
    last = judgements.last(store.folder) if show != "machine" else 0
    with _making:
        known: dict[str, Accounts] | None = getattr(request.app.state, "accounts", None)
        if known is None:
            known = request.app.state.accounts = {}
        found = known.get(show)
        if found is None or found.store is not store or found.judged != last:
            source = record.accounts if show == "machine" else Kept(partial(judged.connection, store, show=show))
            if found is not None and show != "machine":
                found.source.close()
            found = known[show] = Accounts(store, source, last)
        return found
