"""Alpha is that of the published formula; two are compared on what both have judged."""

from __future__ import annotations

from pathlib import Path

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.analysis.agreement import MACHINE, Agreement, agreements, alpha
from parley.store import Store, judged, judgements
from parley.store.judged import told
from parley.store.judgements import Judgement
from tests.store import make


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A record of four articles that say the same."""
    return make.write(tmp_path / "record")


# Krippendorff (2011), four observers and twelve units, with missing values.
PAPER = [
    [1, 1, None, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4], [4, 4, 4, 4],
    [1, 1, 2, 1], [2, 2, 2, 2], [None, 5, 5, 5], [None, None, 1, 1], [None, None, 3, None],
]  # fmt: skip


def test_the_example_of_the_paper() -> None:
    assert alpha(PAPER) == pytest.approx(0.743, abs=0.0005)


answers = st.lists(
    st.lists(st.sampled_from([None, 0, 1, 2]), min_size=2, max_size=4).map(lambda u: (u * 3)[:4]), max_size=12
)


@settings(deadline=None, max_examples=150)
@given(answers)
def test_as_another_program_has_it(units: list[list[int | None]]) -> None:
    known = {value for unit in units for value in unit if value is not None and sum(v is not None for v in unit) > 1}
    if len(known) < 2:
        assert alpha(units) is None
        return
    data = np.array([[np.nan if v is None else v for v in unit] for unit in units], dtype=float).T
    assert alpha(units) == pytest.approx(krippendorff.alpha(data, level_of_measurement="nominal"))


def test_nothing_can_be_said_of_nothing() -> None:
    assert alpha([]) is None
    assert alpha([["a", "a"], ["a", "a"]]) is None
    assert alpha([["a", None], ["b"]]) is None


def say(folder: Path, who: str, article: str, row_id: str, kind: str, **changes: object) -> None:
    with Store.open(folder) as store:
        values = told.everything(store.record(article))[row_id]
    said = {} if kind == "reject" else {**values, **changes}
    judgements.add(folder, Judgement(who, kind, article, "position", values, said))  # type: ignore[arg-type]


def find(folder: Path, one: str, other: str) -> Agreement:
    with Store.open(folder) as store:
        found = agreements(judged.corrections(store))
    return next(a for a in found if (a.one, a.other, a.row) == (one, other, "position"))


def test_two_coders_and_the_machine(folder: Path) -> None:
    for article in ("00000001", "00000002"):
        say(folder, "Ann", article, "p1", "confirm")
        say(folder, "Bob", article, "p1", "confirm")
    say(folder, "Ann", "00000001", "p2", "change", act="reject")
    say(folder, "Bob", "00000001", "p2", "change", act="accept")
    say(folder, "Ann", "00000002", "p2", "reject")
    say(folder, "Bob", "00000003", "p1", "confirm")
    both = find(folder, "Ann", "Bob")
    assert (len(both.compared), both.same) == (3, 2)
    assert [pair.differ for pair in both.compared if pair.differ] == [("act",)]
    assert both.f1 == pytest.approx(2 * 2 / 6)
    assert both.alpha("act") == pytest.approx(1 - 5 * 2 / (36 - 18))
    machine = find(folder, MACHINE, "Ann")
    assert (len(machine.compared), machine.same) == (4, 2)
    assert machine.f1 == pytest.approx(2 * 2 / (4 + 3))


def test_added_rows_count_where_both_have_looked_at_all(folder: Path) -> None:
    start = make.TEXT.index("open the river")
    values = {"party": "Graustark", "act": "demand", "issue": "other", "layer": "own", "addressees": [],
              "spans": [[start, start + 14]], "words": ["open the river"]}  # fmt: skip
    say(folder, "Ann", "00000001", "p1", "confirm")
    say(folder, "Bob", "00000001", "p1", "confirm")
    judgements.add(folder, Judgement("Ann", "add", "00000001", "position", {}, values))
    assert len(find(folder, "Ann", "Bob").compared) == 1
    for who in ("Ann", "Bob"):
        judgements.add(folder, Judgement(who, "confirm", "00000001", "article"))
    assert find(folder, "Ann", "Bob").compared[-1].differ == ("row",)
    judgements.add(folder, Judgement("Bob", "add", "00000001", "position", {}, values))
    assert find(folder, "Ann", "Bob").f1 == 1.0


def test_what_another_added_can_be_judged(folder: Path) -> None:
    values = {"party": "Graustark", "act": "demand", "issue": "other", "layer": "own", "addressees": [],
              "spans": [[0, 9]], "words": [make.TEXT[:9]]}  # fmt: skip
    new = judgements.add(folder, Judgement("Ann", "add", "00000001", "position", {}, values))
    judgements.add(folder, Judgement("Bob", "reject", "00000001", "position", {"judgement": new.id}))
    assert [pair.differ for pair in find(folder, "Ann", "Bob").compared] == [("row",)]
