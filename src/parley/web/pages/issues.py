"""An issue: what it is, who stands where, how that changed, who answers whom, and all quotations by date."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from fastapi import APIRouter, HTTPException, Request, Response

from parley import codebook
from parley.errors import CodebookError
from parley.exports.labels import issue_title
from parley.web.asked import Number
from parley.web.filters import AskedHere
from parley.web.laid import laid
from parley.web.pages.standing import standing
from parley.web.render import page as rendered

router = APIRouter()
_ID = re.compile(r"[a-z0-9_]+")


@dataclass(frozen=True)
class Definition:
    """What belongs to an issue and what does not, as the codebook says."""

    text: str = ""
    includes: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()


def definition(issue: str) -> Definition:
    """The codebook's definition of an issue; an empty one for an issue of the user's own."""
    try:
        row = codebook.load(f"issues/{issue}") if _ID.fullmatch(issue) else {}
    except CodebookError:
        row = {}
    return Definition(str(row.get("definition", "")), tuple(row.get("includes", ())), tuple(row.get("excludes", ())))


@router.get("/issues/{about}")
def issue(request: Request, about: str, asked: AskedHere, page: Number = 1) -> Response:
    """The page."""
    path, own = request.url.path, replace(asked, issue=(about[:300],))
    shown = standing(request, own, by="party", path=path, number=page, elsewhere=replace(asked, issue=()))
    if not shown.told and not definition(about).text:
        raise HTTPException(404, "The record has no such issue.")
    return rendered(request, "standing.html.j2", title=issue_title(about), shown=shown, asked=own, by="party",
                    definition=definition(about), here=path, fixed={"issue": about}, names=(),
                    choices=laid(request).choices)  # fmt: skip
