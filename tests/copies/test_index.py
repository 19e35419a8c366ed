"""What arrives when makes no difference, and what an update says is all that changed."""

from __future__ import annotations

import time

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.copies import Copy, Entry, Index, clusters
from parley.copies.signature import FORMAT, LAYOUT
from tests.copies.texts import edited, entry, family, words


def chain(seed: int) -> list[Entry]:
    """Texts of which each is near the one before: where components and heads are hardest."""
    texts = [words(200, seed)]
    for step in range(1, 6):
        texts.append(words(55, seed + step) + texts[-1][:145])
    return [entry(f"{seed}-chain{n}", text, f"2025-01-{(n * 7) % 5 + 1:02}") for n, text in enumerate(texts)]


ARTICLES = [*family(1), *family(50, length=120), *chain(90), *[entry(f"short{n}", ["a", "b"]) for n in range(3)]]
WHOLE = {row.article_id: row for row in clusters(ARTICLES)}


class Table:
    """The table ``copies`` as a store keeps it: what changes say, and nothing else."""

    def __init__(self) -> None:
        self.rows: dict[str, Copy] = {}
        self.index = Index()

    def update(self, new: list[Entry], removed: list[str] | None = None) -> None:
        change = self.index.update(new, removed or [])
        for name in change.touched:
            self.rows.pop(name, None)
        for row in change.rows:
            assert row.article_id in change.touched
            self.rows[row.article_id] = row


@settings(max_examples=40, deadline=None)
@given(st.permutations(ARTICLES), st.lists(st.integers(1, 6), max_size=8))
def test_clusters_do_not_depend_on_the_order_of_arrival(order: list[Entry], sizes: list[int]) -> None:
    table, start = Table(), 0
    for size in [*sizes, len(order)]:
        table.update(order[start : start + size])
        start += size
    assert table.rows == WHOLE


def test_one_by_one_is_the_same_as_all_at_once() -> None:
    table = Table()
    for one in ARTICLES:
        table.update([one])
    assert table.rows == WHOLE


@settings(max_examples=40, deadline=None)
@given(st.sets(st.sampled_from([one.article_id for one in ARTICLES])), st.booleans())
def test_removing_is_the_same_as_never_having_had(gone: set[str], again: bool) -> None:
    table = Table()
    table.update(ARTICLES)
    table.update([], sorted(gone))
    assert table.rows == {r.article_id: r for r in clusters(one for one in ARTICLES if one.article_id not in gone)}
    if again:
        table.update([one for one in ARTICLES if one.article_id in gone])
        assert table.rows == WHOLE


@settings(max_examples=30, deadline=None)
@given(st.permutations(ARTICLES), st.integers(1, len(ARTICLES)))
def test_changed_texts_and_dates_are_the_same_as_new_ones(order: list[Entry], count: int) -> None:
    changed = {one.article_id: Entry(one.article_id, other.signature, other.published) for one, other in
               zip(ARTICLES[:count], order, strict=False)}  # fmt: skip
    table = Table()
    table.update(ARTICLES)
    table.update(list(changed.values()))
    assert table.rows == {r.article_id: r for r in clusters(changed.get(one.article_id, one) for one in ARTICLES)}


def test_a_loaded_index_goes_on_where_the_writer_stopped() -> None:
    index = Index(ARTICLES, WHOLE.values())
    assert index.update(ARTICLES).touched == ()
    earlier = entry("first", edited(words(300, 1), 0.02, 9), "2024-01-01")
    change = index.update([earlier])
    assert {row.head for row in change.rows} == {"first"}
    assert set(change.touched) == {"first", *(name for name, row in WHOLE.items() if row.head == WHOLE["1-story"].head)}


def test_unknown_ids_may_be_removed() -> None:
    assert Index().update([], ["nobody"]).touched == ()


def test_adding_to_100_000_takes_under_a_second() -> None:
    """Random minima with a common part, so that bands do collide; the texts themselves are never read."""
    source = np.random.default_rng(1)
    rows = np.zeros(100_000, LAYOUT)
    rows["format"], rows["shingles"], rows["digest"] = FORMAT, 400, np.arange(1, 100_001)
    rows["minima"] = source.integers(0, 2**32, (100_000, 128))
    common = source.random((100_000, 128)) < 0.12
    rows["minima"][common] = 7
    data = rows.tobytes()
    size = LAYOUT.itemsize
    entries = [Entry(f"{n}", data[n * size : (n + 1) * size]) for n in range(100_000)]
    index = Index(entries[:-100])
    began = time.perf_counter()
    index.update(entries[-100:])
    assert time.perf_counter() - began < 1
