"""Web archives: the pages in their responses, without the HTTP headers; damaged records are lost, the others come."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from parley.errors import ReadError
from parley.model import Metadata
from parley.readers.found import Found, Item, Skipped, lost
from parley.readers.limits import MAX_BYTES, too_large
from parley.readers.options import Options
from parley.readers.paths import printable
from parley.readers.streams import BUFFER, DAMAGE, in_utf8, why_damaged

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

PAGES = ("text/html", "application/xhtml+xml")
"""Content types that hold an article."""
_STARTS = (b"\x1f\x8b\x08", b"WARC/1.")
"""How a record begins, packed and plain."""
_CUT = "the archive ends in the middle of a record (cut off while it was copied or written?)"


def read(file: IO[bytes], location: str, options: Options) -> Iterator[Item]:
    """The pages of an archive, packed or not; the file must be one that can be rewound."""
    start: int | None = 0
    last, is_any, is_told = 0, False, False
    while start is not None:
        begun = start
        try:
            for record in _records(file, begun):
                last, is_any, is_told = begun + record.stream_pos, True, False
                yield _item(record, location, options)
            break
        except DAMAGE as error:
            if not is_told:  # a damaged stretch is told of once, however often its inside looks like a beginning
                yield lost(f"{location}!after@{last}", f"a record is {why_damaged(error)}")
            is_told = True
            start = _next_start(file, max(last, begun) + 1)
    if not is_any and not is_told:
        yield lost(location, "no response in it: not a web archive, or an empty one")
    elif not is_told and _is_cut(file, last):
        yield lost(f"{location}!end", _CUT)


def _records(file: IO[bytes], start: int) -> Iterator[WarcRecord]:
    """The responses from some byte on."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    file.seek(start)
    # Fastwarc takes the stream's own position for the first byte, so it is given one that begins there.
    yield from ArchiveIterator(_From(file, start), record_types=WarcRecordType.response, parse_http=True)


class _From(io.RawIOBase):
    """A file from some byte on, as if it began there."""

    def __init__(self, file: IO[bytes], start: int) -> None:
        self._file, self._start = file, start

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._file.read(size)

    def tell(self) -> int:
        return self._file.tell() - self._start


def _item(record: WarcRecord, location: str, options: Options) -> Item:
    """The page in a response, or why there is none."""
    uri = printable((record.headers.get("WARC-Target-URI") or record.record_id or "").strip("<>"))
    time = f"@{record.record_date:%Y%m%d%H%M%S}" if record.record_date else ""
    where = f"{location}!{uri}{time}"
    status = record.http_headers.status_code if record.http_headers else None
    if status != 200:
        return Skipped(where, f"not a page that was given (HTTP status {status or 'unknown'})")
    if (record.http_content_type or "").lower() not in PAGES:
        return Skipped(where, f"not a page but {record.http_content_type or 'of no known type'}")
    length = record.content_length
    if length > MAX_BYTES:
        return lost(where, too_large(length))
    body = record.reader.read(length)
    if len(body) < length:
        return lost(where, _CUT, body)
    try:
        body = _decoded(body, record)
    except DAMAGE as error:
        return lost(where, why_damaged(error), body)
    meta = Metadata(url=uri or None)
    return Found(where, in_utf8(body, record.http_charset), "html", meta, given=options.given)


def _decoded(body: bytes, record: WarcRecord) -> bytes:
    """A body without the packing that its HTTP headers name.

    Raises:
        OSError, ReadError: the packing is damaged or unknown, or hides more than a document may hold.
    """
    from fastwarc import stream_io

    headers = {name.lower(): value.lower() for name, value in record.http_headers or ()}
    for name in (headers.get("transfer-encoding", ""), *reversed(headers.get("content-encoding", "").split(","))):
        stream: stream_io.ChunkedReader | stream_io.GzipReader | stream_io.BrotliReader
        if name.strip() == "chunked":
            stream = stream_io.ChunkedReader(io.BytesIO(body))
        elif name.strip() in ("gzip", "x-gzip", "deflate"):
            stream = stream_io.GzipReader(io.BytesIO(body), zlib=name.strip() == "deflate")
        elif name.strip() == "br":
            stream = stream_io.BrotliReader(io.BytesIO(body))
        else:
            continue
        body = stream.read(MAX_BYTES + 1)
        if len(body) > MAX_BYTES:
            raise ReadError(too_large())
    return body


def _next_start(file: IO[bytes], position: int) -> int | None:
    """Where the next record begins, from some byte on; None where none does."""
    file.seek(position)
    is_packed, tail = _is_packed(file), b""
    file.seek(position)
    mark = _STARTS[0] if is_packed else _STARTS[1]
    while chunk := file.read(BUFFER):
        window = tail + chunk
        if (at := window.find(mark)) >= 0:
            return position - len(tail) + at
        tail = window[-len(mark) + 1 :]
        position += len(chunk)
    return None


def _is_packed(file: IO[bytes]) -> bool:
    file.seek(0)
    return file.read(3) == _STARTS[0]


def _is_cut(file: IO[bytes], last: int) -> bool:
    """Whether a file stops in the middle of what follows its last response; fastwarc says nothing then."""
    is_packed = _is_packed(file)
    size = file.seek(0, io.SEEK_END)
    file.seek(last if last < size else 0)
    try:
        if is_packed:
            stream = gzip.GzipFile(fileobj=file)
            while stream.read(BUFFER):
                pass
            return False
        return _is_cut_plain(file, size)
    except DAMAGE:
        return True


def _is_cut_plain(file: IO[bytes], size: int) -> bool:
    """The same for an archive that is not packed: go from record to record by their lengths."""
    while line := file.readline(BUFFER):
        if not line.strip():
            continue
        length = 0
        while line.strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.strip().lower() == b"content-length" and value.strip().isdigit() else length
            line = file.readline(BUFFER)
        if not line or file.tell() + length > size:
            return True
        file.seek(length, io.SEEK_CUR)
    return False
