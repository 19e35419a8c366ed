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
from collections.abc import Iterable, Iterator, Mapping

GAP = r"(?:[^\w.!?;]+[\w'’-]+){0,5}?[^\w.!?;]+"
BETWEEN = r"[^\w.!?;]+"
KEY = 3
"""Letters by which terms are filed."""
_LETTERS = re.compile(rf"\w{{1,{KEY}}}")
_WORD_LETTERS = re.compile(rf"(?<!\w)\w{{1,{KEY}}}")
_WORD_START = re.compile(r"(?<![\w-])\w{1,3}")


def _word(word: str) -> str:
    """One word of a term as a regular expression."""
    stem, star = (word[:-1], r"[\w'’]*") if word.endswith("*") else (word, "")
    if not re.fullmatch(r"\w[\w.&'’-]*", stem):
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
            if pattern and joint != GAP:
                pattern += f"(?:{BETWEEN}{option})?"
            else:
                pattern += f"{joint}(?:{option}{BETWEEN})?"
                joint = ""
        else:
            pattern += (joint if pattern else "") + _piece(piece)
            joint = BETWEEN
    return pattern


def _letters(word: str) -> str:
    """Under which letters a word is filed: its first three, or all before a hyphen, an apostrophe or the end."""
    return _LETTERS.match(word.lower())[0]  # type: ignore[index]  # a word begins with a letter or digit


class _Filed:
    """One term as it is filed: what must stand in a text at all, and the expression, compiled when first needed."""

    __slots__ = ("_pattern", "_regex", "label", "needs")

    def __init__(self, label: str, term: str) -> None:
        self.label = label
        self._pattern = rf"{term_pattern(term)}(?!\w)"
        self._regex: re.Pattern[str] | None = None
        pieces = [piece for piece in term.split() if piece != ".." and not piece.startswith("[")]
        self.needs = tuple(frozenset(_letters(word) for word in piece.split("/")) for piece in pieces)

    def match(self, text: str, position: int) -> re.Match[str] | None:
        if self._regex is None:
            self._regex = re.compile(self._pattern, re.IGNORECASE)
        return self._regex.match(text, position)

    def can_stand_in(self, letters: frozenset[str]) -> bool:
        return all(not need.isdisjoint(letters) for need in self.needs)


def _first_words(term: str) -> Iterator[str]:
    """The words with which a match of a term can begin."""
    for piece in term.split():
        yield from piece.strip("[]").split("/")
        if not piece.startswith("["):
            return


class Lexicon:
    """Lists of terms under labels, looked for in a text all at once.

    Terms are filed by their first letters, and one is tried only where each of its words may stand in the text: a
    long lexicon costs little more than a short one.
    """

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        """File the terms.

        Raises:
            ValueError: one of the terms is malformed.
        """
        self._by_letters: dict[str, list[_Filed]] = {}
        for label, terms in lists.items():
            for term in terms:
                filed = _Filed(label, term)
                for letters in dict.fromkeys(map(_letters, _first_words(term))):
                    self._by_letters.setdefault(letters, []).append(filed)

    def find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Label, start and end (code points) of the terms in ``text``, left to right; the longest at each place.

        Hits of one label do not overlap; those of two labels may.
        """
        if not self._by_letters:
            return
        standing = frozenset(
            start[:n] for start in _WORD_LETTERS.findall(text.lower()) for n in range(1, len(start) + 1)
        )
        after: dict[str, int] = {}
        for word in _WORD_START.finditer(text):
            best: dict[str, int] = {}
            for filed in self._candidates(word.group().lower(), standing):
                if word.start() >= after.get(filed.label, 0) and (match := filed.match(text, word.start())):
                    best[filed.label] = max(match.end(), best.get(filed.label, 0))
            for label, end in best.items():
                after[label] = end
                yield label, word.start(), end

    def _candidates(self, letters: str, standing: frozenset[str]) -> Iterator[_Filed]:
        """The terms that may begin with a word."""
        for length in range(1, len(letters) + 1):
            for filed in self._by_letters.get(letters[:length], ()):
                if filed.can_stand_in(standing):
                    yield filed


class Terms:
    """One list of terms, ready to be looked for in a text."""

    def __init__(self, terms: Iterable[str]) -> None:
        """File the terms.

        Raises:
            ValueError: one of the terms is malformed.
        """
        self.terms = tuple(terms)
        self._lexicon = Lexicon({"": self.terms})

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Half-open code point spans of the terms in ``text``, left to right, without overlaps."""
        for _, start, end in self._lexicon.find(text):
            yield start, end

    def __bool__(self) -> bool:
        """Whether there is any term."""
        return bool(self.terms)
