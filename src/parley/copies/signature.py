"""A text's signature: what is kept of it so that copies are found without reading it again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from rensa import RMinHash  # type: ignore[import-untyped]

from parley.model import Passage

PERMUTATIONS = 128
"""The estimate of a similarity near one half then has a standard error of 0.044."""
SEED = 1
FORMAT = 1
"""Goes up when the words, the shingles or the hashes change: signatures of two formats say nothing of each other."""
LAYOUT = np.dtype(
    [("format", "<u4"), ("shingles", "<u4"), ("digest", "<u8"), ("minima", "<u4", (PERMUTATIONS,))], align=False
)
SIGNATURE_BYTES = LAYOUT.itemsize
WORD = re.compile(r"[^\W_]+")

Rows = npt.NDArray[np.void]
"""Signatures as an array of ``LAYOUT``."""


def signature(text: str, passages: Iterable[Passage] = ()) -> bytes:
    """The signature of a text: ``SIGNATURE_BYTES`` bytes, the same on every machine.

    Pairs of neighbouring words are what is compared: single words make all articles on one subject alike, and with
    triples a light edit costs too much. Case and punctuation do not count.

    Args:
        text: the article's text.
        passages: its passages; where some are body, only these count, for menus and teasers are the site's.
    """
    words = WORD.findall(_body(text, passages).casefold())
    pairs = {f"{one} {two}".encode() for one, two in pairwise(words)}
    sketch = RMinHash(PERMUTATIONS, SEED)
    sketch.update(sorted(pairs))
    row = np.zeros(1, LAYOUT)
    row["format"], row["shingles"], row["digest"] = FORMAT, len(pairs), _digest(words)
    row["minima"] = sketch.digest()
    return row.tobytes()


def decode(signatures: Iterable[bytes]) -> Rows:
    """Signatures as an array; one that is of another format, or broken, becomes that of an empty text."""
    empty = bytes(SIGNATURE_BYTES)
    rows = np.frombuffer(
        b"".join(one if len(one) == SIGNATURE_BYTES else empty for one in signatures), dtype=LAYOUT
    ).copy()
    rows[rows["format"] != FORMAT] = np.zeros((), LAYOUT)
    return rows


def _body(text: str, passages: Iterable[Passage]) -> str:
    """The text of the body passages, or all of it where none is known."""
    body = [text[slice(*passage.span)] for passage in passages if passage.kind == "body"]
    return "\n".join(body) or text


def _digest(words: list[str]) -> int:
    """64 bits that two texts share when their words are the same in the same order; 0 for no words."""
    if not words:
        return 0
    return int.from_bytes(blake2b(" ".join(words).encode(), digest_size=8).digest(), "little") or 1
