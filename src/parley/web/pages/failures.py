"""What could not be read, where it lies, and why."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from parley.web.render import page

router = APIRouter()
MOST = 500
"""Rows that are shown."""


@router.get("/failures")
def failures(request: Request) -> Response:
    """The page."""
    store = request.app.state.room.store()
    rows = store.query(f"select location, stage, why, run from failures order by location limit {MOST}")
    (total,) = store.query("select count(*) as number from failures")
    return page(request, "failures.html.j2", title="What could not be read", rows=rows, total=total["number"])
