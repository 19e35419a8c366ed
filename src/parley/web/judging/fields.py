"""What a row of each kind is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from parley import codebook
from parley.exports.labels import issue_title, label
from parley.model import ActorKind, Layer, QuoteKind, Sourcing, Status

Sort = Literal["text", "name", "names", "choice"]
Options = tuple[tuple[str, str], ...]
SEPARATOR = ";"
"""Between several names."""


@dataclass(frozen=True)
class Field:
    """One thing that a row says."""

    name: str
    title: str
    sort: Sort
    """text; name, names: of actors; choice: one of ``options``."""
    options: Options = ()
    needed: bool = True
    hint: str = ""


def fields(row: str, values: Mapping[str, Any] | None = None) -> tuple[Field, ...]:
    """The fields of a row of a kind.

    Args:
        row: position, attribution, event or actor.
        values: what it says now; a value that no list holds, such as an issue of the user's, may stay.
    """
    return tuple(_with(field, values or {}) for field in _fields()[row])


def _with(field: Field, values: Mapping[str, Any]) -> Field:
    value = str(values.get(field.name) or "")
    if field.sort != "choice" or not value or value in dict(field.options):
        return field
    return Field(field.name, field.title, field.sort, (*field.options, (value, value)), field.needed, field.hint)


@cache
def _fields() -> Mapping[str, tuple[Field, ...]]:
    several = "several: put ; between them"
    return {
        "position": (
            Field("party", "Party", "name", hint="whose position it is, not who tells it"),
            Field("act", "Act", "choice", _labelled("acts", codebook.load("acts"))),
            Field("issue", "Issue", "choice", issues()),
            Field("addressees", "Directed at", "names", needed=False, hint=several),
            Field("layer", "Who says so", "choice", _labelled("layers", get_args(Layer))),
        ),
        "attribution": (
            Field("speaker", "Speaker", "name", needed=False, hint="empty if the article does not say who"),
            Field("sourcing", "Source", "choice", _labelled("sourcing", get_args(Sourcing))),
            Field("kind", "Words", "choice", _labelled("quotes", get_args(QuoteKind))),
        ),
        "event": (
            Field("type", "Type", "choice", _labelled("events", codebook.load("labels")["events"])),
            Field("actors", "Who", "names", needed=False, hint=several),
            Field("recipients", "To whom", "names", needed=False, hint=several),
            Field("status", "The article says it is", "choice", _labelled("statuses", get_args(Status))),
        ),
        "actor": (
            Field("name", "Who it is", "name"),
            Field("kind", "Kind", "choice", tuple((kind, kind) for kind in get_args(ActorKind))),
            Field("country", "Country", "text", needed=False, hint="ISO code of three letters, or IGO, NGO ..."),
            Field("wikidata", "Wikidata", "text", needed=False, hint="Q and a number"),
        ),
    }


def _labelled(table: str, ids: Iterable[str]) -> Options:
    return tuple((one, label(table, one)) for one in ids)


@cache
def issues() -> Options:
    """The shipped issues by title, and ``other``."""
    ids = [path.stem for path in codebook.folder("issues").glob("*.toml")]
    return (*sorted(((one, issue_title(one)) for one in ids), key=lambda pair: pair[1]), ("other", "none of these"))


def names(text: str) -> list[str]:
    """Several names as they are typed."""
    return [" ".join(one.split()) for one in text.split(SEPARATOR) if one.strip()]
