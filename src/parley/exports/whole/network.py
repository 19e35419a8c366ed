"""The network of parties and issues, for Gephi, visone, Cytoscape, igraph and networkx.

Two kinds of nodes; between a party and an issue one edge for each stance that accounts tell of: support, oppose or
neutral. The weight of an edge is the number of stories; an account that ten outlets reprint is one.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, BinaryIO

from parley.exports.labels import issue_title
from parley.exports.visible import one_line
from parley.exports.whole.selection import Selection

if TYPE_CHECKING:
    import networkx as nx

STANCES = {"for": "support", "against": "oppose", "neutral": "neutral"}
_EDGES = """
SELECT party, issue, polarity, count(DISTINCT article_id)::INT AS stories, count(*)::INT AS accounts,
    count(DISTINCT outlet)::INT AS outlets, count(*) FILTER (layer IN ('own', 'document'))::INT AS own_words,
    coalesce(strftime(min(day), '%Y-%m-%d'), '') AS first, coalesce(strftime(max(day), '%Y-%m-%d'), '') AS last
FROM statements GROUP BY ALL ORDER BY party, issue, polarity
"""


def graph(selection: Selection) -> nx.MultiGraph[str]:
    """The network of a selection; nodes are ``party:RUS`` and ``issue:ceasefire``, keys of edges the stances."""
    import networkx as nx

    made: nx.MultiGraph[str] = nx.MultiGraph()
    called = selection.names()
    for row in selection.asked(_EDGES):
        party, issue = f"party:{one_line(row['party'])}", f"issue:{one_line(row['issue'])}"
        made.add_node(party, label=one_line(called[row["party"]]), kind="party", bipartite=0)
        made.add_node(issue, label=one_line(issue_title(row["issue"])), kind="issue", bipartite=1)
        made.add_edge(party, issue, key=STANCES[row["polarity"]], **_edge(row))
    return made


def _edge(row: dict[str, Any]) -> dict[str, Any]:
    told = {name: row[name] for name in ("accounts", "outlets", "own_words", "first", "last")}
    return {"stance": STANCES[row["polarity"]], "weight": row["stories"], **told}


def write_graphml(selection: Selection, out: BinaryIO) -> None:
    """GraphML."""
    import networkx as nx

    # The writer for lxml streams, but names elements differently from one version to the next; this one does not.
    nx.write_graphml_xml(graph(selection), out, named_key_ids=True)


def write_gexf(selection: Selection, out: BinaryIO) -> None:
    """GEXF 1.2; the date that the writer sets is that of the commit, so that equal records give equal files."""
    import networkx as nx

    found, made = io.BytesIO(), graph(selection)
    for party, issue, key, edge in made.edges(keys=True, data=True):
        edge["id"] = f"{party}|{issue}|{key}"
    nx.write_gexf(made, found)
    day = selection.about.committed[:10] or "2000-01-01"
    out.write(re.sub(rb'lastmodifieddate="[^"]*"', b'lastmodifieddate="%s"' % day.encode(), found.getvalue(), count=1))
