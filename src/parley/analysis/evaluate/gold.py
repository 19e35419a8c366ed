"""Gold attributions of a user: a folder in PolNeAR's layout, or JSON Lines.

Folder: ``text/ARTICLE.txt`` and ``attributions/ARTICLE_ANNOTATOR.ann`` (brat: T lines are spans, E lines attributions
with Source, Cue and Content). Where an article has several annotators, the first by name is the gold.
JSON Lines: rows ``{"id", "text", "attributions": [{"source": [[start, end]], "cue": ..., "content": ...}]}``.
Offsets are half-open and count code points of the text with its line ends kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parley.errors import ReadError
from parley.model import Span, Spans


@dataclass(frozen=True)
class RoleSpans:
    """One attribution as spans of code points; a role may be empty."""

    source: Spans = ()
    cue: Spans = ()
    content: Spans = ()


@dataclass(frozen=True)
class GoldArticle:
    """A text and the attributions that people found in it."""

    id: str
    text: str
    attributions: tuple[RoleSpans, ...]


def read_gold(path: Path) -> tuple[GoldArticle, ...]:
    """The gold in a folder or a file, in the order of the names or of the rows.

    Raises:
        ReadError: there is none, or a file is not in either form; says where and why.
    """
    if not path.exists():
        raise ReadError(f"{path}: no such file or folder")
    found = tuple(_of_folder(path) if path.is_dir() else _of_rows(path))
    if not found:
        raise ReadError(f"{path} holds no gold; it needs text/*.txt with attributions/*.ann, or rows of JSON Lines")
    return found


# ---------------------------------------------------------------- PolNeAR's layout
def _of_folder(folder: Path) -> Iterator[GoldArticle]:
    first: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        first.setdefault(path.stem.rpartition("_")[0], path)
    for path in sorted((folder / "text").glob("*.txt")):
        if path.stem in first:
            text = _decoded(path)
            ann = first[path.stem]
            yield GoldArticle(path.stem, text, tuple(_checked(row, text, ann.name) for row in _of_brat(ann)))


def _decoded(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{path}: cannot be read as UTF-8 ({error})") from error


def _of_brat(path: Path) -> Iterator[RoleSpans]:
    """The attributions of a brat file; those with neither cue nor content are left out."""
    spans: dict[str, Spans] = {}
    events: list[list[list[str]]] = []
    for number, line in enumerate(_decoded(path).splitlines(), 1):
        name, _, rest = line.partition("\t")
        value = rest.split("\t")[0]
        if name.startswith("T"):
            spans[name] = _brat_spans(value, f"{path.name}, line {number}")
        elif name.startswith("E"):
            events.append([part.split(":", 1) for part in value.split() if ":" in part])
    for event in events:
        roles: dict[str, set[Span]] = {"source": set(), "cue": set(), "content": set()}
        for role, target in event:
            role = role.rstrip("0123456789").lower()
            if role in roles:
                roles[role].update(spans.get(target, ()))
        if roles["cue"] or roles["content"]:
            yield RoleSpans(**{role: tuple(sorted(found)) for role, found in roles.items()})


def _brat_spans(value: str, where: str) -> Spans:
    """The spans of ``Label 3 8;12 20``."""
    try:
        pairs = [part.split() for part in value.partition(" ")[2].split(";")]
        return tuple((int(start), int(end)) for start, end in pairs)
    except ValueError as error:
        raise ReadError(f"{where}: {value!r} is no brat span") from error


# ---------------------------------------------------------------- JSON Lines
def _of_rows(path: Path) -> Iterator[GoldArticle]:
    for number, line in enumerate(_decoded(path).split("\n"), 1):
        if line.strip():
            where = f"{path.name}, line {number}"
            try:
                yield _of_row(json.loads(line), where)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                form = '{"id", "text", "attributions": [{"source", "cue", "content": [[start, end]]}]}'
                raise ReadError(f"{where}: not a row {form} ({error!r})") from error


def _of_row(row: Mapping[str, Any], where: str) -> GoldArticle:
    text = row["text"]
    attributions = (
        RoleSpans(
            **{role: tuple((int(a), int(b)) for a, b in one.get(role) or ()) for role in ("source", "cue", "content")}
        )
        for one in row["attributions"]
    )
    return GoldArticle(str(row["id"]), str(text), tuple(_checked(one, text, where) for one in attributions))


def _checked(row: RoleSpans, text: str, where: str) -> RoleSpans:
    for start, end in (*row.source, *row.cue, *row.content):
        if not 0 <= start < end <= len(text):
            raise ReadError(f"{where}: span {start}-{end} is empty or outside the text ({len(text)} code points)")
    return row
