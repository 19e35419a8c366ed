"""Who stands for and against what: parties and issues as a network, each edge with its counts."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa

from parley.analysis.account import iso, names
from parley.analysis.filters import Filters
from parley.analysis.source import Source
from parley.analysis.statements import gathered


@dataclass(frozen=True, slots=True)
class Edge:
    """A party's stance on an issue."""

    party: str
    party_name: str
    issue: str
    supports: int
    """Accounts for, against and neither; reprints count once."""
    opposes: int
    neutral: int
    own: int
    """Accounts among them that are the party's own words or document."""
    outlets: int
    first: str | None
    last: str | None

    @property
    def stance(self) -> float:
        """From -1, all accounts against, to 1, all for."""
        return (self.supports - self.opposes) / max(1, self.supports + self.opposes + self.neutral)


@dataclass(frozen=True)
class Network:
    """All edges, by party and issue."""

    edges: tuple[Edge, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {"edges": [asdict(edge) | {"stance": edge.stance} for edge in self.edges]}

    def arrow(self) -> pa.Table:
        """One row an edge."""
        numbers = ("supports", "opposes", "neutral", "own", "outlets")
        columns = ("party", "party_name", "issue", *numbers, "first", "last")
        schema = pa.schema([(name, pa.int64() if name in numbers else pa.string()) for name in columns])
        return pa.Table.from_pylist([{name: getattr(edge, name) for name in columns} for edge in self.edges], schema)


_EDGES = """
SELECT party, issue, count(*) FILTER (polarity = 'for') AS supports, count(*) FILTER (polarity = 'against') AS opposes,
    count(*) FILTER (polarity = 'neutral') AS neutral, count(*) FILTER (layer IN ('own', 'document')) AS own,
    count(DISTINCT outlet) AS outlets, min(day) AS first, max(day) AS last
FROM statements GROUP BY party, issue ORDER BY party, issue
"""


def network(source: Source, filters: Filters | None = None, *, most: int | None = None) -> Network:
    """The network of a record.

    Args:
        source: a store or a connection.
        filters: which accounts count.
        most: how many parties at most, those with most accounts; none: all.

    Raises:
        ParleyError: a filter has a value that cannot occur.
    """
    with gathered(source, filters or Filters(), most=most) as query:
        called, rows = names(query), query.rows(_EDGES)
    return Network(
        tuple(
            Edge(**{**row, "party_name": called[row["party"]], "first": iso(row["first"]), "last": iso(row["last"])})
            for row in rows
        )
    )
