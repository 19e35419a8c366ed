"""Days, months and stretches of days that a text names, placed in a year by the article's own date."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from parley import codebook

Found = tuple[float, float, int, int]
"""First and last day as ordinals, and where they stand: code points."""
FAR = 200
"""Days: a date without a year is the one nearest to publication, and one farther off than this is not placed."""


@cache
def _months() -> dict[str, int]:
    return dict(codebook.load("dates")["months"])


@cache
def _pattern() -> re.Pattern[str]:
    month = "|".join(sorted(_months(), key=len, reverse=True))
    day = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
    to = r"\s?(?:-|–|to|and|until|or)\s?"
    return re.compile(
        rf"\b(?P<iso>\d{{4}}-\d\d-\d\d)\b"
        rf"|\b(?P<d1>{day})(?:(?: (?P<m5>{month}))?{to}(?P<d2>{day}))?"
        rf" (?:of )?(?P<m1>{month})\b\.?(?:,? (?P<y1>\d{{4}})\b)?"
        rf"|\b(?P<m2>{month})\b\.? (?P<d3>{day})\b(?:{to}(?P<m4>(?P=m2) )?(?P<d4>{day})\b)?(?:,? (?P<y2>\d{{4}})\b)?"
        rf"|\b(?:the )?end of (?P<m3>{month})\b(?: (?P<y3>\d{{4}})\b)?",
        re.IGNORECASE,
    )


def dates(text: str, published: str | None) -> Iterator[Found]:
    """The days that a text names, left to right.

    Args:
        text: any.
        published: ISO date by which the year is told where none is named.
    """
    near = _day(published)
    for match in _pattern().finditer(text):
        found = _read(match, near)
        if found:
            yield found[0].toordinal(), found[1].toordinal(), match.start(), match.end()


def _read(match: re.Match[str], near: date | None) -> tuple[date, date] | None:
    """First and last day of a match; nothing if it is no day of a calendar."""
    if match["iso"]:
        day = _day(match["iso"])
        return (day, day) if day else None
    name = match["m1"] or match["m2"] or match["m3"]
    if name.lower() in ("may", "mar", "march") and not name[0].isupper():
        return None
    month = _months()[name.lower()]
    if match["m5"] and _months()[match["m5"].lower()] != month:
        return None
    year = int(match["y1"] or match["y2"] or match["y3"] or 0) or _year(month, near)
    if not 1 <= year <= date.max.year:
        return None
    last = calendar.monthrange(year, month)[1]
    if match["m3"]:
        return date(year, month, last), date(year, month, last)
    days = [int(re.sub(r"\D", "", word)) for word in (match["d1"], match["d2"], match["d3"], match["d4"]) if word]
    if not all(1 <= day <= last for day in days):
        return None
    return date(year, month, min(days)), date(year, month, max(days))


def _year(month: int, near: date | None) -> int:
    """The year in which the middle of a month lies nearest to a day; 0 if that is far or the day is not known."""
    if near is None:
        return 0
    years = (near.year - 1, near.year, near.year + 1)
    away, year = min((abs((date(y, month, 15) - near).days), y) for y in years if 1 <= y <= date.max.year)
    return year if away <= FAR else 0


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
