"""Ctrl-C: the first asks the run to end after what is in hand, the second ends it at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType, TracebackType


class Stop:
    """Whether the run was asked to stop. As a context it listens for Ctrl-C and for the system's request to end."""

    def __init__(self, tell: Callable[[str], None] = lambda _: None) -> None:
        """Keep whom to tell that the request was heard."""
        self.asked = False
        self.signal = signal.SIGINT
        self._tell = tell
        self._before: dict[signal.Signals, object] = {}

    def __enter__(self) -> Stop:
        """Listen; only the main thread can."""
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                self._before[number] = signal.signal(number, self._heard)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Listen no more."""
        for number, before in self._before.items():
            signal.signal(number, before)  # type: ignore[arg-type]

    def _heard(self, number: int, frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
        self.signal = signal.Signals(number)
        self._tell("stopping after the articles in hand; once more to stop at once")
