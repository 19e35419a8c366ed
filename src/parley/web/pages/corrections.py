"""What people say of the rows: taken from forms, listed with its history, undone, and taken out as gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse

from parley.errors import NoSuchArticle, ParleyError
from parley.exports import gold
from parley.exports.labels import issue_title, label
from parley.store import Store, judged, judgements
from parley.store.judgements import Judgement, Kind, RowKind
from parley.web.filters import Asked
from parley.web.judging import who
from parley.web.judging.forms import Form
from parley.web.judging.seen import Seen
from parley.web.judging.spoken import judgement
from parley.web.links import article as address_of
from parley.web.links import with_query
from parley.web.render import page
from parley.web.told import party_address

router = APIRouter()
EACH = 50
"""Judgements on a page."""
LIMIT = 10_000
"""The last page that is asked for."""
State = Literal["standing", "undone", "lost"]


@dataclass(frozen=True)
class Line:
    """One judgement as it is listed."""

    kept: Judgement
    href: str
    """The row that it is about, or its article."""
    title: str
    was: str
    now: str
    words: str
    undone: bool
    problem: str


@dataclass(frozen=True)
class Shown:
    """What the page shows."""

    lines: tuple[Line, ...]
    total: int
    number: int
    before: str
    after: str
    people: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]
    lost: int
    asked: Mapping[str, str]
    who: str


# ---------------------------------------------------------------- changes
@router.post("/judgements")
def judge(request: Request, form: Form) -> Response:
    """Keep a judgement and lead back to its row."""
    store, name = request.app.state.room.store(), who.clean(form.get("who", "") or who.name_of(request))
    if not name:
        raise HTTPException(422, "Say who you are: a judgement is kept with a name.")
    address, show = address_of(form.get("article", "")), form.get("show", "machine")
    show = show if show in judged.SHOWN else "machine"
    if form.get("do") != "name":
        try:
            seen = Seen.of(store, form.get("article", ""))
        except NoSuchArticle as error:
            raise HTTPException(404, "The record holds no article of that id.") from error
        try:
            said = judgement(form, seen, who=name, commit=store.commit.number)
        except ParleyError as error:
            raise HTTPException(422, f"{error}.") from error
        kept = judgements.add(store.folder, said)
        # What was added or changed is not seen among the machine's rows, nor two that are one unless as corrected.
        show = "both" if show == "machine" and kept.kind in ("add", "change") else show
        show = "corrected" if kept.kind == "same" else show
        address = with_query(address, show="" if show == "machine" else show) + "#" + _row_of(store, kept, show)
    answer = RedirectResponse(address, 303)
    who.keep(answer, name)
    return answer


@router.post("/judgements/undo")
def undo(request: Request, form: Form) -> Response:
    """Take a judgement back and lead to it in the history."""
    name = who.clean(form.get("who", "") or who.name_of(request))
    if not name:
        raise HTTPException(422, "Say who you are: an undo is kept with a name.")
    number = form.get("id", "")
    if not number.isdecimal() or len(number) > 15:
        raise HTTPException(422, "The form does not say which judgement is taken back.")
    folder = request.app.state.room.store().folder
    kept = judgements.undo(folder, int(number), who=name, why=form.get("why", "")[: judgements.LONGEST["why"]])
    answer = RedirectResponse(f"/judgements#j{kept.id}", 303)
    who.keep(answer, name)
    return answer


def _row_of(store: Store, kept: Judgement, show: str) -> str:
    """The anchor of the row that a judgement is about."""
    for unit in Seen.of(store, kept.article_id).units:
        if unit.last.id == kept.id and kept.kind == "same":
            return "sec-actors"
        if unit.last.id == kept.id and unit.row != "article":
            return unit.own_id if show == "both" and unit.state == "changed" else unit.id
    return "record"


# ---------------------------------------------------------------- history
@router.get("/judgements")
def history(
    request: Request,
    by: Annotated[str, Query(max_length=80)] = "",
    kind: Kind | Literal[""] = "",
    row: RowKind | Literal[""] = "",
    article: Annotated[str, Query(max_length=500)] = "",
    state: State | Literal[""] = "",
    number: Annotated[int, Query(alias="page", ge=1, le=LIMIT)] = 1,
) -> Response:
    """The page: the newest first."""
    store = request.app.state.room.store()
    asked = {"by": by, "kind": kind, "row": row, "article": article, "state": state}
    return page(request, "judgements.html.j2", title="Corrections", shown=_shown(store, asked, number, request))


def _shown(store: Store, asked: Mapping[str, str], number: int, request: Request) -> Shown:
    known = judged.corrections(store)
    undone = judgements.undone(known.judgements)
    units = {one.id: unit for of_article in known.units.values() for unit in of_article for one in unit.judgements}
    lost = {unit.last.id for unit in units.values() if unit.problem}
    found = [one for one in reversed(known.judgements) if _is(one, asked, undone, lost)]
    chosen = found[(number - 1) * EACH : number * EACH]
    titles = _titles(store, {one.article_id for one in chosen})
    lines = []
    for one in chosen:
        unit = units.get(one.id)
        if one.row == "party":
            lines.append(_party_line(one, one.id in undone))
            continue
        there = one.article_id in titles
        anchor = unit.id if unit and unit.row != "article" and not unit.problem else ""
        show = "both" if unit and unit.machine is None else ""
        href = with_query(address_of(one.article_id), show=show) + (f"#{anchor}" if anchor else "") if there else ""
        problem = unit.problem if unit and unit.last.id == one.id else ""
        values = one.values or {}
        lines.append(
            Line(one, href, titles.get(one.article_id, ""), _said(one.row, one.target), _said(one.row, values),
                 " … ".join((values or one.target).get("words", ())), one.id in undone, problem)
        )  # fmt: skip
    return Shown(
        lines=tuple(lines),
        total=len(found),
        number=number,
        before=with_query("/judgements", asked, page=number - 1) if number > 1 else "",
        after=with_query("/judgements", asked, page=number + 1) if number * EACH < len(found) else "",
        people=tuple(Counter(one.who for one in known.judgements).most_common()),
        kinds=tuple(Counter(one.kind for one in known.judgements).most_common()),
        lost=len(lost),
        asked=asked,
        who=who.name_of(request),
    )  # fmt: skip


def _party_line(one: Judgement, undone: bool) -> Line:
    """A judgement on who a party is, which has no article."""
    was, now = (str(values.get("name", "")) for values in (one.target, one.values))
    href = party_address(Asked(show="machine"), str(one.target["party"])) + "#same" if one.target else ""
    return Line(one, href, was, was, f"the same as {now}" if now else "", "", undone, "")


def _is(one: Judgement, asked: Mapping[str, str], undone: frozenset[int], lost: set[int]) -> bool:
    """Whether a judgement is asked for."""
    state = asked["state"]
    return (
        asked["by"] in ("", one.who)
        and asked["kind"] in ("", one.kind)
        and asked["row"] in ("", one.row)
        and asked["article"] in ("", one.article_id)
        and (state != "standing" or (one.kind != "undo" and one.id not in undone))
        and (state != "undone" or one.id in undone)
        and (state != "lost" or one.id in lost)
    )


def _titles(store: Store, ids: set[str]) -> dict[str, str]:
    rows = store.query("SELECT article_id, title FROM articles WHERE article_id IN (SELECT unnest(?))", [sorted(ids)])
    return {row["article_id"]: row["title"] or "Untitled article" for row in rows}


def _said(row: str, values: Mapping[str, Any]) -> str:
    """A row in one line."""
    if not values or "judgement" in values:
        return "a row that a reader added" if values else ""
    if row == "position":
        toward = f" (to {', '.join(values['addressees'])})" if values.get("addressees") else ""
        act, layer = label("acts", values["act"]), label("layers", values["layer"])
        return f"{values['party']} {act}: {issue_title(values['issue'])}{toward}; {layer}"
    if row == "attribution":
        return f"{values['speaker'] or 'somebody'} ({label('sourcing', values['sourcing'])})"
    if row == "event":
        sides = [", ".join(values.get(side, ())) or "nobody named" for side in ("actors", "recipients")]
        return f"{values['type']}: {' → '.join(sides)}, {label('statuses', values['status'])}"
    return " ".join(filter(None, [str(values.get("name", "")), values.get("kind"), values.get("country")]))


# ---------------------------------------------------------------- gold
@router.get("/judgements/gold.jsonl")
def as_gold(request: Request, by: Annotated[str, Query(max_length=80)] = "") -> Response:
    """The judged articles as gold for ``parley evaluate``."""
    store = request.app.state.room.store()
    rows: Iterator[bytes] = gold.lines(judged.corrections(store), who=by or None)
    headers = {"content-disposition": 'attachment; filename="gold.jsonl"'}
    return StreamingResponse(rows, media_type="application/jsonl", headers=headers)
