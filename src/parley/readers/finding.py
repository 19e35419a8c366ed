"""The search through sources: which reader opens which file, and what becomes of those that none opens."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import IO

from parley.errors import ReadError
from parley.model import Metadata
from parley.readers import columns as table_columns
from parley.readers import jsonl, parquet, tables, warc, zips
from parley.readers.fetching import Fetcher
from parley.readers.found import Found, Item, Lost, Meter, Skipped, lost
from parley.readers.limits import ENDINGS
from parley.readers.options import FetchRules, Options
from parley.readers.paths import as_file, is_url, named, printable, walk
from parley.readers.streams import DAMAGE, opened, whole, why_damaged
from parley.readers.web import Web

StreamReader = Callable[[IO[bytes], str, Options], Iterator[Item]]
STREAMS: Mapping[str, StreamReader] = {
    ".json": jsonl.read_object,
    ".jsonl": jsonl.read_lines,
    ".ndjson": jsonl.read_lines,
    ".csv": tables.read,
    ".tsv": tables.read,
}
"""Readers that go through a stream of bytes once, by the ending of the file (``.gz`` after it is unpacked first)."""
FILES: Mapping[str, StreamReader] = {".parquet": parquet.read, ".warc": warc.read}
"""Readers that go to and fro in a file, and unpack what they must themselves."""
NAMES: Mapping[str, Callable[[IO[bytes]], list[str]]] = {
    ".jsonl": jsonl.keys,
    ".ndjson": jsonl.keys,
    ".csv": tables.names,
    ".tsv": tables.names,
    ".parquet": parquet.names,
}
"""What tells the columns of a table."""
XML = (".xml", ".rss", ".atom", ".rdf")
READ = frozenset((*STREAMS, *FILES, *ENDINGS, *XML, ".zip"))
"""All endings that have a reader."""


def find(
    sources: Sequence[str],
    *,
    columns: Mapping[str, str] | None = None,
    since: date | None = None,
    outlet: str | None = None,
    published: str | None = None,
    fetch: FetchRules | None = None,
    meter: Meter | None = None,
) -> Iterator[Item]:
    """The documents in files, folders, patterns and addresses, one by one, in the same order every time.

    Args:
        sources: what the user names; folders are read with all below them, by name.
        columns: for a field (``text``, ``published`` ...) the column of tables that holds it.
        since: first day that counts; what is known to be older is skipped.
        outlet: the outlet of documents that do not say theirs.
        published: ISO day of documents that do not say theirs.
        fetch: how to fetch addresses; without it none is fetched.
        meter: counts the bytes that are behind.

    Raises:
        ReadError: at once, when a source is not there, a field or a named table's column is unknown, or an address is
            given without ``fetch``.
    """
    given = Metadata(outlet=outlet, published=published)
    options = Options(columns or {}, since, given, fetch, meter or Meter())
    table_columns.check_fields(options.columns)
    paths = named([source for source in sources if not is_url(source)])
    urls = list(dict.fromkeys(source for source in sources if is_url(source)))
    if urls and not fetch:
        raise ReadError(f"{urls[0]} is an address; add --fetch to fetch it")
    if options.columns:
        for path in paths:
            _check_columns(path, options)
    return _found(paths, urls, options, frozenset(map(os.path.abspath, sources)))


def size(sources: Sequence[str]) -> int:
    """Bytes of all files that sources name, as they lie on disk.

    Raises:
        ReadError: a source is not there.
    """
    paths = _files(named([source for source in sources if not is_url(source)]))
    return sum(path.stat().st_size for path in paths if isinstance(path, Path))


def _files(paths: Sequence[Path]) -> Iterator[Path | Lost | Skipped]:
    """Every file that is named or lies in a named folder."""
    entered: set[tuple[int, int]] = set()
    for path in paths:
        if (found := as_file(path)) is None:
            yield from walk(path, entered)
        else:
            yield found


def _check_columns(path: Path, options: Options) -> None:
    """See at once whether a table that the user named has the columns; those in folders are looked at in their turn."""
    if not path.is_file() or not (names := NAMES.get(_ending(path.name))):
        return
    with path.open("rb") as file:
        if there := names(opened(file, path.name)):
            table_columns.check_columns(options.columns, there, path.name)


def _found(paths: Sequence[Path], urls: Sequence[str], options: Options, exact: frozenset[str]) -> Iterator[Item]:
    """All documents; ``exact`` are the paths that the user wrote in full."""
    web = Web(options, Fetcher(options.fetch) if options.fetch else None)
    for path in _files(paths):
        if not isinstance(path, Path):
            yield path
        elif str(path) not in web.claimed:
            yield from _in_file(path, web, is_named=str(path) in exact)
    for url in urls:
        yield from web.at(url)


def _in_file(path: Path, web: Web, *, is_named: bool) -> Iterator[Item]:
    """The documents in one file; a word where there is none."""
    location, ending, meter, count = printable(path), _ending(path.name), web.options.meter, 0
    try:
        with path.open("rb") as file:
            items = _opened(file, path, ending, web) if ending in READ or not is_named else _by_content(file, path, web)
            for item in items:
                count += 1
                if ending not in (".zip", ".parquet"):  # their readers go to the end first
                    meter.at(max(meter.position, file.tell()))
                yield item
            meter.end(os.fstat(file.fileno()).st_size)
    except OSError as error:
        yield lost(location, why_damaged(error))
    except Exception as error:  # one file, however made, must not end the reading of all others
        yield lost(location, f"from document {count + 1} on: the reader failed ({type(error).__name__}: {error})"[:300])
    else:
        if not count:
            yield Skipped(location, "empty: nothing in it")


def _by_content(file: IO[bytes], path: Path, web: Web) -> Iterator[Item]:
    """A file that the user named and whose ending says nothing: its content tells what it is."""
    try:
        yield Found(printable(path), whole(opened(file, path.name)), given=web.options.given)
    except DAMAGE as error:
        yield lost(printable(path), why_damaged(error))


def _opened(file: IO[bytes], path: Path, ending: str, web: Web) -> Iterator[Item]:
    """The documents in a file that is open."""
    location = printable(path)
    if reader := FILES.get(ending):
        yield from reader(file, location, web.options)
    elif ending == ".zip":
        yield from zips.read(file, location, lambda stream, name, where: _in_stream(stream, _ending(name), where, web))
    else:
        yield from _in_stream(opened(file, path.name), ending, location, web, folder=path.parent)


def _in_stream(
    stream: IO[bytes], ending: str, location: str, web: Web, *, folder: Path | None = None
) -> Iterator[Item]:
    """The documents in a stream that has a file's ending."""
    if reader := STREAMS.get(ending):
        yield from reader(stream, location, web.options)
    elif ending not in ENDINGS and ending not in XML:
        yield Skipped(location, f"no reader for {ending or 'files without an ending'}")
    else:
        try:
            data = whole(stream)
        except DAMAGE as error:
            yield lost(location, why_damaged(error))
            return
        if ending in XML:
            yield from web.in_xml(data, location, folder=folder)
        else:
            yield Found(location, data, ENDINGS[ending], given=web.options.given)


def _ending(name: str) -> str:
    """A file's ending in small letters, that before ``.gz`` where it is packed."""
    path = Path(name.lower())
    return Path(path.stem).suffix if path.suffix == ".gz" else path.suffix
