"""What the user asks of a run, and whom the run tells how it goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from parley.corpus.counts import Summary
from parley.corpus.task import EngineKind, Manner
from parley.readers import FetchRules

SHARD = 200
"""Articles a commit: half a minute's work of two workers, a fifth of a second's writing."""


@dataclass(frozen=True)
class Request:
    """What the user asks of a run."""

    sources: tuple[str, ...]
    record: Path
    manner: Manner
    columns: Mapping[str, str] = field(default_factory=dict)
    outlet: str | None = None
    published: str | None = None
    fetch: FetchRules | None = None
    workers: int | None = None
    engine: EngineKind = "local"
    address: str | None = None
    shard: int = SHARD
    refresh: bool = False
    """Read stored articles again that were read with other versions, in place of sources."""
    retry: bool = False
    """Try again what failed before with the same content and versions."""
    dry_run: bool = False


class Watch:
    """What a run tells while it goes on; does nothing by itself."""

    def moved(self, summary: Summary, *, done: int, total: int | None) -> None:
        """Something was looked at.

        Args:
            summary: the counts so far.
            done: bytes of the sources behind, or articles when stored ones are read again.
            total: all of them, if that is known.
        """
