"""What each outlet calls a party, and in whose voice. Texts are looked into, so the latest articles stand for all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter, Request, Response

from parley.analysis.filters import Filters
from parley.analysis.naming import Use, naming_in
from parley.exports.labels import count
from parley.web import words
from parley.web.asked import Day, Number, Pages, Text
from parley.web.filters import Show, accounts
from parley.web.laid import Laid, laid
from parley.web.links import Link, article, with_query
from parley.web.render import page as rendered

router = APIRouter()
HERE = "/sourcing/naming"
MOST = 200
"""Articles that are looked into, the latest that pass: a tenth of a second's work."""
OUTLETS = 15
"""Outlets that are shown of each party, those that name it most."""
PARTIES = 2
"""Parties that are shown unless one is asked for: those with most accounts."""
NAMES = 9
"""Names of one party in one outlet that are shown, the most used."""
AROUND = 90
"""Code points shown before and after a name."""
VOICES = {"own": "own voice", "reported": "reported", "quoted": "quoted"}


@dataclass(frozen=True)
class Name:
    """One name with its number for each voice, and where its words are."""

    name: str
    numbers: tuple[tuple[str, int, str], ...]
    """Voice, number, address."""


@dataclass(frozen=True)
class Named:
    """What one outlet calls one party."""

    outlet: str
    names: tuple[Name, ...]
    left_out: int


_LATEST = """
SELECT article_id FROM articles LEFT JOIN copies USING (article_id)
WHERE coalesce(head, article_id) = article_id AND ($outlet = '' OR lower(outlet) = lower($outlet))
    AND ($since = '' OR left(published, length($since)) >= $since)
    AND ($until = '' OR left(published, length($until)) <= $until)
ORDER BY published DESC NULLS LAST, article_id LIMIT $most
"""
_TEXTS = """
SELECT article_id, text, outlet, left(published, 10) AS published, title FROM articles
WHERE article_id IN (SELECT unnest($ids))
"""


@router.get(HERE)
def naming(
    request: Request, party: Text = "", outlet: Text = "", since: Day = "", until: Day = "", show: Show = "machine"
) -> Response:
    """The page."""
    asked = _asked(party, outlet, since, until, show)
    record = laid(request)
    articles = _articles(record, asked)
    source = accounts(request, show).source
    parties = (asked["party"],) if asked["party"] else record.choices.parties[:PARTIES]
    uses = naming_in(source, articles, Filters(party=parties)).uses if articles and parties else ()
    return rendered(
        request, "naming.html.j2", title="Names", parties=_by_party(uses, asked), articles=len(articles),
        most=MOST, outlets_at_most=OUTLETS, voices=VOICES, asked=asked, choices=record.choices,
    )  # fmt: skip


@router.get(f"{HERE}/words")
def behind(
    request: Request,
    name: Text,
    voice: Literal["own", "reported", "quoted"],
    of: Text = "",
    party: Text = "",
    outlet: Text = "",
    since: Day = "",
    until: Day = "",
    show: Show = "machine",
    page: Number = 1,
) -> Response:
    """The sentences in which an outlet uses a name."""
    asked = _asked(party, outlet, since, until, show)
    record = laid(request)
    articles = _articles(record, asked)
    source = accounts(request, show).source
    found = naming_in(source, articles, Filters(party=(party,)), examples=10_000) if articles else None
    places = [
        place for use in (found.uses if found else ()) if (use.outlet, use.name, use.voice) == (of, name, voice)
        for place in use.examples
    ]  # fmt: skip
    start = (page - 1) * words.SIZE
    listed = _around(record, places[start : start + words.SIZE])
    pages = Pages(f"{HERE}/words", {"name": name, "voice": voice, "of": of, **asked}, page, len(places), words.SIZE)
    said = f"{count(len(places), 'mention')} of “{name}” in {of or 'articles without an outlet'}: {VOICES[voice]}."
    back = Link(with_query(HERE, asked), "Names")
    return words.shown(request, f"{of or 'No outlet'}: “{name}”", words.Words(said, listed, pages, back))


def _asked(party: str, outlet: str, since: str, until: str, show: Show) -> dict[str, str]:
    shown = "" if show == "machine" else show
    return {"party": party.strip(), "outlet": outlet.strip(), "since": since, "until": until, "show": shown}


def _articles(record: Laid, asked: dict[str, str]) -> list[str]:
    given = {key: asked[key] for key in ("outlet", "since", "until")}
    return [row["article_id"] for row in record.store.query(_LATEST, {**given, "most": MOST})]


def _by_party(uses: tuple[Use, ...], asked: dict[str, str]) -> dict[str, tuple[Named, ...]]:
    """The names by what the party is called, and by outlet."""
    found: dict[str, dict[str, dict[str, list[Use]]]] = {}
    used = Counter[tuple[str, str]]()
    for use in uses:
        found.setdefault(use.party_name, {}).setdefault(use.outlet, {}).setdefault(use.name, []).append(use)
        used[use.party_name, use.outlet] += use.number
    most = {
        party: sorted(sorted(outlets, key=lambda outlet: (-used[party, outlet], outlet))[:OUTLETS])
        for party, outlets in found.items()
    }
    return {
        party: tuple(_named(party, outlet, found[party][outlet], asked) for outlet in outlets)
        for party, outlets in most.items()
    }


def _named(party: str, outlet: str, names: dict[str, list[Use]], asked: dict[str, str]) -> Named:
    ordered = sorted(names.items(), key=lambda item: (-sum(use.number for use in item[1]), item[0]))
    shown = tuple(
        Name(
            name,
            tuple(
                (use.voice, use.number, with_query(f"{HERE}/words", {**asked, "party": party}, of=outlet, name=name,
                                                   voice=use.voice))
                for use in sorted(several, key=lambda use: tuple(VOICES).index(use.voice))
            ),
        )
        for name, several in ordered[:NAMES]
    )  # fmt: skip
    return Named(outlet, shown, len(ordered) - len(shown))


def _around(record: Laid, places: list[tuple[str, tuple[int, int]]]) -> tuple[words.Word, ...]:
    """The words around some mentions."""
    rows = {row["article_id"]: row for row in record.store.query(_TEXTS, {"ids": [one for one, _ in places] or [""]})}
    found = []
    for article_id, (start, end) in places:
        row = rows[article_id]
        before = row["text"][max(0, start - AROUND) : start]
        after = row["text"][end : end + AROUND]
        cut = f"… {before.partition(' ')[2]}" if start > AROUND else before
        rest = f"{after.rpartition(' ')[0]} …" if len(after) == AROUND else after
        line = cut + row["text"][start:end] + rest
        found.append(words.Word(line, article(article_id), row["outlet"], row["published"], row["title"]))
    return tuple(found)
