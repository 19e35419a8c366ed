"""What the user sees while a run goes on."""

from __future__ import annotations

import time
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from parley.corpus.counts import Summary
from parley.corpus.ingest import Request, Watch
from parley.errors import ParleyError

SECONDS = 0.2
"""Between two drawings."""


class Silent(Watch):
    """Shows nothing."""

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End."""


class Bar(Silent):
    """A bar over the bytes of the sources, with the rate of articles, the time that remains and the counts."""

    def __init__(self, request: Request) -> None:
        """Take the measure of the sources, where they are files."""
        from tqdm import tqdm

        total = None if request.refresh else _size(request.sources)
        by_article = request.refresh
        self._bar: Any = tqdm(total=total, unit=" articles" if by_article else "B", unit_scale=True, leave=False)
        self._next = 0.0
        self._since = time.monotonic()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the bar."""
        self._bar.close()

    def moved(self, summary: Summary, *, done: int, total: int | None) -> None:
        """Draw, if the last drawing is old enough."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + SECONDS
        counts = summary.counts
        if total is not None:
            self._bar.total = total
        self._bar.n = min(done, self._bar.total) if self._bar.total else done
        rate = counts.read / (now - self._since) if now > self._since else 0.0
        self._bar.set_description_str(
            f"{counts.read:,} read, {counts.new:,} new, {counts.changed:,} changed, {counts.unchanged:,} unchanged, "
            f"{counts.skipped:,} skipped, {counts.failed:,} failed, {rate:.1f}/s",
            refresh=True,
        )


def _size(sources: tuple[str, ...]) -> int | None:
    """Bytes of all sources; None where they cannot be known beforehand."""
    from parley.readers import size

    with suppress(ParleyError, OSError):
        return size(sources) or None
    return None
