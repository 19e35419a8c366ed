"""What a user may say about sources: how columns are called, how old articles may be, whether to fetch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from parley.model import Metadata
from parley.readers.found import UNKNOWN, Meter


@dataclass(frozen=True, slots=True)
class FetchRules:
    """How pages are fetched, if the user wants them fetched."""

    rate: float = 1.0
    """Requests a second to one host, at most; a longer ``Crawl-delay`` in robots.txt counts."""
    timeout: float = 20.0
    """Seconds for one request; each redirect is one more."""
    user_agent: str = "parley-news/0.1 (reads news about negotiations)"
    max_bytes: int = 10_000_000
    """Bytes of one page, unpacked."""
    private: bool = False
    """Whether addresses of the own machine and network may be asked: for tests and intranets only."""


@dataclass(frozen=True)
class Options:
    """All that a search through sources goes by."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """For a field (``text``, ``published`` ...): the column that holds it."""
    since: date | None = None
    """First day that counts; articles without a date count too."""
    given: Metadata = UNKNOWN
    fetch: FetchRules | None = None
    meter: Meter = field(default_factory=Meter)

    def is_before(self, published: str | None) -> bool:
        """Whether an article of some day is too old; an unknown day is not."""
        return bool(self.since and published and published < self.since.isoformat())
