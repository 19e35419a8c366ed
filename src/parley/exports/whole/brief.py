"""The brief: what a reader needs who has five minutes. Its content is put together here; each form only sets it.

An issue a section; under it each party with the account that heads its cell: the act, the words, on whose word, where
to read on. Where accounts differ, each version is quoted. Sources are numbered as they come.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from parley.analysis import differences as differing
from parley.analysis.account import Account
from parley.analysis.ledger import Cell, ledger
from parley.analysis.source import opened, rows
from parley.exports.labels import count, issue_title, label, words
from parley.exports.names import day
from parley.exports.visible import one_line, quoted, shortened
from parley.exports.whole.selection import Selection

MOST_PARTIES = 12
MOST_CELLS = 200
"""Cells in a brief; one that is longer is read by nobody."""
MOST_SIDES = 3
"""Accounts that are quoted for each side where they differ."""
MOST_DIFFERENCES = 25
MOST_COMPARED = 10_000
"""Accounts that are held against each other; more would take minutes."""
MOST_SOURCE = 90
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
    """One thing that is told in different ways: what each version is, and who tells it so."""

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

    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, article_id: str) -> int:
        return self.numbers.setdefault(article_id, len(self.numbers) + 1)

    def listed(self, selection: Selection) -> tuple[Reference, ...]:
        """The articles that were cited, in order."""
        sql = f"SELECT {_CITED} FROM articles WHERE article_id IN (SELECT unnest($ids))"
        with opened(selection.source) as connection:
            found = rows(connection, sql, {"ids": list(self.numbers)})
        return tuple(sorted((_reference(row, self.numbers[row["article_id"]]) for row in found),
                            key=lambda one: one.number))  # fmt: skip


_CITED = "article_id, outlet, title, published, url"


def _reference(row: dict[str, Any], number: int) -> Reference:
    outlet = one_line(row["outlet"] or "") or "outlet unknown"
    title = quoted(one_line(row["title"])) if row["title"] else "untitled"
    said = ", ".join([outlet, title, day(row["published"]) if row["published"] else "date unknown"])
    return Reference(number, said, _address(row["url"]), one_line(row["article_id"]))


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
    accounts = sum(cell.accounts for cell in found.cells)
    told = differing.Differences((), 0)
    if accounts <= MOST_COMPARED:
        told = differing.differences(selection.source, selection.filters, most=MOST_DIFFERENCES)
    differences = tuple(_difference(one, references) for one in told.found)
    return Brief(
        title=f"Positions in {one_line(selection.about.record)}",
        facts=tuple(_facts(selection, found.cells)),
        parties=tuple(one_line(name) for _, name in found.parties),
        sections=sections,
        differences=differences,
        references=references.listed(selection),
        notes=tuple(_notes(len(found.cells), accounts, told.left_out)),
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


def _notes(cells: int, accounts: int, left_out: int) -> list[str]:
    notes = ["An entry is headed by the account that weighs most: the party's own words before what others ascribe "
             "to it, then the latest. No claim is judged true or false."]  # fmt: skip
    if cells > MOST_CELLS:
        notes.append(f"The first {MOST_CELLS} of {cells} entries are shown; filter to see the others.")
    if accounts > MOST_COMPARED:
        notes.append(
            f"More than {MOST_COMPARED:,} accounts are not held against each other; filter to see where they differ."
        )
    if left_out:
        notes.append(f"{count(left_out, 'weaker difference')} between accounts are left out.")
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
    teller = _teller(account.source, account.party_name if account.speaker == account.party else "")
    when = day(account.at) if account.at else "date unknown"
    line = "; ".join([label("acts", account.act), label("layers", account.layer), teller, when])
    return Said(line, _quote(account.quotation), references.number(account.article_id))


def _teller(source: str, name: str) -> str:
    """On whose word: the article's own words for the source, a name in the place of a pronoun."""
    if source and one_line(source).casefold() in words("pronouns"):
        source = name
    return f"told by {one_line(shortened(source, MOST_SOURCE)).rstrip(',;:')}" if source else "no source named"


def _quote(text: str) -> str:
    return quoted(one_line(shortened(text, MOST_QUOTE)))


def _difference(found: differing.Difference, references: _References) -> Difference:
    """One difference with the first sentences of each version."""
    sides = []
    for version in found.versions:
        said = tuple(_telling(telling, references) for telling in version.tellings[:MOST_SIDES])
        more = len(version.tellings) - len(said)
        sides.append((one_line(version.label) + (f", and {more} more" if more > 0 else ""), said))
    return Difference(f"{issue_title(found.issue)}: {one_line(found.about)}", tuple(sides))


def _telling(telling: differing.Telling, references: _References) -> Said:
    when = day(telling.day) if telling.day else "date unknown"
    line = "; ".join([one_line(telling.outlet or "") or "outlet unknown", _teller(telling.source, ""), when])
    return Said(line, _quote(telling.quotation), references.number(telling.article_id))


def _address(url: str | None) -> str:
    """The address, if a reader may follow it."""
    shown = (url or "").strip()
    return shown if shown.startswith(("https://", "http://")) and shown.isprintable() and " " not in shown else ""
