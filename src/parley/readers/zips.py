"""Zip archives of pages, read in memory one by one: a member's name is only a name, nothing is written anywhere."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import IO

from parley.readers.found import Item, Skipped, lost
from parley.readers.limits import FREE_BYTES, MAX_BYTES, MAX_RATIO, too_large
from parley.readers.paths import printable
from parley.readers.streams import why_damaged

Inner = Callable[[IO[bytes], str, str], Iterator[Item]]
"""Reads a member: its stream, its name, its location."""
ARCHIVES = (".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".zst", ".7z", ".rar", ".warc", ".parquet", ".jar", ".docx")
"""Endings of members that are archives themselves, or need to be read from their end."""
BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError)
"""What zipfile raises at hostile and damaged archives."""


def read(file: IO[bytes], location: str, inner: Inner) -> Iterator[Item]:
    """The documents in an archive, in its own order; of a damaged one those that are whole."""
    try:
        archive = zipfile.ZipFile(file)
    except BROKEN:
        from parley.readers import zips_damaged

        yield from zips_damaged.read(file, location, inner)
        return
    members = [member for member in archive.infolist() if not member.is_dir()]
    if sum(member.file_size for member in members) > max(FREE_BYTES, MAX_RATIO * _size(file)):
        yield lost(location, "unpacks to far more than news does (a zip bomb?)")
        return
    names: dict[str, int] = {}
    for member in members:
        names[member.filename] = names.get(member.filename, 0) + 1
        again = f"~{names[member.filename]}" if names[member.filename] > 1 else ""
        yield from _member(archive, member, f"{location}!{printable(member.filename)}{again}", inner)


def refused(name: str) -> str | None:
    """Why a member is not opened, from its name; None if it is."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.name.startswith(".") or "__MACOSX" in path.parts:
        return "hidden"
    return "an archive inside an archive; unpack it first" if path.suffix.lower() in ARCHIVES else None


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, location: str, inner: Inner) -> Iterator[Item]:
    """The documents in one member."""
    if why := refused(member.filename):
        yield Skipped(location, why) if why == "hidden" else lost(location, why)
    elif member.flag_bits & 1:
        yield lost(location, "locked with a password")
    elif member.file_size > max(MAX_BYTES, MAX_RATIO * member.compress_size):
        yield lost(location, too_large(member.file_size))
    else:
        try:
            with archive.open(member) as stream:
                yield from inner(stream, member.filename, location)
        except BROKEN as error:
            yield lost(location, why_damaged(error))


def _size(file: IO[bytes]) -> int:
    return file.seek(0, 2)
