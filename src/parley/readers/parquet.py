"""Parquet: each row a document; a few rows in memory at a time, only the columns that are looked into."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from parley.errors import ReadError
from parley.readers.columns import check_columns, check_text, document, wanted
from parley.readers.found import Item, lost
from parley.readers.options import Options
from parley.readers.streams import BUFFER, why_damaged

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

ROWS = 64
"""Rows in memory at a time: a few megabytes of news."""


def read(file: IO[bytes], location: str, options: Options) -> Iterator[Item]:
    """The document of every row; a damaged group of rows is lost, the others come."""
    import pyarrow as pa

    try:
        table = _opened(file)
        columns = table.schema_arrow.names
        check_columns(options.columns, columns, location)
        check_text(options.columns, columns, location)
    except (pa.ArrowException, OSError, ReadError) as error:
        yield lost(location, _why(error))
        return
    number = 0
    size = file.seek(0, 2)
    for group in range(table.num_row_groups):
        after = number + table.metadata.row_group(group).num_rows
        try:
            for row in _rows(table, group, wanted(options.columns, columns)):
                number += 1
                options.meter.at(size * number // max(1, table.metadata.num_rows))
                yield document(row, f"{location}#{number}", options, source_format="parquet")
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            yield lost(f"{location}#{number + 1}", f"rows {number + 1} to {after}: {_why(error)}")
        number = after


def names(file: IO[bytes]) -> list[str]:
    """The columns of a table; none where they cannot be read."""
    import pyarrow as pa

    try:
        return list(_opened(file).schema_arrow.names)
    except (pa.ArrowException, OSError):
        return []


def _opened(file: IO[bytes]) -> ParquetFile:
    from pyarrow.parquet import ParquetFile

    # Pages as they are asked for, not whole columns ahead: memory stays the same however long the table is.
    return ParquetFile(file, pre_buffer=False, buffer_size=BUFFER)


def _rows(table: ParquetFile, group: int, columns: list[str]) -> Iterator[dict[str, Any]]:
    """The rows of one group, values as Python has them."""
    for batch in table.iter_batches(ROWS, row_groups=[group], columns=columns, use_threads=False):
        values = [_values(column) for column in batch.columns]
        for row in zip(*values, strict=True):
            yield dict(zip(batch.schema.names, row, strict=True))


def _values(column: Any) -> list[Any]:
    """The values of a column; texts by way of their bytes, since one that is no UTF-8 would spoil all others."""
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        column = column.cast(pa.large_binary())
    return [value.decode("utf-8", "replace") if isinstance(value, bytes) else value for value in column.to_pylist()]


def _why(error: BaseException) -> str:
    words = str(error)
    if "magic bytes" in words or "footer" in words or "file size is 0" in words:
        return "no whole Parquet file: its end, which tells where the rows lie, is missing or damaged"
    return why_damaged(error)
