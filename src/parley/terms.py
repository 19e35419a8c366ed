"""The small language in which codebook files name words: compiled to one regular expression a list.

    ceasefire              the word itself, in any case ("Ceasefire"); a hyphen also matches a space or nothing
    withdraw*              a word that begins so ("withdraws", "withdrawal")
    troops/forces/army     one of these
    [the]                  a word that may be absent
    pull* .. out           up to five words may stand between

A term is a sequence of such pieces, e.g. ``withdraw*/pull* .. troops/forces``. Terms match whole words and do not
cross the end of a sentence inside a gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

GAP = r"(?:[^\w.!?;]+[\w'’-]+){0,5}?[^\w.!?;]+"
BETWEEN = r"[^\w.!?;]+"


def _word(word: str) -> str:
    """One word of a term as a regular expression."""
    stem, star = (word[:-1], r"[\w'’]*") if word.endswith("*") else (word, "")
    if not re.fullmatch(r"[\w.&'’-]+", stem):
        raise ValueError(f"{word!r} is not a word (letters, digits, - . & and ' only; * at its end)")
    return re.escape(stem).replace(r"\-", r"[-‐‑–\s]?").replace("'", "['’]") + star


def _piece(piece: str) -> str:
    """Alternatives ``a/b/c`` as one group."""
    return "(?:" + "|".join(_word(word) for word in piece.split("/")) + ")"


def term_pattern(term: str) -> str:
    """The regular expression of one term, without the outer word boundaries.

    Raises:
        ValueError: the term is empty, begins or ends with a gap, or holds something that is not a word.
    """
    pieces = term.split()
    if not pieces or pieces[0] == ".." or pieces[-1] == "..":
        raise ValueError(f"term {term!r} is empty or has a gap at its edge")
    if all(piece.startswith("[") for piece in pieces):
        raise ValueError(f"term {term!r} has no word that must be there")
    pattern, joint = "", ""
    for piece in pieces:
        if piece == "..":
            joint = GAP
        elif piece.startswith("[") and piece.endswith("]"):
            option = _piece(piece[1:-1])
            pattern += f"{joint}(?:{option}{BETWEEN})?" if pattern else f"(?:{option}{BETWEEN})?"
            joint = ""
        else:
            pattern += (joint if pattern else "") + _piece(piece)
            joint = BETWEEN
    return pattern


class Terms:
    """A list of terms, ready to be looked for in a text."""

    def __init__(self, terms: Iterable[str]) -> None:
        """Compile the terms, the longest first.

        Raises:
            ValueError: one of the terms is malformed.
        """
        self.terms = tuple(terms)
        ordered = sorted(self.terms, key=len, reverse=True)
        body = "|".join(term_pattern(term) for term in ordered)
        self._regex = re.compile(rf"(?<![\w-])(?:{body})(?![\w])", re.IGNORECASE) if body else None

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Half-open code point spans of the terms in ``text``, left to right, without overlaps."""
        if self._regex is not None:
            for match in self._regex.finditer(text):
                yield match.span()

    def __bool__(self) -> bool:
        """Whether there is any term."""
        return self._regex is not None
