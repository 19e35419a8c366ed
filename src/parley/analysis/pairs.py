"""Pairs of claims that tell one thing in two ways: the rules, one function a kind, thresholds in the codebook.

Claims are sorted into small bins first (issue and unit, value, party), and only neighbours within a window of days are
held against each other, at most ``WINDOW`` of them: a long record costs no more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, NamedTuple

from parley import codebook
from parley.analysis.claims import Claim, alike, descriptions
from parley.analysis.values import Value
from parley.model import Span

WINDOW = 60
"""Later neighbours in its bin with which a claim is compared at most."""


@dataclass(frozen=True, slots=True)
class Side:
    """A claim, and the way it tells the thing."""

    claim: Claim
    label: str
    rank: Any
    """Order among the labels of one difference."""
    value: Value | None = None

    @property
    def node(self) -> tuple[Hashable, ...]:
        """What names the side among pairs of its kind."""
        return self.claim.article_id, self.claim.span, self.label, self.claim.issue


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ways to tell one thing."""

    kind: Literal["number", "duration", "date", "agreed", "holder", "description"]
    issue: str
    about: str
    strength: float
    sides: tuple[Side, Side]


def pairs(found: Iterable[Claim]) -> Iterator[Pair]:
    """All pairs of claims that differ."""
    claims = list(found)
    for rule in (_numbers, _durations, _dates, _plans, _agreed, _holders, _described):
        yield from rule(claims)


@cache
def _rule(name: str) -> Any:
    return codebook.load("analysis")["differences"][name]


# ---------------------------------------------------------------- what all kinds need
def _near(sides: Iterable[Side], days: int, key: Callable[[Side], Hashable]) -> Iterator[tuple[Side, Side]]:
    """Pairs of sides of one bin within some days, by different voices, that have a party in common."""
    bins: dict[Hashable, list[Side]] = {}
    for side in sides:
        bins.setdefault(key(side), []).append(side)
    for members in bins.values():
        members.sort(key=lambda side: (_ordinal(side.claim.day), side.claim.article_id, side.claim.span, side.label))
        yield from _neighbours([_Facts.of(side) for side in members], days)


class _Facts(NamedTuple):
    """What of a side is looked at again and again."""

    side: Side
    label: str
    day: int
    voice: tuple[str, str]
    place: tuple[str, Span]
    parties: frozenset[str]
    past: frozenset[float]

    @classmethod
    def of(cls, side: Side) -> _Facts:
        claim = side.claim
        place = claim.article_id, claim.span
        return cls(side, side.label, _ordinal(claim.day), claim.voice, place, claim.parties, _past(claim))


def _neighbours(members: list[_Facts], days: int) -> Iterator[tuple[Side, Side]]:
    """Pairs of one bin, which is sorted by day."""
    for k, one in enumerate(members):
        for other in members[k + 1 : k + 1 + WINDOW]:
            if other.day - one.day > days:
                break
            if one.label != other.label and _comparable(one, other):
                yield one.side, other.side


@cache
def _ordinal(day: str | None) -> int:
    """A day as a number; claims without a day stand together before all others."""
    try:
        return date.fromisoformat(day or "").toordinal()
    except ValueError:
        return 0


def _comparable(one: _Facts, other: _Facts) -> bool:
    """Whether two claims come from different voices and may speak of the same parties and days."""
    if one.voice == other.voice or one.place == other.place:
        return False
    if one.parties and other.parties and one.parties.isdisjoint(other.parties):
        return False
    if one.past and other.past:
        return not one.past.isdisjoint(other.past)
    if one.past or other.past:
        named, bare = (one, other) if one.past else (other, one)
        return bool(min(abs(day - bare.day) for day in named.past) <= _rule("act_days"))
    return True


def _past(claim: Claim) -> frozenset[float]:
    """Days before its publication that a claim names: two that name different ones tell of different events."""
    published = _ordinal((claim.published or "")[:10])
    return frozenset(v.low for v in claim.values if v.kind == "date" and v.low == v.high and v.low < published)


def _sides(claims: Iterable[Claim], kinds: Sequence[str]) -> Iterator[Side]:
    """A side for each value of some kinds."""
    for claim in claims:
        for value in claim.values:
            if value.kind in kinds and claim.issue != codebook.OTHER:
                yield Side(claim, value_label(value), (value.low, value.high), value)


def value_label(value: Value) -> str:
    """A value as it is told: equal for equal values."""
    if value.kind == "date":
        low, high = (date.fromordinal(int(day)).isoformat() for day in (value.low, value.high))
        return low if low == high else f"{low} to {high}"
    if value.kind == "duration":
        per = codebook.load("analysis")["durations"][value.unit]
        unit = value.unit if value.low < 1 else "day"
        per = per if unit == value.unit else 1
        low, high = f"{value.low / per:,.4g}", f"{value.high / per:,.4g}"
        return f"{low if low == high else f'{low} to {high}'} {unit}{'' if high == '1' else 's'}"
    number = f"{value.low:,.10g}" if value.low == value.high else f"{value.low:,.10g} to {value.high:,.10g}"
    return {"share": f"{number} per cent", "swap": f"{number} for {value.high:,.10g}"}.get(value.kind, number)


# ---------------------------------------------------------------- numbers
def _numbers(claims: list[Claim]) -> Iterator[Pair]:
    """Two counts of one thing."""
    sides = list(_sides(claims, ("count", "swap", "share")))
    told = _told_together(sides)
    for one, other in _near(sides, _rule("days"), lambda side: (side.claim.issue, side.value and side.value.kind)):
        a, b = one.value, other.value
        assert a is not None
        assert b is not None
        if (a.unit and b.unit and a.unit != b.unit) or _compatible(a, b) or _pair_of(one, other) in told:
            continue
        similar = alike(one.claim.content, other.claim.content)
        apart = abs(a.low - b.low) / max(a.low, b.low, 1)
        days = abs(_ordinal(one.claim.day) - _ordinal(other.claim.day))
        nearly = apart <= _rule("near_number") and min(a.low, b.low) >= _rule("least_count")
        if nearly and (a.unit or b.unit):
            strength = 0.75 + 0.15 * similar + 0.1 * bool(a.unit and b.unit)
        elif a.unit == b.unit and similar >= _rule("alike_number") and days <= _rule("near_days"):
            strength = 0.35 + 0.4 * similar
        else:
            continue
        yield Pair("number", one.claim.issue, a.unit or b.unit or a.kind, min(strength, 1.0), (one, other))


def _pair_of(one: Side, other: Side) -> tuple[Hashable, ...]:
    """What names a pair of values on an issue, whichever comes first."""
    low, high = sorted((one.rank, other.rank))
    return one.claim.issue, low, high


def _told_together(sides: Iterable[Side]) -> set[tuple[Hashable, ...]]:
    """Pairs of values that one voice tells in one article: it counts two things, so the two do not contradict."""
    by_voice: dict[Hashable, dict[Any, Side]] = {}
    for side in sides:
        key = side.claim.article_id, side.claim.voice, side.claim.issue
        by_voice.setdefault(key, {}).setdefault(side.rank, side)
    told: set[tuple[Hashable, ...]] = set()
    for found in by_voice.values():
        members = sorted(found.values(), key=lambda side: side.rank)[:WINDOW]
        told.update(_pair_of(one, other) for k, one in enumerate(members) for other in members[k + 1 :])
    return told


def _compatible(one: Value, other: Value) -> bool:
    """Whether two numbers may both be right: equal, within the other's bound, or a round one near a precise one."""
    if one.low <= other.high and other.low <= one.high:
        return True
    small, large = sorted((one, other), key=lambda value: value.low)
    if small.bound == "at least" or large.bound == "at most":
        return True
    apart = (large.low - small.high) / max(large.low, 1)
    loose = "about" in (one.bound, other.bound) or _round(one) != _round(other)
    return loose and apart <= 2 * _rule("near_number")


def _round(value: Value) -> bool:
    """Whether a number has few digits that are not zero at its end, and more than one zero."""
    digits = f"{value.low:.0f}"
    return len(digits) > 2 and len(digits.rstrip("0")) <= _rule("round_digits") and digits.endswith("00")


# ---------------------------------------------------------------- durations and dates
def _durations(claims: list[Claim]) -> Iterator[Pair]:
    """Two lengths of one thing."""
    lengths = (side for side in _sides(claims, ("duration",)) if _is_length(side))
    for one, other in _near(lengths, _rule("near_days"), lambda side: side.claim.issue):
        if one.value and other.value and _same_scale(one.value, other.value):
            similar = alike(one.claim.content, other.claim.content)
            strength = max(_same_position(one.claim, other.claim, similar), _same_length(one, other))
            if strength:
                yield Pair("duration", one.claim.issue, "duration", strength, (one, other))


def _same_scale(one: Value, other: Value) -> bool:
    """Whether two lengths differ, but not so much that they must be of different things."""
    short, long = sorted((one.high, other.high))
    return not _overlap(one, other) and long <= _rule("same_scale") * short


def _same_length(one: Side, other: Side) -> float:
    """How surely two lengths are of one thing, the words aside; 0 if not."""
    assert one.value is not None
    assert other.value is not None
    days = abs(_ordinal(one.claim.day) - _ordinal(other.claim.day))
    short, long = sorted((one.value.high, other.value.high))
    if _lasts(one) and _lasts(other) and days <= 2 and long < 1:
        return 0.6
    holder = one.claim.party or other.claim.party
    opposed = one.claim.party and other.claim.party and one.claim.party != other.claim.party
    named = holder in one.claim.parties and holder in other.claim.parties
    return 0.5 if holder and named and not opposed and short >= 1 else 0.0


@cache
def _lengths() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What stands before a length, before what is none, and after what is none."""

    def any_of(name: str) -> str:
        return "|".join(map(re.escape, _rule(name)))

    loose = r"(?:about|some|around|at least|at most|up to|just|only|a little|over|under|more than|less than|nearly)"
    return (
        re.compile(rf"\b(?:{any_of('lasting')}) (?:for )?(?:{loose} )*$", re.IGNORECASE),
        re.compile(rf"\b(?:{any_of('no_length_before')}) (?:{loose} )*$", re.IGNORECASE),
        re.compile(rf"^ (?:{any_of('no_length_after')})\b", re.IGNORECASE),
    )


def _lasts(side: Side) -> bool:
    """Whether a verb says that something lasts so long."""
    assert side.value is not None
    return bool(_lengths()[0].search(side.claim.words[: side.value.start]))


def _is_length(side: Side) -> bool:
    """Whether a number of days is the length of a thing and not a distance in time."""
    assert side.value is not None
    _, before, after = _lengths()
    words, value = side.claim.words, side.value
    return not before.search(words[: value.start]) and not after.search(words[value.end :])


def _dates(claims: list[Claim]) -> Iterator[Pair]:
    """Two days for one plan."""
    ahead = (side for side in _sides(claims, ("date",)) if _is_ahead(side))
    for one, other in _near(ahead, _rule("near_days"), lambda side: side.claim.issue):
        similar = alike(one.claim.content, other.claim.content)
        strength = _same_position(one.claim, other.claim, similar)
        if one.value and other.value and not _overlap(one.value, other.value) and strength:
            yield Pair("date", one.claim.issue, "date", strength, (one, other))


def _same_position(one: Claim, other: Claim, similar: float) -> float:
    """How surely two claims tell of one position; 0 if not."""
    if one.party and one.party == other.party and similar >= _rule("alike") / 2:
        return 0.6 + 0.3 * similar + 0.1 * (one.act == other.act)
    if similar >= _rule("alike"):
        opposed = bool(one.party and other.party and one.party != other.party)
        return 0.0 if opposed else 0.4 + 0.4 * similar
    return 0.0


def _overlap(one: Value, other: Value) -> bool:
    return one.low <= other.high and other.low <= one.high


def _is_ahead(side: Side) -> bool:
    published = _ordinal((side.claim.published or "")[:10])
    return bool(side.value and published and side.value.low > published)


def _plans(claims: list[Claim]) -> Iterator[Pair]:
    """One day for two plans: the leaders' meeting to one, the next round to another."""
    issues = _rule("plans")
    sides = (
        Side(side.claim, side.claim.issue, issues.index(side.claim.issue), side.value)
        for side in _sides(claims, ("date",))
        if side.claim.issue in issues and _is_ahead(side)
    )
    for one, other in _near(sides, _rule("near_days"), lambda side: side.value and side.value.key):
        assert one.value is not None
        long = one.value.high > one.value.low
        yield Pair(
            "description", issues[0], f"what is planned for {value_label(one.value)}", 0.7 + 0.15 * long, (one, other)
        )


# ---------------------------------------------------------------- acts, holders, descriptions
def _agreed(claims: list[Claim]) -> Iterator[Pair]:
    """Agreed to one, only proposed to another; what was proposed before it was agreed is no difference."""
    sides = (
        Side(claim, "agreed" if claim.act in _rule("agreed") else "proposed", claim.act not in _rule("agreed"))
        for claim in claims
        if claim.act in _rule("agreed") or claim.act in _rule("proposed")
    )
    known = (side for side in sides if side.claim.issue != codebook.OTHER)
    for one, other in _near(known, _rule("act_days"), lambda side: side.claim.issue):
        similar = alike(one.claim.content, other.claim.content)
        agreed, proposed = sorted((one, other), key=lambda side: side.label)
        late = _ordinal(agreed.claim.day) - _ordinal(proposed.claim.day) > 1
        if similar >= _rule("alike") and one.claim.outlet != other.claim.outlet and not late:
            yield Pair("agreed", one.claim.issue, "agreed or only proposed", 0.45 + 0.5 * similar, (one, other))


def _holders(claims: list[Claim]) -> Iterator[Pair]:
    """For by a party's own words, against by what others say of it; or the reverse."""
    sides = (
        Side(claim, f"{'its own words' if claim.layer in _OWN else 'others'}: {claim.polarity}", claim.layer)
        for claim in claims
        if claim.party and claim.polarity in ("for", "against") and claim.issue != codebook.OTHER and _is_stance(claim)
    )
    for one, other in _near(sides, _rule("near_days"), lambda side: (side.claim.issue, side.claim.party)):
        opposed = {one.claim.polarity, other.claim.polarity} == {"for", "against"}
        mixed = (one.claim.layer in _OWN) != (other.claim.layer in _OWN)
        similar = alike(one.claim.content, other.claim.content)
        if opposed and mixed and similar >= _rule("alike"):
            yield Pair("holder", one.claim.issue, "own words or ascribed", 0.45 + 0.5 * similar, (one, other))


_OWN = ("own", "document")


def _is_stance(claim: Claim) -> bool:
    """Whether the act is a stance on the issue and no charge or deed."""
    group = codebook.load("acts").get(claim.act, {}).get("group")
    return group not in codebook.load("analysis")["contested"]["leave_out"]


def _described(claims: list[Claim]) -> Iterator[Pair]:
    """Words that exclude each other, of the same thing."""
    known = descriptions()
    sides = (
        Side(claim, _side_label(known[k][1][side], claim.words), (k, side))
        for claim in claims
        for k, side in claim.described
        if claim.issue != codebook.OTHER
    )
    for one, other in _near(sides, _rule("near_days"), lambda side: (side.claim.issue, side.rank[0])):
        if one.rank == other.rank:
            continue
        shared = {v.low for v in one.claim.values if v.kind != "date"} & {
            v.low for v in other.claim.values if v.kind != "date"
        }
        similar = alike(one.claim.content, other.claim.content)
        if similar >= _rule("alike") or (shared and max(shared) >= _rule("least_count")):
            strength = min(1.0, 0.5 + 0.3 * bool(shared) + 0.3 * similar)
            yield Pair("description", one.claim.issue, known[one.rank[0]][0], strength, (one, other))


def _side_label(words: Sequence[str], text: str) -> str:
    """The first word of a side that stands in a text."""
    low = text.lower()
    return next((word for word in words if word in low), words[0])
