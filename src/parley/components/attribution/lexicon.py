"""Words that give an attribution away, from ``codebooks/cues.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from parley import codebook


@dataclass(frozen=True)
class Cues:
    """Which words open which frames."""

    verbs: Mapping[str, frozenset[str]]
    """The frames of each verb, by lemma."""
    nouns: Mapping[str, frozenset[str]]
    """The frames of each noun, by lemma."""
    quoting: frozenset[str]
    """Verbs that stand beside a quotation without any other complement."""
    prepositions: Mapping[str, frozenset[str]]
    """For a preposition that names a source, the noun that must follow (empty: the source itself follows)."""
    adverbs: frozenset[str]
    """Adverbs that give the whole clause to somebody who is not named."""
    chains: frozenset[str]
    """Verbs that count as a link of a chain inside the words of somebody else."""
    before: frozenset[str]
    """Verbs that count so where they tell of what went before: "had admitted"."""
    cites: frozenset[str]
    """Verbs by which a report names its own source, from ``codebooks/sourcing.toml``."""
    tellers: frozenset[str]
    """Nouns for those who tell something, from the same file."""


@cache
def cues() -> Cues:
    """The shipped cue words."""
    data, sources = codebook.load("cues"), codebook.load("sourcing")
    return Cues(
        verbs=_frames(data["verbs"]),
        nouns=_frames(data["nouns"]),
        quoting=frozenset(data["quotations"]["verbs"]),
        prepositions={row["word"]: frozenset(row.get("nouns", ())) for row in data["prepositions"]},
        adverbs=frozenset(data["adverbs"]["words"]),
        chains=frozenset(data["chains"]["verbs"]),
        before=frozenset(data["chains"]["before"]),
        cites=frozenset(sources["chains"]["cites"]),
        tellers=frozenset(
            word for kind in ("unnamed", "office", "outlet", "document") for word in sources[kind]["heads"]
        ),
    )


def _frames(table: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    """Turn words by frame into frames by word."""
    frames: dict[str, set[str]] = {}
    for frame, words in table.items():
        for word in words:
            frames.setdefault(word, set()).add(frame)
    return {word: frozenset(found) for word, found in frames.items()}
