"""``parley export``: takes a record, or a part of it, out in a form that other programs read."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from parley.errors import ParleyError

if TYPE_CHECKING:
    from collections.abc import Callable

    from parley.exports.whole.formats import Format
    from parley.exports.whole.selection import Selection

MANY = ("party", "issue", "outlet", "layer", "sourcing", "act")
"""Filters that may be given several times, each of whose values will do."""
DAYS = {"since": "Accounts of this day or later.", "until": "Accounts of this day or earlier.",
        "on": "What a reader could know on this day."}  # fmt: skip


def _filters(command: Callable[..., Any]) -> Callable[..., Any]:
    """The filters that the reading room has, too."""
    for name, words in reversed(DAYS.items()):
        command = click.option(f"--{name}", metavar="DATE", help=words)(command)
    for name in reversed(MANY):
        command = click.option(f"--{name}", multiple=True, help=f"Only this {name}; may be repeated.")(command)
    return command


def _list(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from parley.exports.whole.formats import FORMATS

        width = max(map(len, FORMATS))
        for form in FORMATS.values():
            click.echo(f"{form.name:<{width}}  {form.title} (.{form.ending}): {form.readers}")
        ctx.exit()


@click.command()
@click.option("--formats", is_flag=True, callback=_list, expose_value=False, is_eager=True, help="List the formats.")
@click.option("--record", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder of the record.")
@click.option("--format", "name", required=True, metavar="FORMAT", help="Name of a format; --formats lists them.")
@click.option("--output", "-o", metavar="FILE|-", help="Where to write; by default a file named after the record.")
@click.option("--as-of", metavar="COMMIT|DATE", help="The record as it was at a commit or on a day.")
@click.option(
    "--show",
    type=click.Choice(("machine", "corrected", "both")),
    default="machine",
    show_default=True,
    help="Whose rows.",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@_filters
def export(
    *, record: Path, name: str, output: str | None, as_of: str | None, show: str, force: bool, **filters: Any
) -> None:  # fmt: skip
    """Take a record out in a form that other programs read.

    \b
      parley export --record talks --format xlsx -o talks.xlsx
      parley export --record talks --format bundle --issue ceasefire --since 2025-05-01
      parley export --record talks --format csv -o - | duckdb -c "from '/dev/stdin'"

    Cells that a spreadsheet would take for a formula get an apostrophe before them. See docs/exports.md.
    """
    from parley.analysis.filters import Filters
    from parley.exports.whole.formats import FORMATS, file_name
    from parley.exports.whole.selection import Selection
    from parley.store import Store, judged

    form = FORMATS.get(name)
    if form is None:
        raise click.BadParameter(f"{name!r} is none of {', '.join(FORMATS)}", param_hint="--format")
    with Store.open(record, as_of=_commit(as_of)) as store:
        source = None if show == "machine" else judged.Judged(store, show)
        selection = Selection.of(store, Filters(**filters), source=source, show=show)
        if output == "-":
            _print(form, selection)
        else:
            path = Path(output or file_name(form, store.folder.name))
            _save(form, selection, path, force=force)
            click.echo(f"{path}: {form.title}", err=True)


def _commit(text: str | None) -> int | str | None:
    return int(text) if text and text.isdigit() else text


def _save(form: Format, selection: Selection, path: Path, *, force: bool) -> None:
    """Write a file beside its place and move it there when it is whole.

    Raises:
        ParleyError: there is a file already, or it cannot be written.
    """
    if path.exists() and not force:
        raise ParleyError(f"{path}: is there already; --force writes over it")
    try:
        handle, made = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}-")
    except OSError as error:
        raise ParleyError(f"{path}: cannot be written ({error.strerror})") from error
    try:
        with os.fdopen(handle, "wb") as out:
            form.write(selection, out)
        Path(made).chmod(0o666 & ~_mask())
        os.replace(made, path)
    except OSError as error:
        raise ParleyError(f"{path}: cannot be written ({error.strerror})") from error
    finally:
        with suppress(FileNotFoundError):
            os.unlink(made)


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _print(form: Format, selection: Selection) -> None:
    """Write to the standard output, once the whole is there."""
    with tempfile.TemporaryFile() as made:
        form.write(selection, made)
        made.seek(0)
        shutil.copyfileobj(made, sys.stdout.buffer)
