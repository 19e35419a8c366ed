"""What is searched: an article with its title and text, and each position, quotation and event with its words."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from parley.model import Span
from parley.store.search.hits import JOINED, Kind
from parley.store.search.tags import Name, tags

if TYPE_CHECKING:
    from parley.store.reader import Store

UNFIT = re.compile("[\x00-\x02\ud800-\udfff]")
"""Characters that SQLite cannot hold or that mark what was found; a space stands for each, so that offsets hold."""
_PARTS: dict[Kind, str] = {
    "position": "SELECT article_id, position_id AS local_id, act, issue, evidence AS spans, evidence_words AS words, "
    "[party] AS parties FROM positions",
    "quote": "SELECT article_id, attribution_id AS local_id, NULL AS act, NULL AS issue, content AS spans, "
    "content_words AS words, [speaker] AS parties FROM attributions",
    "event": "SELECT article_id, event_id AS local_id, type AS act, NULL AS issue, evidence AS spans, "
    "evidence_words AS words, actors AS parties FROM events",
}
_SOME = " WHERE article_id IN (SELECT unnest(?))"


@dataclass(frozen=True, slots=True)
class Party:
    """Who said or did it."""

    name: str
    country: str
    state: bool


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found."""

    kind: Kind
    words: str
    title: str = ""
    local_id: str | None = None
    act: str | None = None
    issue: str | None = None
    spans: tuple[Span, ...] = ()
    """Where the words stand in the article's text; none for the article itself."""
    parties: tuple[Party, ...] = ()

    @property
    def tags(self) -> tuple[str, ...]:
        """What stands for its kind, act, issue and parties."""
        found: list[tuple[Name, str | None]] = [("kind", self.kind), ("act", self.act), ("issue", self.issue)]
        for party in self.parties:
            found += [("party", party.name), ("country", party.country)]
        return tags(found)

    @property
    def spans_json(self) -> str | None:
        """The spans as they are kept."""
        return json.dumps(self.spans) if self.spans else None


@dataclass(slots=True)
class Found:
    """An article with all that can be found in it."""

    article_id: str
    title: str | None
    outlet: str | None
    published: str | None
    stamp: str
    documents: list[Document] = field(default_factory=list)

    def tagged(self) -> Iterator[tuple[Document, str]]:
        """Each document with its tags; the article itself has those of all its records."""
        outlet = tags([("outlet", self.outlet)])
        own = {id(one): (*one.tags, *outlet) for one in self.documents}
        every = dict.fromkeys(tag for one in self.documents for tag in own[id(one)])
        for one in self.documents:
            yield one, " ".join(every if one.kind == "article" else own[id(one)])


STAMP = "concat_ws(' ', sha256, versions, run)"
"""SQL for what changes whenever an article is written anew."""


def stamps(store: Store) -> dict[str, str]:
    """The stamp of every article of a record."""
    table = store.arrow(f"SELECT article_id, {STAMP} AS stamp FROM articles")
    return dict(zip(table.column(0).to_pylist(), table.column(1).to_pylist(), strict=True))


def read(store: Store, ids: Sequence[str]) -> Iterator[Found]:
    """Some articles of a record, as what can be found in them."""
    wanted = [list(ids)]
    sql = (
        f"SELECT article_id, title, outlet, published, text, {STAMP} AS stamp FROM articles{_SOME} ORDER BY article_id"
    )
    rows = store.query(sql, wanted)
    actors = _actors(store, wanted)
    records: dict[str, list[Document]] = defaultdict(list)
    for kind, select in _PARTS.items():
        for row in store.query(f"{select}{_SOME} ORDER BY article_id, n", wanted):
            if row["words"]:
                records[row["article_id"]].append(_record(kind, row, actors[row["article_id"]]))
    for row in rows:
        text = row.pop("text") or ""
        whole = Document("article", fit(text), fit(row["title"] or ""))
        yield Found(**row, documents=[whole, *records[row["article_id"]]])


def fit(text: str) -> str:
    """A text as SQLite can hold it, of the same length."""
    return UNFIT.sub(" ", text)


def _actors(store: Store, wanted: list[list[str]]) -> dict[str, dict[str, Party]]:
    """Parties by article and actor id."""
    found: dict[str, dict[str, Party]] = defaultdict(dict)
    for row in store.query(f"SELECT article_id, actor_id, name, country, kind FROM actors{_SOME}", wanted):
        party = Party(fit(row["name"]), row["country"] or "", row["kind"] == "state")
        found[row["article_id"]][row["actor_id"]] = party
    return found


def _record(kind: Kind, row: dict[str, Any], actors: dict[str, Party]) -> Document:
    spans = tuple((span["start"], span["end"]) for span in row["spans"] or ())
    if sum(end - start for start, end in spans) + len(JOINED) * (len(spans) - 1) != len(row["words"]):
        spans = ()  # words that are not those at the spans: found, but without their places
    parties = tuple(dict.fromkeys(actors[one] for one in row["parties"] or () if one in actors))
    return Document(kind, fit(row["words"]), "", row["local_id"], row["act"], row["issue"], spans, parties)
