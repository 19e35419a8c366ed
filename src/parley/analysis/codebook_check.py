"""Holds a user's codebook file to what the shipped issues are held to: form, examples, and no sentence stolen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from parley.codebook import Codebook, Issue, codebook, issues_in
from parley.components.actors_lexicon import lexicon

MATCH, NO_MATCH = 6, 4
"""Example sentences that an issue should have of each kind: fewer say little about its terms."""


@dataclass(frozen=True)
class Finding:
    """Something that a check found.

    Attributes:
        grade: ``error`` where an example is not read as the file says; ``advice`` where the file works and could be
            better.
        file: name of the file.
        issue: id of the issue.
        why: one line.
    """

    grade: Literal["error", "advice"]
    file: str
    issue: str
    why: str


@dataclass(frozen=True)
class Checked:
    """What stands in some files, and what was found in them."""

    issues: tuple[Issue, ...]
    actors: int
    findings: tuple[Finding, ...]


def check(files: tuple[Path, ...]) -> Checked:
    """Check files of issues and parties against the shipped codebook and against each other.

    Raises:
        CodebookError: a file cannot be used at all: not TOML, a key that is misspelt, a term that is malformed.
    """
    names = tuple(map(str, files))
    book, shipped = codebook(names), codebook()
    before = len(lexicon(str.split).entries)
    actors = len(lexicon(str.split, names).entries) - before
    found = [(path.name, issue) for path in files for issue in issues_in(path)]
    findings = [finding for name, issue in found for finding in _issue(name, issue, book)]
    own = frozenset(issue.id for _, issue in found)
    findings += _stolen(names[-1] if len(names) == 1 else "these files", own, book, shipped)
    return Checked(tuple(issue for _, issue in found), actors, tuple(findings))


def _issue(file: str, issue: Issue, book: Codebook) -> Iterator[Finding]:
    """What is wrong with one issue."""
    for kind, sentences, least in (("match", issue.match, MATCH), ("no_match", issue.no_match, NO_MATCH)):
        if len(sentences) < least:
            yield Finding("advice", file, issue.id, f"has {len(sentences)} {kind} sentences; {least} or more test it")
    for sentence in issue.match:
        first = _first(book, sentence)
        if first != issue.id:
            took = f"was taken for {first}" if first else "was not recognised"
            yield Finding("error", file, issue.id, f"match sentence {took}: {sentence}")
    for sentence in issue.no_match:
        if _first(book, sentence) == issue.id:
            yield Finding("error", file, issue.id, f"no_match sentence was recognised all the same: {sentence}")


def _stolen(file: str, own: frozenset[str], book: Codebook, shipped: Codebook) -> Iterator[Finding]:
    """Example sentences of shipped issues that go to an issue of the user's now."""
    for issue in shipped.issues.values():
        if issue.id in own:
            continue
        taken: dict[str, list[str]] = {}
        for sentence in issue.match:
            first = _first(book, sentence)
            if first in own and first is not None:
                taken.setdefault(first, []).append(sentence)
        for thief, sentences in sorted(taken.items()):
            many = f"{len(sentences)} of {len(issue.match)} examples of {issue.id}"
            yield Finding("advice", Path(file).name, thief, f"takes over {many}, such as: {sentences[0]}")


def _first(book: Codebook, sentence: str) -> str | None:
    hits = book.recognise(sentence)
    return hits[0].issue if hits else None
