"""A party: where it stands on each issue, how that changed, who answered it, and all its quotations by date."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from parley.analysis.filters import Filters
from parley.analysis.parties import BY_NAME, listed_name
from parley.analysis.statements import gathered
from parley.exports.visible import one_line
from parley.web.asked import Number
from parley.web.filters import Accounts, AskedHere, accounts
from parley.web.laid import laid
from parley.web.pages.issues import Definition
from parley.web.pages.same import same_as, same_of
from parley.web.pages.standing import standing
from parley.web.render import page as rendered

router = APIRouter()
MOST_NAMES = 12
"""Names by which articles call a party that are shown."""


@router.get("/parties/{whose:anything}")
def party(request: Request, whose: str, asked: AskedHere, page: Number = 1) -> Response:
    """The page."""
    path, own = request.url.path, replace(asked, party=(whose[:300],))
    shown = standing(request, own, by="issue", path=path, number=page, elsewhere=replace(asked, party=()))
    names = _names(accounts(request, own.show), own.party[0])
    if not names:
        if own.show == "corrected" and (there := same_as(request.app.state.room.store(), own.party[0])):
            return RedirectResponse(there, 303)
        raise HTTPException(404, "The record holds no position of such a party.")
    title = shown.heads[0].told.party.name if shown.heads else listed_name(whose, whose.removeprefix(BY_NAME))
    choices = laid(request).choices
    return rendered(request, "standing.html.j2", title=one_line(title), shown=shown, asked=own, by="issue",
                    definition=Definition(), here=path, fixed={"party": whose}, names=names, choices=choices,
                    same=same_of(request, own.party[0], title, choices))  # fmt: skip


_NAMES = """
SELECT actor FROM statements GROUP BY actor ORDER BY count(*) DESC, actor LIMIT {most}
"""


def _names(record: Accounts, party: str) -> tuple[str, ...]:
    """How articles name a party, the most used first."""
    with gathered(record.source, Filters(party=(party,))) as query:
        return tuple(one_line(row["actor"]) for row in query.rows(_NAMES.format(most=MOST_NAMES)))
