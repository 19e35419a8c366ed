"""Reads sentences of reports of talks with a list of parties, and scores who supports and who opposes what.

    python benchmarks/propositions.py --actors-tsv LIST.tsv --sentences GOLD.jsonl [--out RECORDS.jsonl] \
        [--scorer SCORER.py] [--errors] [--reports ACT,ACT]

LIST.tsv       a line of headings, then surface form and name of a party, split by a tab
GOLD.jsonl     rows {"id", "text"}; with "propositions" ({"actor", "polarity", "message"} each) they can be scored
SCORER.py      is called as SCORER.py GOLD.jsonl RECORDS.jsonl

Where the gold counts proposals and demands as mere reports, of neutral polarity, --reports propose,demand scores these
acts so; without it they are scored by the polarity that the codebook gives them.

Sentences and list stay outside the project; so does the scorer. --errors prints the positions beside the gold.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from parley import corpus, pipeline
from parley.model import Article, Metadata, Record
from parley.record import to_json


def actors_toml(tsv: Path) -> str:
    """A user's actors file with the listed parties: a name and its other forms, capitals included.

    Raises:
        OSError: the list cannot be read.
    """
    forms: dict[str, dict[str, None]] = {}
    for line in tsv.read_text(encoding="utf-8").splitlines()[1:]:
        form, name = line.split("\t")
        forms.setdefault(name, {}).update(dict.fromkeys((form, name)))
    return "\n".join(_table(name, list(aliases)) for name, aliases in forms.items())


def _table(name: str, aliases: Iterable[str]) -> str:
    every = dict.fromkeys(alias for form in aliases for alias in (form, form.upper()))
    every.pop(name, None)
    return f"[[actors]]\nname = {json.dumps(name)}\naliases = {json.dumps(list(every), ensure_ascii=False)}\n"


def records(rows: Iterable[Mapping[str, Any]], actors: Path) -> Iterator[Record]:
    """The records of sentences, read with a list of actors."""
    nlp = pipeline.load(actors=(str(actors),))
    return corpus.annotate((Article(row["id"], row["text"], Metadata()) for row in rows), nlp)


def neutral(record: Record, acts: frozenset[str]) -> Record:
    """A record in which the positions of some acts have a neutral polarity."""
    changed = (replace(p, polarity="neutral") if p.act in acts else p for p in record.positions)
    return replace(record, positions=tuple(changed))


def beside(record: Record, row: Mapping[str, Any]) -> str:
    """The sentence, its gold and its positions, for a person."""
    gold = [f"  gold   {p['polarity']:8} {p['actor']} | {p['message']}" for p in row.get("propositions", ())]
    found = [
        f"  found  {p.polarity:8} {record.actor(p.party).name} | {p.act} | {record.quote(p.evidence)}"
        for p in record.positions
    ]
    return "\n".join([f"{row['id']}: {row['text']}", *gold, *found])


def main() -> None:
    """Read, write, score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--actors-tsv", type=Path, required=True)
    parser.add_argument("--sentences", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--scorer", type=Path)
    parser.add_argument("--errors", action="store_true", help="print the positions beside the gold")
    parser.add_argument("--reports", default="", help="acts to score as neutral, split by commas")
    options = parser.parse_args()
    reports = frozenset(options.reports.split(","))
    rows = [json.loads(line) for line in options.sentences.read_text(encoding="utf-8").split("\n") if line.strip()]
    with tempfile.TemporaryDirectory() as folder:
        actors = Path(folder) / "actors.toml"
        actors.write_text(actors_toml(options.actors_tsv), encoding="utf-8")
        out = options.out or Path(folder) / "records.jsonl"
        read = [neutral(record, reports) for record in records(rows, actors)]
        out.write_bytes(b"".join(to_json(record) + b"\n" for record in read))
        if options.errors:
            print(*(beside(record, row) for record, row in zip(read, rows, strict=True)), sep="\n")
        if options.scorer:
            subprocess.run([sys.executable, str(options.scorer), str(options.sentences), str(out)], check=True)


if __name__ == "__main__":
    main()
