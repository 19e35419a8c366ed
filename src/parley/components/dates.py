"""When something was said or done: dates in the words, reckoned from the article's own date where they need it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Literal

from spacy.tokens import Doc

from parley import codebook
from parley.model import Basis, Date, Precision

UNKNOWN = Date()
_YEAR = re.compile(r"(?:1[89]|20)\d\d$")
_DAY = re.compile(r"([1-9]|[12]\d|3[01])(?:st|nd|rd|th)?$")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)$")
_STEPS = 12
"""Steps up the tree to the verb of a date: bounds hostile sentences."""


class Dates:
    """The dates that a doc names, by the clause in which they stand."""

    def __init__(self, doc: Doc) -> None:
        """Read every date once."""
        self._doc = doc
        self._by_clause: dict[int, Date] = {}
        for token, found in _dates(doc):
            self._by_clause.setdefault(_clause(doc, token), found)

    def at(self, token: int) -> Date:
        """The date of the clause in which a token stands, or of the clause on which that one depends as a complement.

        Unknown where neither names one: a date of the reporting ("officials said on Monday") is not the act's.
        """
        top = _clause(self._doc, token)
        for _ in range(3):
            if top in self._by_clause:
                return self._by_clause[top]
            word = self._doc[top]
            if word.dep_ not in ("xcomp", "conj"):
                break
            top = _clause(self._doc, word.head.i)
        return UNKNOWN


@cache
def _words() -> Mapping[str, Mapping[str, int]]:
    return {name: dict(table) for name, table in codebook.load("dates").items()}


def _published(doc: Doc) -> date | None:
    """The article's own date, as far as it is a day."""
    try:
        return date.fromisoformat(str(doc.user_data.get("published") or "")[:10])
    except ValueError:
        return None


def _clause(doc: Doc, i: int) -> int:
    """The nearest verb above a token, or its root."""
    token = doc[i]
    for _ in range(_STEPS):
        if token.tag_.startswith("VB") or token.head.i == token.i:
            break
        token = token.head
    return token.i


def _dates(doc: Doc) -> Iterator[tuple[int, Date]]:
    """Every date of a doc with the token it hangs on, left to right."""
    words, published, i = _words(), _published(doc), 0
    lower = [token.lower_ for token in doc]
    while i < len(doc):
        word, step, found = lower[i], 1, None
        if word in words["months"] and (word not in ("may", "march") or doc[i].text[0].isupper()):
            found, step, i = _month(lower, i, published)
        elif word in words["weekdays"]:
            found = _weekday(words["weekdays"][word], lower[i - 1] if i else "", published)
        elif word in words["days"] and (word != "now" or doc[i].dep_ == "advmod"):
            found = _reckoned(published, words["days"][word], "day", "relative" if words["days"][word] else "published")
        elif word in words["units"] and i:
            found = _unit(lower, i, published)
        elif (
            _YEAR.match(word) and i and lower[i - 1] in ("in", "since", "of", "during", "year", "early", "late", "mid")
        ):
            found = Date(word, "year", "text")
        elif match := _ISO.match(word):
            found = _day(int(match[1]), int(match[2]), int(match[3]), "text")
        if found is not None:
            yield i, found
        i += step


def _month(lower: list[str], i: int, published: date | None) -> tuple[Date | None, int, int]:
    """A date around the name of a month: the date, the tokens to go on by, and the token it hangs on."""
    month, after = _words()["months"][lower[i]], i + 1
    if after < len(lower) and lower[after] == ".":
        after += 1
    before = lower[i - 2] if i > 1 and lower[i - 1] == "of" else lower[i - 1] if i else ""
    day = _DAY.match(before)
    if day is None and after < len(lower) and (day := _DAY.match(lower[after])):
        after += 1
    comma = after + 1 if after < len(lower) and lower[after] in (",", "of") else after
    year = int(lower[comma]) if comma < len(lower) and _YEAR.match(lower[comma]) else None
    step = max((comma + 1 if year else after) - i, 1)
    if year is None and published is None:
        return None, step, i
    basis: Basis = "text" if year else "relative"
    whole = year or _year_of(month, published)
    found = _day(whole, month, int(day[1]), basis) if day else Date(f"{whole:04d}-{month:02d}", "month", basis)
    return found, step, i


def _year_of(month: int, published: date | None) -> int:
    """The year of a month without one: the nearest to the article, the past before the future."""
    if published is None:
        return 0
    ahead = month - published.month
    return published.year - 1 if ahead > 6 else published.year + 1 if ahead < -9 else published.year


def _day(year: int, month: int, day: int, basis: Basis) -> Date | None:
    try:
        return Date(date(year, month, day).isoformat(), "day", basis)
    except ValueError:
        return None


def _weekday(weekday: int, before: str, published: date | None) -> Date | None:
    """The last such day up to the article's own; "next Monday" the one after it."""
    if published is None:
        return None
    back = (published.weekday() - weekday) % 7
    days = 7 - back if _words()["shifts"].get(before) == 1 else -(back or 7) if before == "last" else -back
    return _reckoned(published, days, "day", "relative")


def _unit(lower: list[str], i: int, published: date | None) -> Date | None:
    """The like of "last month", "this year", "next week": as precise as the word."""
    shift = _words()["shifts"].get(lower[i - 1])
    if shift is None or published is None:
        return None
    unit = lower[i]
    if unit == "year":
        return Date(f"{published.year + shift:04d}", "year", "relative")
    if unit == "month":
        whole = published.year * 12 + published.month - 1 + shift
        return Date(f"{whole // 12:04d}-{whole % 12 + 1:02d}", "month", "relative")
    moved = _moved(published, shift * _words()["units"][unit])
    return None if moved is None else Date(f"{moved.year:04d}-{moved.month:02d}", "month", "relative")


def _reckoned(
    published: date | None, days: int, precision: Literal["day"], basis: Literal["relative", "published"]
) -> Date | None:
    moved = None if published is None else _moved(published, days)
    level: Precision = precision
    return None if moved is None else Date(moved.isoformat(), level, basis)


def _moved(start: date, days: int) -> date | None:
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return None
