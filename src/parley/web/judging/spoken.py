"""A form as a judgement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast, get_args

from parley.errors import ParleyError
from parley.exports.marked import stretches
from parley.model import Spans
from parley.store import judged
from parley.store.judged import words
from parley.store.judgements import Judgement, Kind, RowKind
from parley.web.judging.fields import Field, fields, names
from parley.web.judging.seen import Row, Seen

GAP = " … "
"""Between the pieces of words that do not stand together."""
MOST_PIECES = 20
LONGEST = 300
"""Code points of a value that is typed."""
LONGEST_WORDS = 5000
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
_COUNTRY = re.compile(r"[A-Za-z]{2,3}")
_WIKIDATA = re.compile(r"Q[1-9]\d{0,11}")
Form = Mapping[str, str]


def judgement(form: Form, seen: Seen, *, who: str, commit: int) -> Judgement:
    """What a form says.

    Args:
        form: its fields; ``do`` is what to do and, for a row, its kind or id and print; ``same`` has two rows.
        seen: the article as it is now.
        who: who says it.
        commit: number of the commit that was looked at.

    Raises:
        ParleyError: it says something that cannot be, or of a row that is no longer there.
    """
    do, *rest = form.get("do", "").split() or [""]
    why, article = form.get("why", "").strip(), seen.machine.id
    if do == "check":
        return Judgement(who, "confirm", article, "article", why=why, commit=commit)
    if do == "add":
        kind = rest[0] if rest else ""
        if kind not in get_args(RowKind) or kind == "article":
            raise ParleyError(f"{kind!r} is nothing that can be added")
        row = cast(RowKind, kind)
        return Judgement(who, "add", article, row, {}, _values(form, row, seen, None), why, commit=commit)
    if do == "same" and len(rest) == 4:
        one, other = _found(seen, *rest[:2]), _found(seen, *rest[2:])
        if {one.kind, other.kind} != {"actor"} or one.id == other.id:
            raise ParleyError("two actors may be the same, and nothing else")
        at = {actor.id: [list(span) for span in actor.mentions] for actor in seen.machine.actors}
        target, told = {**one.target, "spans": at.get(one.id, [])}, {**other.values, "at": at.get(other.id, [])}
        return Judgement(who, "same", article, "actor", target, told, why, commit=commit)
    if do not in ("confirm", "reject", "change") or len(rest) != 2:
        raise ParleyError("the form does not say what to do")
    found = _found(seen, *rest)
    values = {} if do == "reject" else found.values if do == "confirm" else _values(form, found.kind, seen, found)
    return Judgement(who, cast(Kind, do), article, found.kind, found.target, values, why, commit=commit)


def _found(seen: Seen, row_id: str, print_: str) -> Row:
    """The row that a form means.

    Raises:
        ParleyError: it is no longer there.
    """
    found = seen.find(row_id, print_)
    if found is None:
        raise ParleyError(f"the row {row_id} no longer says what it said when the page was made; look at it again")
    return found


def _values(form: Form, kind: RowKind, seen: Seen, row: Row | None) -> dict[str, Any]:
    """The whole row as the form has it; what the form does not ask stays as it was."""
    values = dict(row.values) if row else {}
    for field in fields(kind, values):
        values[field.name] = _value(field, form.get(field.name, ""))
    if kind == "actor":
        return _actor(values)
    starts = [start for start, _ in stretches(seen.machine)]
    spans = chosen(seen.machine.text, form, words_before(row), starts)
    values |= {"spans": [list(span) for span in spans], "words": [seen.machine.text[a:b] for a, b in spans]}
    return values


def words_before(row: Row | None) -> Spans:
    """The spans of the words that a row has."""
    return judged.told.spans_of(row.values) if row else ()


def _value(field: Field, typed: str) -> Any:
    """What is typed into a field.

    Raises:
        ParleyError: it cannot stand there.
    """
    typed = " ".join(typed.split())
    if len(typed) > LONGEST:
        raise ParleyError(f"{field.title} is longer than {LONGEST} characters")
    if field.needed and not typed:
        raise ParleyError(f"{field.title} is empty")
    if field.sort == "choice" and typed not in dict(field.options):
        raise ParleyError(f"{field.title} cannot be {typed!r}")
    return names(typed) if field.sort == "names" else typed


def _actor(values: dict[str, Any]) -> dict[str, Any]:
    country, wikidata = values["country"].upper(), values["wikidata"].upper()
    if country and not _COUNTRY.fullmatch(country):
        raise ParleyError(f"the country {country!r} is no code of two or three letters")
    if wikidata and not _WIKIDATA.fullmatch(wikidata):
        raise ParleyError(f"{wikidata!r} is no identifier of Wikidata; it is Q and a number")
    return values | {"country": country, "wikidata": wikidata}


# ---------------------------------------------------------------- words
def chosen(text: str, form: Form, before: Spans = (), starts: Sequence[int] = ()) -> Spans:
    """The words that a form names: by spans, as far as these hold the words that it shows; else by the words.

    Args:
        text: the article.
        form: ``spans`` ("12-30,40-52", code points), ``words``, and ``paragraph`` where the words stand, from 1.
        before: the spans that the row has now: of several places the nearest is meant.
        starts: where the paragraphs begin.

    Raises:
        ParleyError: there are none, or they do not stand in the article.
    """
    shown = form.get("words", "")
    if len(shown) > LONGEST_WORDS:
        raise ParleyError(f"the words are longer than {LONGEST_WORDS} characters; choose those that tell it")
    spans = words.trimmed(text, spans_from(form.get("spans", "")))
    if spans and (not shown.strip() or _plain(shown) == _plain(pieces(text, spans))):
        return spans
    found = words.trimmed(text, tuple(_looked_up(text, shown, _near(form.get("paragraph", ""), before, starts))))
    if not found:
        raise ParleyError("no words are chosen; select them in the article, or copy them into the form")
    return found


def spans_from(typed: str) -> Spans:
    """Spans as an address or a form writes them; what is none is left out."""
    pairs = [match for part in typed.split(",")[:MOST_PIECES] if (match := _SPAN.fullmatch(part.strip()))]
    return tuple((int(match[1]), int(match[2])) for match in pairs)


def pieces(text: str, spans: Spans) -> str:
    """The words at some spans as a form shows them."""
    return GAP.join(text[start:end] for start, end in spans)


def _plain(shown: str) -> str:
    return " ".join(shown.split())


def _near(paragraph: str, before: Spans, starts: Sequence[int]) -> int:
    """Where words are looked for first: in the paragraph of a number, else where the row has its words."""
    if starts and paragraph.strip().isdecimal():
        return starts[min(max(int(paragraph), 1), len(starts)) - 1]
    return before[0][0] if before else 0


def _looked_up(text: str, shown: str, near: int) -> Iterator[tuple[int, int]]:
    """Where words stand that were typed or copied, the places nearest to an offset and then to each other.

    Raises:
        ParleyError: they stand nowhere.
    """
    for piece in shown.split(GAP.strip())[:MOST_PIECES]:
        if not piece.strip():
            continue
        pattern = re.compile(r"\s+".join(map(re.escape, piece.split())))
        found = min(pattern.finditer(text), key=lambda match: abs(match.start() - near), default=None)
        if found is None:
            raise ParleyError(f"these words do not stand in the article: {_plain(piece)[:80]}")
        yield found.span()
        near = found.end()
