"""Where accounts of the same thing differ. No account is judged true; all are shown, the plainest differences first.

Two claims are held against each other only if they are on one issue, within days of each other, and told by different
voices; what else they must share depends on the kind:

- number: the same thing counted, and either nearly the same number or nearly the same sentence;
- duration, date: the same party's position, or nearly the same sentence;
- agreed: one says agreed where another says proposed, of nearly the same words;
- holder: the party's own words for, others' account against, or the reverse;
- description: words that exclude each other (``descriptions`` in the codebook), or one date for two plans.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa

from parley.analysis.account import names
from parley.analysis.claims import Claim, claims
from parley.analysis.filters import Filters
from parley.analysis.pairs import Pair, pairs
from parley.analysis.sentences import MANY, SentenceFile
from parley.analysis.source import Source
from parley.analysis.statements import gathered
from parley.model import Span

Kind = Literal["number", "duration", "date", "agreed", "holder", "description"]
MOST = 50
"""Differences that are given unless told otherwise."""
_NUMBER = "SELECT count(*) AS number FROM read"


@dataclass(frozen=True, slots=True)
class Telling:
    """One sentence that tells it this way. The span counts code points of the article's text."""

    article_id: str
    span: Span
    quotation: str
    outlet: str | None
    published: str | None
    day: str | None
    source: str
    """The words that name the source; empty where the outlet tells it itself."""
    sourcing: str
    layer: str
    """Layer of the position that the sentence holds; empty if it holds none."""
    act: str
    party: str | None
    position_id: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """One way to tell it: a number, a date, an act, a description; and all who tell it so."""

    label: str
    tellings: tuple[Telling, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that tell it so, by name."""
        return tuple(sorted({one.outlet or one.article_id for one in self.tellings}))


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing, told in different ways."""

    kind: Kind
    issue: str
    about: str
    """What differs, in words: bodies, days, "one side's act or an exchange" ..."""
    strength: float
    """0 to 1: how surely it is the same thing that is told."""
    versions: tuple[Version, ...]
    parties: tuple[str, ...]
    """Names of the parties that the sentences share."""
    first: str | None
    last: str | None


@dataclass(frozen=True)
class Differences:
    """The differences, the strongest first."""

    found: tuple[Difference, ...]
    left_out: int
    """How many weaker ones there are besides."""

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {"differences": [asdict(one) for one in self.found], "left_out": self.left_out}

    def arrow(self) -> pa.Table:
        """One row for each sentence of each version."""
        rows = [
            {"difference": k, "kind": one.kind, "issue": one.issue, "about": one.about, "strength": one.strength}
            | {"version": version.label, "outlet": telling.outlet, "day": telling.day, "source": telling.source}
            | {"sourcing": telling.sourcing, "quotation": telling.quotation, "article_id": telling.article_id}
            | {"start": telling.span[0], "end": telling.span[1]}
            for k, one in enumerate(self.found)
            for version in one.versions
            for telling in version.tellings
        ]
        return pa.Table.from_pylist(rows, schema=_SCHEMA)


_TYPES = {"difference": pa.int64(), "strength": pa.float64(), "start": pa.int64(), "end": pa.int64()}
_COLUMNS = (
    *("difference", "kind", "issue", "about", "strength", "version"),
    *("outlet", "day", "source", "sourcing", "quotation", "article_id", "start", "end"),
)
_SCHEMA = pa.schema([(name, _TYPES.get(name, pa.string())) for name in _COLUMNS])


def differences(
    source: Source, filters: Filters | None = None, *, most: int | None = MOST, least: float = 0.0
) -> Differences:
    """Where the accounts of a record differ.

    Args:
        source: a store or a connection.
        filters: which sentences count; a party is one that the sentence names or whose position it holds.
        most: how many at most; none: all.
        least: strength below which a difference is not given, 0 to 1.

    Raises:
        ParleyError: a filter has a value that cannot occur.
    """
    asked = filters or Filters()
    wide = replace(asked.checked(), party=(), issue=(), layer=(), sourcing=(), act=(), since=None, until=None)
    with gathered(source, wide) as query:
        called = names(query)
        picked = _parties(query, asked)
        folder: Path | None = getattr(source, "folder", None)
        many = query.rows(_NUMBER)[0]["number"] >= MANY
        with SentenceFile(folder) if many and folder else nullcontext() as sentences:
            found = [claim for claim in claims(query, sentences) if _passes(claim, asked, picked)]
    groups = (_difference(group, called) for group in _groups(pairs(found)))
    ranked = sorted(groups, key=lambda one: (-one.strength, one.issue, one.kind, one.about, one.first or ""))
    kept = [one for one in ranked if one.strength >= least]
    return Differences(tuple(kept[:most]), len(kept) - len(kept[:most]))


def _parties(query: Any, asked: Filters) -> frozenset[str] | None:
    """The ids of the parties that a user asks for; none if all are asked for."""
    if not asked.party:
        return None
    from parley.analysis.parties import ids_of, spelled

    sql = "SELECT DISTINCT party FROM parties WHERE spelled IN (SELECT unnest($called))"
    found = query.rows(sql, called=[spelled(word) for word in asked.party])
    return frozenset([*ids_of(asked.party), *(row["party"] for row in found)])


def _passes(claim: Claim, asked: Filters, picked: frozenset[str] | None) -> bool:
    """Whether a claim is asked for."""
    return (
        (picked is None or bool(claim.parties & picked))
        and (not asked.issue or claim.issue in asked.issue)
        and (not asked.layer or claim.layer in asked.layer)
        and (not asked.sourcing or claim.sourcing in asked.sourcing)
        and (not asked.act or claim.act in asked.act)
        and (asked.since is None or (claim.day or "") >= asked.since)
        and (asked.until is None or claim.day is None or claim.day <= asked.until)
    )


# ---------------------------------------------------------------- from pairs to groups
def _groups(found: Iterable[Pair]) -> Iterator[list[Pair]]:
    """Pairs that hang together: those of one kind and issue that share a claim."""
    parent: dict[Any, Any] = {}

    def root(node: Any) -> Any:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    listed = list(found)
    for pair in listed:
        one, other = ((pair.kind, pair.about, *side.node) for side in pair.sides)
        parent[root(one)] = root(other)
    groups: dict[Any, list[Pair]] = {}
    for pair in listed:
        groups.setdefault(root((pair.kind, pair.about, *pair.sides[0].node)), []).append(pair)
    yield from groups.values()


def _difference(group: list[Pair], called: dict[str, str]) -> Difference:
    """One difference of the pairs that hang together."""
    versions: dict[str, dict[tuple[Any, ...], Telling]] = {}
    order: dict[str, Any] = {}
    shared: set[str] = set()
    for pair in group:
        shared |= pair.sides[0].claim.parties & pair.sides[1].claim.parties
        for side in pair.sides:
            telling = _telling(side.claim)
            versions.setdefault(side.label, {}).setdefault((telling.article_id, telling.span), telling)
            order.setdefault(side.label, side.rank)
    days = sorted(t.day for tellings in versions.values() for t in tellings.values() if t.day)
    return Difference(
        kind=group[0].kind,
        issue=group[0].issue,
        about=group[0].about,
        strength=round(max(pair.strength for pair in group), 3),
        versions=tuple(
            Version(label, tuple(sorted(versions[label].values(), key=lambda t: (t.day or "", t.article_id, t.span))))
            for label in sorted(versions, key=lambda label: (order[label], label))
        ),
        parties=tuple(sorted(called.get(party, party) for party in shared)),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )


def _telling(claim: Claim) -> Telling:
    return Telling(
        article_id=claim.article_id,
        span=claim.span,
        quotation=claim.words,
        outlet=claim.outlet,
        published=claim.published,
        day=claim.day,
        source=claim.speaker or "",
        sourcing=claim.sourcing,
        layer=claim.layer,
        act=claim.act,
        party=claim.party,
        position_id=claim.position_id,
    )
