"""The ledger over small records."""

from __future__ import annotations

from typing import Any

import pytest

from parley.analysis.account import accounts_of
from parley.analysis.filters import Filters
from parley.analysis.ledger import ledger
from parley.errors import ParleyError


@pytest.fixture
def dispute(story: Any, load: Any) -> Any:
    first = story("a1", outlet="Alpha Post", published="2021-03-02")
    first.says("Chad", "demand", "ceasefire", "Chad demands a truce.", to=["Peru"], sourcing="named")
    first.says("Peru", "reject", "ceasefire", "Peru will not stop.", to=["Chad"], sourcing="office")
    second = story("a2", outlet="Beta News", published="2021-05-02")
    second.says("Chad", "reject", "ceasefire", "Chad no longer wants one, Peru says.", layer="ascribed")
    third = story("a3", outlet="Gamma Wire", published="2021-03-03")
    third.says("Chad", "reject", "ceasefire", "Chad refused, sources say.", layer="unnamed", sourcing="unnamed")
    return load(first, second, third)


def test_own_words_head_a_cell_before_later_words_of_others(dispute: Any) -> None:
    cell = ledger(dispute).cell("TCD", "ceasefire")
    assert cell is not None
    assert (cell.head.act, cell.head.layer, cell.head.quotation) == ("demand", "own", "Chad demands a truce.")
    assert (cell.accounts, cell.outlets, cell.party_name) == (3, 3, "Chad")
    assert cell.acts == (("reject", 2), ("demand", 1))


def test_every_account_is_kept_in_order_of_trust(dispute: Any) -> None:
    found = accounts_of(dispute, Filters(party=("Chad",)))
    assert [(one.layer, one.sourcing) for one in found] == [
        ("own", "named"),
        ("unnamed", "unnamed"),
        ("ascribed", "outlet"),
    ]
    assert found[0].spans == ((0, 21),)


def test_accounts_for_and_against_within_days_are_contested(dispute: Any) -> None:
    found = ledger(dispute)
    assert found.cell("TCD", "ceasefire").contested  # type: ignore[union-attr]
    assert not found.cell("PER", "ceasefire").contested  # type: ignore[union-attr]
    assert not ledger(dispute, Filters(layer=("own", "ascribed"))).cell("TCD", "ceasefire").contested  # type: ignore[union-attr]


def test_a_cell_says_who_answered(dispute: Any) -> None:
    cell = ledger(dispute).cell("TCD", "ceasefire")
    assert cell is not None
    assert [(one.party, one.act, one.at) for one in cell.answers] == [("PER", "reject", "2021-03-02")]


def test_periods_split_cells(dispute: Any) -> None:
    found = ledger(dispute, periods="month")
    assert found.periods == ("2021-03", "2021-05")
    assert found.cell("TCD", "ceasefire", "2021-05").head.layer == "ascribed"  # type: ignore[union-attr]
    rounds = ledger(dispute, periods=["2021-04-01", "2021-05-01"])
    assert rounds.periods == ("before 2021-04-01", "from 2021-05-01")


def test_a_reprint_counts_once_and_is_listed(story: Any, load: Any) -> None:
    wire = [
        story(f"w{k}", outlet=f"Outlet {k}", published=f"2021-03-0{k}").says("Mali", "propose", "prisoners", "A swap.")
        for k in (1, 2, 3)
    ]
    source = load(*wire, copies=[("w1", "w1"), ("w2", "w1"), ("w3", "w1")])
    (cell,) = ledger(source).cells
    assert (cell.accounts, cell.head.article_id) == (1, "w1")
    assert [one.outlet for one in cell.head.reprints] == ["Outlet 2", "Outlet 3"]
    (cell,) = ledger(source, Filters(outlet=("outlet 3",))).cells
    assert (cell.head.article_id, cell.head.reprints) == ("w3", ())


def test_the_date_said_goes_before_the_date_published_unless_it_lies_ahead(story: Any, load: Any) -> None:
    article = story("a1", published="2021-03-10")
    article.says("Chad", "demand", "ceasefire", "On 3 March Chad demanded it.", on="2021-03-03")
    article.says("Peru", "agree", "ceasefire", "Peru agreed to stop on 20 March.", on="2021-03-20")
    found = ledger(load(article))
    assert found.cell("TCD", "ceasefire").head.at == "2021-03-03"  # type: ignore[union-attr]
    assert found.cell("PER", "ceasefire").head.at == "2021-03-10"  # type: ignore[union-attr]
    assert not ledger(load(article), Filters(on="2021-03-05")).cells


def test_what_is_asked_wrongly_is_said_in_one_line(dispute: Any) -> None:
    for filters, word in (
        (Filters(layer=("mine",)), "layer"),
        (Filters(since="3 May"), "2025-06-02"),
        (Filters(since="2021-03-02", until="2021-03-01"), "swap"),
    ):
        with pytest.raises(ParleyError, match=word):
            ledger(dispute, filters)
    with pytest.raises(ParleyError, match="fortnight"):
        ledger(dispute, periods="fortnight")


def test_names_swapped_swap_the_ledger(story: Any, load: Any) -> None:
    def told(one: str, other: str) -> Any:
        article = story("a1")
        article.says(one, "demand", "withdrawal", "Leave.", to=[other])
        article.says(other, "reject", "withdrawal", "No.", to=[one])
        return {(cell.party_name, cell.head.act) for cell in ledger(load(article)).cells}

    swap = {"Chad": "Peru", "Peru": "Chad"}
    assert told("Chad", "Peru") == {(swap[name], act) for name, act in told("Peru", "Chad")}


def test_the_frame_has_one_row_a_cell(dispute: Any) -> None:
    frame = ledger(dispute).arrow()
    assert frame.num_rows == 2
    assert frame.column("answered_by").to_pylist()[0] == ["PER"]


def test_an_empty_record_has_an_empty_ledger(load: Any) -> None:
    found = ledger(load())
    assert (found.cells, found.parties, found.issues) == ((), (), ())
    assert found.arrow().num_rows == 0
