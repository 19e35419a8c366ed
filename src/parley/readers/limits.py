"""How large a document may be, and which endings tell which format."""

from __future__ import annotations

from collections.abc import Mapping

ENDINGS: Mapping[str, str] = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".json": "json",
}
"""The readers that files go by."""
MAX_BYTES = 50_000_000
"""Bytes of one document; an article with all the scripts of its page is smaller."""
MAX_RATIO = 200
"""Unpacked bytes for one packed byte; text packs to a tenth, and only emptiness to a two-hundredth."""
FREE_BYTES = 100_000_000
"""Unpacked bytes up to which the ratio is not looked at: these do no harm."""


def too_large(size: int | None = None) -> str:
    """Why a document is not read."""
    is_how_large = f"{size / 1e6:,.0f} MB" if size else "it"
    return f"{is_how_large} is larger than {MAX_BYTES // 1_000_000} MB; split it into articles first"
