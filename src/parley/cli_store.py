"""``parley status``, ``history``, ``show``, ``check`` and ``repair``: what a record holds, and whether it is whole."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parley.errors import NoSuchArticle

if TYPE_CHECKING:
    from parley.store import Commit, Store

FORMATS = ("text", "json", "html")
"""Names of ``parley.exports.FORMATS``, held equal by a test: importing them would slow ``--help`` down."""
RECORD = click.option(
    "--record", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder of the record."
)
AS_OF = click.option(
    "--as-of", metavar="WHEN", help="As it was at a commit's number, or at the end of a day or a time (UTC)."
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.command()
@RECORD
@AS_OF
@JSON
def status(record: Path, as_of: str | None, as_json: bool) -> None:
    """Tell what a record holds: articles, what was read in them, what failed, the last runs.

    A record that is being written may be looked at; the figures are those of the newest commit.
    """
    from parley.store import Store
    from parley.store import status as figures

    with Store.open(record, as_of=as_of) as store:
        found = figures.status(store)
    click.echo(json.dumps(found) if as_json else "\n".join(figures.lines(found)))


@click.command()
@RECORD
@click.option("--limit", type=click.IntRange(1), help="Commits at most, the newest.")
@JSON
def history(record: Path, limit: int | None, as_json: bool) -> None:
    """List the commits of a record: when, in which run, and what they brought.

    Each number can be given to --as-of: the record is then shown as it was.
    """
    from parley.store import history as commits

    found = commits(record)
    before: Commit | None = found[-limit - 1] if limit and limit < len(found) else None
    for commit in found[-limit:] if limit else found:
        click.echo(json.dumps(asdict(commit), default=str) if as_json else _told(commit, before))
        before = commit


@click.command()
@click.argument("article_id")
@RECORD
@AS_OF
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="How to print it."
)
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
def show(article_id: str, record: Path, as_of: str | None, form: str, output: Path | None) -> None:
    """Print the record of one article of a record on disk, as "parley read" does.

    The first characters of ARTICLE_ID are enough if no other article begins so.
    """
    from parley import exports
    from parley.store import Store

    with Store.open(record, as_of=as_of) as store:
        text = exports.FORMATS[form](store.record(_whole_id(store, article_id)))
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        click.echo(text, nl=not text.endswith("\n"))


@click.command()
@RECORD
@JSON
@click.pass_context
def check(ctx: click.Context, record: Path, as_json: bool) -> None:
    """Look whether a record is what it should be; changes nothing.

    Every quote must equal its words in the text, every id lead to what it names, every article stand once, the counts
    agree, and the files be those of the newest commit. The exit status is 1 if anything is wrong. What a killed ingest
    left is told, but is not wrong: nobody sees it, and the next ingest clears it.
    """
    from parley.store import derived
    from parley.store.check import check as look

    found = look(record, further=[derived.problems])
    for problem in found:
        click.echo(json.dumps(asdict(problem)) if as_json else str(problem))
    if not all(problem.harmless for problem in found):
        click.echo("parley repair mends what can be mended", err=True)
        ctx.exit(1)
    if not as_json:
        click.echo(f"{record}: nothing wrong")


@click.command()
@RECORD
@click.option("--compact", is_flag=True, help="Join small files too, so that questions stay quick.")
@click.option("--forget-before", type=int, metavar="NUMBER", help="Remove the commits before this one for good.")
def repair(record: Path, compact: bool, forget_before: int | None) -> None:
    """Mend what can be mended of a record, and say what was done.

    Half commits of a killed ingest are set aside, rows that belong to nothing removed, files that nothing needs
    deleted, the search index made anew. Articles that cannot be trusted are marked; the next ingest reads them again.
    """
    from parley.store import Writer, derived, upkeep
    from parley.store.repair import repair as mend

    done = mend(record)
    if compact or forget_before is not None:
        with Writer.open(record) as writer:
            if compact:
                done.append(f"files joined: commit {writer.join_files().number}")
            if forget_before is not None:
                done.append(f"{upkeep.forget(writer.folder, before=forget_before)} files of older commits removed")
    done += derived.mend_at(record)
    for line in done or [f"{record}: nothing to mend"]:
        click.echo(line)


def _told(commit: Commit, before: Commit | None) -> str:
    """One line on a commit: what it holds more or less than the one before."""
    there = {**dict.fromkeys(commit.rows, 0), **(before.rows if before else {})}
    changed = [f"{name} {n - there[name]:+,}" for name, n in sorted(commit.rows.items()) if n != there[name]]
    when = commit.time.isoformat(sep=" ", timespec="seconds").removesuffix("+00:00")
    return f"{commit.number:>6}  {when}  {commit.kind:8} {commit.run:20} {', '.join(changed)}".rstrip()


def _whole_id(store: Store, start: str) -> str:
    """The one article id that begins so.

    Raises:
        NoSuchArticle: none does, or several.
    """
    found = store.query(
        "SELECT article_id FROM articles WHERE starts_with(article_id, ?) ORDER BY article_id <> ?, article_id LIMIT 3",
        [start, start],
    )
    ids = [row["article_id"] for row in found]
    if not ids:
        raise NoSuchArticle(f"no article {start!r} at commit {store.commit.number}; parley search lists ids")
    if len(ids) > 1 and ids[0] != start:
        raise NoSuchArticle(f"several articles begin with {start!r}: {', '.join(ids)} …")
    return str(ids[0])
