"""The judgements of one article, gathered by the row that they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from parley.model import Record
from parley.store.judged import told, words
from parley.store.judged.match import match
from parley.store.judgements import Judgement, RowKind, standing

State = Literal["confirmed", "changed", "rejected", "added", "checked", "lost"]
Values = Mapping[str, Any]
NO_ROW = "the machine no longer has this row"
NO_WORDS = "its words are no longer in the article"
NO_ARTICLE = "its article is no longer in the record"
NO_ADDED = "the row that it is about was taken back"


@dataclass(frozen=True, slots=True)
class Unit:
    """A row, and what people have said about it."""

    row: RowKind
    id: str
    """Id of the machine's row; ``j`` and the id of a judgement where the machine has none."""
    machine: Values | None
    """What the machine's row says; None where it has none."""
    judgements: tuple[Judgement, ...]
    """Those that hold, in the order in which they were made; the last decides."""
    values: Values | None
    """What the row says by the last judgement, its words at their present place; None if it is rejected or lost."""
    problem: str = ""
    """Why it no longer matches; empty if it does."""

    @property
    def last(self) -> Judgement:
        """The judgement that decides."""
        return self.judgements[-1]

    @property
    def own_id(self) -> str:
        """Id of what people have made of the row, beside the machine's."""
        return f"j{self.judgements[-1].id}" if self.machine is not None else self.id

    @property
    def state(self) -> State:
        """What has become of the row; lost: nothing, as the last judgement no longer matches."""
        if self.row == "article":
            return "checked"
        if self.values is None:
            return "lost" if self.problem else "rejected"
        if self.machine is None:
            return "added"
        return "confirmed" if same(self.machine, self.values) else "changed"


def same(one: Values, other: Values) -> bool:
    """Whether two rows say the same, as far as both say something."""
    return all(_plain(one[name]) == _plain(other[name]) for name in one.keys() & other.keys())


def _plain(value: Any) -> Any:
    """A value as JSON gives it back."""
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def units(record: Record | None, judgements: Iterable[Judgement], added: Iterable[int] = ()) -> tuple[Unit, ...]:
    """The judged rows of one article.

    Args:
        record: what the machine says now; None if the article is gone.
        judgements: those about the article, in the order in which they were made, with their undos.
        added: ids of further judgements that have added rows, where those given are of one person only.
    """
    said = told.everything(record) if record else {}
    kinds = {row_id: told.KIND_OF[type(row)] for row_id, row in told.rows(record).items()} if record else {}
    by_kind: dict[str, dict[str, Values]] = defaultdict(dict)
    for row_id, values in said.items():
        by_kind[kinds[row_id]][row_id] = values
    groups: dict[tuple[RowKind, str], list[Judgement]] = {}
    held = standing(tuple(judgements))
    for judgement in held:
        groups.setdefault((judgement.row, _key(judgement, by_kind)), []).append(judgement)
    text = record.text if record else None
    there = {f"j{one.id}" for one in held if one.kind == "add"} | {f"j{number}" for number in added}
    return tuple(_unit(row, key, group, said.get(key), text, key in there) for (row, key), group in groups.items())


def _key(judgement: Judgement, by_kind: Mapping[str, Mapping[str, Values]]) -> str:
    """Whatever is the same for all judgements on one row: the id of the machine's row, or a name of our own."""
    if judgement.row == "article":
        return "article"
    if judgement.kind == "add":
        return f"j{judgement.id}"
    if "judgement" in judgement.target:
        return f"j{judgement.target['judgement']}"
    found = match(judgement.row, judgement.target, by_kind[judgement.row])
    return found or "lost " + msgspec.json.encode(judgement.target, order="sorted").decode()


def _unit(
    row: RowKind, key: str, group: list[Judgement], machine: Values | None, text: str | None, added: bool
) -> Unit:
    last = group[-1]
    own = f"j{last.id}" if key.startswith("lost ") else key
    if row == "article":
        return Unit(row, key, None, tuple(group), {}, "" if text is not None else NO_ARTICLE)
    values, problem = _now(last, text)
    if machine is None and not problem:
        lost = "" if added else NO_ROW if key.startswith("lost ") else NO_ADDED
        problem = lost
        values = None if lost == NO_ADDED else values
    return Unit(row, own, machine, tuple(group), values, problem)


def _now(judgement: Judgement, text: str | None) -> tuple[Values | None, str]:
    """What a judgement makes of its row, at the words' present place; and why not, if so."""
    if text is None:
        return None, NO_ARTICLE
    if judgement.kind == "reject":
        return None, ""
    values = judgement.values
    spans = words.placed(text, told.spans_of(values), values.get("words", ()))
    if spans is None:
        # An actor that is only spoken of by another name keeps no words of its own.
        return (values, "") if judgement.row == "actor" and not values.get("words") else (None, NO_WORDS)
    return {**values, "spans": [list(span) for span in spans], "words": [text[a:b] for a, b in spans]}, ""
