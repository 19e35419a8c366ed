"""The pages: one module each, with its routes in ``router``; this table is their only list."""

from __future__ import annotations

from parley.web.pages import (
    article,
    articles_list,
    corrections,
    events,
    failures,
    framing,
    naming,
    network,
    overview,
    search,
    sourcing,
    takeaway,
)

PAGES = (
    overview,
    article,
    corrections,
    failures,
    takeaway,
    articles_list,
    events,
    framing,
    naming,
    network,
    search,
    sourcing,
)
