"""Zip archives whose bytes depend on their content alone, and whose names cannot leave the folder."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO

DATE = (1980, 1, 1, 0, 0, 0)
"""The date of every file: the first that the format knows."""
MOST_NAME = 80
"""Letters of a name; longer ones trouble some systems."""
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")


def safe_name(text: str) -> str:
    """A file name made from any text: letters, digits, ``.``, ``_`` and ``-``, and unlike that of any other text.

    A text that is not such a name itself gets a digest, so that ``a/b`` and ``a_b`` differ.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = _UNSAFE.sub("_", plain).strip("._-")[:MOST_NAME]
    if name and name == text and name.lower() == name and not _RESERVED.match(name):
        return name
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{name or 'x'}-{digest}" if not _RESERVED.match(name) else f"x-{name}-{digest}"


class Archive:
    """Writes files one after the other; each is compressed as it comes."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        """Wrap a zip file; ``archive`` makes one."""
        self._zip = zipped

    @contextmanager
    def file(self, name: str) -> Iterator[IO[bytes]]:
        """A new file to be written into."""
        entry = zipfile.ZipInfo(name, DATE)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        entry.create_system = 3
        with self._zip.open(entry, "w", force_zip64=True) as opened:
            yield opened

    def add(self, name: str, data: bytes | str) -> None:
        """A whole file."""
        with self.file(name) as opened:
            opened.write(data.encode("utf-8", "replace") if isinstance(data, str) else data)


@contextmanager
def archive(out: BinaryIO) -> Iterator[Archive]:
    """A new archive."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as zipped:
        yield Archive(zipped)


def repacked(data: BinaryIO, out: BinaryIO) -> None:
    """The same archive with the dates of its files set to ``DATE``."""
    with zipfile.ZipFile(data) as given, archive(out) as made:
        for entry in given.infolist():
            made.add(entry.filename, given.read(entry))
