"""What outlets do: whom they cite, how they name; and the network of parties and issues."""

from __future__ import annotations

from typing import Any

from parley.analysis.filters import Filters
from parley.analysis.naming import naming
from parley.analysis.network import network
from parley.analysis.sourcing import sourcing


def test_shares_of_sources(story: Any, load: Any) -> None:
    one = story("a1", outlet="Alpha")
    one.says("Chad", "demand", "ceasefire", "Stop, said the minister.", sourcing="named")
    one.says("Chad", "reject", "prisoners", "Not so, sources said.", sourcing="unnamed")
    one.says("Chad", "reject", "prisoners", "Chad refuses.", layer="ascribed")
    other = story("a2", outlet="Beta").says("Chad", "demand", "ceasefire", "Stop, a note said.", sourcing="document")
    source = load(one, other)
    alpha, beta = sourcing(source).outlets
    assert (alpha.outlet, alpha.statements, beta.statements) == ("Alpha", 3, 1)
    assert {part.kind: part.number for part in alpha.shares if part.number} == {"named": 1, "unnamed": 1, "own_word": 1}
    assert alpha.share("own_word").examples[0].words == "Chad refuses."
    assert round(sum(part.share for part in alpha.shares), 6) == 1
    (only,) = sourcing(source, Filters(issue=("prisoners",))).outlets
    assert (only.statements, only.share("unnamed").number) == (2, 1)
    assert sourcing(source).arrow().num_rows == 12


def test_names_in_whose_voice(story: Any, load: Any) -> None:
    one = story("a1", outlet="Alpha")
    one.actor("Chad")
    one.says("Chad", "demand", "ceasefire", "Stop.").tells("The Chad regime stays.").tells("“Chad is free,” he said.")
    found = naming(load(one), Filters(party=("Chad",))).uses
    assert {(use.name, use.voice, use.number) for use in found} == {("Chad", "own", 1), ("Chad", "quoted", 1)}
    assert found[0].examples[0][0] == "a1"
    assert naming(load(one)).arrow().num_rows == 2
    assert naming(load(one), Filters(party=("Mali",))).uses == ()


def test_edges_count_for_and_against(story: Any, load: Any) -> None:
    one = story("a1").says("Chad", "demand", "ceasefire", "Stop.").says("Chad", "reject", "ceasefire", "No.")
    (edge,) = network(load(one)).edges
    assert (edge.party_name, edge.supports, edge.opposes, edge.own, edge.stance) == ("Chad", 1, 1, 2, 0)
    assert network(load(one)).arrow().num_rows == 1
