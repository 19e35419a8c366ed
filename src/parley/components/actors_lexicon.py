"""The names that Parley knows: states, organisations, people, and those of the user's files, ready to be matched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from parley import codebook
from parley.errors import CodebookError
from parley.model import ActorKind

Use = Literal["name", "people", "seat", "place"]
SHIPPED = ("organisations", "people", "groups")
SECTORS = (
    *("COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU"),
    *("ELI", "JRN", "LAB", "MED", "REF", "OPP", "REL", "SOC"),
)
PLACE = "place:"
"""Begins the keys of towns, regions and waters."""
KEYS = frozenset(("name", "aliases", "country", "sectors", "kind", "wikidata"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One known actor under one kind of name."""

    key: str
    """What all names of the actor share."""
    name: str
    country: str | None
    sectors: tuple[str, ...]
    kind: ActorKind
    use: Use = "name"
    """name: its own; people: its adjective or people; seat: its capital; place: a town or region in it."""
    gender: str = ""
    ethnic: bool = False
    """Whether it is a people without a state of its own."""
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name in a doc: tokens ``[start, end)``."""

    start: int
    end: int
    entry: Entry


class Lexicon:
    """Known names by their tokens."""

    def __init__(self, split: Callable[[str], Sequence[str]]) -> None:
        """Start an empty one; ``split`` cuts a name into the tokens that the parser would see."""
        self._split = split
        self._by_first: dict[str, dict[tuple[str, ...], Entry]] = {}
        self._longest: dict[str, int] = {}
        self.entries: dict[str, Entry] = {}
        self.states: dict[str, Entry] = {}

    def add(self, name: str, entry: Entry, *, over: bool = False) -> None:
        """Let a name stand for an entry; an earlier meaning stays unless ``over``."""
        tokens = tuple(name.split()) if name.replace(" ", "").isalpha() else tuple(self._split(name))
        if not tokens:
            return
        names = self._by_first.setdefault(tokens[0], {})
        if over or tokens not in names:
            names[tokens] = entry
        self._longest[tokens[0]] = max(self._longest.get(tokens[0], 0), len(tokens))
        if over or entry.key not in self.entries:
            self.entries[entry.key] = entry

    def find(self, texts: Sequence[str]) -> Iterator[Hit]:
        """The known names in a doc's tokens, left to right, the longest at each place."""
        i, stop = 0, len(texts)
        while i < stop:
            hit = self._at(texts, i)
            if hit is None:
                i += 1
            else:
                yield hit
                i = hit.end

    def _at(self, texts: Sequence[str], i: int) -> Hit | None:
        """The longest known name that begins at a token; words in capitals count as names too."""
        first = texts[i]
        names = self._by_first.get(first)
        shout = names is None and len(first) > 3 and first.isupper()
        if shout:
            first = first.capitalize()
            names = self._by_first.get(first)
        if names is None:
            return None
        for length in range(self._longest[first], 0, -1):
            words = texts[i : i + length]
            tokens = tuple(word.capitalize() if word.isupper() else word for word in words) if shout else tuple(words)
            if len(tokens) == length and tokens in names:
                return Hit(i, i + length, names[tokens])
        return None


def lexicon(split: Callable[[str], Sequence[str]], files: Iterable[str] = ()) -> Lexicon:
    """The shipped names, and over them those of the user's files.

    A user's file holds tables ``[[actors]]`` with ``name`` and, as wanted, ``aliases`` (list), ``country`` (ISO 3166
    alpha-3, or IGO, NGO, MNC), ``sectors`` (list of PLOVER codes), ``kind`` (state, organisation, person or group)
    and ``wikidata`` (Q...).

    Raises:
        CodebookError: a file says something wrong.
    """
    known = Lexicon(split)
    for file in files:
        path = Path(file)
        for row in _rows(path, codebook.read_toml(path)):
            _add_user(known, row)
    _add_states(known, codebook.load("actors/countries"))
    for name in SHIPPED:
        _add_grouped(known, codebook.load(f"actors/{name}"))
    return known


# ---------------------------------------------------------------- shipped tables
def _add_states(known: Lexicon, tables: Mapping[str, Any]) -> None:
    """The states with all that stands for them, and the towns and regions in them."""
    for key, row in tables.items():
        state = Entry(key, row["names"][0], row.get("country", key), (), "state")
        known.states.setdefault(key, state)
        for name in row["names"]:
            known.add(name, state)
        for name in row.get("people", ()):
            people = replace(state, use="people")
            known.add(name, people)
            if not name.endswith(("s", "sh", "ch", "ese", "men")):
                known.add(name + "s", people)
        for name in row.get("seats", ()):
            known.add(name, replace(state, use="seat"))
        for name in row.get("places", ()):
            known.add(name, Entry(f"{PLACE}{name}", name, state.country, ("CVL",), "group", "place"))


def _add_grouped(known: Lexicon, data: Mapping[str, Any]) -> None:
    """Actors listed under a common country, sectors and kind; each ``Name | other name | ...``."""
    for group in data["groups"]:
        sectors, kind = tuple(group.get("sectors", ())), group.get("kind", "organisation")
        for members, gender in (
            (group.get("members", ()), ""),
            (group.get("men", ()), "m"),
            (group.get("women", ()), "f"),
        ):
            for member in members:
                name, *aliases = (part.strip() for part in member.split("|"))
                if name.endswith("*"):
                    name = name[:-1]
                    aliases.append(name.rsplit(" ", 1)[-1])
                entry = Entry(f"{kind}:{name}", name, group.get("country"), sectors, kind, gender=gender)
                entry = replace(entry, ethnic=kind == "group")
                for alias in (name, *aliases):
                    known.add(alias, entry)


# ---------------------------------------------------------------- the user's tables
def _add_user(known: Lexicon, row: Mapping[str, Any]) -> None:
    """One actor of the user's, over the shipped ones."""
    kind: ActorKind = row.get("kind") or "organisation"
    country, sectors = row.get("country") or None, tuple(row.get("sectors", ()))
    entry = Entry(f"user:{row['name']}", row["name"], country, sectors, kind, wikidata=row.get("wikidata") or None)
    for name in (row["name"], *row.get("aliases", ())):
        known.add(name, entry, over=True)


def _rows(path: Path, data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The checked ``[[actors]]`` tables of a user's file.

    Raises:
        CodebookError: a key is unknown, absent, or of the wrong type.
    """
    rows = data.get("actors", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise CodebookError(path, "actors", "must be a list of tables [[actors]]")
    for number, row in enumerate(rows, 1):
        where = f"actors {number}"
        if unknown := sorted(set(row) - KEYS):
            raise CodebookError(path, f"{where}, {unknown[0]}", f"is not a key; use {', '.join(sorted(KEYS))}")
        if not isinstance(row.get("name"), str) or not row["name"].strip():
            raise CodebookError(path, f"{where}, name", "must be a text and not empty")
        for key in ("aliases", "sectors"):
            value = row.get(key, [])
            if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
                raise CodebookError(path, f"{where}, {key}", "must be a list of texts")
        for key in ("country", "kind", "wikidata"):
            if not isinstance(row.get(key, ""), str):
                raise CodebookError(path, f"{where}, {key}", "must be a text")
        _check_codes(path, where, row)
        yield row


def _check_codes(path: Path, where: str, row: Mapping[str, Any]) -> None:
    """Hold country, sectors, kind and wikidata to their codes.

    Raises:
        CodebookError: one is not a code.
    """
    country, kind, wikidata = row.get("country", ""), row.get("kind", ""), row.get("wikidata", "")
    if country and not (len(country) == 3 and country.isascii() and country.isupper()):
        raise CodebookError(path, f"{where}, country", f"{country!r} is not a code of three capitals (RUS, IGO)")
    if wrong := [sector for sector in row.get("sectors", ()) if sector not in SECTORS]:
        raise CodebookError(path, f"{where}, sectors", f"{wrong[0]!r} is not one of {', '.join(sorted(SECTORS))}")
    if kind and kind not in get_args(ActorKind):
        raise CodebookError(path, f"{where}, kind", f"{kind!r} is not one of {', '.join(get_args(ActorKind))}")
    if wikidata and not (wikidata[0] == "Q" and wikidata[1:].isdigit()):
        raise CodebookError(path, f"{where}, wikidata", f"{wikidata!r} is not an item such as Q159")
