"""Small records by hand, as tables in a DuckDB in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import sha256
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from parley.model import Actor, Attribution, Date, Event, Metadata, Position, Record
from parley.store.rows import to_rows
from parley.store.tables import TABLES

STATES = {"Chad": "TCD", "Peru": "PER", "Mali": "MLI"}
Load = Callable[..., duckdb.DuckDBPyConnection]


class Story:
    """Builds the record of one article sentence by sentence."""

    def __init__(self, article: str, *, outlet: str = "Alpha Post", published: str | None = "2021-03-01") -> None:
        self.meta = Metadata(outlet=outlet, published=published, title=f"Title of {article}")
        self.id, self.text = article, ""
        self.actors: dict[str, Actor] = {}
        self.attributions: list[Attribution] = []
        self.positions: list[Position] = []
        self.events: list[Event] = []

    def actor(self, name: str, **about: Any) -> str:
        """The id of an actor; a state of ``STATES`` is known by its name."""
        if name not in self.actors:
            if name in STATES and not about:
                about = {"country": STATES[name], "kind": "state"}
            self.actors[name] = Actor(f"a{len(self.actors) + 1}", name, (), **about)
        return self.actors[name].id

    def says(
        self,
        party: str,
        act: str,
        issue: str,
        words: str,
        *,
        to: Iterable[str] = (),
        layer: str = "own",
        sourcing: str | None = None,
        polarity: str | None = None,
        on: str | None = None,
        topic: str | None = None,
        condition: str | None = None,
    ) -> Story:
        """Add a sentence that holds a position."""
        start = len(self.text) + bool(self.text)
        self.text = f"{self.text} {words}".strip()
        span = (start, start + len(words))
        stance = {"reject": "against", "accuse": "against", "take_note": "neutral"}.get(act, "for")
        attribution = None
        if sourcing:
            attribution = f"t{len(self.attributions) + 1}"
            self.attributions.append(
                Attribution(attribution, "indirect", (span,), (span,), (span,), self.actor(party), sourcing)  # type: ignore[arg-type]
            )
        topic_at = self.text.index(topic, start) if topic else start
        self.positions.append(
            Position(
                id=f"p{len(self.positions) + 1}",
                party=self.actor(party),
                act=act,
                issue=issue,
                evidence=(span,),
                topic=((topic_at, topic_at + len(topic)),) if topic else (span,),
                addressees=tuple(self.actor(name) for name in to),
                polarity=polarity or stance,  # type: ignore[arg-type]
                layer=layer,  # type: ignore[arg-type]
                attribution=attribution,
                condition=condition,
                date=Date(on, "day", "text") if on else Date(),
            )
        )
        return self

    def tells(self, words: str) -> Story:
        """Add a sentence without a position; its states are mentioned."""
        start = len(self.text) + bool(self.text)
        self.text = f"{self.text} {words}".strip()
        for name, actor in list(self.actors.items()):
            if (at := words.find(name)) >= 0:
                span = (start + at, start + at + len(name))
                self.actors[name] = Actor(
                    actor.id, name, (*actor.mentions, span), actor.country, actor.sectors, actor.kind
                )
        return self

    def record(self) -> Record:
        """The record."""
        return Record(
            self.id,
            self.text,
            replace(self.meta, sha256=sha256(self.text.encode()).hexdigest()),
            actors=tuple(self.actors.values()),
            attributions=tuple(self.attributions),
            positions=tuple(self.positions),
            events=tuple(self.events),
        )


def tables(records: Iterable[Record], copies: Iterable[tuple[str, str]] = ()) -> duckdb.DuckDBPyConnection:
    """A connection with the tables of a store that holds some records."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for record in records:
        for name, found in to_rows(record, location=record.id, versions="v", run="r").items():
            rows[name].extend(found)
    rows["copies"] = [{"article_id": one, "head": head, "similarity": 1.0} for one, head in copies]
    connection = duckdb.connect()
    for name, table in TABLES.items():
        content = pa.Table.from_pylist(rows[name], schema=table.schema)
        connection.register(f"arrow_{name}", content)
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM arrow_{name}")
    return connection


@pytest.fixture
def story() -> type[Story]:
    return Story


@pytest.fixture
def load() -> Load:
    def loader(*stories: Story, copies: Iterable[tuple[str, str]] = ()) -> duckdb.DuckDBPyConnection:
        return tables((one.record() for one in stories), copies)

    return loader
