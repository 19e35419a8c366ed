"""A corpus in PolNeAR's layout as labelled word sequences."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from parley.errors import ReadError
from parley.tagger.words import Span, Words, line_paragraphs, split_words

ROLES = ("source", "cue", "content")
CUE_TAGS = ("O", "B", "I")
ROLE_TAGS = ("O", "B-SOURCE", "I-SOURCE", "B-CONTENT", "I-CONTENT")
RoleSpans = dict[str, list[Span]]


@dataclass(frozen=True)
class Frame:
    """One attribution over words: the cue range, and the role tag (index in ROLE_TAGS) of every word that
    has one, by word index in the text.
    """

    cue: Span
    tags: dict[int, int]


@dataclass(frozen=True)
class LabelledArticle:
    """One annotated article: name, words, cue tag of every word (index in CUE_TAGS, int [n]), frames."""

    name: str
    words: Words
    cue_tags: NDArray[np.int64]
    frames: list[Frame]


def read_corpus(folder: Path) -> list[LabelledArticle]:
    """All articles of a part, by name; the first annotator of each is taken.

    Raises:
        ReadError: the folder has not the layout text/NAME.txt, attributions/NAME_ANNOTATOR.ann.
    """
    files: dict[str, Path] = {}
    if not (folder / "text").is_dir() or not (folder / "attributions").is_dir():
        raise ReadError(f"{folder}: not a corpus in PolNeAR's layout; it needs the folders text and attributions")
    for path in sorted((folder / "attributions").glob("*.ann")):
        files.setdefault(path.stem.rpartition("_")[0], path)
    return [
        label_article(name, read_text(folder / "text" / f"{name}.txt"), read_ann(path))
        for name, path in sorted(files.items())
    ]


def set_aside(name: str, *, percent: int = 10) -> bool:
    """Whether an article belongs to the part of train that is never trained on, by the hash of its name."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 100 < percent


def read_text(path: Path) -> str:
    """The text of a file, line ends kept."""
    return path.read_bytes().decode("utf-8")


def read_ann(path: Path) -> list[RoleSpans]:
    """The attributions of one brat file."""
    spans: dict[str, list[Span]] = {}
    events: list[list[str]] = []
    for line in read_text(path).splitlines():
        fields = line.split("\t")
        if line.startswith("T") and len(fields) >= 2:
            offsets = fields[1].partition(" ")[2]
            spans[fields[0]] = [(int(part.split()[0]), int(part.split()[1])) for part in offsets.split(";")]
        elif line.startswith("E") and len(fields) >= 2:
            events.append(fields[1].split())
    return [_event(arguments, spans) for arguments in events]


def _event(arguments: Sequence[str], spans: dict[str, list[Span]]) -> RoleSpans:
    roles: dict[str, set[Span]] = {role: set() for role in ROLES}
    for argument in arguments:
        name, colon, target = argument.partition(":")
        role = name.rstrip("0123456789").lower()
        if colon and role in roles:
            roles[role].update(spans.get(target, ()))
    return {role: sorted(found) for role, found in roles.items()}


def label_article(name: str, text: str, attributions: Sequence[RoleSpans]) -> LabelledArticle:
    """Words and labels of one article; an attribution without a cue is left out (1 in 500)."""
    words = split_words(text, line_paragraphs(text))
    cue_tags = np.zeros(len(words.forms), dtype=np.int64)
    frames: list[Frame] = []
    for attribution in sorted(attributions, key=lambda a: a["cue"]):
        cues = [r for span in attribution["cue"] if (r := _range(words, span))]
        if not cues or cue_tags[cues[0][0] : cues[0][1]].any():
            continue
        cue = max(cues, key=lambda r: r[1] - r[0])
        cue_tags[cue[0]], cue_tags[cue[0] + 1 : cue[1]] = 1, 2
        frames.append(Frame(cue, _role_tags(words, attribution)))
    return LabelledArticle(name, words, cue_tags, frames)


def _role_tags(words: Words, attribution: RoleSpans) -> dict[int, int]:
    tags: dict[int, int] = {}
    for role, base in (("content", 3), ("source", 1)):
        for span in attribution[role]:
            found = _range(words, span)
            if found:
                tags.update({i: base + (i > found[0]) for i in range(*found)})
    return tags


def _range(words: Words, span: Span) -> Span | None:
    """The word range that a code point span touches."""
    a = int(np.searchsorted(words.ends, span[0], side="right"))
    b = int(np.searchsorted(words.starts, span[1], side="left"))
    return (a, b) if a < b else None
