"""What a user types, as an expression that SQLite's FTS5 always understands."""

from __future__ import annotations

import re
import unicodedata

MOST_TERMS = 24
"""Terms of a query beyond these are left out."""
SHORTEST_BEGINNING = 3
"""Letters that a word must have to stand for all that begin so: fewer would need an index of their own, half as large
as that of the words, and find too much to be of use."""
_TERM = re.compile(r'(-?)"([^"]*)"?|(\S+)')
_TOKEN = re.compile(r"[^\W_]+")
_ENDINGS = ("ies", "ied", "ing", "es", "ed", "s")
_VOWEL = re.compile("[aeiouy]")
_DOUBLED = re.compile(r"([bdglmnprt])\1$")
_SHORT_END = re.compile(r"[^aeiou][aeiou][bdglmnprt]$")


def expression(text: str, *, unfinished: bool = False) -> str:
    """The FTS5 expression of a query; empty if there is no word in it.

    Words must all occur, each in any of its forms (demand, demands, demanded). ``"in quotes"`` is a phrase, ``OR``
    between two terms takes either, ``-word`` excludes, ``word*`` stands for all words that begin so. Everything else
    is taken for text: whatever is typed, the expression is valid.

    Args:
        text: as typed.
        unfinished: the last word is still being typed, so it is taken for a beginning.
    """
    text = unicodedata.normalize("NFC", text)
    if unfinished and text[-1:].isalnum() and text.count('"') % 2 == 0:
        text += "*"
    wanted: list[list[str]] = []
    unwanted: list[str] = []
    either = False
    for sign, phrase, word in _TERM.findall(text)[:MOST_TERMS]:
        term = _words(word) if word else _phrase(phrase)
        if word == "OR":
            either = bool(wanted)
        elif term and (sign or word.startswith("-")):
            unwanted.append(term)
        elif term and either:
            wanted[-1].append(term)
            either = False
        elif term:
            wanted.append([term])
    joined = " AND ".join(f"({' OR '.join(terms)})" for terms in wanted)
    return f"({joined}) NOT ({' OR '.join(unwanted)})" if wanted and unwanted else joined


def forms(word: str) -> tuple[str, ...]:
    """A word and the other forms it may have: rough, for the index knows which of them exist."""
    if len(word) < 4 or not (word.isascii() and word.isalpha()):
        return (word,)
    found = {word: None}
    for stem in _stems(word):
        found |= dict.fromkeys((stem, stem + "s", stem + "es", stem + "ed", stem + "ing"))
        if stem.endswith("e"):
            found |= dict.fromkeys((stem + "d", stem[:-1] + "ing"))
        elif stem.endswith("y"):
            found |= dict.fromkeys((stem[:-1] + "ies", stem[:-1] + "ied"))
        elif _SHORT_END.search(stem):
            found |= dict.fromkeys((stem + stem[-1] + "ed", stem + stem[-1] + "ing"))
    return tuple(found)


def _stems(word: str) -> list[str]:
    """What may be left when an ending is taken off; the word itself if none fits."""
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 3 or not _VOWEL.search(stem) or (ending == "s" and stem.endswith("s")):
            continue
        if ending in ("ies", "ied"):
            return [stem + "y"]
        doubled = [stem[:-1]] if _DOUBLED.search(stem) else []
        return [stem] if ending == "s" else [stem, stem + "e", *doubled]
    return [word]


def _words(word: str) -> str:
    """The expression of what stands between two spaces."""
    tokens = _TOKEN.findall(word)
    if word.endswith("*") and tokens and len(tokens[-1]) >= SHORTEST_BEGINNING:
        return _phrase(word) + "*"
    if len(tokens) != 1:
        return _phrase(word)
    options = [_phrase(form) for form in forms(tokens[0].lower())]
    return f"({' OR '.join(options)})" if len(options) > 1 else options[0]


def _phrase(words: str) -> str:
    """Words one after the other, quoted."""
    tokens = _TOKEN.findall(words)
    return f'"{" ".join(tokens)}"' if tokens else ""
