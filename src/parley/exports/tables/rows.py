"""Tables of what the analyses found: ids in words for a person, ids as they are for a machine."""

from __future__ import annotations

from collections.abc import Iterable

from parley.analysis.account import Account, Accounts
from parley.analysis.differences import Differences
from parley.analysis.ledger import Answer, Cell, Ledger
from parley.analysis.movement import Movement
from parley.analysis.naming import Naming
from parley.analysis.sourcing import KINDS, OWN, Sourcings
from parley.exports.labels import count, issue_title, label
from parley.exports.names import day
from parley.exports.visible import one_line, shortened
from parley.table import Column, Table, Value, columns

MATRIX = 6
"""Parties across in the matrix; the cells beneath hold all."""
EXAMPLE = 160
"""Code points of an example."""


# ---------------------------------------------------------------- the ledger
def matrix(ledger: Ledger, *, most: int = MATRIX) -> Table:
    """Issues down, the parties with most accounts across: the act that heads each cell, its day, and its marks."""
    several = ledger.periods not in ((), ("",))
    parties = ledger.parties[:most]
    rows = [
        (issue_title(issue), *((period,) if several else ()), *cells)
        for issue in ledger.issues
        for period in ledger.periods
        if any(cells := [_short(ledger.cell(party, issue, period)) for party, _ in parties])
    ]
    left = len(ledger.parties) - len(parties)
    note = f"{count(left, 'further party', 'further parties')} below." if left else ""
    heads = columns(
        ("issue", "Issue"), *((("period", "Period"),) if several else ()), *((party, name) for party, name in parties)
    )
    notes = (f"{ASCRIBED} by others or unnamed sources only; {CONTESTED} accounts differ. {note}".strip(),)
    return Table("matrix", "Who wants what", heads, tuple(rows), notes)


ASCRIBED, CONTESTED = "(…)", "≠"


def _short(cell: Cell | None) -> str:
    """A cell of the matrix: "rejects, 2 June 2025 ≠"; in brackets if only others say so."""
    if cell is None:
        return ""
    words = ", ".join(filter(None, [label("acts", cell.head.act), day(cell.head.at) if cell.head.at else ""]))
    return (words if cell.head.own else f"({words})") + (f" {CONTESTED}" if cell.contested else "")


def cells(ledger: Ledger) -> Table:
    """One row a cell, with the words of the account that heads it."""
    several = ledger.periods not in ((), ("",))
    rows = [
        (
            issue_title(cell.issue),
            cell.party_name,
            cell.period or None,
            label("acts", cell.head.act),
            "hedged" if cell.head.hedged else None,
            *_grounds(cell.head),
            _support(cell),
            "accounts differ" if cell.contested else None,
            _answers(cell.answers),
            _only_if(cell.head),
            cell.head.quotation,
            *(cell.issue, cell.party, cell.head.act, cell.head.polarity, cell.head.layer, cell.head.sourcing),
            *(cell.head.at, cell.accounts, cell.outlets, cell.head.article_id, cell.head.position_id),
            *_span(cell.head),
        )
        for cell in ledger.cells
    ]
    heads = columns(
        ("issue", "Issue"),
        ("party", "Party"),
        ("period", "Period", "text", not several),
        ("act", "Act"),
        ("hedged", "Hedge"),
        *_GROUNDS,
        ("support", "Accounts"),
        ("contested", "Marks"),
        ("answers", "Answers"),
        ("condition", "Condition"),
        ("quotation", "Words", "quote"),
        *(("issue_id", "", "text", True), ("party_id", "", "text", True), ("act_id", "", "text", True)),
        *(("polarity", "", "text", True), ("layer_id", "", "text", True), ("sourcing", "", "text", True)),
        *(("day", "", "date", True), ("accounts", "", "number", True), ("outlets", "", "number", True)),
        *(("article_id", "", "text", True), ("position_id", "", "text", True)),
        *(("start", "", "number", True), ("end", "", "number", True)),
    )
    return Table("ledger", "The ledger: each cell by the account that weighs most", heads, tuple(rows))


_GROUNDS = (Column("layer", "On whose word"), Column("outlet", "Outlet"), Column("date", "Date", "date"))


def _grounds(account: Account) -> tuple[str, str, str]:
    """On whose word an account stands, where it was printed, and when it was said."""
    source = shortened(one_line(account.source), 60)
    words = label("layers", account.layer)
    if source and account.sourcing != "document":
        words = f"{words}, {label('sourcing', account.sourcing)}: {source}"
    return words, account.outlet or "", day(account.at) if account.at else "no date"


def _support(cell: Cell) -> str:
    reprints = len(cell.head.reprints)
    words = f"{count(cell.accounts, 'account')} in {count(max(1, cell.outlets), 'outlet')}"
    return words + (f", {count(reprints, 'reprint')}" if reprints else "")


def _answers(answers: Iterable[Answer]) -> str | None:
    words = [f"{answer.party_name} {label('acts', answer.act)}" for answer in answers]
    return "; ".join(words) or None


def _only_if(account: Account) -> str | None:
    return f"only if: {shortened(one_line(account.condition_words), EXAMPLE)}" if account.condition_words else None


def _span(account: Account) -> tuple[int | None, int | None]:
    """From the first to the last character of the words."""
    return (account.spans[0][0], account.spans[-1][1]) if account.spans else (None, None)


def accounts(told: Accounts) -> Table:
    """One row an account, those that weigh most first within their cell."""
    rows = [
        (
            f"{issue_title(one.issue)}: {one.party_name}",
            label("acts", one.act),
            "hedged" if one.hedged else None,
            *_grounds(one),
            f"also in {', '.join(reprint.outlet or reprint.article_id for reprint in one.reprints)}"
            if one.reprints
            else None,
            _only_if(one),
            one.quotation,
            *(one.issue, one.party, one.actor, one.act, one.polarity, one.layer, one.sourcing, one.at, one.published),
            *(one.article_id, one.position_id, *_span(one)),
        )
        for one in sorted(told.accounts, key=lambda one: (one.issue, one.party_name, one.party))
    ]
    heads = columns(
        *(("about", "Issue and party"), ("act", "Act"), ("hedged", "Hedge")),
        *_GROUNDS,
        *(("reprints", "Reprints"), ("condition", "Condition"), ("quotation", "Words", "quote")),
        *((key, "", "text", True) for key in _ACCOUNT),
        *(("start", "", "number", True), ("end", "", "number", True)),
    )
    return Table("every_account", "Every account", heads, tuple(rows))


_ACCOUNT = (
    *("issue_id", "party_id", "actor", "act_id", "polarity", "layer_id", "sourcing", "day", "published"),
    *("article_id", "position_id"),
)


# ---------------------------------------------------------------- the other analyses
def differences(found: Differences) -> Table:
    """One row for each sentence of each version."""
    rows = [
        (
            f"{issue_title(one.issue)}: {one.about}",
            version.label.replace("_", " "),
            telling.outlet or telling.article_id,
            one_line(telling.source) or "its own word",
            day(telling.day) if telling.day else "no date",
            telling.quotation,
            *(k + 1, one.kind, one.issue, one.strength, telling.act, telling.layer, telling.sourcing),
            *(telling.day, telling.article_id, telling.position_id, *telling.span),
        )
        for k, one in enumerate(found.found)
        for version in one.versions
        for telling in version.tellings
    ]
    heads = columns(
        *(("about", "What differs"), ("version", "Version"), ("outlet", "Outlet"), ("source", "Source")),
        *(("date", "Date", "date"), ("quotation", "Words", "quote")),
        *(("difference", "", "number", True), ("kind", "", "text", True), ("issue_id", "", "text", True)),
        *(("strength", "", "number", True), ("act", "", "text", True), ("layer", "", "text", True)),
        *(("sourcing", "", "text", True), ("day", "", "date", True), ("article_id", "", "text", True)),
        *(("position_id", "", "text", True), ("start", "", "number", True), ("end", "", "number", True)),
    )
    notes = ("No account is judged true.",)
    if found.left_out:
        notes = (f"{notes[0]} {found.left_out:,} weaker differences are left out.",)
    return Table("accounts", "Where accounts differ", heads, tuple(rows), notes)


def movement(found: Movement) -> Table:
    """One row a move, with both quotations."""
    rows: list[tuple[Value, ...]] = [
        (
            f"{issue_title(move.issue)}: {move.party_name}",
            move.verdict,
            move.reason,
            move.before.quotation,
            move.after.quotation,
            *(move.issue, move.party, move.before.act, move.after.act, move.before.at, move.after.at),
            *(move.before.layer, move.after.layer, move.before.outlet, move.after.outlet),
            *(move.before.article_id, move.before.position_id, move.after.article_id, move.after.position_id),
        )
        for move in found.moves
    ]
    heads = columns(
        *(("about", "Issue and party"), ("verdict", "Verdict"), ("reason", "Why")),
        *(("before", "Before", "quote"), ("after", "After", "quote")),
        *((key, "", "text", True) for key in _MOVE),
    )
    return Table("movement", "How parties moved", heads, tuple(rows))


_MOVE = (
    *("issue_id", "party_id", "before_act", "after_act", "before_day", "after_day", "before_layer", "after_layer"),
    *("before_outlet", "after_outlet", "before_article", "before_position", "after_article", "after_position"),
)


def sourcing(found: Sourcings) -> Table:
    """One row an outlet, the share of each kind of source in per cent."""
    rows: list[tuple[Value, ...]] = [
        (
            one.outlet or "no outlet",
            one.articles,
            one.statements,
            *(round(100 * part.share, 1) for part in one.shares),
            *(part.number for part in one.shares),
        )
        for one in found.outlets
    ]
    titles = [("its own word" if kind == OWN else label("sourcing", kind)) for kind in KINDS]
    heads = columns(
        *(("outlet", "Outlet"), ("articles", "Articles", "number"), ("statements", "Statements", "number")),
        *((f"{kind}_share", f"{title}, %", "number") for kind, title in zip(KINDS, titles, strict=True)),
        *((f"{kind}_number", "", "number", True) for kind in KINDS),
    )
    return Table("sourcing", "On whose word outlets tell", heads, tuple(rows))


def examples(found: Sourcings) -> Table:
    """One row an example of each outlet and kind."""
    rows = [
        (
            f"{one.outlet or 'no outlet'}: {'its own word' if part.kind == OWN else label('sourcing', part.kind)}",
            one_line(example.source),
            day(example.published) if example.published else "no date",
            shortened(one_line(example.words), EXAMPLE),
            example.article_id,
            *(example.spans[0] if example.spans else (None, None)),
        )
        for one in found.outlets
        for part in one.shares
        for example in part.examples
    ]
    heads = columns(
        *(("kind", "Kind"), ("source", "Source"), ("date", "Date", "date"), ("words", "Words", "quote")),
        *(("article_id", "", "text", True), ("start", "", "number", True), ("end", "", "number", True)),
    )
    return Table("examples", "Examples", heads, tuple(rows))


def naming(found: Naming) -> Table:
    """One row for each name, outlet and voice."""
    rows: list[tuple[Value, ...]] = [
        (use.party_name, use.outlet or "no outlet", one_line(use.name), use.voice, use.number, use.articles, use.party,
         *((use.examples[0][0], *use.examples[0][1]) if use.examples else (None, None, None)))
        for use in found.uses
    ]  # fmt: skip
    heads = columns(
        *(("party", "Party"), ("outlet", "Outlet"), ("name", "Called"), ("voice", "Voice")),
        *(("number", "Times", "number"), ("articles", "Articles", "number"), ("party_id", "", "text", True)),
        *(("article_id", "", "text", True), ("start", "", "number", True), ("end", "", "number", True)),
    )
    return Table("naming", "How outlets name the parties", heads, tuple(rows))
