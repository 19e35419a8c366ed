"""The house has one direction: imports go down only, and rooms on one floor do not import each other."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import parley

ROOT = Path(parley.__file__).parent
FLOORS = (
    ("errors",),
    ("model", "terms", "table"),
    ("codebook", "tagger"),
    ("components",),
    ("readers", "clean", "pipeline", "record", "copies"),
    ("store",),
    ("corpus", "analysis", "training"),
    ("exports",),
    ("web", "frames", "cli_options"),
    (
        "cli_train",
        "cli_evaluate",
        "cli_ingest",
        "cli_store",
        "cli_search",
        "cli_ledger",
        "cli_codebook",
        "cli_open",
        "cli_export",
    ),
    ("cli",),
    ("__main__",),
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
MAY_USE_RECORD = {"pipeline", "record", "components"}
ALLOWED_ON_ONE_FLOOR = {("record", "clean")}
"""A record is made from a cleaned text and its doc, so it must know how the way back is written down."""


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """Full names of the modules that a file imports, those inside functions included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


MODULES = sorted(ROOT.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_down_only(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        return
    assert room in FLOOR_OF, f"{room} stands on no floor; add it to FLOORS and to the design"
    for name in imports(path):
        parts = name.split(".")
        if parts[0] != "parley" or len(parts) == 1 or parts[1] == room:
            continue
        other = parts[1]
        assert other in FLOOR_OF, f"{path}: imports {name}, which stands on no floor"
        lower = FLOOR_OF[other] < FLOOR_OF[room]
        assert lower or (room, other) in ALLOWED_ON_ONE_FLOOR, f"{room} imports {other}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_spacy_stays_downstairs(path: Path) -> None:
    if room_of(path) in MAY_USE_RECORD:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guarded = {
        child
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for child in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and node not in guarded:
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            assert not any(name.split(".")[0] in ("spacy", "thinc") for name in names), path


def test_the_rule_sees_an_import_that_goes_up(tmp_path: Path) -> None:
    module = tmp_path / "bad.py"
    module.write_text("def f():\n    from parley.cli import main\n", encoding="utf-8")
    assert imports(module) == {"parley.cli.main"}


def test_importing_the_package_loads_neither_spacy_nor_a_model() -> None:
    code = "import sys, parley; sys.exit(any(m in sys.modules for m in ('spacy', 'thinc', 'trafilatura')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
