"""How much of the demonstration corpus' expected matrix the ledger finds: ``make evaluate-demo``.

    python benchmarks/demo.py [--record DIR] [--misses]

The articles and ``expected.toml`` ship with the package; the latter was made from public reports, never from output.

right     required cells that the ledger fills with an act of the expected groups, of all required cells.
filled    required cells that the ledger fills, whatever its act.
unsupported  cells that the ledger fills and no article supports, of all that it fills; only issues of the codebook
          and the two parties of the talks count, as ``other`` and bystanders are not in the gold.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from parley import codebook
from parley.analysis.ledger import Cell, Ledger, ledger
from parley.store import Store

DEMO = Path(str(resources.files("parley"))) / "demo"
PARTIES = {"Ukraine": "UKR", "Russia": "RUS", "Turkey": "TUR", "United States": "USA"}
STARTS = {"2022-03": "2022-02-28", "2025-05": "2025-05-01", "2025-06": "2025-06-01", "2025-07": "2025-07-01"}
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Found:
    """The score, and the cells behind it."""

    right: list[str]
    wrong_act: list[str]
    missing: list[str]
    unsupported: list[str]
    filled: int

    def row(self) -> str:
        """A row of a Markdown table."""
        required = len(self.right) + len(self.wrong_act) + len(self.missing)
        share = 100 / required
        right, filled = len(self.right) * share, (len(self.right) + len(self.wrong_act)) * share
        wrong = 100 * len(self.unsupported) / max(1, self.filled)
        return f"| {required} | {right:.1f} | {filled:.1f} | {self.filled} | {wrong:.1f} |"


def score(expected: Mapping[str, Any], found: Ledger) -> Found:
    """Compare a ledger by periods with the expected cells."""
    groups = {act: row.group for act, row in codebook.codebook().acts.items()}
    cells = {key_of(cell): cell for cell in found.cells}
    counted = {key for key in cells if key[0] in ("UKR", "RUS") and key[2] != "other" and key[1] in STARTS}
    right, wrong_act, missing = [], [], []
    supported: set[Key] = set()
    for row in expected["cell"]:
        party, period = PARTIES[row["party"]], row["period"]
        supported |= {(party, period, issue) for issue in (row["issue"], *row.get("also", ()))}
        if not row["required"]:
            continue
        cell = cells.get((party, period, row["issue"]))
        line = f"{party} {period} {row['issue']}: {row['best']}"
        if cell is None:
            missing.append(f"{line}; in {', '.join(row['articles'])}")
        elif any(act in row["acts"] or groups[act] in row["acts"] for act, _ in cell.acts):
            right.append(line)
        else:
            wrong_act.append(f"{line}; found {cell.acts}")
    unsupported = [f"{' '.join(key)}: {shown(cells[key])}" for key in sorted(counted - supported)]
    return Found(right, wrong_act, missing, unsupported, len(counted))


def key_of(cell: Cell) -> Key:
    """Party, period of the gold, issue."""
    start = cell.period.removeprefix("from ")
    period = next((name for name, day in STARTS.items() if day == start), cell.period)
    return cell.party, period, cell.issue


def shown(cell: Cell) -> str:
    """What fills a cell."""
    return f"{cell.head.act} ({cell.head.layer}) {cell.head.article_id} {cell.head.outlet}: {cell.head.quotation!r}"


def ingested(record: Path) -> None:
    """Make a record of the demonstration articles."""
    command = [sys.executable, "-m", "parley", "ingest", str(DEMO / "articles"), "--record", str(record), "--quiet"]
    subprocess.run(command, check=True)


def lines(found: Found) -> Iterator[str]:
    """The cells that are not right."""
    for title in ("wrong_act", "missing", "unsupported"):
        yield f"\n{title}:"
        yield from (f"  {line}" for line in getattr(found, title))


def main() -> None:
    """Print the table, and the misses if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", type=Path, help="a record of the demonstration articles; made anew if absent")
    parser.add_argument("--misses", action="store_true", help="print every cell that is not right")
    options = parser.parse_args()
    expected = tomllib.loads((DEMO / "expected.toml").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        record = options.record or Path(folder) / "record"
        if not record.exists():
            ingested(record)
        with Store.open(record) as store:
            found = score(expected, ledger(store, periods=list(STARTS.values()), most=None))
    print("| required cells | right % | filled % | cells filled | unsupported % |\n|---|---|---|---|---|")
    print(found.row())
    if options.misses:
        print("\n".join(lines(found)))


if __name__ == "__main__":
    main()
