"""What the tests of the forms share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

GOLDENS = Path(__file__).parents[1] / "goldens"


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compares an output with a kept file; ``PARLEY_GOLDENS=write`` writes the file anew, to be read over first."""

    def compare(name: str, output: str) -> None:
        path = GOLDENS / name
        if os.environ.get("PARLEY_GOLDENS") == "write":
            path.write_text(output, encoding="utf-8")
        assert output == path.read_text(encoding="utf-8"), f"differs from tests/goldens/{name}"

    return compare
