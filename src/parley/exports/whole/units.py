"""Offsets for programs that count UTF-16 units, as Java does, where a record counts code points."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable


def utf16(text: str) -> Callable[[int], int]:
    """A function from offsets in code points to offsets in UTF-16 units: more where emoji stand before it."""
    wide = [place for place, letter in enumerate(text) if ord(letter) > 0xFFFF] if not text.isascii() else []
    return lambda offset: offset + bisect_left(wide, offset)


def without_returns(text: str) -> str:
    """The text with every carriage return a space: programs that drop it would move all that follows."""
    return text.replace("\r\n", " \n").replace("\r", "\n")
