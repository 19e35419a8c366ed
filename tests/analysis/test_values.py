"""Typed values in words."""

from __future__ import annotations

from datetime import date

import pytest

from parley.analysis.values import number_of, values


def read(text: str) -> list[tuple[str, float, float, str]]:
    return [(v.kind, v.low, v.high, v.unit) for v in values(text, "2019-10-05")]


@pytest.mark.parametrize(
    ("text", "kind", "low", "high", "unit"),
    [
        ("a 45-day pause", "duration", 45, 45, "day"),
        ("a pause of forty-five days", "duration", 45, 45, "day"),
        ("two to three weeks of quiet", "duration", 14, 21, "week"),
        ("a window of 12-36 hours", "duration", 0.5, 1.5, "hour"),
        ("freed on a 200-for-200 basis", "swap", 200, 200, ""),
        ("trade 40 for 900 prisoners", "swap", 40, 900, "prisoners"),
        ("7,431 corpses were counted", "count", 7431, 7431, "bodies"),
        ("some 212 stranded children", "count", 212, 212, "children"),
        ("a toll of 7,431", "count", 7431, 7431, ""),
        ("two hundred and ten captives", "count", 210, 210, "prisoners"),
        ("2.5 million people", "count", 2_500_000, 2_500_000, "people"),
        ("12 per cent of it", "share", 12, 12, ""),
        ("12% of it", "share", 12, 12, ""),
    ],
)
def test_a_value_is_read(text: str, kind: str, low: float, high: float, unit: str) -> None:
    assert read(text) == [(kind, low, high, unit)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("on 12 October", date(2019, 10, 12), date(2019, 10, 12)),
        ("between October 12 and 20", date(2019, 10, 12), date(2019, 10, 20)),
        ("between October 12 and October 20", date(2019, 10, 12), date(2019, 10, 20)),
        ("from 12 October to 20 October", date(2019, 10, 12), date(2019, 10, 20)),
        ("12-20 October 2021", date(2021, 10, 12), date(2021, 10, 20)),
        ("by the end of November", date(2019, 11, 30), date(2019, 11, 30)),
        ("on 2019-12-01", date(2019, 12, 1), date(2019, 12, 1)),
        ("in mid January 3 came", date(2020, 1, 3), date(2020, 1, 3)),
    ],
)
def test_a_date_is_placed_near_publication(text: str, low: date, high: date) -> None:
    assert read(text) == [("date", low.toordinal(), high.toordinal(), "")]


@pytest.mark.parametrize(
    "text",
    ["in 2019 they met", "at 10:45", "31 February", "the 3rd round", "page 12/40", "12 may come", "one day less", ""],
)
def test_what_is_no_count_is_left(text: str) -> None:
    assert [found for found in read(text) if found[0] in ("count", "date", "swap")] == []


def test_bounds_and_places() -> None:
    (found,) = values("It asked for at least 90 days of calm.")
    assert (found.bound, found.words, found.start, found.end) == ("at least", "90 days", 22, 29)
    assert not values("on 12 October")  # no year is known


@pytest.mark.parametrize(
    ("words", "number"), [("1,234,567", 1234567), ("a dozen", 12), ("three thousand and two", 3002)]
)
def test_numbers(words: str, number: float) -> None:
    assert number_of(words) == number


def test_any_text_is_read() -> None:
    for text in ("9" * 5000, "one " * 5000, "1,000-for-" * 3000, "٣٤ ²³ Ⅷ", "30 " * 4000 + "days"):
        values(text)
