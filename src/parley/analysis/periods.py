"""Periods by which positions are followed over time: calendar periods, or the stretches between given days."""

from __future__ import annotations

from collections.abc import Sequence

from parley.analysis.filters import iso_day
from parley.analysis.source import literals
from parley.errors import ParleyError

CALENDAR = {
    "month": "strftime(day, '%Y-%m')",
    "quarter": "strftime(day, '%Y') || '-Q' || quarter(day)",
    "year": "strftime(day, '%Y')",
}
"""Names of calendar periods and the SQL of their label."""
BEFORE = "before "
UNDATED = "undated"


def period_sql(periods: str | Sequence[str] | None) -> str | None:
    """SQL for the label of the period in which ``day`` lies; labels sort by time except that ``before`` comes last.

    Args:
        periods: month, quarter, year, or days in ISO 8601: each begins a period, as a round of talks does.

    Raises:
        ParleyError: neither a calendar period nor days.
    """
    if periods is None or not periods:
        return None
    if isinstance(periods, str) and periods in CALENDAR:
        return f"coalesce({CALENDAR[periods]}, '{UNDATED}')"
    words = periods.split(",") if isinstance(periods, str) else periods
    days = sorted(_day(word.strip()) for word in words)
    arms = " ".join(f"WHEN day >= DATE {literals([day])} THEN {literals(['from ' + day])}" for day in reversed(days))
    return f"CASE WHEN day IS NULL THEN '{UNDATED}' {arms} ELSE '{BEFORE}{days[0]}' END"


def in_order(labels: Sequence[str]) -> tuple[str, ...]:
    """Labels of periods by time: what lies before the first given day first, the undated last."""
    return tuple(sorted(set(labels), key=lambda label: (label == UNDATED, not label.startswith(BEFORE), label)))


def _day(word: str) -> str:
    try:
        return iso_day(word, "--periods")
    except ParleyError as error:
        names = ", ".join(CALENDAR)
        raise ParleyError(f"--periods {word!r} is neither {names} nor a date like 2025-06-02") from error
