"""Quotation marks of all kinds become directed curly ones, so that the components meet one form only.

Outer quotations get “ ”, a quotation inside one keeps ‘ ’. Apostrophes and inch marks stay what they are. The map of
offsets follows: two single marks or two grave accents (`` ``like this'' ``) are one mark.
"""

from __future__ import annotations

import re
from array import array

from parley.clean.characters import Piece

OPEN, CLOSE, INNER_OPEN, INNER_CLOSE = "“", "”", "‘", "’"

_DOUBLE = re.compile(r"“|”|„|‟|\"|«|»|〝|〞|〟|＂|''|``|‘‘|,,(?=\w)")
_SINGLE = re.compile(r"[‘‚‹›`](?!\s)|[›']")
_OPENING_SIGNS = frozenset("“„«〝") | {"``", "‘‘", ",,"}
_CLOSING_SIGNS = frozenset("”»〞〟")
_BEFORE_OPENING = frozenset("([{—–-/‘'") | {OPEN}
_AFTER_CLOSING = frozenset(".,;:!?)]}—–-/…'’")


def directed(piece: Piece) -> Piece:
    """The paragraph with every quotation mark turned into an opening or a closing one."""
    return _singles(_doubles(piece))


def _doubles(piece: Piece) -> Piece:
    """Replace every kind of double mark."""
    text = piece.text
    if not _DOUBLE.search(text):
        return piece
    parts: list[str] = []
    origin = array("q")
    position, is_open = 0, False
    for match in _DOUBLE.finditer(text):
        if match.group() == '"' and not is_open and text[match.start() - 1 : match.start()].isdigit():
            continue
        opens = _opens(text, match, is_open)
        parts += [text[position : match.start()], OPEN if opens else CLOSE]
        origin.extend(piece.origin[position : match.start() + 1])
        position, is_open = match.end(), opens
    parts.append(text[position:])
    origin.extend(piece.origin[position:])
    return _without_inner_space(Piece("".join(parts), origin))


def _opens(text: str, match: re.Match[str], is_open: bool) -> bool:
    """Whether a double mark opens a quotation: by its neighbours, else by its shape, else by what is open."""
    before, after = text[: match.start()][-1:], text[match.end() : match.end() + 1]
    free_left = not before or before.isspace() or before in _BEFORE_OPENING
    free_right = not after or after.isspace() or after in _AFTER_CLOSING
    if free_left != free_right:
        return free_left
    if match.group() in _OPENING_SIGNS:
        return not (match.group() == "“" and is_open and free_right)
    if match.group() in _CLOSING_SIGNS:
        return False
    return not is_open


def _without_inner_space(piece: Piece) -> Piece:
    """French marks stand off by a space: take it away, so that marks touch their words."""
    keep = [i for i in range(len(piece.text)) if not _is_inner_space(piece.text, i)]
    if len(keep) == len(piece.text):
        return piece
    return Piece("".join(piece.text[i] for i in keep), array("q", (piece.origin[i] for i in keep)))


def _is_inner_space(text: str, i: int) -> bool:
    return text[i] == " " and (text[i - 1 : i] == OPEN or (text[i + 1 : i + 2] == CLOSE and i > 0))


def _singles(piece: Piece) -> Piece:
    """Turn pairs of single marks into quotations: outer ones become “ ”, those inside a double pair ‘ ’.

    One for one, so the map of offsets stays.
    """
    text = piece.text
    if not _SINGLE.search(text):
        return piece
    out = list(text)
    position = 0
    while (start := _single_opening(text, position)) is not None:
        end = _single_closing(text, start)
        if end is None:
            position = start + 1
            continue
        inner = _inside_double(text, start)
        out[start], out[end] = (INNER_OPEN, INNER_CLOSE) if inner else (OPEN, CLOSE)
        position = end + 1
    return Piece("".join(out), piece.origin)


def _single_opening(text: str, position: int) -> int | None:
    """The next single mark that may open a quotation: free on its left, a word on its right."""
    for i in range(position, len(text) - 1):
        if text[i] in "‘‚‹'`" and (i == 0 or text[i - 1].isspace() or text[i - 1] in "([—–“"):
            following = text[i + 1]
            if following.isalpha() and not re.match(
                r"(?:em|til|tis|twas|cause|n|bout)\b", text[i + 1 :], re.IGNORECASE
            ):
                return i
            if text[i] in "‘‚‹" and following.isdigit():
                return i
    return None


def _single_closing(text: str, start: int) -> int | None:
    """The mark that closes a single quotation: best after a sentence mark, else not after an s, else the first."""
    limit = text.find(CLOSE, start)
    stop = limit if limit >= 0 and _inside_double(text, start) else len(text)
    found: list[tuple[int, int]] = []
    for i in range(start + 2, stop):
        if text[i] in "’'›‘`" and (i + 1 == len(text) or not text[i + 1].isalnum()) and not text[i - 1].isspace():
            rank = 0 if text[i - 1] in ".,!?;" else 1 if text[i - 1] not in "sS" else 2
            found.append((rank, i))
            if rank == 0:
                break
    return min(found)[1] if found else None


def _inside_double(text: str, position: int) -> bool:
    """Whether a double quotation is open at a position."""
    return text.rfind(OPEN, 0, position) > text.rfind(CLOSE, 0, position)
