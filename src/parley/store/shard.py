"""What is handed to the store in one commit, and what the store tells about itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from parley.copies import Copy
from parley.model import Record

Outcome = Literal["read", "failed"]


@dataclass(frozen=True, slots=True)
class Run:
    """One call of ingest: what was asked, with which versions, and what came of it."""

    run: str
    started: datetime
    ended: datetime | None = None
    outcome: str = "running"
    """running, finished, stopped (by the user), failed, interrupted (killed; set when the next writer opens)."""
    sources: tuple[str, ...] = ()
    parley: str = ""
    codebook: str = ""
    model: str = ""
    weights: str = ""
    options: str = ""
    versions: str = ""
    """Digest of everything that an article's reading depends on; what is stored with every article of the run."""
    read: int = 0
    new: int = 0
    unchanged: int = 0
    changed: int = 0
    skipped: int = 0
    failed: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Reading:
    """An article that was read."""

    location: str
    sha256: str
    """Of what lies at the location (not the same as the article's own)."""
    record: Record
    signature: bytes | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A location that gave no article."""

    location: str
    sha256: str
    article_id: str | None
    stage: str
    why: str


@dataclass(frozen=True, slots=True)
class Source:
    """A location whose article need not be read again, because another location gave it."""

    location: str
    sha256: str
    article_id: str | None
    outcome: Outcome = "read"


@dataclass(frozen=True, slots=True)
class Shard:
    """What one commit adds, replaces and removes. An article or location that is stored already is replaced."""

    run: str
    readings: Sequence[Reading] = ()
    failures: Sequence[Failure] = ()
    sources: Sequence[Source] = ()
    removed: Sequence[str] = ()
    """Ids of articles that go, with the locations and copies that name them."""
    copies: Sequence[Copy] | None = None
    """The whole table of copies anew; None leaves it as it is."""

    def __bool__(self) -> bool:
        """Whether there is anything in it."""
        return bool(self.readings or self.failures or self.sources or self.removed or self.copies is not None)


class KnownLocation(NamedTuple):
    """What is known of a location."""

    sha256: str
    article_id: str | None
    versions: str
    outcome: str


class KnownArticle(NamedTuple):
    """What is known of an article."""

    sha256: str
    versions: str


@dataclass(frozen=True, slots=True)
class Known:
    """What a record holds, as far as ingest must know it; kept up to date by the writer that gave it."""

    locations: Mapping[str, KnownLocation]
    articles: Mapping[str, KnownArticle]


@dataclass(frozen=True, slots=True)
class Commit:
    """A state of the whole record: the version of every table that belongs to it."""

    number: int
    time: datetime
    """UTC."""
    run: str
    kind: str
    """create, shard, run, compact, mend, migrate, repair."""
    tables: Mapping[str, int]
    """Delta version by table."""
    rows: Mapping[str, int] = field(default_factory=dict)
    """Rows by table."""


def now() -> datetime:
    """The time in UTC, to the microsecond."""
    return datetime.now(UTC)
