"""How a party moved on an issue: its position at two times, both in its words, and what the two acts say of it.

The verdict follows a table in the codebook (``movement``): an offer followed by a refusal is hardened, a refusal by an
offer moved. Numbers of the same kind are compared where both quotations hold them. What the table does not settle is
"cannot tell", with the reason in words; nothing is guessed from the topic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from itertools import pairwise
from typing import Any, Literal

import pyarrow as pa

from parley import codebook
from parley.analysis.account import Account, names, read, words_sql
from parley.analysis.claims import alike, content_words
from parley.analysis.filters import Filters, iso_day
from parley.analysis.periods import UNDATED, in_order, period_sql
from parley.analysis.source import Source, literals
from parley.analysis.statements import gathered
from parley.analysis.values import Value, values

Verdict = Literal["moved", "hardened", "unchanged", "cannot tell"]
CANDIDATES = 12
"""Accounts of one party, issue and time among which the pair is looked for that speaks of the same thing."""
APART = 31
"""Days at the beginning and the end of all accounts of a cell that are compared, unless times are given."""


@dataclass(frozen=True, slots=True)
class Move:
    """One party on one issue at two times."""

    party: str
    party_name: str
    issue: str
    periods: tuple[str, str]
    """Labels of the two times."""
    before: Account
    after: Account
    verdict: Verdict
    reason: str
    """Why, in words."""
    close: float
    """Share of their words that the two quotations have in common, 0 to 1."""


@dataclass(frozen=True)
class Movement:
    """All moves, by issue and party; those with a verdict before those without."""

    moves: tuple[Move, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {"moves": [asdict(move) for move in self.moves]}

    def arrow(self) -> pa.Table:
        """One row a move."""
        rows = [
            {"party": m.party, "party_name": m.party_name, "issue": m.issue, "verdict": m.verdict, "reason": m.reason}
            | {f"before_{name}": getattr(m.before, name) for name in _SHOWN}
            | {f"after_{name}": getattr(m.after, name) for name in _SHOWN}
            for m in self.moves
        ]
        return pa.Table.from_pylist(rows, schema=_SCHEMA)


_SHOWN = ("act", "layer", "at", "outlet", "quotation", "article_id", "position_id")
_SCHEMA = pa.schema(
    [
        (name, pa.string())
        for name in (
            *("party", "party_name", "issue", "verdict", "reason"),
            *(f"{side}_{name}" for side in ("before", "after") for name in _SHOWN),
        )
    ]
)


def movement(
    source: Source,
    filters: Filters | None = None,
    *,
    between: tuple[str, str] | None = None,
    periods: str | None = None,
) -> Movement:
    """How parties moved.

    Args:
        source: a store or a connection.
        filters: which accounts count.
        between: two days, ISO 8601: what stood on the first, and what was said after it until the second.
        periods: month, quarter, year or days that begin a period: each is compared with the next that is filled.
            Without both, the beginning and the end of what is told of a party and an issue are compared.

    Raises:
        ParleyError: a filter, day or period is none that can be.
    """
    with gathered(source, filters or Filters(), periods=_times(between, periods)) as query:
        called = names(query)
        rows = query.rows(_candidates() + words_sql("best", "s.place, s.rank", around=True))
        found = read(rows, called)
        about = {(row["article_id"], row["position_id"]): row for row in rows}
    cells: dict[tuple[str, str], dict[str, list[Account]]] = {}
    for account in found:
        cells.setdefault((account.issue, account.party), {}).setdefault(about[account.key]["period"], []).append(
            account
        )
    back = frozenset(account.key for account in found if _looks_back(account, about[account.key]["context"] or ""))
    moves = [move for told in cells.values() for move in _moves(told, back)]
    return Movement(tuple(sorted(moves, key=_order)))


def _order(move: Move) -> tuple[Any, ...]:
    return move.verdict == "cannot tell", move.verdict == "unchanged", move.issue, move.party, move.before.at or ""


# ---------------------------------------------------------------- the two times
def _times(between: tuple[str, str] | None, periods: str | None) -> str:
    """SQL for the label of a time; none where an account belongs to neither."""
    if between:
        first, last = (iso_day(day, "--between") for day in between)
        return (
            f"CASE WHEN day <= DATE '{first}' THEN 'until {first}'"
            f" WHEN day <= DATE '{last}' THEN 'until {last}' ELSE '{UNDATED}' END"
        )
    if found := period_sql(periods):
        return found
    cell = "OVER (PARTITION BY party, issue)"
    reach = f"least({APART}, (max(day) {cell} - min(day) {cell}) // 3)"
    return (
        f"CASE WHEN day IS NULL THEN '{UNDATED}'"
        f" WHEN day <= min(day) {cell} + CAST({reach} AS INT) THEN 'from the first'"
        f" WHEN day >= max(day) {cell} - CAST({reach} AS INT) THEN 'to the last' ELSE '{UNDATED}' END"
    )


def _candidates() -> str:
    """The accounts of each party, issue and time that weigh most: stances first, then by trust, then the latest."""
    charges = literals(codebook.load("analysis")["contested"]["leave_out"])
    return f"""
    , stances AS (
        SELECT *, act_group IN ({charges}) AS charge FROM statements
        WHERE period <> '{UNDATED}' AND issue <> '{codebook.OTHER}'
    ), best AS MATERIALIZED (
        SELECT *, row_number() OVER (PARTITION BY party, issue, period ORDER BY charge, rank) AS place
        FROM stances QUALIFY place <= {CANDIDATES}
    )
    """


@cache
def _back() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(codebook.load('analysis')['movement']['back'])})\b", re.IGNORECASE)


def _looks_back(account: Account, context: str) -> bool:
    """Whether an account without a date of its own tells of years ago, as far as the words about it show."""
    if account.said or not account.published:
        return False
    year = int(account.published[:4])
    return bool(_back().search(account.quotation)) or any(int(y) < year for y in _YEAR.findall(context))


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


# ---------------------------------------------------------------- one cell
def _moves(told: Mapping[str, list[Account]], back: frozenset[tuple[str, str]]) -> Iterator[Move]:
    """The moves between the filled times of one party and issue."""
    for earlier, later in pairwise(in_order(list(told))):
        now = [account for account in told[later] if account.key not in back] or told[later]
        before, after, close = _closest(told[earlier], now)
        verdict, reason = judge(before, after, close)
        yield Move(after.party, after.party_name, after.issue, (earlier, later), before, after, verdict, reason, close)


def _closest(earlier: list[Account], later: list[Account]) -> tuple[Account, Account, float]:
    """The pair that speaks most plainly of the same thing, among the accounts that weigh most on each side."""
    words = {account.key: content_words(f"{account.topic} {account.quotation}") for account in (*earlier, *later)}
    pairs = [
        (round(alike(words[one.key], words[other.key]), 3), -k - n, one, other)
        for k, one in enumerate(_weightiest(earlier))
        for n, other in enumerate(_weightiest(later))
    ]
    close, _, before, after = max(pairs, key=lambda pair: pair[:2])
    return before, after, close


def _weightiest(accounts: list[Account]) -> list[Account]:
    """The accounts that stand on the best ground there is: own words before others', stances before charges."""
    ground = _ground(accounts[0])
    return [account for account in accounts if _ground(account) == ground]


def _ground(account: Account) -> tuple[bool, int]:
    analysis = codebook.load("analysis")
    return account.act_group in analysis["contested"]["leave_out"], analysis["trust"].get(account.layer, 9)


# ---------------------------------------------------------------- the verdict
@cache
def _table() -> Mapping[tuple[str, str], Verdict]:
    """The verdict on each pair of acts that the codebook settles."""
    rules = codebook.load("analysis")["movement"]
    table: dict[tuple[str, str], Verdict] = {}
    for row in rules["unchanged"]:
        table.update({(one, other): "unchanged" for one in row for other in row})
    ways: tuple[Verdict, ...] = ("hardened", "moved")
    for verdict in ways:
        for row in rules[verdict]:
            table.update({(one, other): verdict for one in row["from"] for other in row["to"]})
    return table


def judge(before: Account, after: Account, close: float = 1.0) -> tuple[Verdict, str]:
    """The verdict on two accounts of a party and an issue, and the reason in words.

    Args:
        before: the earlier.
        after: the later.
        close: share of their words that they have in common.
    """
    verdict = _table().get((before.act, after.act), "unchanged" if before.act == after.act else "cannot tell")
    told = f"{_did(before)}, then {_did(after)}"
    if verdict == "unchanged" and before.polarity != after.polarity:
        verdict, told = "cannot tell", f"{told}: once {before.polarity}, once {after.polarity}"
    elif verdict == "unchanged" and (change := _changed(before, after)):
        verdict, told = "cannot tell", f"{told}, but {change}; which way that points the acts do not say"
    elif verdict == "cannot tell":
        told = f"{told}: the two acts do not say which way"
    if close < codebook.load("analysis")["movement"]["least"] and verdict != "cannot tell":
        verdict, told = "cannot tell", f"{told}; whether they speak of the same thing the words do not show"
    weak = [name for name, one in (("earlier", before), ("later", after)) if not one.own]
    if weak:
        told += f"; the {' and the '.join(weak)} {'rests' if len(weak) == 1 else 'rest'} on the word of others"
    if close < codebook.load("analysis")["movement"]["close"]:
        told += "; the quotations have few words in common"
    return verdict, told


def _did(account: Account) -> str:
    label = codebook.load("labels")["acts"].get(account.act, account.act)
    return f"{label} ({account.at or 'no date'})"


def _changed(before: Account, after: Account) -> str:
    """How a typed value changed, in words; empty if none did, or if the two do not compare."""
    for one in values(before.quotation, before.published):
        others = [value for value in values(after.quotation, after.published) if _same_kind(one, value)]
        if others and all(other.key != one.key for other in others):
            return f"{one.shown} became {others[0].shown}"
    return ""


def _same_kind(one: Value, other: Value) -> bool:
    return one.kind == other.kind != "date" and (one.unit == other.unit or one.kind == "duration")
