"""Filters as words: what a document can be filtered by is indexed beside its text, so that both are looked up at once.

They only narrow the search down; the conditions of ``filters`` still decide.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import Literal

Name = Literal["kind", "outlet", "act", "issue", "country", "party"]


@lru_cache(maxsize=10_000)
def tag(name: Name, value: str) -> str:
    """The word that stands for a value, whatever characters it has; case does not count."""
    return "x" + blake2b(f"{name} {value.casefold()}".encode(errors="replace"), digest_size=5).hexdigest()


def tags(values: Iterable[tuple[Name, str | None]]) -> tuple[str, ...]:
    """The words of some values, each once."""
    return tuple(dict.fromkeys(tag(name, value) for name, value in values if value))


def any_of(words: Iterable[str]) -> str:
    """The FTS5 expression for documents that have one of some tags; empty for none."""
    joined = " OR ".join(f'"{word}"' for word in words)
    return f"tags : ({joined})" if joined else ""
