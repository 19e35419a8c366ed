"""How well positions are read, on the gold of short texts in ``tests/gold/positions``.

    python benchmarks/positions_gold.py [tuned|unseen|FILE.toml ...] [--misses]

detection   precision, recall and F1 of positions by party, group of the act, and issue (any that the gold lists), one
            to one within a text
act         of the positions so paired: share with the very act
layer       ... with the very layer
cross       recall of those whose issue is known only from an earlier sentence
stages      recall by party alone, by party and group, and by all three

A party is right if the gold names the actor, or the state or organisation that the actor speaks for.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

from parley import codebook, corpus, pipeline
from parley.model import Article, Position, Record

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "gold" / "positions"
NOT_THE_STATE = frozenset({"REB", "OPP", "SEP", "UAF", "MED", "JRN", "CVL", "REF", "CRM"})
"""Sectors of actors that have a state's code and do not speak for it."""

Gold = Mapping[str, Any]


@dataclass
class Score:
    """Counts over texts, and the positions not paired."""

    gold: int = 0
    found: int = 0
    right: int = 0
    party: int = 0
    group: int = 0
    act: int = 0
    layer: int = 0
    cross: int = 0
    cross_right: int = 0
    lines: list[str] = field(default_factory=list)

    def row(self, name: str) -> str:
        """A row of a Markdown table."""
        precision, recall = _share(self.right, self.found), _share(self.right, self.gold)
        f1 = _share(2 * self.right, self.gold + self.found)
        paired = (_share(self.act, self.right), _share(self.layer, self.right), _share(self.cross_right, self.cross))
        stages = (_share(self.party, self.gold), _share(self.group, self.gold), recall)
        cells = (name, self.gold, f"{precision:.1f}", f"{recall:.1f}", f"{f1:.1f}", *(f"{x:.1f}" for x in paired))
        return f"| {' | '.join(map(str, cells))} | {' / '.join(f'{x:.1f}' for x in stages)} |"


def _share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def score(texts: list[Gold], records: list[Record]) -> Score:
    """Pair the positions of every text with those of its record."""
    total = Score()
    for text, record in zip(texts, records, strict=True):
        gold, found = text.get("position", []), list(record.positions)
        total.gold, total.found = total.gold + len(gold), total.found + len(found)
        total.cross += sum(bool(row.get("cross")) for row in gold)
        levels = np.array([[_level(row, one, record) for one in found] for row in gold]).reshape(len(gold), len(found))
        paired = _count(total, gold, found, levels)
        total.party += _pairs(levels >= 1)
        total.group += _pairs(levels >= 2)
        total.lines += list(_misses(text, record, paired))
    return total


def _count(total: Score, gold: list[Gold], found: list[Position], levels: np.ndarray) -> set[tuple[int, int]]:
    """Count the pairs of one text that agree in party, group and issue."""
    worth = np.where(levels >= 3, 1.0, 0.0)
    for i, row in enumerate(gold):
        for j, one in enumerate(found):
            if levels[i, j] >= 3:  # ties go to the pair that agrees in more
                worth[i, j] += 0.01 * (one.act == row["act"]) + 0.001 * (one.layer == row["layer"])
    paired = {(i, j) for i, j in zip(*linear_sum_assignment(-worth), strict=True) if worth[i, j] >= 1}
    for i, j in paired:
        total.right += 1
        total.act += found[j].act == gold[i]["act"]
        total.layer += found[j].layer == gold[i]["layer"]
        total.cross_right += bool(gold[i].get("cross"))
    return paired


def _pairs(allowed: np.ndarray) -> int:
    rows, columns = linear_sum_assignment(-allowed.astype(float))
    return int(allowed[rows, columns].sum())


def _level(row: Gold, one: Position, record: Record) -> int:
    """How far a position agrees with a row of the gold: 1 party, 2 and the act's group, 3 and the issue."""
    if not _same_party(row["party"], record, one.party):
        return 0
    acts = codebook.codebook().acts
    if acts[one.act].group != acts[row["act"]].group:
        return 1
    issues = row["issue"] if isinstance(row["issue"], list) else [row["issue"]]
    return 3 if one.issue in issues else 2


def _same_party(names: list[str], record: Record, actor_id: str) -> bool:
    actor = record.actor(actor_id)
    own = {_plain(actor.name), *(_plain(record.text[s:e]) for s, e in actor.mentions)}
    wanted = {_plain(name) for name in names}
    if own & wanted or any(name in one.split() for name in wanted for one in own if " " not in name):
        return True
    codes = {code for name in wanted if (code := _codes().get(name))}
    return actor.country in codes and not NOT_THE_STATE & set(actor.sectors)


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ").removesuffix("'s").removesuffix("’s")


@cache
def _codes() -> dict[str, str]:
    """The code of a state by its names, adjectives and seats."""
    codes: dict[str, str] = {}
    for code, row in codebook.load("actors/countries").items():
        for kind in ("names", "people", "seats"):
            codes.update((_plain(name), code) for name in row.get(kind, []))
    return codes


def _misses(text: Gold, record: Record, paired: set[tuple[int, int]]) -> Iterator[str]:
    """What is not paired, text by text."""
    gold, found = text.get("position", []), record.positions
    rows = [row for i, row in enumerate(gold) if i not in {i for i, _ in paired}]
    extra = [one for j, one in enumerate(found) if j not in {j for _, j in paired}]
    if not rows and not extra:
        return
    yield f"\n{text['id']}: {text['text']}"
    for row in rows:
        cross = " CROSS" if row.get("cross") else ""
        yield f"  - {row['party'][0]} {row['act']} {row['issue']} ({row['layer']}){cross}: {row['evidence']}"
    for one in extra:
        name = record.actor(one.party).name
        yield f"  + {name} {one.act} {one.issue} ({one.layer}): {record.quote(one.evidence)}"


def main() -> None:
    """Print the table, and the misses if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", default=["tuned"], help="tuned, unseen, or files of the same form")
    parser.add_argument("--misses", action="store_true", help="print what is not paired")
    options = parser.parse_args()
    nlp = pipeline.load()
    head = "| texts | positions | precision | recall | F1 | act | layer | cross | recall by stage |"
    print(f"{head}\n|{'---|' * 9}")
    lines: list[str] = []
    for name in options.files:
        path = Path(name) if name.endswith(".toml") else FOLDER / f"{name}.toml"
        texts = tomllib.loads(path.read_text(encoding="utf-8"))["text"]
        records = list(corpus.annotate((Article(text["id"], text["text"]) for text in texts), nlp))
        result = score(texts, records)
        print(result.row(path.stem))
        lines += result.lines
    if options.misses:
        print("\n".join(lines))


if __name__ == "__main__":
    main()
