"""Quality on research data, where they and their scorers are at hand (they are not part of the project).

    make evaluate DATA=folder TOOLS=folder
    python benchmarks/quality.py --data DATA --tools TOOLS [--rules-only]

DATA holds polnear/dev (text/, attributions/) and events/*.jsonl; TOOLS holds score_attribution.py and score_events.py,
which define every metric. Parley's records go to a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from parley import corpus, pipeline
from parley.model import Article
from parley.record import to_json

EVENT_SETS = ("gsr_dev", "petr2_gsr", "cameo200_dev", "plv_train")
SHOWN = ("exact", "triple", "direct ", "qstr ", "recall", "presence", "b type", "b macro", "dyad")


def polnear(folder: Path) -> Iterable[Article]:
    """The articles of a part of PolNeAR."""
    for path in sorted((folder / "text").glob("*.txt")):
        yield Article(path.stem, path.read_bytes().decode("utf-8"))


def rows(path: Path) -> Iterable[Article]:
    """The sentences of a set of events."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Article(row["id"], row["text"])


def score(title: str, articles: Iterable[Article], command: list[str], *, rules_only: bool) -> None:
    """Read the articles, run the scorer, print its main figures."""
    with tempfile.TemporaryDirectory() as folder:
        records = Path(folder) / "records.jsonl"
        nlp = pipeline.load(rules_only=rules_only)
        records.write_bytes(b"".join(to_json(record) + b"\n" for record in corpus.annotate(articles, nlp)))
        run = subprocess.run(
            [sys.executable, *(str(records) if part == "RECORDS" else part for part in command)],
            capture_output=True,
            text=True,
            check=False,
        )
    print(f"\n{title}")
    lines = run.stdout.splitlines() if run.returncode == 0 else [run.stderr.strip()]
    for line in lines:
        if run.returncode or any(word in line for word in SHOWN):
            print("  " + line)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--tools", type=Path, required=True)
    parser.add_argument("--rules-only", action="store_true", help="without the trained tagger")
    args = parser.parse_args()
    if not (args.data / "polnear").is_dir() or not (args.tools / "score_attribution.py").exists():
        parser.error("name the folders: make evaluate DATA=... TOOLS=...")
    gold = args.data / "polnear" / "dev"
    scorer = [str(args.tools / "score_attribution.py"), str(gold), "RECORDS"]
    score("attribution, PolNeAR dev", polnear(gold), scorer, rules_only=args.rules_only)
    for name in EVENT_SETS:
        path = args.data / "events" / f"{name}.jsonl"
        merge = ["--merge-yield"] if name.startswith("plv") else []
        scorer = [str(args.tools / "score_events.py"), str(path), "RECORDS", *merge]
        score(f"events, {name}", rows(path), scorer, rules_only=args.rules_only)


if __name__ == "__main__":
    main()
