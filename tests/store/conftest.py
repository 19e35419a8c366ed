"""A record on disk with a little in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.store import make


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record that every test gets a copy of."""
    return make.write(tmp_path_factory.mktemp("made") / "record")


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A record of two shards of two articles each and one ended run."""
    return Path(shutil.copytree(made, tmp_path / "record"))
