"""The worked notebook runs from top to bottom on the demonstration corpus, and is kept without outputs."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from parley import corpus, readers
from parley.store import Reading, Run, Shard, Writer

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def demo(nlp, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration corpus as a record."""
    folder = tmp_path_factory.mktemp("demo") / "record"
    paths = sorted(Path(str(files("parley") / "demo" / "articles")).iterdir())
    articles = [readers.read_path(path) for path in paths]
    run = Run("run-1", datetime(2026, 1, 2, tzinfo=UTC))
    read = corpus.annotate(articles, nlp)
    readings = [Reading(path.name, one.meta.sha256, r) for path, one, r in zip(paths, articles, read, strict=True)]
    with Writer.open(folder) as writer:
        writer.begin_run(run)
        writer.commit(Shard(run.run, readings))
        writer.end_run(run)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_it_runs(path: Path, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_RECORD", str(demo))
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert not [output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"]
    shown = [output["data"].get("text/html", "") for output in outputs if "data" in output]
    assert sum("<iframe sandbox" in one for one in shown) == 1
    assert sum("<table" in one for one in shown) >= 7


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_it_lies_there_without_outputs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code) > 5
    assert not [cell for cell in code if cell.outputs or cell.execution_count]
