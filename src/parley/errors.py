"""What can go wrong, as one small tree.

ParleyError
├── CodebookError     a codebook file, shipped or the user's, says something wrong
├── ReadError         a source cannot be read as an article
│   ├── NotText       the bytes are no text in any known encoding (an image, a program ...)
│   └── NoArticle     readable, but nothing in it that is an article (empty, menus only ...)
├── LanguageError     the article is not in a language that the model reads
├── ModelError        the language model is absent or unfit
├── EngineError       the processes that read a corpus cannot be started, or keep ending
├── RecordError       a record breaks its own contract (a quote that is not in the text ...)
└── StoreError        a record on disk cannot be read or written (damaged, read-only ...)
    ├── NoRecord      the folder is no record
    ├── NoSuchCommit  no commit has that number or is so old
    ├── NoSuchArticle no article has that id
    ├── NewerFormat   a later Parley wrote the record
    ├── Locked        another process writes to the record
    └── DiskFull      there is no room; what was committed before is whole

Every message is one line that says what is wrong and what to do; the command line prints it as it stands.
"""

from __future__ import annotations

from pathlib import Path


class ParleyError(Exception):
    """The root of all errors that Parley raises on purpose."""


class CodebookError(ParleyError):
    """A codebook file is wrong; says which file, which key and why."""

    def __init__(self, file: Path | str, key: str, why: str) -> None:
        """Keep the three parts and join them into one line."""
        self.file, self.key, self.why = Path(file), key, why
        super().__init__(f"{self.file.name}, {key}: {why}")


class ReadError(ParleyError):
    """A source cannot be read as an article."""


class NotText(ReadError):
    """The bytes are no text in any known encoding."""


class NoArticle(ReadError):
    """The source is readable, but there is no article in it."""


class LanguageError(ParleyError):
    """The article is not in a language that the model reads."""


class ModelError(ParleyError):
    """The language model is absent, broken or unfit for Parley's components."""


class EngineError(ParleyError):
    """The processes that read a corpus cannot be started, or keep ending."""


class RecordError(ParleyError):
    """A record breaks its own contract."""


class StoreError(ParleyError):
    """A record on disk cannot be read or written."""


class NoRecord(StoreError):
    """The folder is no record of Parley."""


class NoSuchCommit(StoreError):
    """No commit has that number, or none is so old."""


class NoSuchArticle(StoreError):
    """The record holds no article of that id."""


class NewerFormat(StoreError):
    """A later Parley wrote the record."""


class Locked(StoreError):
    """Another process writes to the record."""


class DiskFull(StoreError):
    """There is no room on the disk; what was committed before is whole."""
