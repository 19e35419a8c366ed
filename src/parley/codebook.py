"""Loads the codebook: data files in TOML, the shipped ones and the user's, each checked as it is read."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Any, get_args

from parley.errors import CodebookError
from parley.model import Polarity, Span
from parley.terms import Lexicon, Terms

ALIKE = ("France", "French", "French", "Paris")
"""Name, adjective, people and seat of the state whose words stand for those of all."""
ISSUE_KEYS = frozenset(
    ("id", "group", "title", "definition", "includes", "excludes", "terms", "unless", "match", "no_match")
)
OTHER = "other"
"""The issue of a position that no issue of the codebook covers."""


@dataclass(frozen=True)
class Act:
    """What a party does with an issue: demands it, rejects it ..."""

    id: str
    group: str
    meaning: str
    polarity: Polarity


@dataclass(frozen=True)
class Issue:
    """Something that is negotiated about, and the words by which it is recognised."""

    id: str
    group: str
    title: str
    definition: str
    includes: tuple[str, ...]
    excludes: tuple[str, ...]
    terms: Terms
    unless: Terms
    match: tuple[str, ...]
    no_match: tuple[str, ...]


@dataclass(frozen=True)
class Hit:
    """An issue found in a text: the spans of its terms (code points) and how many words they hold."""

    issue: str
    spans: tuple[Span, ...]
    words: int


@dataclass(frozen=True)
class Codebook:
    """The acts and issues in use."""

    acts: Mapping[str, Act]
    issues: Mapping[str, Issue]
    own: frozenset[str] = frozenset()
    """Ids of the issues that the user brought; they are finer than the shipped ones."""

    def recognise(self, text: str) -> tuple[Hit, ...]:
        """The issues whose terms stand in ``text``: most words first, then the earliest, then by id.

        Where a user's issue shares words with the first, it goes before it: who adds "uranium enrichment" does not
        want to find it under nuclear arms because that has longer terms.
        """
        found: dict[str, list[Span]] = {}
        for issue, start, end in self._terms.find(text):
            found.setdefault(issue, []).append((start, end))
        if not found:
            return ()
        vetoes: dict[str, list[Span]] = {}
        for issue, start, end in self._unless.find(text):
            vetoes.setdefault(issue, []).append((start, end))
        hits = (_hit(issue, text, spans, vetoes.get(issue, [])) for issue, spans in found.items())
        ranked = sorted((hit for hit in hits if hit), key=lambda hit: (-hit.words, hit.spans[0], hit.issue))
        if not self.own or not ranked:
            return tuple(ranked)
        first = ranked[0]
        return tuple(sorted(ranked, key=lambda hit: not (hit.issue in self.own and _overlap(hit, first))))

    @cached_property
    def _terms(self) -> Lexicon:
        return Lexicon({issue.id: issue.terms.terms for issue in self.issues.values()})

    @cached_property
    def _unless(self) -> Lexicon:
        return Lexicon({issue.id: issue.unless.terms for issue in self.issues.values()})


def _overlap(one: Hit, other: Hit) -> bool:
    """Whether two hits share a word."""
    return any(a < d and c < b for a, b in one.spans for c, d in other.spans)


def _hit(issue: str, text: str, spans: list[Span], vetoes: list[Span]) -> Hit | None:
    """Where the terms of one issue stand in a text, those under an ``unless`` term left out."""
    left = tuple((s, e) for s, e in spans if not any(s < veto_end and veto < e for veto, veto_end in vetoes))
    return Hit(issue, left, sum(len(text[s:e].split()) for s, e in left)) if left else None


# ---------------------------------------------------------------- reading files
@cache
def load(name: str) -> Mapping[str, Any]:
    """A shipped codebook file by its name without ending, e.g. ``cues``.

    Raises:
        CodebookError: there is no such file, or it is not valid TOML.
    """
    return _parse(Path(str(resources.files("parley") / "codebooks" / f"{name}.toml")))


def folder(name: str) -> Path:
    """A folder of the shipped codebook, e.g. ``issues``."""
    return Path(str(resources.files("parley") / "codebooks" / name))


def read_toml(path: Path | str) -> Mapping[str, Any]:
    """A user's codebook file.

    Raises:
        CodebookError: the file is absent or not valid TOML.
    """
    return _parse(Path(path))


def _parse(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CodebookError(path, "file", "does not exist; check the path") from error
    except OSError as error:
        raise CodebookError(path, "file", f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise CodebookError(path, "file", "is not UTF-8; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(path, "file", f"is not valid TOML: {error}") from error


@cache
def states_alike() -> Mapping[str, str]:
    """For every one-word name of a state, its adjective, people or seat: the word of one state that stands for all.

    Models are shown the latter, so that a text is read alike whoever its parties are.
    """
    name, adjective, people, seat = ALIKE
    alike: dict[str, str] = {}
    for row in load("actors/countries").values():
        plurals = [f"{word}s" for word in row.get("people", [])]
        forms = ((name, row.get("names", [])), (adjective, row.get("people", [])), (people, plurals))
        for form, words in (*forms, (seat, row.get("seats", []))):
            alike.update((word, form) for word in words if word.isalpha() and word.istitle())
    return alike


def _acts() -> dict[str, Act]:
    """The shipped acts by id."""
    path, acts = Path("acts.toml"), {}
    for act_id, row in load("acts").items():
        if row.get("polarity") not in get_args(Polarity):
            raise CodebookError(path, f"{act_id}.polarity", f"must be one of {', '.join(get_args(Polarity))}")
        acts[act_id] = Act(act_id, row["group"], row["meaning"], row["polarity"])
    return acts


def issue_from(row: Mapping[str, Any], path: Path) -> Issue:
    """Check one issue table and build the issue.

    Raises:
        CodebookError: a key is absent, of the wrong type, or holds a malformed term.
    """
    if not isinstance(row, Mapping):
        raise CodebookError(path, "issues", "must be a list of tables [[issues]]")
    if unknown := sorted(set(row) - ISSUE_KEYS):
        raise CodebookError(path, unknown[0], f"is not a key of an issue; use {', '.join(sorted(ISSUE_KEYS))}")
    for key in ("id", "group", "title", "definition"):
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise CodebookError(path, key, "must be a text and not empty")
    lists: dict[str, tuple[str, ...]] = {}
    for key in ("includes", "excludes", "terms", "unless", "match", "no_match"):
        value = row.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise CodebookError(path, key, "must be a list of texts")
        lists[key] = tuple(value)
    if not lists["terms"]:
        raise CodebookError(path, "terms", "must name at least one term")
    return Issue(
        id=row["id"],
        group=row["group"],
        title=row["title"],
        definition=row["definition"],
        includes=lists["includes"],
        excludes=lists["excludes"],
        terms=_compiled(lists["terms"], "terms", path),
        unless=_compiled(lists["unless"], "unless", path),
        match=lists["match"],
        no_match=lists["no_match"],
    )


def _compiled(terms: tuple[str, ...], key: str, path: Path) -> Terms:
    try:
        return Terms(terms)
    except ValueError as error:
        raise CodebookError(path, key, str(error)) from error


def _issue_rows(path: Path, data: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """The issue tables of a file: the file itself, or its ``[[issues]]``, beside which it may hold ``[[actors]]``."""
    if not {"issues", "actors"} & set(data):
        return (data,)
    rows = data.get("issues", [])
    if not isinstance(rows, list):
        raise CodebookError(path, "issues", "must be a list of tables [[issues]]")
    return rows


@cache
def codebook(extra: tuple[str, ...] = ()) -> Codebook:
    """The shipped codebook, with the issues of a user's files added or put in the place of shipped ones.

    Args:
        extra: paths of TOML files, each one issue or a list ``[[issues]]``.

    Raises:
        CodebookError: a file says something wrong.
    """
    issues = {issue.id: issue for path in sorted(folder("issues").glob("*.toml")) for issue in issues_in(path)}
    own = {issue.id: issue for path in extra for issue in issues_in(Path(path))}
    return Codebook(_acts(), {**issues, **own}, frozenset(own))


def issues_in(path: Path) -> tuple[Issue, ...]:
    """The issues of one file: the file itself is one, or it holds a list ``[[issues]]``; none is in a file of actors.

    Raises:
        CodebookError: the file says something wrong.
    """
    return tuple(issue_from(row, path) for row in _issue_rows(path, _parse(path)))
