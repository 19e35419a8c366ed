"""Who an actor is across all articles, and what people say of it: that one party is the same as another.

An actor is known by the state that it acts for, else by its Wikidata id, else by its name; that is its key. People may
say that the actors of one key are those of another; the record as corrected then gives them the other's identity. What
an article calls them stays, unless the other is known by its name only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pyarrow as pa

from parley import codebook
from parley.model import Actor, Record
from parley.store.judgements import Judgement, standing
from parley.store.sql import literal

BY_NAME = "name:"
"""How the key of an actor begins that is known by its name only."""
_LEADING = re.compile(r"^(?:the|an?|its|his|her|their) ")
_SPACES = re.compile(r"\s+")
_WIKIDATA = re.compile(r"Q\d+")
SPELLED = (
    r"regexp_replace(trim(regexp_replace(lower(replace(name, '’', '''')), '\s+', ' ', 'g')),"
    r" '^(the|an?|its|his|her|their) ', '')"
)
TABLE = pa.schema([(name, pa.string()) for name in ("identity", "new_name", "new_country", "new_wikidata")])


def spelled(name: str) -> str:
    """A name as it is compared; ``SPELLED`` says the same in SQL."""
    return _LEADING.sub("", _SPACES.sub(" ", name.replace("’", "'").lower()).strip())


@cache
def settings() -> Mapping[str, Any]:
    """The table ``parties`` of the codebook."""
    return dict(codebook.load("analysis")["parties"])


@cache
def sure_sql() -> str:
    """The key of an actor that is known by more than its name, from the columns of ``actors``; else NULL."""
    no_states, sectors = (", ".join(map(literal, settings()[name])) for name in ("no_states", "state_sectors"))
    return (
        f"CASE WHEN length(country) = 3 AND country NOT IN ({no_states}) AND (kind = 'state' OR sectors[1] IN"
        f" ({sectors})) THEN country ELSE wikidata END"
    )


def key(actor: Actor) -> str:
    """The same for one actor, its name if need be."""
    state = len(actor.country or "") == 3 and actor.country not in settings()["no_states"]
    if state and (actor.kind == "state" or (actor.sectors[:1] and actor.sectors[0] in settings()["state_sectors"])):
        return str(actor.country)
    return actor.wikidata or BY_NAME + spelled(actor.name)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who some actors are, as people say."""

    party: str
    """Its key."""
    name: str

    @property
    def own_name(self) -> str | None:
        """The name that takes the place of an article's; none if there is more to know it by."""
        return self.name if self.party.startswith(BY_NAME) else None

    @property
    def wikidata(self) -> str | None:
        """Its Wikidata id if that is what it is known by."""
        return self.party if _WIKIDATA.fullmatch(self.party) else None

    @property
    def country(self) -> str | None:
        """The state that it is or acts for."""
        return self.party if self.own_name is None and self.wikidata is None else None

    def given_to(self, actor: Actor) -> Actor:
        """An actor with this identity."""
        return replace(
            actor, name=self.own_name or actor.name, country=self.country, wikidata=self.wikidata,
            sectors=("GOV",) if self.country else (),
        )  # fmt: skip


def identities(judgements: Iterable[Judgement]) -> dict[str, Identity]:
    """Who parties are by the judgements that hold, by their keys.

    Of several on one party the last counts. Where somebody says that A is B and later that B is A, both are A.

    Args:
        judgements: those on parties, in the order in which they were made, with their undos.
    """
    said: dict[str, Identity] = {}
    for one in standing(tuple(judgements)):
        if one.row == "party" and one.kind == "same":
            party, other = str(one.target["party"]), Identity(str(one.values["party"]), str(one.values["name"]))
            if _last(said, other).party == party:
                said.pop(other.party, None)
            if other.party != party:
                said[party] = other
    return {party: _last(said, other) for party, other in said.items()}


def _last(said: Mapping[str, Identity], identity: Identity) -> Identity:
    """The end of a chain: A is B, B is C."""
    while identity.party in said:
        identity = said[identity.party]
    return identity


def identified(record: Record, known: Mapping[str, Identity]) -> Record:
    """The record with the identities that people have given to its actors."""
    if not known:
        return record
    actors = ((actor, known.get(key(actor))) for actor in record.actors)
    return replace(record, actors=tuple(found.given_to(actor) if found else actor for actor, found in actors))


def table(known: Mapping[str, Identity]) -> pa.Table:
    """The identities as a table that ``view`` reads."""
    rows = [
        {"identity": party, "new_name": one.own_name, "new_country": one.country, "new_wikidata": one.wikidata}
        for party, one in known.items()
    ]
    return pa.Table.from_pylist(rows, schema=TABLE)


def view(actors: str, same: str) -> str:
    """A query for the rows of ``actors`` with the identities that people have given them.

    Args:
        actors: a relation with the columns of the table.
        same: name of the table of identities.
    """
    return f"""
        SELECT * EXCLUDE (identity, new_name, new_country, new_wikidata, known) REPLACE (
            coalesce(new_name, name) AS name,
            CASE WHEN known THEN new_country ELSE country END AS country,
            CASE WHEN known THEN new_wikidata ELSE wikidata END AS wikidata,
            CASE WHEN NOT known THEN sectors WHEN new_country IS NULL THEN [] ELSE ['GOV'] END AS sectors
        )
        FROM (SELECT a.*, s.* EXCLUDE (identity), s.identity IS NOT NULL AS known
              FROM (SELECT *, coalesce({sure_sql()}, '{BY_NAME}' || {SPELLED}) AS identity FROM ({actors})) a
              LEFT JOIN {same} s USING (identity))
    """
