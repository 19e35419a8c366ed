"""Forms as they come from a browser, held to this room's token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, HTTPException, Request

from parley.web.security import is_form_token

MOST = 64 * 1024
"""Bytes of a form."""


async def form(request: Request) -> Mapping[str, str]:
    """The fields of a form; of several of one name the last.

    Raises:
        HTTPException: it is too long, no form, or does not come from a page of this room.
    """
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST:
            raise HTTPException(413, "That is more than a form may hold.")
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=100, errors="strict")
    except ValueError as error:
        raise HTTPException(422, "The form cannot be read.") from error
    found = {name: value.replace("\r\n", "\n").replace("\x00", "") for name, value in pairs}
    if not is_form_token(request.app.state.settings, found.get("form_token", "")):
        raise HTTPException(403, "The form comes from a page that is too old or from elsewhere; load the page again.")
    return found


Form = Annotated[Mapping[str, str], Depends(form)]
"""A parameter of a route that takes a form."""
