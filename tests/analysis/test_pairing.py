"""The pairing has the greatest sum, whatever the weights."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from parley.analysis.evaluate.pairing import pairing

PLACES = st.tuples(st.integers(0, 6), st.integers(0, 6))
WEIGHTS = st.dictionaries(PLACES, st.floats(0.1, 2), max_size=30)


@given(WEIGHTS)
def test_no_pairing_weighs_more(weights: dict[tuple[int, int], float]) -> None:
    table = np.zeros((7, 7))
    for pair, weight in weights.items():
        table[pair] = weight
    best = table[linear_sum_assignment(-table)].sum()
    found = pairing(weights)
    assert len(set(found.values())) == len(found)
    assert abs(sum(weights[pair] for pair in found.items()) - best) < 1e-9


def test_a_rival_gives_way_where_both_gain() -> None:
    assert pairing({(0, 0): 1.5, (0, 1): 1.4, (1, 0): 1.4}) == {0: 1, 1: 0}
    assert pairing({}) == {}
