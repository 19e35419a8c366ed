"""``parley ingest``: adds what sources hold to a record on disk."""

from __future__ import annotations

import json
import signal
import sys
from contextlib import ExitStack, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from parley.cli_options import Reading, reading_options
from parley.errors import ParleyError

if TYPE_CHECKING:
    from parley.corpus.counts import Summary
    from parley.corpus.ingest import Request
    from parley.corpus.progress import Silent

SHOWN = 5
"""Failures that are told one by one on the screen; ``--json`` tells more, the table ``failures`` all."""


@click.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1)
@click.option("--record", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder of the record.")
@click.option("--workers", type=click.IntRange(1), help="Processes that read; by default one a core.")
@click.option("--engine", type=click.Choice(("local", "ray")), default="local", show_default=True, help="Where.")
@click.option("--address", help="Ray cluster, e.g. ray://head:10001; by default one on this machine.")
@click.option("--since", metavar="DATE", help="Leave out what was published before this day.")
@click.option("--outlet", help="Outlet of documents that do not say theirs.")
@click.option(
    "--columns", multiple=True, metavar="FIELD=COLUMN", help="Column of tables that holds a field, e.g. text=body."
)
@click.option("--fetch", is_flag=True, help="Allow to fetch SOURCEs that are addresses, as robots.txt allows.")
@click.option("--rate", type=click.FloatRange(0.01), default=1.0, show_default=True, help="Fetches a second and host.")
@click.option("--fetch-timeout", type=click.FloatRange(0.1), default=20.0, show_default=True, help="Seconds a fetch.")
@click.option("--refresh", is_flag=True, help="Read stored articles again that were read with other versions.")
@click.option("--retry", is_flag=True, help="Try again what failed before and has not changed.")
@click.option("--dry-run", is_flag=True, help="Say what would be read, and do nothing.")
@click.option("--timeout", type=click.FloatRange(0.1), default=30.0, show_default=True, help="Seconds a document.")
@click.option("--memory", type=click.IntRange(200), default=1500, show_default=True, help="MB a worker, at most.")
@click.option("--shard", type=click.IntRange(1), default=200, show_default=True, help="Articles a commit.")
@click.option("--quiet", "-q", is_flag=True, help="No progress and no summary.")
@click.option("--json", "as_json", is_flag=True, help="The summary as JSON on the standard output.")
@reading_options
@click.pass_context
def ingest(ctx: click.Context, /, *, quiet: bool, as_json: bool, reading: Reading, **options: Any) -> None:
    """Add what SOURCEs hold to a record on disk.

    SOURCE is a file, a folder with all below it, a pattern, or an address (with --fetch): text, Markdown, saved pages,
    JSON, JSON Lines, CSV, Parquet, WARC, ZIP, feeds and sitemaps. Safe to repeat: what has not changed is not read
    again. Safe to interrupt: Ctrl-C ends it after the articles in hand (exit status 130), and the next call goes on.
    A document that cannot be read becomes a row of the table "failures" and stops nothing. See docs/corpora.md.
    """
    from parley.corpus.ingest import ingest as run
    from parley.corpus.stop import Stop

    request = _request(reading, **options)
    stop = Stop(lambda words: click.echo(f"\nparley: {words}", err=True))
    try:
        with ExitStack() as stack:
            watch = stack.enter_context(_watch(request, quiet=quiet))
            summary = run(request, watch=watch, stop=stack.enter_context(stop))
            if summary.outcome != "planned":
                _keep_sentences(request)
    except KeyboardInterrupt:
        click.echo("parley: stopped at once; what was committed is whole, the next call goes on", err=True)
        ctx.exit(128 + signal.SIGINT)
    if as_json:
        click.echo(json.dumps(summary.as_dict(), ensure_ascii=False, indent=2))
    elif not quiet:
        click.echo(_told(summary), err=True)
    if stop.asked:
        ctx.exit(128 + stop.signal)


def _keep_sentences(request: Request) -> None:
    """Find out what new sentences say, so that nobody waits for it who compares accounts later."""
    from parley.analysis.claims import keep
    from parley.store import Store

    with suppress(ParleyError), Store.open(request.record) as store:  # a record without an article is none yet
        keep(store, store.folder)


def _request(reading: Reading, **options: Any) -> Request:
    """What the options ask for.

    Raises:
        ParleyError: options that do not go together, or a date that is none.
    """
    from parley.corpus.ingest import Request
    from parley.corpus.task import Manner
    from parley.readers import FetchRules

    sources, refresh = options.pop("sources"), options["refresh"]
    if bool(sources) == refresh:
        raise ParleyError("--refresh reads what is stored: give no SOURCE" if refresh else "name at least one SOURCE")
    manner = Manner(
        reading.model,
        actors=reading.actors,
        codebook=reading.codebook,
        weights=reading.weights,
        rules_only=reading.rules_only,
        since=_day(options.pop("since")),
        timeout=options.pop("timeout"),
        memory=options.pop("memory"),
    )
    rate, seconds = options.pop("rate"), options.pop("fetch_timeout")
    fetch = FetchRules(rate=rate, timeout=seconds) if options.pop("fetch") else None
    columns = dict(_pair(text) for text in options.pop("columns"))
    return Request(sources, manner=manner, columns=columns, published=reading.day(), fetch=fetch, **options)


def _pair(text: str) -> tuple[str, str]:
    """``text=body`` in two."""
    name, equals, column = text.partition("=")
    if not (name and equals and column):
        raise ParleyError(f"--columns {text!r}: write FIELD=COLUMN, like text=body")
    return name, column


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    from parley.readers.metadata import as_date

    if (day := as_date(text)) is None:
        raise ParleyError(f"--since {text!r} is not a date; write it like 2025-06-02")
    return date.fromisoformat(day)


def _watch(request: Request, *, quiet: bool) -> Silent:
    """A bar on the screen, never in a pipe."""
    from parley.corpus.progress import Bar, Silent

    return Bar(request) if sys.stderr.isatty() and not quiet else Silent()


def _told(summary: Summary) -> str:
    """The summary for a person."""
    counts = summary.counts
    if summary.outcome == "planned":
        kept = f"{counts.unchanged:,} unchanged, {counts.skipped:,} skipped, {counts.failed:,} cannot be opened"
        return f"would read {counts.read:,} ({counts.new:,} new, {counts.changed:,} changed); {kept}"
    rate = f", {counts.read / summary.seconds:.1f} articles a second" if counts.read and summary.seconds else ""
    lines = [f"{summary.outcome}: {counts.in_words()} in {summary.seconds:.1f} s{rate}"]
    if counts.removed:
        lines.append(f"  {counts.removed:,} articles removed: the content of their location changed")
    lines += [f"  {one['stage']}: {one['location']}: {one['why']}" for one in summary.failures[:SHOWN]]
    if counts.failed > SHOWN:
        lines.append(f"  ... and {counts.failed - SHOWN:,} more; see the table failures")
    return "\n".join(lines)
