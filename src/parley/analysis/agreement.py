"""How far two coders agree, or a coder and the machine: Krippendorff's alpha for nominal data, and F1.

Alpha is 1 - Do / De, observed over expected disagreement, from the table of coincidences: each ordered pair of values
of one unit adds 1 / (m - 1) to the cell of the two, m being the number of values of the unit. With n values in all,
n_c of them c, and o_cc on the diagonal,

    alpha = 1 - (n - 1) * (n - sum of o_cc) / (n * n - sum of n_c * n_c).

Source: Klaus Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section on nominal data; Content
Analysis, 4th edition (2019), chapter 12. Values may be missing; a unit with fewer than two says nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from parley.analysis.parties import spelled
from parley.store.judged import Corrections, Unit, units
from parley.store.judged.words import common
from parley.store.judgements import Judgement, standing

MACHINE = "the machine"
FIELDS: Mapping[str, tuple[str, ...]] = {
    "position": ("party", "act", "issue", "layer"),
    "attribution": ("speaker", "sourcing"),
    "event": ("type", "status"),
    "actor": ("name", "country"),
}
"""What of a row is compared."""
Values = Mapping[str, Any]
Answer = Values | None
"""What a row says by somebody; None: that there is no such row."""


def alpha(answers: Iterable[Sequence[Hashable | None]]) -> float | None:
    """Krippendorff's alpha for nominal data.

    Args:
        answers: the values of each unit, one for each coder; None where one is missing.

    Returns:
        1.0 for full agreement, 0.0 for what chance gives, below for less; None if nothing can be said, as no unit has
        two values or all values are the same.
    """
    same, totals = 0.0, Counter[Hashable]()
    for given in answers:
        counts = Counter(value for value in given if value is not None)
        m = counts.total()
        if m >= 2:
            same += sum(k * (k - 1) for k in counts.values()) / (m - 1)
            totals.update(counts)
    n = totals.total()
    expected = n * n - sum(k * k for k in totals.values())
    return 1 - (n - 1) * (n - same) / expected if expected else None


def f1(both: int, one: int, other: int) -> float | None:
    """2 * both / (one + other), 0.0 to 1.0; None of nothing."""
    return 2 * both / (one + other) if one + other else None


@dataclass(frozen=True, slots=True)
class Compared:
    """One row as two see it."""

    article_id: str
    row: str
    row_id: str
    one: Answer
    other: Answer

    @property
    def differ(self) -> tuple[str, ...]:
        """In what they differ: the names of fields, or that one has no such row."""
        if self.one is None or self.other is None:
            return () if self.one == self.other else ("row",)
        return tuple(field for field in FIELDS[self.row] if _key(self.one[field]) != _key(self.other[field]))


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two agree on the rows of one kind."""

    one: str
    other: str
    row: str
    compared: tuple[Compared, ...]

    @property
    def same(self) -> int:
        """Rows in which they differ in nothing."""
        return sum(not pair.differ for pair in self.compared)

    @property
    def f1(self) -> float | None:
        """F1 of the whole rows: the share on which they agree of those that either holds to be right."""
        agreed = sum(pair.one is not None and not pair.differ for pair in self.compared)
        sides = (sum(getattr(pair, side) is not None for pair in self.compared) for side in ("one", "other"))
        return f1(agreed, *sides)

    def alpha(self, field: str) -> float | None:
        """Alpha of a field on the rows that both hold to be there; of ``row``, on whether there is such a row."""
        if field == "row":
            return alpha([[pair.one is not None, pair.other is not None] for pair in self.compared])
        held = [pair for pair in self.compared if pair.one is not None and pair.other is not None]
        return alpha([[_key(pair.one[field]), _key(pair.other[field])] for pair in held if pair.one and pair.other])


def agreements(corrections: Corrections) -> tuple[Agreement, ...]:
    """Every coder with the machine, and every two coders who have judged some of the same rows; by kind of row."""
    by_coder = {who: coded(corrections, who) for who in sorted({one.who for one in corrections.judgements})}
    found: list[Agreement] = []
    for row in FIELDS:
        for who, rows in by_coder.items():
            pairs = [
                Compared(article, row, unit.id, unit.machine, unit.values)
                for article, of_article in rows.items()
                for unit in of_article
                if unit.row == row and unit.state != "lost"
            ]
            found.append(Agreement(MACHINE, who, row, tuple(pairs)))
        for one, other in combinations(by_coder, 2):
            found.append(Agreement(one, other, row, tuple(_both(row, by_coder[one], by_coder[other]))))
    return tuple(one for one in found if one.compared)


def coded(corrections: Corrections, who: str) -> dict[str, tuple[Unit, ...]]:
    """The rows that one coder has judged, by article, as if nobody else had."""
    said: dict[str, list[Judgement]] = {}
    held = standing(corrections.judgements)
    for one in held:
        if one.who == who and one.article_id:
            said.setdefault(one.article_id, []).append(one)
    added = [one.id for one in held if one.kind == "add"]
    return {key: units(corrections.records.get(key), given, added) for key, given in sorted(said.items())}


def _both(row: str, one: Mapping[str, Sequence[Unit]], other: Mapping[str, Sequence[Unit]]) -> Iterable[Compared]:
    """The rows that two coders have judged, and those that one added in an article that both have looked through."""
    for article in one:
        mine, theirs = ([u for u in side.get(article, ()) if u.state != "lost"] for side in (one, other))
        whole = all(any(unit.row == "article" for unit in side) for side in (mine, theirs))
        left = [unit for unit in theirs if unit.row == row]
        for unit in (unit for unit in mine if unit.row == row):
            match = next((k for k, their in enumerate(left) if _is_same(unit, their)), None)
            if match is not None:
                yield Compared(article, row, unit.id, unit.values, left.pop(match).values)
            elif whole and unit.machine is None:
                yield Compared(article, row, unit.id, unit.values, None)
        for unit in left:
            if whole and unit.machine is None:
                yield Compared(article, row, unit.id, None, unit.values)


def _is_same(one: Unit, other: Unit) -> bool:
    """Whether two coders speak of the same row: the machine's, or one that both have added on words in common."""
    if one.id == other.id or one.machine is not None or other.machine is not None:
        return one.id == other.id
    spans = [[(a, b) for a, b in (unit.values or {}).get("spans", ())] for unit in (one, other)]
    return common(tuple(spans[0]), tuple(spans[1])) > 0


def _key(value: object) -> Hashable:
    """A value as it is compared: a name by its letters."""
    return spelled(value) if isinstance(value, str) else str(value)
