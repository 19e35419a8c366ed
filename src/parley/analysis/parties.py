"""Whose position it is, across articles: the state an actor speaks for, else the organisation, group or person.

An article's actors are its own: ``a3`` is "the Kremlin" here and "Mr Ray" there. A party is what they stand for:

- the state (its ISO code) if the actor is the state, or has its country and acts for it: its government, office,
  spokesman, capital, delegation, army, legislature. Opposition, rebels, media and citizens are not the state;
- else the thing itself, by its Wikidata id;
- else by its name, letter case and articles aside. A full name of a person that elsewhere in the record stands for
  exactly one party stands for it here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from parley import codebook
from parley.store.judged.identity import BY_NAME, SPELLED, settings, spelled, sure_sql

__all__ = ["BY_NAME", "SPELLED", "ids_of", "listed_name", "parties_sql", "settings", "spelled", "states"]


@cache
def parties_sql() -> str:
    """A query for (article_id, actor_id, name, spelled, party) of the actors in ``used``, to stand behind its WITH."""
    posts = "|".join(re.escape(word) for word in settings()["posts"])
    person = r"kind = 'person' AND regexp_matches(name, '^\p{Lu}\S* (.* )?\p{Lu}\S*$')"
    return rf"""
        , named AS (
            SELECT article_id, actor_id, name, {SPELLED} AS spelled,
                {sure_sql()} AS sure,
                {person} AND NOT regexp_matches(lower(name), '\b({posts})\b') AS full_name
            FROM actors SEMI JOIN used USING (article_id, actor_id)
        ), people AS (
            SELECT spelled, min(sure) AS party FROM named WHERE full_name AND sure IS NOT NULL
            GROUP BY spelled HAVING count(DISTINCT sure) = 1
        )
        SELECT article_id, actor_id, name, spelled,
            coalesce(sure, CASE WHEN full_name THEN people.party END, '{BY_NAME}' || spelled) AS party
        FROM named LEFT JOIN people USING (spelled)
    """


@cache
def states() -> Mapping[str, str]:
    """The listed name of every state by its code."""
    return {code: str(row["names"][0]) for code, row in codebook.load("actors/countries").items() if row.get("names")}


@cache
def _codes() -> Mapping[str, str]:
    """The code of every state by each of its names, people and seats, as they are compared."""
    codes: dict[str, str] = {}
    for code, row in codebook.load("actors/countries").items():
        stands_for = row.get("country", code)
        for word in (*row.get("names", ()), *row.get("people", ()), *row.get("seats", ()), code):
            codes.setdefault(spelled(word), stands_for)
    return codes


def ids_of(words: Iterable[str]) -> list[str]:
    """What the ids of parties may be that a user calls by some words: a state's name, an id, a name."""
    found: list[str] = []
    for word in words:
        code = _codes().get(spelled(word))
        found.extend([code] if code else [word, word.upper(), BY_NAME + spelled(word)])
    return found


def listed_name(party: str, name: str) -> str:
    """What a party is called: a state's listed name, else the name that the articles use most."""
    return states().get(party, name)
