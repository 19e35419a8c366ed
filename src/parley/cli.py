"""The command line: thin; what it offers comes from the tables of readers and exports."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from parley.cli_codebook import codebook_group
from parley.cli_evaluate import evaluate
from parley.cli_export import export
from parley.cli_ingest import ingest
from parley.cli_ledger import accounts, ledger, movement, naming, sourcing
from parley.cli_open import demo_room, open_room
from parley.cli_options import Reading, reading_options
from parley.cli_search import copies, search
from parley.cli_store import check, history, repair, show, status
from parley.cli_train import train
from parley.errors import ParleyError

if TYPE_CHECKING:
    from parley.model import Article, Record
    from parley.readers.rows import BadRow

FORMATS = ("text", "json", "html")
"""Names of ``parley.exports.FORMATS``, held equal by a test: importing them would slow ``--help`` down."""
INPUTS = ("text", "markdown", "html", "json")
"""Names of ``parley.readers.FORMATS``, held equal by a test."""


class Commands(click.Group):
    """A group whose commands report Parley's errors in one line, with exit status 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except ParleyError as error:
            click.echo(f"parley: {error}", err=True)
            ctx.exit(2)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="parley-news", prog_name="parley")
def main() -> None:
    """Read what was published about a negotiation, and keep the record of it.

    Parley finds who asked what of whom, on which issue, how the other side answered, on whose word we know it, in
    which words, and in what tone it was told. Every line points at the exact characters that it rests on.

    \b
    Start here:
      parley demo                               what many articles say together, on a shipped corpus
      parley open --demo                        the same in the browser
      parley read article.html                  one article, for a person to read
      parley read article.txt --format html > article-record.html
      parley annotate articles.jsonl records.jsonl
    """


@main.command()
@click.argument("source", metavar="FILE|-")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="How to print the record."
)
@click.option(
    "--input-format", type=click.Choice(INPUTS), help="How to read FILE; by default its ending or its content tells."
)
@click.option("--output", "-o", type=click.Path(dir_okay=False), help="Write to this file and not to the screen.")
@reading_options
def read(
    source: str,
    form: str,
    input_format: str | None,
    output: str | None,
    reading: Reading,
) -> None:
    """Print the record of one article.

    FILE is plain text, Markdown, a saved web page, or a JSON object with a "text"; - reads standard input. Nothing is
    set up and nothing is stored.
    """
    from parley import corpus, exports, readers

    if source == "-":
        article = readers.read_bytes(sys.stdin.buffer.read(), name="standard input", source_format=input_format)
    else:
        article = readers.read_path(Path(source), source_format=input_format)
    record = corpus.read(_dated(article, reading.day()), reading.pipeline())
    text = exports.FORMATS[form](record)
    if output:
        Path(output).write_text(text, encoding="utf-8")
    else:
        sys.stdout.buffer.write(text.encode("utf-8"))


@main.command()
@click.argument("source", metavar="IN.jsonl|-")
@click.argument("target", metavar="OUT.jsonl|-")
@click.option("--quiet", "-q", is_flag=True, help="No progress bar.")
@reading_options
@click.pass_context
def annotate(
    ctx: click.Context,
    source: str,
    target: str,
    quiet: bool,
    reading: Reading,
) -> None:
    """Turn rows {"id", "text", ...} into records, one a line, in order.

    A row that cannot be read becomes a record without findings and with a note that says why; the exit status is then
    1, else 0. - stands for standard input or output.
    """
    from parley.readers import rows
    from parley.record import to_json

    day, nlp = reading.day(), reading.pipeline()
    with ExitStack() as stack:
        lines, out = _opened(source, target, stack)
        found = _records(rows.articles(lines), nlp, day)
        count = failed = 0
        for record, why in _progress(found, quiet=quiet):
            out.write(to_json(record) + b"\n")
            count, failed = count + 1, failed + bool(why)
    if failed:
        click.echo(f"parley: {failed} of {count} rows could not be read; their notes say why", err=True)
        ctx.exit(1)


def _records(items: Iterable[Article | BadRow], nlp: Any, day: str | None) -> Iterator[tuple[Record, str | None]]:
    """The record of every row in order, and why it could not be read, if so."""
    from parley import corpus
    from parley.model import Article
    from parley.record import unread, why_unread

    for batch in corpus.batches(items):
        read_ones = corpus.annotate((_dated(item, day) for item in batch if isinstance(item, Article)), nlp)
        for item in batch:
            if isinstance(item, Article):
                record = next(read_ones)
                yield record, why_unread(record)
            else:
                yield unread(Article(item.id, ""), item.why), item.why


def _opened(source: str, target: str, stack: ExitStack) -> tuple[BinaryIO, BinaryIO]:
    """The two streams of a command; files are closed with the stack."""
    try:
        lines = sys.stdin.buffer if source == "-" else stack.enter_context(open(source, "rb"))  # noqa: SIM115
        out = sys.stdout.buffer if target == "-" else stack.enter_context(open(target, "wb"))  # noqa: SIM115
    except OSError as error:
        raise ParleyError(f"{error.filename}: cannot be opened ({error.strerror})") from error
    return lines, out


def _progress(found: Iterator[Any], *, quiet: bool) -> Iterator[Any]:
    """A bar on the screen, never in a pipe."""
    from tqdm import tqdm

    return iter(tqdm(found, unit=" articles", disable=quiet or not sys.stderr.isatty(), file=sys.stderr))


def _dated(article: Article, day: str | None) -> Article:
    """The article with the user's date where it has none of its own."""
    if day is None or article.meta.published:
        return article
    return replace(article, meta=replace(article.meta, published=day))


main.add_command(codebook_group)
main.add_command(demo_room)
main.add_command(evaluate)
main.add_command(export)
main.add_command(ingest)
for one in (status, search, copies, show, history, check, repair):
    main.add_command(one)
main.add_command(ledger)
main.add_command(accounts)
main.add_command(movement)
main.add_command(sourcing)
main.add_command(naming)
main.add_command(open_room)
main.add_command(train)
