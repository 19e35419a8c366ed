"""Which prediction answers which gold attribution: one to one, with the greatest sum of weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

Pair = tuple[int, int]


def pairing(weights: Mapping[Pair, float]) -> dict[int, int]:
    """The best one-to-one pairing.

    Args:
        weights: how well a row fits a column, above 0; pairs that are absent do not fit at all.

    Returns:
        Column by row, for the rows that are paired.
    """
    found: dict[int, int] = {}
    for group in _groups(weights):
        if len(group) == 1:
            found.update(group)
        else:
            found.update(_best({pair: weights[pair] for pair in group}))
    return dict(sorted(found.items()))


def _groups(weights: Mapping[Pair, float]) -> Iterator[list[Pair]]:
    """The pairs that compete with each other, directly or through others."""
    by_row: dict[int, list[Pair]] = {}
    by_column: dict[int, list[Pair]] = {}
    for pair in weights:
        by_row.setdefault(pair[0], []).append(pair)
        by_column.setdefault(pair[1], []).append(pair)
    seen: set[Pair] = set()
    for first in weights:
        if first in seen:
            continue
        seen.add(first)
        group = [first]
        for row, column in group:  # grows as it is read
            fresh = [pair for pair in (*by_row.pop(row, ()), *by_column.pop(column, ())) if pair not in seen]
            seen.update(fresh)
            group.extend(dict.fromkeys(fresh))
        yield group


def _best(weights: Mapping[Pair, float]) -> dict[int, int]:
    """The Hungarian method, row by row; as many further columns of weight 0 let every row stay alone."""
    rows, columns = (sorted({pair[side] for pair in weights}) for side in (0, 1))
    width = len(columns) + len(rows)
    costs = [[-weights.get((row, column), 0.0) for column in columns] + [0.0] * len(rows) for row in rows]
    row_of = [-1] * (width + 1)  # the last column is where the row that is being placed starts from
    row_price, column_price = [0.0] * len(rows), [0.0] * (width + 1)
    for row in range(len(rows)):
        row_of[width] = row
        column, came_from = _path(width, row_of, costs, row_price, column_price)
        while column != width:
            row_of[column] = row_of[came_from[column]]
            column = came_from[column]
    placed = ((row_of[k], k) for k in range(len(columns)) if row_of[k] >= 0)
    return {rows[r]: columns[k] for r, k in placed if costs[r][k] < 0}


def _path(
    width: int, row_of: list[int], costs: list[list[float]], row_price: list[float], column_price: list[float]
) -> tuple[int, list[int]]:
    """The cheapest way to a free column: that column, and from which column each was reached. Moves the prices."""
    least, came_from, used = [float("inf")] * width, [width] * width, [False] * (width + 1)
    column = width
    while row_of[column] >= 0:
        used[column] = True
        row = row_of[column]
        for k in range(width):
            if not used[k] and (cost := costs[row][k] - row_price[row] - column_price[k]) < least[k]:
                least[k], came_from[k] = cost, column
        step, following = min((least[k], k) for k in range(width) if not used[k])
        for k in range(width + 1):
            if used[k]:
                row_price[row_of[k]] += step
                column_price[k] -= step
            elif k < width:
                least[k] -= step
        column = following
    return column, came_from
