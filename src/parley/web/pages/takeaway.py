"""The take-away: what a page shows, as a file, in every form of the table of forms."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import Annotated, BinaryIO, cast
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import StreamingResponse

from parley.analysis.filters import Filters
from parley.exports.whole.formats import FORMATS, Format, file_name
from parley.exports.whole.selection import SHOWN, Selection
from parley.store import judged

router = APIRouter()
IN_MEMORY = 8_000_000
"""Bytes of a file that are kept in memory; a larger one waits on the disk."""
PIECE = 1 << 18
Many = Annotated[tuple[str, ...], Query(max_length=200)]


@router.get("/export/{name}")
def export(
    request: Request,
    name: str,
    party: Many = (),
    issue: Many = (),
    outlet: Many = (),
    layer: Many = (),
    sourcing: Many = (),
    act: Many = (),
    since: str | None = None,
    until: str | None = None,
    on: str | None = None,
    show: str = "machine",
) -> Response:
    """The file. Empty values count as not given, as a form sends them for what was left open."""
    form = FORMATS.get(name)
    if form is None:
        raise HTTPException(404, f"There is no form {name!r}.")
    if show not in SHOWN:
        raise HTTPException(422, f"show is one of {', '.join(SHOWN)}.")
    many = {"party": party, "issue": issue, "outlet": outlet, "layer": layer, "sourcing": sourcing, "act": act}
    filters = Filters(
        **{key: tuple(one for one in value if one) for key, value in many.items()},
        since=since or None,
        until=until or None,
        on=on or None,
    )
    store = request.app.state.room.store()
    made = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115
    try:
        source = None if show == "machine" else judged.Judged(store, show)
        form.write(Selection.of(store, filters, source=source, show=show), made)
        size = made.tell()
    except BaseException:
        made.close()
        raise
    return StreamingResponse(_pieces(made), headers=_headers(form, file_name(form, store.folder.name), size))


def _headers(form: Format, name: str, size: int) -> dict[str, str]:
    """A file to be kept, never to be shown: it holds what articles say, in this room's name."""
    return {
        "content-type": form.media,
        "content-length": str(size),
        "content-disposition": f"attachment; filename=\"{name}\"; filename*=UTF-8''{quote(name)}",
    }


def _pieces(made: BinaryIO) -> Iterator[bytes]:
    with made:
        made.seek(0)
        while piece := made.read(PIECE):
            yield piece
