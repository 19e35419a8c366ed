"""Files line by line, each capped, so that no more than one document is in memory however the file is made."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from parley.errors import NotText
from parley.readers.decode import decode
from parley.readers.limits import MAX_BYTES
from parley.readers.streams import BUFFER

if TYPE_CHECKING:
    from typing_extensions import Buffer

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_TELLING = 200
"""Bytes beyond ASCII from which an encoding can be guessed; with fewer it is Western European, as in most news."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file, without its end."""

    number: int
    """Counted from 1."""
    data: bytes
    is_cut: bool = False
    """Whether it was longer than a document may be; then ``data`` is its beginning."""

    @property
    def text(self) -> str:
        """The line in UTF-8, or in the encoding that its bytes look like."""
        with suppress(UnicodeDecodeError):
            return self.data.decode("utf-8-sig" if self.number == 1 else "utf-8")
        if sum(byte > 0x7F for byte in self.data) >= _TELLING:
            with suppress(NotText):
                return decode(self.data, "")
        return self.data.decode("cp1252", errors="replace")


def lines(stream: IO[bytes], limit: int | None = None) -> Iterator[Line]:
    """The lines of a stream in UTF-8, UTF-16 with its mark, or another encoding that knows ASCII.

    Args:
        stream: bytes of text.
        limit: bytes of a line; of longer ones only a beginning is kept. As many as a document may have, by default.

    Raises:
        OSError, EOFError, zlib.error, ReadError: the file is damaged; the lines before have been given.
    """
    limit, number = limit or MAX_BYTES, 0
    stream = _recoded(stream)
    while data := stream.readline(limit + 1):
        number += 1
        is_cut = len(data) > limit and not data.endswith(b"\n")
        if is_cut:
            while (rest := stream.readline(BUFFER)) and not rest.endswith(b"\n"):
                pass
            data = data[:BUFFER]
        yield Line(number, data.rstrip(b"\r\n"), is_cut)


def _recoded(stream: IO[bytes]) -> IO[bytes]:
    """A stream in UTF-8, where it begins with the mark of UTF-16."""
    peek: Callable[[int], bytes] | None = getattr(stream, "peek", None)
    is_wide = peek is not None and peek(2).startswith(_WIDE)
    return io.BufferedReader(_Narrow(stream), BUFFER) if is_wide else stream


class _Narrow(io.RawIOBase):
    """The bytes of a UTF-16 stream in UTF-8."""

    def __init__(self, wide: IO[bytes]) -> None:
        self._wide, self._decoder = wide, codecs.getincrementaldecoder("utf-16")(errors="replace")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        text, is_end = "", False
        while not text and not is_end:
            chunk = self._wide.read(max(2, len(view) // 3 * 2))  # two bytes become three at most
            is_end = not chunk
            text = self._decoder.decode(chunk, final=is_end)
        data = text.encode("utf-8", errors="replace")
        view[: len(data)] = data
        return len(data)
