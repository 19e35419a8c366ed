"""How many of the positions that a careful reader finds are found: on the sample articles, or on a folder like theirs.

    python benchmarks/positions_samples.py [FOLDER] [--misses] [--extra]

FOLDER (default: samples/) holds articles and an ``expected.toml``, whose form is told in that of the samples. A value
may name alternatives: ``act = "demand|precondition"``; a party may be a country's code or the start of a name. Only
recall is measured: the rows are chosen, not complete.

party     share of the rows with a position of the same party whose evidence shares words with the row's: at least
          a quarter of the shorter of the two
group     the same, and the act of the same group
issue     the same, and the issue
act       the same, and the very act
all       the same, and addressee and layer where the row names them

Rows and positions are paired one to one, so that the sum of the steps reached is greatest.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

from parley import corpus, pipeline
from parley.codebook import Act, codebook
from parley.model import Position, Record, Span
from parley.readers import read_path

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
STEPS = ("party", "group", "issue", "act", "all")
SHARE = 0.25
"""Least share of the shorter evidence, in characters, that a row and a position must have in common."""


@dataclass(frozen=True, slots=True)
class Row:
    """One expected position; an empty addressee or layer is not compared."""

    party: str
    act: str
    issue: str
    to: str
    layer: str
    words: str
    span: Span
    """Code points of the words in the article's text."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A row and the position paired with it, if any, with the number of steps reached."""

    row: Row
    position: Position | None
    steps: int


def expected(folder: Path) -> Iterator[tuple[Record, list[Row]]]:
    """The record of each article and its rows.

    Raises:
        SystemExit: the words of a row do not stand in the article.
    """
    files = tomllib.loads((folder / "expected.toml").read_text(encoding="utf-8"))["file"]
    articles = [read_path(folder / file["name"]) for file in files]
    for file, record in zip(files, corpus.annotate(articles, pipeline.load()), strict=True):
        yield record, [_row(row, record, file["name"]) for row in file["rows"]]


def _row(row: Mapping[str, str], record: Record, name: str) -> Row:
    start = record.text.find(row["words"])
    if start < 0:
        raise SystemExit(f"{name}: {row['words']!r} does not stand in the article")
    span = (start, start + len(row["words"]))
    return Row(row["party"], row["act"], row["issue"], row.get("to", ""), row.get("layer", ""), row["words"], span)


def pairs(record: Record, rows: Sequence[Row], acts: Mapping[str, Act]) -> list[Pair]:
    """Each row with its position."""
    if not record.positions:
        return [Pair(row, None, 0) for row in rows]
    scores = [[steps(record, row, position, acts) for position in record.positions] for row in rows]
    chosen = dict(zip(*linear_sum_assignment(scores, maximize=True), strict=True))
    found = []
    for k, row in enumerate(rows):
        reached = scores[k][chosen[k]] if k in chosen else 0
        found.append(Pair(row, record.positions[chosen[k]] if reached else None, reached))
    return found


def steps(record: Record, row: Row, position: Position, acts: Mapping[str, Act]) -> int:
    """How many of ``STEPS`` a position reaches for a row."""
    wanted = row.act.split("|")
    to = {record.actor(actor).country or "" for actor in position.addressees}
    reached = (
        _is(record, position.party, row.party) and _shared(position, row.span),
        acts[position.act].group in {acts[act].group for act in wanted},
        position.issue in row.issue.split("|"),
        position.act in wanted,
        (not row.to or row.to in to) and row.layer in ("", position.layer),
    )
    return reached.index(False) if False in reached else len(reached)


def _is(record: Record, actor_id: str, wanted: str) -> bool:
    """Whether an actor is the party that a row names: by its country, or by the start of its name."""
    actor = record.actor(actor_id)
    name = actor.name.removeprefix("the ").removeprefix("The ")
    return any(actor.country == want or name.startswith(want) for want in wanted.split("|"))


def _shared(position: Position, span: Span) -> bool:
    shared = sum(max(0, min(end, span[1]) - max(start, span[0])) for start, end in position.evidence)
    length = sum(end - start for start, end in position.evidence)
    return bool(shared >= SHARE * min(length, span[1] - span[0]))


def show(record: Record, row: Row | None, position: Position | None, reached: int = 0) -> str:
    """One line on a row, a position, or both."""
    told = "" if row is None else f"{row.party} {row.act} {row.issue} {row.to} {row.layer} | {row.words}"
    if position is None:
        return f"  none   {told}"
    actor = record.actor(position.party)
    to = "+".join(record.actor(a).country or record.actor(a).name for a in position.addressees)
    found = f"{actor.country or actor.name} {position.act} {position.issue} {to} {position.layer}"
    step = STEPS[reached - 1] if reached else "extra"
    return f"  {step:6} {told}\n         {found} | {record.quote(position.evidence)}"


def main() -> None:
    """Print recall at each step, and what falls short."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLES)
    parser.add_argument("--misses", action="store_true", help="print the rows that fall short")
    parser.add_argument("--extra", action="store_true", help="print the positions that no row asks for")
    options = parser.parse_args()
    acts, reached, positions = codebook().acts, list[int](), 0
    for record, rows in expected(options.folder):
        paired = pairs(record, rows, acts)
        reached += [pair.steps for pair in paired]
        positions += len(record.positions)
        if options.misses or options.extra:
            print(record.article.title or record.text[:60].split("\n")[0])
        if options.misses:
            print(*(show(record, p.row, p.position, p.steps) for p in paired if p.steps < len(STEPS)), sep="\n")
        if options.extra:
            used = {pair.position.id for pair in paired if pair.position}
            print(*(show(record, None, p) for p in record.positions if p.id not in used), sep="\n")
    shares = "  ".join(f"{step} {sum(r > k for r in reached) / len(reached):.1%}" for k, step in enumerate(STEPS))
    print(f"{len(reached)} rows, {positions} positions: {shares}")


if __name__ == "__main__":
    main()
