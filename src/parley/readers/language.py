"""Which language a text is in, so that an article in another one is not read as bad English."""

from __future__ import annotations

from functools import cache
from typing import Any

MIN_CHARACTERS = 120
"""Code points of letters; the language of less is a guess."""
SAMPLE = 4_000
"""Code points that are looked at."""
NAMES = {
    "ar": "Arabic", "de": "German", "es": "Spanish", "fa": "Persian", "fr": "French", "he": "Hebrew", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ru": "Russian",
    "tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip


def language(text: str) -> str | None:
    """ISO 639-1 code of the text's language; None where the text is too short to tell."""
    sample = text[:SAMPLE]
    if sum(map(str.isalpha, sample)) < MIN_CHARACTERS:
        return None
    return str(_identifier()(sample)[0])


def name_of(code: str) -> str:
    """The English name of a language, as far as it is listed here; else its code."""
    return NAMES.get(code, code)


@cache
def _identifier() -> Any:
    """The identifier; loading it takes most of a second, so only when needed."""
    from py3langid import classify

    return classify
