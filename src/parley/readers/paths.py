"""From what the user names (files, folders, patterns) to files, in one order whatever the file system gives."""

from __future__ import annotations

import fnmatch
import glob
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from parley.errors import ReadError
from parley.readers.found import Lost, Skipped, lost
from parley.readers.streams import why_damaged


def is_url(source: str) -> bool:
    """Whether a source is an address on the web."""
    return source.lower().startswith(("http://", "https://"))


def named(sources: Sequence[str]) -> list[Path]:
    """The files and folders that sources name, absolute, each once, none that lies in another.

    Raises:
        ReadError: a source names nothing.
    """
    found: dict[str, None] = {}
    for source in sources:
        matches = [source] if os.path.lexists(source) else _matching(source)
        if not matches:
            raise ReadError(f"{source}: no such file or folder")
        found.update(dict.fromkeys(map(os.path.abspath, matches)))
    folders = {name for name in found if os.path.isdir(name)}
    return [Path(name) for name in found if not any(str(parent) in folders for parent in Path(name).parents)]


def _matching(pattern: str) -> list[str]:
    """What a pattern names, by name; with ``**`` only files, and never in a circle of links."""
    if not glob.has_magic(pattern):
        return []
    parts = Path(os.path.abspath(pattern)).parts
    if "**" not in parts:
        return sorted(glob.glob(pattern))
    first = next(number for number, part in enumerate(parts) if glob.has_magic(part))
    top = Path(*parts[:first])
    files = (path for path in walk(top) if isinstance(path, Path)) if top.is_dir() else iter(())
    return sorted(str(path) for path in files if _fits(path.relative_to(top).parts, parts[first:]))


def _fits(names: Sequence[str], patterns: Sequence[str]) -> bool:
    """Whether a path's names fit a pattern's parts."""
    if not patterns:
        return not names
    if patterns[0] == "**":
        return _fits(names, patterns[1:]) or (bool(names) and _fits(names[1:], patterns))
    return bool(names) and fnmatch.fnmatchcase(names[0], patterns[0]) and _fits(names[1:], patterns[1:])


def printable(path: Path | str) -> str:
    """A path as text that every file can hold; bytes that are no UTF-8 are written as ``%FF``."""
    text = str(path)
    if text.isascii():
        return text
    return "".join(f"%{ord(c) - 0xDC00:02X}" if 0xDC80 <= ord(c) <= 0xDCFF else c for c in text)


def walk(top: Path, entered: set[tuple[int, int]] | None = None) -> Iterator[Path | Lost | Skipped]:
    """The files in a folder and below it by name; sitemaps stand first, since they tell of the pages beside them.

    Hidden files, links in a circle and what is no file are passed over with a word.
    """
    entered = set() if entered is None else entered
    try:
        here = os.stat(top)
        names = sorted(os.listdir(top), key=lambda name: (not _is_sitemap(name), name))
    except OSError as error:
        yield lost(printable(top), why_damaged(error))
        return
    if (here.st_dev, here.st_ino) in entered:
        yield Skipped(printable(top), "a link to a folder that is read already")
        return
    entered.add((here.st_dev, here.st_ino))
    for name in names:
        path = top / name
        if name.startswith("."):
            yield Skipped(printable(path), "hidden")
        elif (found := as_file(path)) is None:
            yield from walk(path, entered)
        else:
            yield found


def as_file(path: Path) -> Path | Lost | Skipped | None:
    """A path, if it is a file; None for a folder."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return lost(printable(path), why_damaged(error))
    if stat.S_ISDIR(mode):
        return None
    return path if stat.S_ISREG(mode) else Skipped(printable(path), "not a file (a device or a pipe)")


def _is_sitemap(name: str) -> bool:
    return "sitemap" in name.lower() and name.lower().endswith((".xml", ".xml.gz"))
