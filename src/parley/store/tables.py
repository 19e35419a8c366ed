"""The tables of a record on disk: the only place that says which columns there are."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

FORMAT = "parley.store/1"
"""What is written into ``parley.json``; a step of ``parley.store.migrate`` leads here from every older one."""

TEXT, INT, REAL, FLAG = pa.string(), pa.int32(), pa.float64(), pa.bool_()
TEXTS = pa.list_(TEXT)
SPANS = pa.list_(pa.struct([("start", INT), ("end", INT)]))
COUNTED = ("passages", "actors", "attributions", "events", "positions", "framing", "signatures")
"""Tables whose rows an article counts, so that the loss of some is seen."""
COUNTS = pa.struct([(name, INT) for name in COUNTED])
TIME = pa.timestamp("us", tz="UTC")


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in order, and the columns that make a row unique."""

    name: str
    schema: pa.Schema
    key: tuple[str, ...]

    @property
    def by_article(self) -> bool:
        """Whether the rows are parts of an article, so that they go when it goes."""
        return self.name in PARTS


def _table(name: str, key: str, /, **columns: pa.DataType) -> Table:
    return Table(name, pa.schema(list(columns.items())), tuple(key.split()))


_ALL = (
    _table(
        "articles",
        "article_id",
        article_id=TEXT,
        url=TEXT,
        outlet=TEXT,
        title=TEXT,
        author=TEXT,
        published=TEXT,
        language=TEXT,
        source_format=TEXT,
        sha256=TEXT,
        text=TEXT,
        characters=INT,
        words=INT,
        notes=TEXTS,
        parts=COUNTS,
        location=TEXT,
        versions=TEXT,
        run=TEXT,
    ),
    _table(
        "passages",
        "article_id n",
        article_id=TEXT,
        n=INT,
        start=INT,
        end=INT,
        kind=TEXT,
        repeats_start=INT,
        repeats_end=INT,
    ),
    _table(
        "actors",
        "article_id actor_id",
        article_id=TEXT,
        n=INT,
        actor_id=TEXT,
        name=TEXT,
        kind=TEXT,
        country=TEXT,
        sectors=TEXTS,
        wikidata=TEXT,
        mentions=SPANS,
    ),
    _table(
        "attributions",
        "article_id attribution_id",
        article_id=TEXT,
        n=INT,
        attribution_id=TEXT,
        kind=TEXT,
        source=SPANS,
        cue=SPANS,
        content=SPANS,
        source_words=TEXT,
        cue_words=TEXT,
        content_words=TEXT,
        speaker=TEXT,
        sourcing=TEXT,
        via=TEXT,
    ),
    _table(
        "events",
        "article_id event_id",
        article_id=TEXT,
        n=INT,
        event_id=TEXT,
        type=TEXT,
        mode=TEXT,
        contexts=TEXTS,
        actors=TEXTS,
        recipients=TEXTS,
        status=TEXT,
        date_value=TEXT,
        date_precision=TEXT,
        date_basis=TEXT,
        attribution=TEXT,
        evidence=SPANS,
        evidence_words=TEXT,
        trigger_start=INT,
        trigger_end=INT,
        trigger_words=TEXT,
    ),
    _table(
        "positions",
        "article_id position_id",
        article_id=TEXT,
        n=INT,
        position_id=TEXT,
        party=TEXT,
        act=TEXT,
        issue=TEXT,
        topic=SPANS,
        topic_words=TEXT,
        addressees=TEXTS,
        polarity=TEXT,
        layer=TEXT,
        attribution=TEXT,
        condition=TEXT,
        date_value=TEXT,
        date_precision=TEXT,
        date_basis=TEXT,
        hedged=FLAG,
        evidence=SPANS,
        evidence_words=TEXT,
    ),
    _table(
        "framing",
        "article_id n",
        article_id=TEXT,
        n=INT,
        kind=TEXT,
        start=INT,
        end=INT,
        words=TEXT,
        score=REAL,
        voice=TEXT,
        speaker=TEXT,
        why=TEXT,
    ),
    _table("sources", "location", location=TEXT, sha256=TEXT, article_id=TEXT, outcome=TEXT, versions=TEXT, run=TEXT),
    _table("failures", "location", location=TEXT, sha256=TEXT, article_id=TEXT, stage=TEXT, why=TEXT, run=TEXT),
    _table(
        "runs",
        "run",
        run=TEXT,
        started=TIME,
        ended=TIME,
        outcome=TEXT,
        sources=TEXTS,
        parley=TEXT,
        codebook=TEXT,
        model=TEXT,
        weights=TEXT,
        options=TEXT,
        versions=TEXT,
        read=INT,
        new=INT,
        unchanged=INT,
        changed=INT,
        skipped=INT,
        failed=INT,
        seconds=REAL,
    ),
    _table("copies", "article_id", article_id=TEXT, head=TEXT, similarity=REAL),
    _table("signatures", "article_id", article_id=TEXT, signature=pa.binary()),
)

TABLES: dict[str, Table] = {table.name: table for table in _ALL}
RECORD_TABLES = ("articles", *COUNTED[:-1])
"""Those that together hold the records."""
PARTS = ("articles", *COUNTED)
"""Those whose rows are written and removed with their article."""
