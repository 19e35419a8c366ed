"""What a run counts, and how it is told at the end."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

MOST = 20
"""Failures that are told one by one at the end of a run."""


@dataclass
class Counts:
    """Documents by what became of them. The only thing of a run that changes as it goes on."""

    read: int = 0
    """Read into records: the new and the changed ones without the failed."""
    new: int = 0
    """At a location that was not known."""
    unchanged: int = 0
    """At a known location, with the same content and versions: nothing was done."""
    changed: int = 0
    """At a known location, with other content or read with other versions."""
    skipped: int = 0
    """Passed over on purpose: no reader for them, or before ``--since``."""
    failed: int = 0
    """Not read; the table ``failures`` says why."""
    removed: int = 0
    """Articles that no location holds any more, since its content changed."""

    @property
    def seen(self) -> int:
        """All documents so far."""
        return self.new + self.unchanged + self.changed + self.skipped

    def in_words(self) -> str:
        """``12 read (10 new, 2 changed), 3 unchanged ...``."""
        text = f"{self.read:,} read ({self.new:,} new, {self.changed:,} changed), {self.unchanged:,} unchanged, "
        return text + f"{self.skipped:,} skipped, {self.failed:,} failed"


@dataclass
class Summary:
    """What a run comes to."""

    run: str
    record: str
    outcome: str = "running"
    """running, finished, stopped (by the user), failed, or planned (``--dry-run``)."""
    counts: Counts = field(default_factory=Counts)
    seconds: float = 0.0
    workers: int = 0
    engine: str = "local"
    versions: str = ""
    commit: int | None = None
    """Number of the record's newest commit."""
    stages: Counter[str] = field(default_factory=Counter)
    """Failures by stage."""
    failures: list[dict[str, str]] = field(default_factory=list)
    """The first failures: location, stage, why."""
    skipped: list[dict[str, str]] = field(default_factory=list)
    """The first things passed over: location, why."""

    def failed(self, location: str, stage: str, why: str) -> None:
        """Count a failure."""
        self.counts.failed += 1
        self.stages[stage] += 1
        if len(self.failures) < MOST:
            self.failures.append({"location": location, "stage": stage, "why": why})

    def passed_over(self, location: str, why: str) -> None:
        """Count something skipped."""
        self.counts.skipped += 1
        if len(self.skipped) < MOST:
            self.skipped.append({"location": location, "why": why})

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        data = asdict(self)
        counts = data.pop("counts")
        return {**data, **counts, "seconds": round(self.seconds, 3), "stages": dict(sorted(self.stages.items()))}
