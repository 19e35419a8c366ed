"""Word forms to word pieces, with a cache: news repeats its words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tokenizers import Tokenizer

CACHE = 50_000  # forms kept; about 8 MB
LONGEST = 8  # pieces kept of one word; a web address has hundreds and says no more


class PieceTable:
    """Callable from a word form to the ids of its word pieces."""

    def __init__(self, path: Path, alike: Mapping[str, str] | None = None) -> None:
        """Open the list of word pieces.

        Args:
            path: tokenizer.json.
            alike: forms that are to be read as others, e.g. every state's name as one state's.
        """
        self._alike = alike or {}
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._known: dict[str, tuple[int, ...]] = {}

    def __call__(self, form: str) -> tuple[int, ...]:
        found = self._known.get(form)
        if found is None:
            if len(self._known) >= CACHE:
                self._known.clear()
            ids = self._tokenizer.encode(self._alike.get(form, form), add_special_tokens=False).ids
            found = tuple(ids[:LONGEST]) or (100,)
            self._known[form] = found
        return found
