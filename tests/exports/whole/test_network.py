"""networkx reads the network back as it was."""

from __future__ import annotations

import io
from collections.abc import Callable

import networkx as nx
import pytest

from parley.exports.whole.network import graph
from parley.exports.whole.selection import Selection

READ = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}


def edges(found: nx.MultiGraph) -> set[tuple[object, ...]]:
    names = ("stance", "weight", "accounts", "outlets", "own_words", "first", "last")
    return {(frozenset((u, v)), *(data[name] for name in names)) for u, v, data in found.edges(data=True)}


@pytest.mark.parametrize("name", READ)
def test_it_comes_back(name: str, written: Callable[..., bytes], selection: Selection) -> None:
    found, wanted = READ[name](io.BytesIO(written(name))), graph(selection)
    assert set(found) == set(wanted)
    assert {n: (d["label"], d["kind"], d["bipartite"]) for n, d in found.nodes(data=True)} == {
        n: (d["label"], d["kind"], d["bipartite"]) for n, d in wanted.nodes(data=True)
    }
    assert edges(found) == edges(wanted)


def test_stances_are_edges_of_their_own(selection: Selection) -> None:
    found = graph(selection)
    assert {data["stance"] for _, _, data in found.edges(data=True)} == {"support", "oppose", "neutral"}
    assert all({found.nodes[u]["kind"], found.nodes[v]["kind"]} == {"party", "issue"} for u, v in found.edges())
    assert sum(data["accounts"] for _, _, data in found.edges(data=True)) == len(list(selection.accounts()))
