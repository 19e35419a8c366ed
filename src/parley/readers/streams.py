"""Files as streams of bytes: unpacked where packed, in one piece up to the size of a document."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from pathlib import Path
from typing import IO, TYPE_CHECKING

from parley.errors import ReadError
from parley.readers.limits import FREE_BYTES, MAX_BYTES, MAX_RATIO, too_large

if TYPE_CHECKING:
    from typing_extensions import Buffer

BUFFER = 1 << 18
"""Bytes read at once."""
DAMAGE = (EOFError, zlib.error, OSError, ReadError)
"""What a damaged file raises while it is read."""


class _Unpacked(io.RawIOBase):
    """The bytes of a gzip file; stops where a few packed bytes unpack to endless ones."""

    def __init__(self, packed: IO[bytes]) -> None:
        self._packed, self._plain, self._size = packed, gzip.GzipFile(fileobj=packed), 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        data = self._plain.read1(len(view))
        view[: len(data)] = data
        self._size += len(data)
        if self._size > max(FREE_BYTES, MAX_RATIO * self._packed.tell()):
            raise ReadError("unpacks to far more than news does (a zip bomb?)")
        return len(data)


def unpacked(packed: IO[bytes]) -> IO[bytes]:
    """The plain bytes of a stream that is packed with gzip."""
    return io.BufferedReader(_Unpacked(packed), BUFFER)


def is_gzip(stream: IO[bytes]) -> bool:
    """Whether a stream that can be rewound begins as gzip does."""
    start = stream.read(2)
    stream.seek(0)
    return start == b"\x1f\x8b"


def opened(file: IO[bytes], name: str) -> IO[bytes]:
    """A file's plain bytes: unpacked where its name says and its content shows that it is packed."""
    return unpacked(file) if name.lower().endswith(".gz") and is_gzip(file) else file


def load(path: Path) -> bytes:
    """All of a file, unpacked.

    Raises:
        OSError, EOFError, zlib.error, ReadError: it cannot be read, is damaged, or larger than a document may be.
    """
    with path.open("rb") as file:
        return whole(opened(file, path.name))


def whole(stream: IO[bytes]) -> bytes:
    """All of a document.

    Raises:
        ReadError: it is larger than a document may be.
    """
    parts, size = [], 0
    while part := stream.read(BUFFER):  # asked for all at once, Python would set 50 MB aside for each small page
        parts.append(part)
        size += len(part)
        if size > MAX_BYTES:
            raise ReadError(too_large())
    return b"".join(parts)


def in_utf8(data: bytes, charset: str | None) -> bytes:
    """A page in the encoding that its HTTP header names, as UTF-8 with a mark that outranks the page's own.

    The page stays as it is where the header names none, an unknown one, or one that does not fit.
    """
    if not charset or data.startswith(codecs.BOM_UTF8):
        return data
    try:
        name = codecs.lookup(charset).name
        text = data.decode("cp1252" if name in ("iso8859-1", "ascii") else name)  # as browsers take these two
    except (LookupError, UnicodeError):
        return data
    return codecs.BOM_UTF8 + text.encode("utf-8", "replace")


def why_damaged(error: BaseException) -> str:
    """What a reader's error says to a user."""
    if isinstance(error, EOFError):
        return "the file ends in the middle (cut off while it was copied or written?)"
    if isinstance(error, ReadError):
        return str(error)
    strerror = getattr(error, "strerror", None)
    words = " ".join(str(strerror or error).split())[:160]
    return f"damaged or cannot be read ({words or type(error).__name__})"
