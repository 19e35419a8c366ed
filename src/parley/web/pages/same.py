"""That one party is the same as another, in all articles: taken from the page of a party, and told there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from parley.analysis.account import names
from parley.analysis.filters import Filters
from parley.analysis.parties import BY_NAME, listed_name
from parley.analysis.statements import gathered
from parley.exports.visible import one_line
from parley.store import Store, judged, judgements
from parley.store.judgements import Judgement, standing
from parley.web.filters import Accounts, Asked, accounts
from parley.web.judging import who
from parley.web.judging.alike import alike
from parley.web.judging.forms import Form
from parley.web.laid import Choices
from parley.web.links import Link
from parley.web.told import party_address

router = APIRouter()
OFFERED = 3
"""Parties with most accounts that are offered to be the same, besides those of like names."""
LONGEST = 300
"""Code points of a name."""


@dataclass(frozen=True)
class Said:
    """One judgement on who a party is."""

    judgement: Judgement
    party: Link
    other: Link


@dataclass(frozen=True)
class Same:
    """What the page of a party shows of it."""

    said: tuple[Said, ...]
    offered: tuple[str, ...]
    who: str


# ---------------------------------------------------------------- the page of a party
def same_of(request: Request, party: str, name: str, choices: Choices) -> Same:
    """What people say of a party, and which parties it may be the same as."""
    kept = standing(judgements.on_parties(request.app.state.room.store().folder))
    held = [one for one in kept if party in (one.target.get("party"), one.values.get("party"))]
    said = tuple(Said(one, _link(one.target), _link(one.values)) for one in held)
    others = [other for other in choices.parties if other != name]
    offered = tuple(dict.fromkeys((*alike(name, others), *others[:OFFERED])))
    return Same(said, offered, who.name_of(request))


def same_as(store: Store, party: str) -> str | None:
    """Address of the party that people hold a party to be, as corrected; none if it is itself."""
    found = judged.said_of_parties(store).get(party)
    return party_address(Asked(show="corrected"), found.party) if found else None


def _link(values: Mapping[str, Any]) -> Link:
    return Link(party_address(Asked(show="corrected"), str(values["party"])), one_line(str(values["name"])))


# ---------------------------------------------------------------- the change
@router.post("/judgements/same")
def same(request: Request, form: Form) -> Response:
    """Keep that one party is the same as another, and lead to the other."""
    name = who.clean(form.get("who", "") or who.name_of(request))
    if not name:
        raise HTTPException(422, "Say who you are: a judgement is kept with a name.")
    record = accounts(request, "corrected")
    party, other = (_party(record, form.get(field, "")) for field in ("party", "as"))
    if party[0] == other[0]:
        raise HTTPException(422, f"{one_line(other[1])} is that party already.")
    target, values = ({"party": one[0], "name": one[1]} for one in (party, other))
    why = form.get("why", "")[: judgements.LONGEST["why"]].strip()
    said = Judgement(name, "same", "", "party", target, values, why, commit=record.store.commit.number)
    judgements.add(record.store.folder, said)
    answer = RedirectResponse(party_address(Asked(show="corrected"), other[0]) + "#same", 303)
    who.keep(answer, name)
    return answer


_PARTIES = "SELECT party, count(*) AS number FROM statements GROUP BY party ORDER BY number DESC, party"


def _party(record: Accounts, words: str) -> tuple[str, str]:
    """Id and name of the party that some words mean: its id, or what it is called.

    Raises:
        HTTPException: the record holds none.
    """
    words = words.strip()[:LONGEST]
    if not words:
        raise HTTPException(422, "Say which party it is the same as.")
    with gathered(record.source, Filters(party=(words,))) as query:
        found = [str(row["party"]) for row in query.rows(_PARTIES)]
        called = names(query)
    if not found:
        raise HTTPException(422, f"The record holds no position of a party called {one_line(words)!r}.")
    party = words if words in found else found[0]
    return party, called.get(party, listed_name(party, party.removeprefix(BY_NAME)))
