"""Which row of the machine a judgement means: the one that says the same of the same words, whatever its id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parley.store.judged import told, words

LEAST = 0.5
"""Share of the words of either row that both must have."""
SAME_WORDS = 2.0
SAME_COUNTRY = 0.5
"""Of two actors of one name, such as two delegations that are named in one breath."""
SAME_PLACE = 4.0
"""A row whose words have moved is the same row; one at the same place is so all the more."""


def match(row: str, target: Mapping[str, Any], among: Mapping[str, Mapping[str, Any]]) -> str | None:
    """Id of the row that a judgement means; None if there is none.

    Args:
        row: position, attribution, event or actor.
        target: what its row said when it was judged.
        among: what the rows of that kind say now, by id.
    """
    best, found = 0.0, None
    for row_id, values in among.items():
        fits = _same(row, target, values)
        if fits and (fit := _fit(row, target, values)) > best:
            best, found = fit, row_id
    return found


def _same(row: str, target: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Whether two rows say the same, their words aside."""
    return all(told.spelled(str(target.get(name))) == told.spelled(str(values[name])) for name in told.SAME[row])


def _fit(row: str, target: Mapping[str, Any], values: Mapping[str, Any]) -> float:
    """How well the words of two rows agree; 0 if they are others."""
    one, other = told.spans_of(target), told.spans_of(values)
    if row == "actor":
        # A name is enough, as mentions come and go with every run; of several of one name they tell which is meant.
        return 1.0 + words.alike(one, other) + SAME_COUNTRY * (target.get("country") == values.get("country"))
    share = words.alike(one, other)
    same: bool = list(target.get("words", ())) == list(values["words"])
    if not same and share < LEAST:
        return 0.0
    near = 1 / (1 + abs(one[0][0] - other[0][0])) if one and other else 0.0
    return share + SAME_WORDS * same + SAME_PLACE * (same and one == other) + near
