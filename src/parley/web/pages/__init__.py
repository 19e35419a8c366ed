"""The pages: one module each, with its routes in ``router``; this table is their only list."""

from __future__ import annotations

from parley.web.pages import (
    accounts,
    agreement,
    article,
    articles_list,
    charts,
    corrections,
    events,
    failures,
    framing,
    issues,
    ledger,
    movement,
    naming,
    network,
    overview,
    parties,
    rounds,
    search,
    sourcing,
    takeaway,
)

PAGES = (
    overview,
    ledger,
    issues,
    parties,
    accounts,
    movement,
    charts,
    rounds,
    article,
    corrections,
    agreement,
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
