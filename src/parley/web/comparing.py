"""Compares the accounts of one commit in a process of its own, so that no page waits for it.

    python -m parley.web.comparing FOLDER COMMIT SHOW OUT

The outcome of the machine's rows is kept beside the record as well; it is derived, and can be thrown away.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path

import msgspec

from parley.analysis.differences import Differences, differences
from parley.analysis.kept import Kept
from parley.analysis.sentences import rules
from parley.store import Store, judged
from parley.store.snapshots import write_whole

NAME = "differences.msgpack"
AFTER = 10
"""Steps by which the process lets others go first."""


class Outcome(msgspec.Struct, array_like=True):
    """What is kept."""

    commit: int
    rules: str
    found: Differences


def compare(folder: Path, commit: int, show: str, out: Path) -> None:
    """Compare, and write the outcome.

    Args:
        folder: of the record.
        commit: its number.
        show: whose rows.
        out: file for the outcome.

    Raises:
        StoreError: the record cannot be read.
    """
    by = rules()
    with Store.open(folder, as_of=commit) as store:
        connect = store.connection if show == "machine" else partial(judged.connection, store, show=show)
        found = differences(Kept(connect, folder=folder), most=None)
    data = msgspec.msgpack.encode(Outcome(commit, by, found))
    out.write_bytes(data)
    if show == "machine":
        with suppress(OSError):
            write_whole(folder / NAME, data)


def kept(path: Path, commit: int) -> Differences | None:
    """An outcome that was written; none if it is of another commit, or of other rules."""
    found = read(path)
    return found.found if found and (found.commit, found.rules) == (commit, rules()) else None


def read(path: Path) -> Outcome | None:
    """An outcome that was written; none if there is none."""
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=Outcome)
    except (OSError, msgspec.DecodeError):
        return None


if __name__ == "__main__":
    with suppress(AttributeError, OSError):
        os.nice(AFTER)
    compare(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))
