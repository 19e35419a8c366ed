"""What a search through sources gives: documents found, parts that are lost, and what was passed over."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from parley.model import Metadata

UNKNOWN = Metadata()
"""Nothing is known besides the words."""


@dataclass(frozen=True, slots=True)
class Found:
    """One document, not yet looked into: its bytes, where they lie and what its container says of it."""

    location: str
    """Absolute path; ``dump.zip!a/b.html``, ``rows.jsonl#12`` (row, from 1), ``x.warc.gz!URI@TIME``; or a URL."""
    data: bytes
    """The document; for a row of a table its text in UTF-8."""
    source_format: str | None = None
    """A name of ``readers.FORMATS``; without it the content tells."""
    meta: Metadata = UNKNOWN
    """What the container says (row, feed entry, sitemap, archive): counts more than what the page itself says."""
    article_id: str | None = None
    """The id that the row gives."""
    given: Metadata = UNKNOWN
    """What the user says of all documents (``--outlet``, ``--published``): counts where nothing else is known."""
    notes: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """Hash of everything here but the location: changes when anything changes that the record depends on."""
        known = (self.source_format, self.meta, self.article_id, self.given, self.notes)
        digest = hashlib.sha256(repr(known).encode("utf-8", "surrogatepass"))
        digest.update(self.data)
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Lost:
    """A document, or a part of a file, that could not be opened or decoded."""

    location: str
    why: str
    data_sha256: str | None = None
    """Hash of its bytes as far as they were read: the same damage is the same."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was passed over on purpose: no document, hidden, or too old."""

    location: str
    why: str


Item = Found | Lost | Skipped


def lost(location: str, why: str, data: bytes | None = None) -> Lost:
    """A lost part, with the hash of what was read of it."""
    return Lost(location, why, None if data is None else hashlib.sha256(data).hexdigest())


@dataclass
class Meter:
    """How many bytes of the sources are behind; a caller that shows progress reads ``done`` whenever it likes."""

    done: int = 0
    """Bytes, as they lie on disk (packed ones count packed)."""
    _before: int = field(default=0, repr=False)

    def at(self, position: int) -> None:
        """The file in hand has been read up to a byte."""
        self.done = self._before + position

    @property
    def position(self) -> int:
        """Bytes of the file in hand that are behind."""
        return self.done - self._before

    def end(self, size: int) -> None:
        """The file in hand is behind."""
        self._before += size
        self.done = self._before
