from __future__ import annotations

import pytest

from parley.copies import Copy, Entry, clusters, signature
from tests.copies.texts import edited, entry, family, words


def heads(entries: list[Entry]) -> dict[str, str]:
    return {row.article_id: row.head for row in clusters(entries)}


def test_copies_gather_under_the_earliest_and_look_alikes_stay_apart() -> None:
    found = heads(family(1) + family(2))
    names = ("story", "same", "cut", "lead", "edited")
    assert found == {f"{seed}-{name}": f"{seed}-edited" for seed in (1, 2) for name in names}


def test_the_head_has_itself_as_head_and_a_similarity_of_one() -> None:
    story = words(200, 3)
    rows = clusters([entry("b", story, "2025-01-02"), entry("a", story, "2025-01-03"), entry("c", story)])
    assert rows == (Copy("b", "b", 1.0), Copy("a", "b", 1.0), Copy("c", "b", 1.0))


def test_similarity_is_the_share_of_pairs_of_words_in_both() -> None:
    story = words(2000, 3)
    _, row = clusters([entry("a", story, "2025-01-01"), entry("b", story[:1400], "2025-01-02")])
    assert row.similarity == pytest.approx(0.7, abs=0.1)


def test_a_deep_cut_is_a_copy() -> None:
    story = words(600, 4)
    assert heads([entry("a", story, "2025"), entry("b", story[:270])]) == {"a": "a", "b": "a"}


@pytest.mark.parametrize("length", [1, 2, 12, 29])
def test_a_very_short_text_is_a_copy_only_of_the_same_words(length: int) -> None:
    story = words(length, 5)
    entries = [entry("a", story), entry("b", story), entry("c", [*story, "more"]), entry("d", [*story, "other"])]
    assert heads(entries) == {"a": "a", "b": "a"}


def test_texts_without_a_word_are_nobodys_copies() -> None:
    assert clusters([Entry(name, signature(text)) for name, text in (("a", ""), ("b", ""), ("c", "—!"))]) == ()
    assert clusters([Entry("a", b"broken"), Entry("b", b"broken")]) == ()
    assert clusters([]) == ()


def test_a_running_report_does_not_chain_different_days() -> None:
    """Each day repeats two thirds of the day before: neighbours may be copies, the first and the last are not."""
    days = [words(400, 0)]
    for day in range(1, 12):
        days.append(words(140, day) + days[-1][:260])
    found = heads([entry(f"d{n:02}", text, f"2025-01-{n + 1:02}") for n, text in enumerate(days)])
    for name, head in found.items():
        assert int(name[1:]) - int(head[1:]) <= 2


def test_a_crowd_of_copies_is_one_cluster() -> None:
    """More than are compared each with each."""
    story = words(300, 7)
    crowd = [entry(f"c{n:03}", edited(story, 0.05, n), f"2025-01-{n % 28 + 1:02}") for n in range(150)]
    assert set(heads(crowd).values()) == {"c000"}
    assert len(heads(crowd)) == 150


def test_a_crowd_of_the_same_page_is_quick() -> None:
    page = entry("", words(300, 8)).signature
    assert len(clusters(Entry(f"{n}", page) for n in range(5000))) == 5000
