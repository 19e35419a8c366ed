"""What was annotated comes back from the disk, to the last code point."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parley import corpus, readers
from parley.model import (
    Actor,
    Attribution,
    Date,
    Event,
    Framing,
    Metadata,
    Passage,
    Position,
    Record,
)
from parley.store import Reading, Shard, Store, Writer
from parley.store.rows import from_rows, to_rows
from parley.store.tables import RECORD_TABLES, TABLES
from tests.store import make

if TYPE_CHECKING:
    from spacy.language import Language

SAMPLES = sorted(
    p for p in (Path(__file__).parents[2] / "samples").iterdir() if p.suffix in readers.ENDINGS and p.stem != "README"
)
words = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
maybe = st.none() | words
span = st.tuples(st.integers(0, 2**31 - 1), st.integers(0, 2**31 - 1))
spans = st.lists(span, max_size=3).map(tuple)
texts = st.lists(words, max_size=3).map(tuple)
dates = st.builds(Date, maybe, st.sampled_from(["day", "unknown"]), st.sampled_from(["text", "none"]))
records = st.builds(
    Record,
    id=words,
    text=words,
    article=st.builds(Metadata, maybe, maybe, maybe, maybe, maybe, maybe, words, words),
    actors=st.lists(st.builds(Actor, words, words, spans, maybe, texts, words, maybe), max_size=3).map(tuple),
    attributions=st.lists(
        st.builds(Attribution, words, words, spans, spans, spans, maybe, words, maybe), max_size=3
    ).map(tuple),
    events=st.lists(
        st.builds(Event, words, words, spans, span, texts, texts, words, maybe, texts, dates, maybe), max_size=2
    ).map(tuple),
    positions=st.lists(
        st.builds(
            Position,
            words,
            words,
            words,
            words,
            spans,
            spans,
            texts,
            words,
            words,
            maybe,
            maybe,
            dates,
            st.booleans(),
        ),
        max_size=2,
    ).map(tuple),
    framing=st.lists(st.builds(Framing, words, span, st.floats(allow_nan=False), words, words, maybe), max_size=2).map(
        tuple
    ),
    passages=st.lists(st.builds(Passage, span, words, st.none() | span), max_size=2).map(tuple),
    notes=texts,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(records)
def test_rows_hold_the_whole_record(record: Record) -> None:
    rows = to_rows(record, location="x", versions="v", run="r")
    stored = {name: pa.Table.from_pylist(rows[name], schema=TABLES[name].schema).to_pylist() for name in RECORD_TABLES}
    assert from_rows({name: some[::-1] for name, some in stored.items()}) == record


@settings(max_examples=8, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.lists(records, max_size=6, unique_by=lambda record: record.id))
def test_the_disk_holds_the_whole_record(tmp_path_factory: pytest.TempPathFactory, several: list[Record]) -> None:
    folder = tmp_path_factory.mktemp("record")
    with Writer.open(folder) as writer:
        writer.begin_run(make.run())
        writer.commit(Shard("run1", [Reading(f"/{n}", "h", one) for n, one in enumerate(several)]))
    with Store.open(folder) as store:
        assert list(store.records([one.id for one in several])) == several
        assert [one.id for one in store.records()] == sorted(one.id for one in several)


def test_samples_come_back_after_joining_and_replacing(tmp_path: Path, rules: Language) -> None:
    read = list(corpus.annotate((readers.read_path(path) for path in SAMPLES), rules))
    assert len(read) == len(SAMPLES) > 3
    with Writer.open(tmp_path / "record") as writer:
        writer.begin_run(make.run())
        for n, one in enumerate(read):
            writer.commit(Shard("run1", [Reading(f"/{n}", "old", one)]))
        writer.commit(Shard("run1", [Reading("/0", "new", read[0])]))
        writer.join_files()
    with Store.open(tmp_path / "record") as store:
        assert [store.record(one.id) for one in read] == read
