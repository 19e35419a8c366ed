"""A record on disk with a little in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from parley.store import Writer
from tests.store import make


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record that every test gets a copy of."""
    path = tmp_path_factory.mktemp("made") / "record"
    with Writer.open(path) as writer:
        writer.begin_run(make.run())
        writer.commit(make.shard(1, 2))
        writer.commit(make.shard(3, 4))
        writer.end_run(make.run(outcome="finished", read=4, new=4, ended=make.WHEN))
    return path


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A record of two shards of two articles each and one ended run."""
    return Path(shutil.copytree(made, tmp_path / "record"))
