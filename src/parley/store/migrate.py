"""Brings a record of an older format to the current one."""

from __future__ import annotations

from pathlib import Path


def to_current(folder: Path) -> None:
    """Run the steps that a record still needs."""
