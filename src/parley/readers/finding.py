"""The search through sources: which reader opens which file, and what becomes of those that none opens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import IO

from parley.errors import ReadError
from parley.model import Metadata
from parley.readers import columns as table_columns
from parley.readers import jsonl
from parley.readers.found import Found, Item, Lost, Meter, Skipped, lost
from parley.readers.limits import ENDINGS
from parley.readers.options import FetchRules, Options
from parley.readers.paths import is_url, named, printable, walk
from parley.readers.streams import DAMAGE, is_gzip, unpacked, whole, why_damaged

StreamReader = Callable[[IO[bytes], str, Options], Iterator[Item]]
STREAMS: Mapping[str, StreamReader] = {
    ".json": jsonl.read_object,
    ".jsonl": jsonl.read_lines,
    ".ndjson": jsonl.read_lines,
}
"""Readers that go through a stream of bytes once, by the ending of the file (``.gz`` after it is unpacked first)."""


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
    return _found(paths, options)


def size(sources: Sequence[str]) -> int:
    """Bytes of all files that sources name, as they lie on disk.

    Raises:
        ReadError: a source is not there.
    """
    paths = (path for path, _ in _files(named([source for source in sources if not is_url(source)])))
    return sum(path.stat().st_size for path in paths if isinstance(path, Path))


def _files(paths: Sequence[Path]) -> Iterator[tuple[Path | Lost | Skipped, bool]]:
    """Every file, and whether the user named it."""
    entered: set[tuple[int, int]] = set()
    for path in paths:
        if path.is_dir():
            yield from ((found, False) for found in walk(path, entered))
        else:
            yield path, True


def _found(paths: Sequence[Path], options: Options) -> Iterator[Item]:
    for path, _ in _files(paths):
        if isinstance(path, Path):
            yield from _in_file(path, options)
        else:
            yield path


def _in_file(path: Path, options: Options) -> Iterator[Item]:
    """The documents in one file."""
    location = printable(path)
    ending = _ending(path.name)
    try:
        with path.open("rb") as file:
            stream = unpacked(file) if is_gzip(file) and path.suffix.lower() == ".gz" else file
            for item in _in_stream(stream, ending, location, options):
                options.meter.at(file.tell())
                yield item
        options.meter.end(path.stat().st_size)
    except OSError as error:
        yield lost(location, why_damaged(error))


def _in_stream(stream: IO[bytes], ending: str, location: str, options: Options) -> Iterator[Item]:
    """The documents in a stream that has a file's ending."""
    if reader := STREAMS.get(ending):
        yield from reader(stream, location, options)
    elif ending in ENDINGS:
        yield _page(stream, ending, location, options)
    else:
        yield Skipped(location, f"no reader for {ending or 'files without an ending'}")


def _page(stream: IO[bytes], ending: str, location: str, options: Options) -> Item:
    """The one document that a file is."""
    try:
        return Found(location, whole(stream), ENDINGS[ending], given=options.given)
    except DAMAGE as error:
        return lost(location, why_damaged(error))


def _ending(name: str) -> str:
    """A file's ending in small letters, that before ``.gz`` where it is packed."""
    path = Path(name.lower())
    return Path(path.stem).suffix if path.suffix == ".gz" else path.suffix
