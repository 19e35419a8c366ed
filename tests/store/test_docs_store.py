"""docs/store.md tells of every table and column."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from parley.store.tables import TABLES

PAGE = (Path(__file__).parents[2] / "docs" / "store.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_documented_in_order(name: str) -> None:
    (line,) = (line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |"))
    told = re.findall(r"`(\w+)`", line.split("|")[3])
    assert told == TABLES[name].schema.names
