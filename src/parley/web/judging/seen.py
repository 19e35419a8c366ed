"""The rows as a page shows them, with what people have said of each, and which row a form means."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from parley.model import Record
from parley.store import Store, judged
from parley.store.judged import Identity, Show, Unit, told
from parley.store.judgements import RowKind

Values = Mapping[str, Any]
SHORT = 12
"""Hexadecimal digits of a print."""


@dataclass(frozen=True)
class Row:
    """One row as it may be seen."""

    id: str
    kind: RowKind
    values: Values
    target: Values
    """What a judgement on it names."""
    unit: Unit | None
    machine: bool
    """Whether the machine says it, and not people."""

    @property
    def print(self) -> str:
        """What tells a row that says this from all others; a new run that numbers rows anew leaves it."""
        text = json.dumps([self.kind, self.values], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:SHORT]


@dataclass(frozen=True)
class Seen:
    """One article with its judgements."""

    machine: Record
    units: tuple[Unit, ...]
    same: Mapping[str, Identity] = field(default_factory=dict)
    """Who parties are in all articles, as people say."""

    @classmethod
    def of(cls, store: Store, article_id: str) -> Seen:
        """An article as it is now.

        Raises:
            NoSuchArticle: there is none.
        """
        return cls(*judged.of_article(store, article_id), judged.said_of_parties(store))

    def record(self, show: Show) -> Record:
        """The record as it is to be shown."""
        found = judged.applied(self.machine, self.units, show)
        return judged.identified(found, self.same) if show == "corrected" else found

    @cached_property
    def checked(self) -> Unit | None:
        """Whether somebody has said that all of it has been looked at."""
        return next((unit for unit in self.units if unit.row == "article"), None)

    @cached_property
    def lost(self) -> tuple[Unit, ...]:
        """Judgements that no longer match."""
        return tuple(unit for unit in self.units if unit.problem)

    @cached_property
    def by_id(self) -> Mapping[str, Unit]:
        """The judged row behind each id that a page may show."""
        found = {unit.id: unit for unit in self.units if unit.row != "article"}
        return found | {unit.own_id: unit for unit in self.units if unit.machine is not None}

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every row that can be seen: the machine's, and what people have made of them."""
        return tuple(self._rows())

    def _rows(self) -> Iterator[Row]:
        kinds = {row_id: told.KIND_OF[type(row)] for row_id, row in told.rows(self.machine).items()}
        for row_id, said in told.everything(self.machine).items():
            values = _lasting(kinds[row_id], said)
            yield Row(row_id, kinds[row_id], values, values, self.by_id.get(row_id), True)
        for unit in self.units:
            if unit.row == "article" or unit.values is None:
                continue
            target = _lasting(unit.row, unit.machine) if unit.machine is not None else self._target(unit)
            for row_id in dict.fromkeys((unit.own_id, unit.id)):
                yield Row(row_id, unit.row, _lasting(unit.row, unit.values), target, unit, False)

    @staticmethod
    def _target(unit: Unit) -> Values:
        """What names a row that the machine does not have: the judgement that added it, or the row that was lost."""
        first = unit.judgements[0]
        return {"judgement": first.id} if first.kind == "add" else first.target

    def shown(self, show: Show) -> Mapping[str, Row]:
        """The rows that can be judged on a page, by the ids that it shows."""
        found = {row.id: row for row in self.rows if row.machine or show != "machine"}
        return found | ({row.id: row for row in self.rows if row.machine} if show == "both" else {})

    @cached_property
    def actors(self) -> tuple[Row, ...]:
        """The machine's actors, any two of which may be the same."""
        return tuple(row for row in self.rows if row.machine and row.kind == "actor")

    def find(self, row_id: str, print_: str) -> Row | None:
        """The row that a form means: the one of that id that says what the form saw, else any that says so.

        Args:
            row_id: as the page had it.
            print_: of the row that was seen.
        """
        of_id = [row for row in self.rows if row.id == row_id]
        return next((row for row in (*of_id, *self.rows) if row.print == print_), None)


def _lasting(kind: RowKind, values: Values) -> Values:
    """The values that a judgement keeps: an actor is known by its name, as its mentions come and go with each run."""
    return {k: v for k, v in values.items() if k not in ("spans", "words")} if kind == "actor" else values
