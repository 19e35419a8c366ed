"""The pages: one module each, with its routes in ``router``; this table is their only list."""

from __future__ import annotations

from parley.web.pages import article, corrections, failures, overview, takeaway

PAGES = (overview, article, corrections, failures, takeaway)
