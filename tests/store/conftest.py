"""A record on disk with a little in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.store import Writer
from tests.store import make


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A record of two shards of two articles each and one ended run."""
    path = tmp_path / "record"
    with Writer.open(path) as writer:
        writer.begin_run(make.run())
        writer.commit(make.shard(1, 2))
        writer.commit(make.shard(3, 4))
        writer.end_run(make.run(outcome="finished", read=4, new=4, ended=make.WHEN))
    return path
