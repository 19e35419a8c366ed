"""What the reading room was asked to serve, and to whom."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True)
class Settings:
    """How a reading room runs.

    Attributes:
        record: folder of the record.
        host: address to listen on.
        port: port to listen on.
        names: further host names by which it may be asked, such as that of a proxy.
        token: what a browser must have shown once before it may change something and, unless the room listens on the
            loopback alone, before it may read.
    """

    record: Path
    host: str = "127.0.0.1"
    port: int = 8042
    names: tuple[str, ...] = ()
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the room."""
        return self.host in LOOPBACK

    @property
    def hosts(self) -> frozenset[str]:
        """Names that a request's Host header may give, without port."""
        own = LOOPBACK if self.loopback else frozenset({self.host, *LOOPBACK})
        return own | frozenset(self.names)

    @property
    def address(self) -> str:
        """Where to open it, with the token."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/?token={self.token}"
