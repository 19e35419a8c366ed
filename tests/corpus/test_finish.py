"""At the end of a run copies are found, however many are compared at a time and whatever was cut off before."""

from __future__ import annotations

from pathlib import Path

import pytest

from parley.corpus import finish
from parley.corpus.ingest import Request, ingest
from parley.store import Store
from parley.store.check import check
from tests.corpus.trial import MANNER


def story(n: int, ending: str = "") -> str:
    return "text " + " ".join(f"w{n}x{k}" for k in range(80)) + ending


def run(folder: Path, record: Path, **texts: str) -> list[tuple[str, str]]:
    """The clusters after a run, by the first words that their members and heads have."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    ingest(Request((str(folder),), record, MANNER, workers=1))
    assert check(record) == []
    with Store.open(record) as store:
        place = {row["article_id"]: Path(row["location"]).stem for row in store.query("SELECT * FROM articles")}
        rows = store.query("SELECT article_id, head FROM copies")
    return sorted((place[row["article_id"]], place[row["head"]]) for row in rows)


def pairs(found: list[tuple[str, str]]) -> list[set[str]]:
    """The clusters, whoever is their head."""
    heads = sorted({head for _, head in found})
    return sorted(({name for name, its in found if its == head} for head in heads), key=sorted)


@pytest.mark.parametrize("size", [1, 2, 10_000])
def test_the_number_compared_at_a_time_changes_nothing(
    tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finish, "BATCH", size)
    folder, record = tmp_path / "in", tmp_path / "record"
    found = run(folder, record, a=story(1), b=story(1, " end"), c=story(2), d=story(3), e=story(3, " more"))
    assert pairs(found) == [{"a", "b"}, {"d", "e"}]
    assert pairs(run(folder, record, f=story(2, " late"))) == [{"a", "b"}, {"c", "f"}, {"d", "e"}]
    assert pairs(run(folder, record, b="text of something else")) == [{"c", "f"}, {"d", "e"}]


def test_what_goes_is_in_no_cluster_even_if_it_was_never_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finish, "SETTLED", ("none",))  # as after runs that were killed
    monkeypatch.setattr(finish, "BATCH", 1)
    folder, record = tmp_path / "in", tmp_path / "record"
    assert pairs(run(folder, record, a=story(1), b=story(1, " end"), c=story(2))) == [{"a", "b"}]
    assert pairs(run(folder, record, a=story(1, " now longer"), b=story(4))) == []
    assert pairs(run(folder, record, d=story(1))) == [{"a", "d"}]
