"""Direct quotations of textacy, paragraph by paragraph: run by ``attribution.py`` in an environment of its own.

    python textacy_quotes.py MODEL_PACKAGE < texts.jsonl > records.jsonl

Rows in: {"id", "text"}; rows out: {"id", "attributions", "seconds"} with code point spans and CPU seconds.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
import time
from pathlib import Path
from typing import Any

import spacy
from textacy.extract.triples import direct_quotations


def quotations(text: str, nlp: Any) -> list[dict[str, list[tuple[int, int]]]]:
    """The quotations of an article; those of one speaker and cue are one attribution, as in the gold.

    A paragraph whose marks do not pair has none.
    """
    out = []
    for line in re.finditer(r"[^\n]+", text):
        doc, base = nlp(line.group()), line.start()
        try:
            found = list(direct_quotations(doc))
        except ValueError:
            continue
        joined: dict[tuple[int, ...], dict[str, list[Any]]] = {}
        for quotation in found:
            key = tuple(token.i for token in (*quotation.speaker, *quotation.cue))
            roles = joined.setdefault(key, {"source": quotation.speaker, "cue": quotation.cue, "content": []})
            roles["content"] += quotation.content
        out += [{role: runs(tokens, base) for role, tokens in roles.items()} for roles in joined.values()]
    return out


def runs(tokens: list[Any], base: int) -> list[tuple[int, int]]:
    """Tokens as spans, those that follow each other joined."""
    spans: list[tuple[int, int]] = []
    last = -2
    for token in tokens:
        start, end = base + token.idx, base + token.idx + len(token)
        spans[-1:] = [(spans[-1][0], end)] if token.i == last + 1 else [*spans[-1:], (start, end)]
        last = token.i
    return spans


def main() -> None:
    """Read rows, write rows."""
    folder = Path(importlib.import_module(sys.argv[1]).__file__ or "").parent
    config = min(folder.rglob("config.cfg"), key=lambda path: len(path.parts))
    nlp = spacy.load(config.parent)
    for line in sys.stdin:
        row = json.loads(line)
        begun = time.process_time()
        found = quotations(row["text"], nlp)
        seconds = time.process_time() - begun
        print(json.dumps({"id": row["id"], "attributions": found, "seconds": seconds}))


if __name__ == "__main__":
    main()
