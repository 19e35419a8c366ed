"""Windows: whole paragraphs packed into the sequences of word pieces that the encoder reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.tagger.words import Span, Words, runs_on

CLS, SEP = 101, 102
TYPES = 6  # quoted or not, times three kinds of letter case
TARGET = 160  # pieces a window aims at: the fastest range of the int8 encoder on one core is 96 to 192
LIMIT = 384  # pieces a window may hold at most; longer paragraphs are cut after a sentence

Pieces = tuple[int, ...]
PieceOf = Callable[[str], Pieces]


@dataclass(frozen=True)
class Window:
    """One input of the encoder.

    Attributes:
        ids: word piece ids, with [CLS] first and [SEP] after every paragraph, int [s].
        types: quoted * 3 + case of each piece (0 for the special ones), int [s].
        first: index of the first piece of every word, int [t].
        start: index in the text of the first word; the words of a window are contiguous.
    """

    ids: NDArray[np.int64]
    types: NDArray[np.int64]
    first: NDArray[np.int64]
    start: int

    @property
    def stop(self) -> int:
        """Index in the text after the last word."""
        return self.start + len(self.first)


def make_windows(
    words: Words, piece_of: PieceOf, *, target: int = TARGET, forms: Sequence[str] | None = None
) -> list[Window]:
    """Packs the paragraphs of a text.

    Args:
        words: the words of the text.
        piece_of: word form to word piece ids.
        target: pieces after which a window is closed.
        forms: forms to encode instead of words.forms (same length), for augmentation.
    """
    pieces = [piece_of(form) for form in (words.forms if forms is None else forms)]
    sizes = np.array([len(p) for p in pieces], dtype=np.int64)
    kinds = words.quoted * 3 + words.case
    groups = _pack(_blocks(words, sizes), words, sizes, target)
    return [_window(group, pieces, sizes, kinds) for group in groups]


def _blocks(words: Words, sizes: NDArray[np.int64]) -> list[Span]:
    """Paragraphs, those longer than LIMIT cut after the last sentence end that fits."""
    out: list[Span] = []
    for begin, end in words.blocks:
        while sizes[begin:end].sum() > LIMIT - 2:
            fits = begin + int(np.searchsorted(np.cumsum(sizes[begin:end]), LIMIT - 2, side="right"))
            stops = [i + 1 for i in range(begin + (fits - begin) // 2, fits) if words.forms[i] in ".!?"]
            cut = max(stops[-1] if stops else fits, begin + 1)
            out.append((begin, cut))
            begin = cut
        if begin < end:
            out.append((begin, end))
    return out


def _pack(blocks: Sequence[Span], words: Words, sizes: NDArray[np.int64], target: int) -> list[list[Span]]:
    groups: list[list[Span]] = []
    held = 0
    for begin, end in blocks:
        size = int(sizes[begin:end].sum()) + 1
        joined = bool(groups) and runs_on(words, groups[-1][-1], begin)
        if groups and held + size <= (LIMIT - 2 if joined else target):
            groups[-1].append((begin, end))
            held += size
        else:
            groups.append([(begin, end)])
            held = size
    return groups


def _window(
    group: Sequence[Span], pieces: Sequence[Pieces], sizes: NDArray[np.int64], kinds: NDArray[np.int64]
) -> Window:
    ids: list[int] = [CLS]
    types: list[int] = [0]
    first: list[int] = []
    for begin, end in group:
        for i in range(begin, end):
            first.append(len(ids))
            ids.extend(pieces[i])
            types.extend([int(kinds[i])] * len(pieces[i]))
        ids.append(SEP)
        types.append(0)
    return Window(_ints(ids), _ints(types), _ints(first), group[0][0])


def _ints(values: Sequence[int]) -> NDArray[np.int64]:
    return np.array(values, dtype=np.int64)
