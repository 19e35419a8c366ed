"""Floors of quality on the gold that is shipped: a change that falls below one must say why and lower it here."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GOLD_FLOORS = {"found": 90.0, "speaker": 80.0, "chains": 75.0, "sourcing": 80.0}
"""Per cent, on either half of the gold for attributions."""
POSITION_FLOORS = {"party": 80.0, "group": 77.0, "issue": 62.0, "act": 55.0}
"""Per cent of the rows that a careful reader noted in the samples."""


def printed(script: str, *arguments: str) -> str:
    """What a benchmark prints."""
    command = [sys.executable, str(ROOT / "benchmarks" / script), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout


@pytest.mark.parametrize("half", ["dev", "test"])
def test_speakers_chains_and_sourcing(half: str) -> None:
    output = printed("attribution_gold.py", "--half", half)
    for name, floor in GOLD_FLOORS.items():
        match = re.search(rf"^{name}\D*?(?:F1)?\s+(\d+\.\d)", output, re.MULTILINE)
        assert match, output
        assert float(match[1]) >= floor, output


def test_positions_of_the_samples() -> None:
    output = printed("positions_samples.py")
    for name, floor in POSITION_FLOORS.items():
        match = re.search(rf"\b{name} (\d+\.\d)%", output)
        assert match, output
        assert float(match[1]) >= floor, output
