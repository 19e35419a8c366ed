"""The take-away menu: links to every form in which what a page shows can be taken out."""

from __future__ import annotations

from starlette.datastructures import QueryParams

from parley.exports.whole.formats import FORMATS, Format
from parley.web.links import with_query

TITLES = {
    "statements": "Accounts",
    "matrix": "Matrix",
    "brief": "A brief to read",
    "network": "Network",
    "articles": "Whole articles",
}
"""Headings of the menu, in order."""
FILTERS = ("party", "issue", "outlet", "layer", "sourcing", "act", "since", "until", "on", "show")


def menu(asked: QueryParams, **fixed: str) -> list[tuple[str, list[tuple[str, Format]]]]:
    """The links of the menu under their headings, with the filters that a page was asked with.

    Args:
        asked: the query of the page, as Starlette gives it.
        fixed: filters that the page has in its path rather than in its query, such as the issue that it is about.
    """
    chosen: dict[str, object] = {key: asked.getlist(key) for key in FILTERS if asked.getlist(key)}
    chosen.update(fixed)
    return [
        (
            title,
            [(with_query(f"/export/{form.name}", chosen), form) for form in FORMATS.values() if form.holds == holds],
        )
        for holds, title in TITLES.items()
    ]
