"""From bytes to text: the byte order mark, UTF-8, what the source declares, else the likeliest encoding."""

from __future__ import annotations

import codecs
import re

from parley.errors import NoArticle, NotText

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I
)
_MAGIC = {
    b"%PDF": "a PDF file; save its text",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"PK\x03\x04": "a zip archive or an office document; save it as text or HTML",
    b"\x1f\x8b": "a gzip archive; unpack it first",
    b"\x7fELF": "a program",
    b"\xd0\xcf\x11\xe0": "an old office document; save it as text or HTML",
    b"{\\rtf": "a rich text file; save it as text or HTML",
    b"SQLite format 3": "a database",
}
SAMPLE = 100_000
"""Bytes from which an encoding is guessed."""
MAX_CONTROL = 0.02
"""Share of control characters above which bytes are no text."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decode(data: bytes, name: str) -> str:
    """The text of a source, line ends and invisible characters kept, a byte order mark kept as U+FEFF.

    Args:
        data: the whole source.
        name: what to call it in an error.

    Raises:
        NoArticle: the source is empty.
        NotText: it is a picture, an archive, a program, or in no known encoding.
    """
    if not data.strip():
        raise NoArticle(f"{name}: empty; there is nothing to read")
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise NotText(f"{name}: not text but {kind}")
    text = _by_mark(data) or _by_declaration(data) or _as_utf8(data) or _by_guess(data)
    if text is None or len(_CONTROL.findall(text[:SAMPLE])) > max(3, MAX_CONTROL * len(text[:SAMPLE])):
        raise NotText(f"{name}: not text in any known encoding (binary data?); save it as UTF-8 text")
    return text


def _by_mark(data: bytes) -> str | None:
    """Decode by the byte order mark."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    return None


def _as_utf8(data: bytes) -> str | None:
    """Decode as UTF-8; a few broken bytes in a long text do not make it another encoding."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
        non_ascii = sum(character > "\x7f" for character in text)
        return text if text.count("\ufffd") * 20 <= non_ascii else None


def _by_declaration(data: bytes) -> str | None:
    """Decode by what an HTML or XML head says, if that fits the bytes."""
    match = _DECLARED.search(data[:4096])
    if not match:
        return None
    try:
        return data.decode(codecs.lookup(match.group(1).decode("ascii")).name)
    except (LookupError, UnicodeError):
        return None


def _by_guess(data: bytes) -> str | None:
    """Decode by the statistics of the bytes."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE]).best()
    return data.decode(best.encoding, errors="replace") if best else None
