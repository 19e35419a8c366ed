"""The application: routes come from the table of pages, rules from ``security``, errors become pages."""

from __future__ import annotations

from contextlib import suppress
from mimetypes import guess_type

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.responses import Response

from parley.errors import ParleyError
from parley.web.pages import PAGES
from parley.web.render import STATIC, page, static_file
from parley.web.room import Room
from parley.web.security import Guard
from parley.web.settings import Settings

YEAR = "public, max-age=31536000, immutable"


def create_app(settings: Settings) -> FastAPI:
    """The reading room on a record.

    Raises:
        StoreError: the folder holds no record that can be read.
    """
    app = FastAPI(title="Parley", docs_url=None, redoc_url=None, openapi_url="/openapi.json")
    app.state.settings = settings
    app.state.room = Room(settings.record)
    for module in PAGES:
        app.include_router(module.router)
    app.add_api_route("/static/{name}", _static, methods=["GET"], include_in_schema=False)
    app.add_exception_handler(AnyHTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _bad_request)
    app.add_exception_handler(ParleyError, _parley_error)
    app.add_middleware(Guard, settings=settings)
    return app


async def _static(name: str) -> Response:
    if name not in STATIC:
        raise HTTPException(404, "There is no such file.")
    return Response(static_file(name), media_type=guess_type(name)[0], headers={"cache-control": YEAR})


async def _http_error(request: Request, error: Exception) -> Response:
    status, detail = 500, "Something went wrong."
    if isinstance(error, AnyHTTPException):
        status, detail = error.status_code, str(error.detail)
    return page(request, "error.html.j2", title=_NAMES.get(status, "Not possible"), status=status, detail=detail)


async def _bad_request(request: Request, error: Exception) -> Response:
    detail = "The address or the form says something that cannot be read."
    if isinstance(error, RequestValidationError):
        with suppress(IndexError, KeyError):
            first = error.errors()[0]
            detail = f"{first['loc'][-1]}: {first['msg']}"
    return page(request, "error.html.j2", title="Not understood", status=422, detail=detail)


async def _parley_error(request: Request, error: Exception) -> Response:
    return page(request, "error.html.j2", title="Not possible", status=400, detail=str(error))


_NAMES = {404: "Not here", 403: "Not allowed", 405: "Not possible this way", 500: "Something went wrong"}
