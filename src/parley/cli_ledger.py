"""``parley ledger``, ``accounts``, ``movement``, ``sourcing``, ``naming``: what articles say together."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from parley.analysis.filters import Filters
    from parley.analysis.source import Source
    from parley.table import Table

FORMS = ("text", "json", "csv", "markdown", "html")
"""``json`` and the names of ``parley.exports.tables.FORMS``, held equal by a test: importing them would slow help."""
SHOWN = {
    "machine": "Rows as the machine read them.",
    "corrected": "Rows as people corrected them.",
    "both": "Rows of the machine, and what people made of them.",
}
"""Whose rows are shown, in words; as ``parley.store.judged`` has them, held equal by a test."""
SEVERAL = "; may be given several times."


@dataclass(frozen=True)
class Asked:
    """Which record a command asks, about what, and how it answers."""

    record: Path
    as_of: str | None
    show: str
    filters: dict[str, Any]
    form: str
    output: str | None

    @contextmanager
    def source(self) -> Iterator[Source]:
        """The record, as it is or as it was, with the rows that are to be shown."""
        from parley.store import Store, judged

        number = int(self.as_of) if self.as_of and self.as_of.isdigit() else self.as_of
        with Store.open(self.record, as_of=number) as store:
            yield store if self.show == "machine" else judged.Judged(store, self.show)

    def only(self) -> Filters:
        """The filters.

        Raises:
            ParleyError: one has a value that cannot occur.
        """
        from parley.analysis.filters import Filters

        return Filters(**self.filters).checked()

    def answer(self, found: dict[str, Any], tables: Callable[[], Sequence[Table]]) -> None:
        """Print what was found in the form asked for."""
        if self.form == "json":
            import msgspec

            text = msgspec.json.format(msgspec.json.encode(found | {"show": self.show}), indent=2).decode() + "\n"
        else:
            from parley.exports.tables import FORMS

            *first, last = tables()
            said = (SHOWN[self.show],) if self.show != "machine" else ()
            text = FORMS[self.form]([*first, replace(last, notes=(*last.notes, *said))])
        data = text.encode("utf-8", "replace")
        if self.output:
            Path(self.output).write_bytes(data)
        else:
            sys.stdout.buffer.write(data)


def _asking(command: Callable[..., None]) -> Callable[..., None]:
    """The options that all these commands share, given to them as one ``asked``."""
    one = ("party", "issue", "outlet", "layer", "sourcing", "act")
    options = (
        click.option("--record", required=True, type=click.Path(path_type=Path), help="Folder of the record."),
        click.option("--as-of", metavar="COMMIT|DATE", help="The record as it was at a commit or on a day."),
        click.option("--party", multiple=True, metavar="NAME", help=f"Only this party{SEVERAL}"),
        click.option("--issue", multiple=True, metavar="ID", help=f"Only this issue{SEVERAL}"),
        click.option("--outlet", multiple=True, metavar="NAME", help=f"Only this outlet{SEVERAL}"),
        click.option("--layer", multiple=True, help=f"Only own, document, unnamed or ascribed{SEVERAL}"),
        click.option("--sourcing", multiple=True, help=f"Only named, office, unnamed, document or outlet{SEVERAL}"),
        click.option("--act", multiple=True, metavar="ID", help=f"Only this act: demand, reject ...{SEVERAL}"),
        click.option("--since", metavar="DATE", help="Said on this day or later."),
        click.option("--until", metavar="DATE", help="Said on this day or earlier."),
        click.option("--on", metavar="DATE", help="As a reader could know it on this day."),
        click.option(
            "--show", type=click.Choice(list(SHOWN)), default="machine", show_default=True, help="Whose rows."
        ),
        click.option("--format", "form", type=click.Choice(FORMS), default="text", show_default=True, help="Form."),
        click.option("--output", "-o", type=click.Path(dir_okay=False), help="Write to this file."),
    )

    @wraps(command)
    def gathered(*args: Any, **kwargs: Any) -> None:
        filters = {name: kwargs.pop(name) for name in (*one, "since", "until", "on")}
        rest = {name: kwargs.pop(name) for name in ("record", "as_of", "show", "form", "output")}
        command(*args, asked=Asked(filters=filters, **rest), **kwargs)

    for option in reversed(options):
        gathered = option(gathered)
    return gathered


@click.command()
@_asking
@click.option(
    "--periods", metavar="month|quarter|year|DATES", help="Over time: calendar periods, or days that begin one."
)
@click.option("--parties", type=click.IntRange(0), default=30, show_default=True, help="Parties at most; 0: all.")
@click.option("--matrix", is_flag=True, help="Only the matrix of parties and issues.")
@click.option("--accounts", "every", is_flag=True, help="Every account of every cell, too.")
def ledger(asked: Asked, periods: str | None, parties: int, matrix: bool, every: bool) -> None:
    """Who wants what: parties by issues, each cell with the words it rests on.

    A cell is headed by the account that weighs most: the party's own words or document before unnamed sources, these
    before what others ascribe to it; then the latest. A story that several outlets print counts once.
    """
    from parley.analysis.account import Accounts, accounts_of
    from parley.analysis.ledger import ledger as find

    with asked.source() as source:
        found = find(source, asked.only(), periods=periods, most=parties or None)
        told = Accounts(accounts_of(source, asked.only())) if every else None

    def tables() -> list[Table]:
        from parley.exports.tables import rows

        if matrix:
            return [rows.matrix(found)]
        return [rows.matrix(found), rows.cells(found), *([rows.accounts(told)] if told else [])]

    asked.answer(found.as_dict() | (told.as_dict() if told else {}), tables)


@click.command()
@_asking
@click.option("--most", type=click.IntRange(0), default=50, show_default=True, help="Differences at most; 0: all.")
@click.option("--least", type=click.FloatRange(0, 1), default=0.0, help="Leave out those of less strength, 0 to 1.")
def accounts(asked: Asked, most: int, least: float) -> None:
    """Where accounts of the same thing differ: number, length, date, agreed or proposed, own or ascribed, wording.

    The plainest come first. No account is judged true.
    """
    from parley.analysis.differences import differences

    with asked.source() as source:
        found = differences(source, asked.only(), most=most or None, least=least)

    def tables() -> list[Table]:
        from parley.exports.tables import rows

        return [rows.differences(found)]

    asked.answer(found.as_dict(), tables)


@click.command()
@_asking
@click.option("--between", nargs=2, metavar="DATE DATE", help="What stood on the first day, and what by the second.")
@click.option("--periods", metavar="month|quarter|year|DATES", help="Each period against the next that is filled.")
def movement(asked: Asked, between: tuple[str, str] | None, periods: str | None) -> None:
    """How each party moved on each issue, with both quotations: moved, hardened, unchanged, cannot tell.

    Without --between and --periods the beginning and the end of what is told are compared.
    """
    from parley.analysis.movement import movement as find

    with asked.source() as source:
        found = find(source, asked.only(), between=between, periods=periods)

    def tables() -> list[Table]:
        from parley.exports.tables import rows

        return [rows.movement(found)]

    asked.answer(found.as_dict(), tables)


@click.command()
@_asking
@click.option("--examples", is_flag=True, help="Examples of each kind, too.")
def sourcing(asked: Asked, examples: bool) -> None:
    """On whose word each outlet tells: named, office, unnamed, document, other outlets, its own word."""
    from parley.analysis.sourcing import sourcing as find

    with asked.source() as source:
        found = find(source, asked.only())

    def tables() -> list[Table]:
        from parley.exports.tables import rows

        return [rows.sourcing(found), *([rows.examples(found)] if examples else [])]

    asked.answer(found.as_dict(), tables)


@click.command()
@_asking
def naming(asked: Asked) -> None:
    """How each outlet names the parties, in its own voice, in reported speech or in quotation marks."""
    from parley.analysis.naming import naming as find

    with asked.source() as source:
        found = find(source, asked.only())

    def tables() -> list[Table]:
        from parley.exports.tables import rows

        return [rows.naming(found)]

    asked.answer(found.as_dict(), tables)
