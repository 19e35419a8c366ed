"""Which issue some words are about, by meaning: for wordings that no term of the codebook covers.

Every word piece votes for issues with a weight that was learnt from the example wordings of the codebook, on top of
the input embeddings of a sentence encoder, so that words which never stood in an example vote as their neighbours do
(a linear classifier on averaged embeddings, as in Joulin et al. 2017, "Bag of tricks for efficient text
classification"). Names do not vote: what an issue is does not depend on whose talks they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from parley.errors import ModelError

TELLING, LEAST = 4, 3
"""Letters of a word that may tell something, and how many such words there must be: "it again" tells nothing."""
WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
FOLDER = "weights"


class Meaning:
    """The learnt votes of word pieces for issues."""

    def __init__(self, folder: Path, tokenizer: Path) -> None:
        """Open them.

        Args:
            folder: holds votes.npz and issues.json.
            tokenizer: tokenizer.json of the encoder whose pieces vote.

        Raises:
            ModelError: a file is absent or damaged.
        """
        try:
            with np.load(folder / "votes.npz", allow_pickle=False) as arrays:
                self._votes: NDArray[np.int8] = arrays["votes"]
                self._scale: NDArray[np.float32] = arrays["scale"]
                self._bias: NDArray[np.float32] = arrays["bias"]
            self.issues: tuple[str, ...] = tuple(json.loads((folder / "issues.json").read_text(encoding="utf-8")))
            self._tokenizer = plain_tokenizer(tokenizer)
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(f"{folder}: the votes for issues cannot be read ({error})") from error

    def chances(self, text: str) -> Mapping[str, float]:
        """The probability of every issue, ``other`` included, given some words; empty where they tell too little."""
        words = common_words(text)
        if sum(len(word) >= TELLING for word in words.split()) < LEAST:
            return {}
        pieces = self._tokenizer.encode(words, add_special_tokens=False).ids
        scores = self._votes[pieces].astype(np.float32).mean(0) * self._scale + self._bias
        raised = np.exp(scores - scores.max())
        return dict(zip(self.issues, (raised / raised.sum()).tolist(), strict=True))


def plain_tokenizer(path: Path) -> Tokenizer:
    """A tokenizer from its file, without the padding and cutting that the file may ask for."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def common_words(text: str) -> str:
    """The words of a text that are no names, in small letters."""
    return " ".join(word.lower() for word in WORD.findall(text) if not word[0].isupper() and not word[0].isdigit())


@lru_cache(maxsize=1)
def shipped() -> Meaning:
    """The votes that come with Parley.

    Raises:
        ModelError: they are absent.
    """
    weights = Path(str(resources.files("parley") / FOLDER))
    return Meaning(weights / "issues", weights / "attribution" / "tokenizer.json")
