"""Zip archives whose table of contents, which stands at their end, is gone: members are found by their own headers."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from typing import IO

from parley.readers.found import Item, Skipped, lost
from parley.readers.limits import MAX_BYTES, too_large
from parley.readers.paths import printable
from parley.readers.streams import BUFFER
from parley.readers.zips import Inner, refused

_SIGN = b"PK\x03\x04"
_HEADER = struct.Struct("<4s5H3I2H")
"""Sign, version, flags, method, time, day, CRC, packed size, plain size, lengths of name and extra field."""
_STORED, _DEFLATED = 0, 8
_LOCKED, _SIZES_FOLLOW, _IS_UTF8 = 1, 8, 0x800


@dataclass(frozen=True)
class _Member:
    name: str
    data: bytes | None
    """The document; None where it is lost."""
    why: str
    end: int
    """Byte of the archive after it."""


def read(file: IO[bytes], location: str, inner: Inner) -> Iterator[Item]:
    """The documents that are whole, and a loss for each that is not."""
    size = file.seek(0, io.SEEK_END)
    count = position = 0
    if size:
        with mmap(file.fileno(), 0, access=ACCESS_READ) as data:
            while (position := data.find(_SIGN, position)) >= 0:
                count += 1
                member = _at(data, position)
                position = member.end
                yield from _documents(member, location, inner)
    yield lost(location, "no zip archive" if not count else "the archive's end is gone: members may be missing")


def _documents(member: _Member, location: str, inner: Inner) -> Iterator[Item]:
    where = f"{location}!{printable(member.name)}"
    if member.name.endswith("/"):
        return
    if why := refused(member.name):
        yield Skipped(where, why) if why == "hidden" else lost(where, why)
    elif member.data is None:
        yield lost(where, member.why)
    else:
        yield from inner(io.BytesIO(member.data), member.name, where)


def _at(data: mmap, start: int) -> _Member:
    """The member whose header stands at a byte."""
    header = data[start : start + _HEADER.size]
    if len(header) < _HEADER.size:
        return _Member("?", None, "cut off", len(data))
    _, _, flags, method, _, _, crc, packed, plain, name_length, extra = _HEADER.unpack(header)
    body = start + _HEADER.size + name_length + extra
    name = data[start + _HEADER.size : body - extra].decode("utf-8" if flags & _IS_UTF8 else "cp437", "replace")
    after = start + len(_SIGN)
    if flags & _LOCKED:
        return _Member(name, None, "locked with a password", after)
    if plain > MAX_BYTES:
        return _Member(name, None, too_large(plain), after)
    content: bytes | None
    if method == _STORED and not flags & _SIZES_FOLLOW:
        content, end = data[body : body + plain], body + packed
    elif method == _DEFLATED:
        content, end = _inflated(data, body)
    else:
        return _Member(name, None, "packed in a way that cannot be read without the archive's end", after)
    is_whole = content is not None and (flags & _SIZES_FOLLOW or zlib.crc32(content) == crc)
    return _Member(name, content if is_whole else None, "damaged or cut off", end if is_whole else after)


def _inflated(data: mmap, start: int) -> tuple[bytes | None, int]:
    """The plain bytes of a packed stream and the byte after it; None where it is damaged or too large."""
    unpacker, parts, size = zlib.decompressobj(-zlib.MAX_WBITS), [], 0
    position = start
    try:
        while not unpacker.eof and size <= MAX_BYTES and (chunk := data[position : position + BUFFER]):
            parts.append(unpacker.decompress(chunk, MAX_BYTES + 1 - size))
            size += len(parts[-1])
            position += len(chunk) - len(unpacker.unconsumed_tail) - len(unpacker.unused_data)
    except zlib.error:
        return None, start
    return (b"".join(parts), position) if unpacker.eof and size <= MAX_BYTES else (None, start)
