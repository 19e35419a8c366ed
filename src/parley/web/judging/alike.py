"""Which names may be those of one and the same: what a page offers to be judged so with one click."""

from __future__ import annotations

import re
from collections.abc import Iterable

MOST = 2
"""Names that are offered for one."""
_WORD = re.compile(r"\w+")
_SMALL = frozenset({"the", "a", "an", "of", "and", "for", "in", "on", "its", "mr", "mrs", "ms", "dr"})


def alike(name: str, others: Iterable[str]) -> tuple[str, ...]:
    """The other names that may mean the same: one holds all words of the other, or stands for its initials."""
    mine = _words(name)
    found = [other for other in dict.fromkeys(others) if other != name and _may_be(name, mine, other)]
    return tuple(sorted(found, key=lambda other: -len(set(mine) & set(_words(other))))[:MOST])


def _may_be(name: str, mine: list[str], other: str) -> bool:
    theirs = _words(other)
    if not mine or not theirs:
        return False
    holds = set(mine) <= set(theirs) or set(theirs) <= set(mine)
    return holds or _initials(theirs) == name.replace(".", "") or _initials(mine) == other.replace(".", "")


def _words(name: str) -> list[str]:
    found = _WORD.findall(name.casefold().replace("'s", ""))
    return [word for word in found if word not in _SMALL]


def _initials(words: list[str]) -> str:
    """The capitals that stand for several words; empty for one word."""
    return "".join(word[0] for word in words).upper() if len(words) > 1 else ""
