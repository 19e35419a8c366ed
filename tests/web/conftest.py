"""A record of the shipped samples, read once, and a client of the room on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import parley
from parley import corpus, readers
from parley.store import Failure, Reading, Run, Shard, Writer
from parley.web.app import create_app
from parley.web.settings import Settings

SAMPLES = Path(__file__).parents[2] / "samples"
TOKEN = "open-sesame"


DEMO = Path(parley.__file__).parent / "demo" / "articles"


@pytest.fixture(scope="session")
def record_folder(nlp, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The six samples, and a document that could not be read."""
    folder = tmp_path_factory.mktemp("room") / "talks"
    failure = Failure("<b>bad</b>.html", "00", None, "read", "no text <script>")
    paths = [path for ending in ("txt", "html", "md") for path in SAMPLES.glob(f"*.{ending}")]
    return _made(folder, [path for path in paths if path.name != "README.md"], nlp, [failure])


@pytest.fixture(scope="session")
def demo_folder(nlp, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration corpus."""
    return _made(tmp_path_factory.mktemp("room") / "demo", list(DEMO.iterdir()), nlp, [])


def _made(folder: Path, paths: list[Path], nlp, failures: list[Failure]) -> Path:
    """A record of some files."""
    articles = [readers.read_path(path) for path in sorted(paths)]
    run = Run("run-1", datetime(2026, 1, 2, tzinfo=UTC))
    read = corpus.annotate(articles, nlp)
    readings = [Reading(f"samples/{a.id}", a.meta.sha256, r) for a, r in zip(articles, read, strict=True)]
    with Writer.open(folder) as writer:
        writer.begin_run(run)
        writer.commit(Shard(run.run, readings, failures))
        writer.end_run(run)
    return folder


@pytest.fixture
def settings(record_folder: Path) -> Settings:
    return Settings(record_folder, token=TOKEN)


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    """A browser that has not shown the token."""
    with TestClient(create_app(settings), base_url="http://127.0.0.1:8042") as opened:
        yield opened


@pytest.fixture(scope="session")
def demo(demo_folder: Path) -> Iterator[TestClient]:
    """A browser on the demonstration corpus, which only reads."""
    with TestClient(create_app(Settings(demo_folder, token=TOKEN)), base_url="http://127.0.0.1:8042") as opened:
        yield opened
