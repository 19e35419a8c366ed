"""The brief: what a reader needs who has five minutes. Its content is put together here; each form only sets it.

An issue a section; under it each party with the account that heads its cell: the act, the words, on whose word, where
to read on. Where accounts of one party's position differ, both sides are quoted. Sources are numbered as they come.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from parley.analysis.account import Account, accounts_of
from parley.analysis.ledger import Cell, ledger
from parley.exports.labels import count, issue_title, label
from parley.exports.names import day
from parley.exports.visible import one_line, quoted, shortened
from parley.exports.whole.selection import Selection

MOST_PARTIES = 12
MOST_CELLS = 200
"""Cells in a brief; one that is longer is read by nobody."""
MOST_SIDES = 3
"""Accounts that are quoted for each side where they differ."""
MOST_DIFFERENCES = 25
MOST_QUOTE = 400
"""Code points of a quotation."""


@dataclass(frozen=True, slots=True)
class Said:
    """One account in words."""

    line: str
    """What the party does and on whose word: "demands, in its own statement"."""
    quotation: str
    reference: int
    """Number of its source."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One party under an issue."""

    party: str
    said: Said
    more: str
    """What else there is: "5 accounts in 3 outlets; answered by Chad (rejects)"."""


@dataclass(frozen=True, slots=True)
class Section:
    """One issue."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A party and an issue on which accounts differ: those for, and those against."""

    title: str
    sides: tuple[tuple[str, tuple[Said, ...]], ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """An article that is cited."""

    number: int
    words: str
    url: str
    id: str


@dataclass(frozen=True)
class Brief:
    """The content of a brief."""

    title: str
    facts: tuple[str, ...]
    parties: tuple[str, ...]
    sections: tuple[Section, ...]
    differences: tuple[Difference, ...]
    references: tuple[Reference, ...]
    notes: tuple[str, ...]


@dataclass
class _References:
    """Numbers articles as they are cited."""

    found: dict[str, Reference] = field(default_factory=dict)

    def number(self, account: Account) -> int:
        known = self.found.get(account.article_id)
        if known is None:
            words = [one_line(account.outlet or "") or "outlet unknown"]
            words.append(quoted(one_line(account.title or "")) if account.title else "untitled")
            words.append(day(account.published) if account.published else "date unknown")
            known = Reference(
                len(self.found) + 1, ", ".join(words), _address(account.url), one_line(account.article_id)
            )
            self.found[account.article_id] = known
        return known.number


def brief(selection: Selection) -> Brief:
    """The brief of a selection.

    Raises:
        ParleyError: a filter has a value that cannot occur.
    """
    found = ledger(selection.source, selection.filters, most=MOST_PARTIES)
    references = _References()
    cells = found.cells[:MOST_CELLS]
    sections = tuple(
        Section(issue_title(issue), entries)
        for issue in found.issues
        if (entries := tuple(_entry(cell, references) for cell in cells if cell.issue == issue))
    )
    contested = [cell for cell in cells if cell.contested]
    differences = tuple(_difference(cell, selection, references) for cell in contested[:MOST_DIFFERENCES])
    return Brief(
        title=f"Positions in {one_line(selection.about.record)}",
        facts=tuple(_facts(selection, found.cells)),
        parties=tuple(one_line(name) for _, name in found.parties),
        sections=sections,
        differences=tuple(one for one in differences if one.sides),
        references=tuple(references.found.values()),
        notes=tuple(_notes(len(found.cells), len(contested))),
    )


def _facts(selection: Selection, cells: tuple[Cell, ...]) -> list[str]:
    days = sorted(one for cell in cells for one in (cell.first, cell.last) if one)
    facts = [f"{count(sum(cell.accounts for cell in cells), 'account')}, reprints counted once"]
    if days:
        facts.append(f"{day(days[0])} to {day(days[-1])}")
    facts.append(f"commit {selection.about.commit}, rows: {selection.about.show}")
    chosen = {name: getattr(selection.filters, name) for name in selection.filters.__dataclass_fields__}
    told = [f"{name} {one_line(value if isinstance(value, str) else ', '.join(value))}" for name, value in
            chosen.items() if value]  # fmt: skip
    return [*facts, *([f"chosen: {'; '.join(told)}"] if told else [])]


def _notes(cells: int, contested: int) -> list[str]:
    notes = ["An entry is headed by the account that weighs most: the party's own words before what others ascribe "
             "to it, then the latest. No claim is judged true or false."]  # fmt: skip
    if cells > MOST_CELLS:
        notes.append(f"The first {MOST_CELLS} of {cells} entries are shown; filter to see the others.")
    if contested > MOST_DIFFERENCES:
        notes.append(f"The first {MOST_DIFFERENCES} of {contested} differences are shown.")
    return [*notes, f"At most {MOST_PARTIES} parties are shown, those with most accounts."]


def _entry(cell: Cell, references: _References) -> Entry:
    outlets = f" in {count(cell.outlets, 'outlet')}" if cell.outlets else ""
    more = [f"{count(cell.accounts, 'account')}{outlets}" if cell.accounts > 1 else ""]
    if cell.contested:
        more.append("accounts differ")
    if cell.answers:
        told = ", ".join(f"{one_line(one.party_name)} ({label('acts', one.act)})" for one in cell.answers)
        more.append(f"answered by {told}")
    return Entry(one_line(cell.party_name), _said(cell.head, references), "; ".join(filter(None, more)))


def _said(account: Account, references: _References) -> Said:
    line = [label("acts", account.act), label("layers", account.layer)]
    line.append(f"told by {one_line(shortened(account.source, 90))}" if account.source else "no source named")
    line.append(day(account.at) if account.at else "date unknown")
    quotation = quoted(one_line(shortened(account.quotation, MOST_QUOTE)))
    return Said("; ".join(line), quotation, references.number(account))


def _difference(cell: Cell, selection: Selection, references: _References) -> Difference:
    """Both sides of a cell on which accounts differ."""
    accounts = accounts_of(selection.source, selection.filters.only(party=cell.party, issue=cell.issue))
    sides = []
    for polarity, name in (("for", "For"), ("against", "Against")):
        found = [account for account in accounts if account.polarity == polarity][:MOST_SIDES]
        if found:
            sides.append((name, tuple(_said(account, references) for account in found)))
    return Difference(f"{one_line(cell.party_name)}, {issue_title(cell.issue)}", tuple(sides))


def _address(url: str | None) -> str:
    """The address, if a reader may follow it."""
    shown = (url or "").strip()
    return shown if shown.startswith(("https://", "http://")) and shown.isprintable() and " " not in shown else ""
