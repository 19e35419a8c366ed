"""Numbers, durations, shares and dates in words, as typed values: "ninety days" and "a 90-day truce" are the same.

Values are read from any text by its words alone; what a number counts is the first plural near behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal, get_args

from parley import codebook
from parley.analysis.value_dates import dates

Kind = Literal["count", "swap", "duration", "share", "date"]
Bound = Literal["", "at least", "at most", "about"]


@dataclass(frozen=True, slots=True)
class Value:
    """One value. ``start`` and ``end`` are code points into the text that was given."""

    kind: Kind
    low: float
    """The number itself; a duration in days, a date as its ordinal day (1 January of the year 1 is 1)."""
    high: float
    """Equal to ``low`` unless a range is named."""
    unit: str
    """What is counted (a plural noun, synonyms under their first), the unit of a duration, or empty."""
    words: str
    start: int
    end: int
    bound: Bound = ""

    @property
    def key(self) -> tuple[str, float, float, str]:
        """Equal for values that say the same; a bound does not matter."""
        return self.kind, round(self.low, 3), round(self.high, 3), "" if self.kind == "duration" else self.unit

    @property
    def shown(self) -> str:
        """The value in the words of its text, on one line."""
        return " ".join(self.words.split())


@lru_cache(maxsize=65_536)
def values(text: str, published: str | None = None) -> tuple[Value, ...]:
    """The values in a text, left to right.

    Args:
        text: a sentence or two.
        published: ISO date by which days without a year are placed; without it such days are left out.
    """
    found = [*dates(text, published)]
    taken = [(start, end) for _, _, start, end in found]
    days = [Value("date", low, high, "", text[start:end], start, end) for low, high, start, end in found]
    numbers = [value for value in _numbers(text) if not any(s < value.end and value.start < e for s, e in taken)]
    return tuple(sorted((*days, *numbers), key=lambda value: (value.start, value.end)))


def typed(text: str) -> bool:
    """Whether a text may hold a value: a quick look."""
    return bool(_patterns().any.search(text))


# ---------------------------------------------------------------- patterns
@dataclass(frozen=True)
class Patterns:
    """Compiled patterns and tables, made once from the codebook."""

    any: re.Pattern[str]
    swap: re.Pattern[str]
    duration: re.Pattern[str]
    share: re.Pattern[str]
    count: re.Pattern[str]
    bounds: tuple[tuple[Bound, re.Pattern[str]], ...]
    ones: Mapping[str, int]
    scales: Mapping[str, int]
    units: Mapping[str, float]
    same: Mapping[str, str]
    plurals: frozenset[str]
    no_nouns: frozenset[str]
    stops: frozenset[str]


@cache
def _patterns() -> Patterns:
    table = codebook.load("analysis")
    words: Mapping[str, Any] = table["values"]
    ones, scales = dict(table["numbers"]), dict(table["scales"])
    spelled = "|".join(sorted((*ones, *scales), key=len, reverse=True))
    digits = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?!\d)|\d+(?:\.\d+)?"
    number = rf"(?:(?:{digits})(?:[ -](?:{'|'.join(scales)}))?|(?:an? )?(?:{spelled})(?:[ -](?:and )?(?:{spelled}))*)"
    between = r"(?:\s*(?:-|–|to|or|and)\s*)"
    units = "|".join(table["durations"])
    return Patterns(
        any=re.compile(rf"\d|\b(?:{spelled})\b", re.IGNORECASE),
        swap=re.compile(rf"\b({number})[- ]for[- ]({number})\b(?:[ ]+(\w+))?", re.IGNORECASE),
        duration=re.compile(rf"\b({number})(?:{between}({number}))?[- ]({units})s?\b", re.IGNORECASE),
        share=re.compile(rf"\b({number})(?:{between}({number}))?[ ]?(?:%|per ?cent\b)", re.IGNORECASE),
        count=re.compile(rf"(?<![\w.,/:-])({number})(?![\w%/:]|[.,]\d|-\w|st\b|nd\b|rd\b|th\b)", re.IGNORECASE),
        bounds=tuple(
            (bound, re.compile(rf"\b(?:{'|'.join(words[bound.replace(' ', '_')])}) (?:an? )?$", re.IGNORECASE))
            for bound in get_args(Bound)
            if bound
        ),
        ones=ones,
        scales=scales,
        units=dict(table["durations"]),
        same={word: row[0] for row in words["same"] for word in row},
        plurals=frozenset(words["plurals"]),
        no_nouns=frozenset(words["no_nouns"]),
        stops=frozenset(words["stops"]),
    )


# ---------------------------------------------------------------- numbers
def _numbers(text: str) -> Iterator[Value]:
    """Swaps, durations, shares and counts; each stretch of the text is read once."""
    found, taken = _patterns(), bytearray(len(text))
    for kind, pattern in (("swap", found.swap), ("duration", found.duration), ("share", found.share)):
        for match in pattern.finditer(text):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
                yield _value(kind, match, text)  # type: ignore[arg-type]
    for match in found.count.finditer(text):
        value = None if any(taken[match.start() : match.end()]) else _count(match, text)
        if value:
            yield value


def _value(kind: Kind, match: re.Match[str], text: str) -> Value:
    low = number_of(match[1])
    high = number_of(match[2]) if match[2] else low
    unit, end = "", match.end()
    if kind == "duration":
        unit = match[3].lower()
        low, high = low * _patterns().units[unit], high * _patterns().units[unit]
    elif kind == "swap":
        noun = (match[3] or "").lower()
        unit = _noun(noun)
        end = match.end() if unit else match.end(2)
    return Value(kind, min(low, high), max(low, high), unit, text[match.start() : end], match.start(), end,
                 _bound(text, match.start()))  # fmt: skip


def _count(match: re.Match[str], text: str) -> Value | None:
    """A count with the noun that it counts, if a plural stands near behind it; else a bare number if it is large."""
    number = number_of(match[1])
    unit, end = _counted(text, match.end())
    year = match[1].isdigit() and len(match[1]) == 4 and 1000 < number < 2200
    if not unit and (number < 100 or year):
        return None
    return Value("count", number, number, unit, text[match.start() : end], match.start(), end,
                 _bound(text, match.start()))  # fmt: skip


_WORD = re.compile(r"[ ](?:of (?:the |its |their )?)?([\w'-]+)")
NEAR = 4
"""Words behind a number among which the thing counted is looked for."""


def _counted(text: str, start: int) -> tuple[str, int]:
    """The thing counted by a number that ends at ``start``, and where it ends."""
    at = start
    for _ in range(NEAR):
        match = _WORD.match(text, at)
        if match is None or match[1].lower() in _patterns().stops:
            break
        if unit := _noun(match[1].lower()):
            return unit, match.end()
        at = match.end()
    return "", start


def _noun(word: str) -> str:
    """The plural noun that a word is, its synonyms under one; empty if it is none."""
    found = _patterns()
    if word in found.plurals or (len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "'s", "us", "is"))):
        return "" if word in found.no_nouns else found.same.get(word, word)
    return ""


def _bound(text: str, start: int) -> Bound:
    """The bound that stands before a number."""
    before = text[max(0, start - 24) : start]
    return next((bound for bound, pattern in _patterns().bounds if pattern.search(before)), "")


def number_of(words: str) -> float:
    """The number that digits or words name: "6,057", "1.2 million", "two hundred and ten"."""
    found = _patterns()
    total = current = 0.0
    for word in re.split(r"[ -]+", words.lower()):
        if word in found.scales:
            current = (current or 1) * found.scales[word]
            if found.scales[word] >= 1000:
                total, current = total + current, 0.0
        elif word in found.ones:
            current += found.ones[word]
        elif word[:1].isdigit():
            current += float(re.sub(r"[,\u00a0\u202f]", "", word))
    return total + current
