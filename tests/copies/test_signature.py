from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.copies import SIGNATURE_BYTES, signature
from parley.copies.signature import decode
from parley.model import Passage

TEXT = "The envoys met in Lusaka. They asked for a longer truce, and went home."


@given(st.text())
def test_any_text_has_a_signature_of_one_length(text: str) -> None:
    assert len(signature(text)) == SIGNATURE_BYTES == 528
    assert signature(text) == signature(text)


def test_lone_surrogates_do_no_harm() -> None:
    assert signature("a \ud800 b") == signature("A, b!")


def test_case_and_punctuation_do_not_count() -> None:
    assert signature(TEXT) == signature(TEXT.upper().replace(".", " —").replace(",", ""))
    assert signature(TEXT) != signature(TEXT.replace("longer", "shorter"))


def test_only_the_body_counts_where_it_is_known() -> None:
    page = "Menu Sport Weather " + TEXT + " Scroll to top"
    start = page.index("The envoys")
    body = Passage((start, start + len(TEXT)), "body")
    assert signature(page, [Passage((0, start), "furniture"), body]) == signature(TEXT)
    assert signature(TEXT, [Passage((0, len(TEXT)), "furniture")]) == signature(TEXT)


def test_signatures_on_disk_stay_comparable() -> None:
    """Fails when rensa or the normalisation changes what is computed: raise FORMAT then."""
    row = decode([signature(TEXT)])[0]
    assert (int(row["format"]), int(row["shingles"]), int(row["digest"])) == (1, 13, 5262721143188494466)
    assert row["minima"][:3].tolist() == [3238099171, 1219225091, 3224585321]


@pytest.mark.parametrize("broken", [b"", b"x" * 7, b"\xff" * SIGNATURE_BYTES, bytes(SIGNATURE_BYTES)])
def test_a_broken_signature_is_that_of_an_empty_text(broken: bytes) -> None:
    row = decode([broken])[0]
    assert (int(row["shingles"]), int(row["digest"])) == (0, 0)
    assert isinstance(row["minima"], np.ndarray)
