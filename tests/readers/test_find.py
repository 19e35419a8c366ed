"""From files, folders and patterns to documents, in one order, nothing passed over without a word."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley import readers
from parley.errors import ReadError
from parley.readers import Found, Item, Lost, Meter, Skipped, limits
from parley.readers.identity import canonical_url, id_of_url
from parley.readers.plain import plain


def find(*sources: Path | str) -> list[Item]:
    return list(readers.find([str(source) for source in sources]))


def names(items: list[Item], folder: Path) -> list[tuple[str, str]]:
    return [(type(item).__name__, item.location.removeprefix(f"{folder}/")) for item in items]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder with a bit of everything."""
    (tmp_path / "b" / "deep").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    for name in ("b/two.html", "b/deep/three.md", "a.txt", "c.bin", ".git/x.txt", "noending"):
        (tmp_path / name).write_text("Malta agreed.", encoding="utf-8")
    (tmp_path / "b" / "circle").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    return tmp_path


def test_a_folder_is_read_by_name_and_what_is_passed_over_is_told(tree: Path) -> None:
    assert names(find(tree), tree) == [
        ("Skipped", ".git"),
        ("Found", "a.txt"),
        ("Skipped", "b/circle"),
        ("Found", "b/deep/three.md"),
        ("Found", "b/two.html"),
        ("Lost", "broken.txt"),
        ("Skipped", "c.bin"),
        ("Skipped", "noending"),
        ("Skipped", "pipe.txt"),
    ]


def test_patterns_and_sources_that_lie_in_one_another_give_each_file_once(tree: Path) -> None:
    once = names(find(tree), tree)
    assert names(find(tree, tree / "a.txt", tree / "b", tree), tree) == once
    assert names(find(f"{tree}/**/*.md", f"{tree}/?.txt"), tree) == [
        ("Found", "b/deep/three.md"),
        ("Found", "a.txt"),
    ]


def test_a_file_that_the_user_names_is_read_whatever_its_ending(tree: Path) -> None:
    assert names(find(tree / "noending", tree / "c.bin"), tree) == [("Found", "noending"), ("Found", "c.bin")]


def test_an_empty_file_is_passed_over_with_a_word(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.csv"):
        (tmp_path / name).write_bytes(b"\n")
    assert [type(item) for item in find(tmp_path)] == [Skipped, Skipped]


def test_a_reader_that_fails_costs_one_file(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parley.readers.finding.whole", lambda stream: 1 / 0 if "two" in stream.name else b"x")
    failed = [item for item in find(tree) if isinstance(item, Lost) and "ZeroDivisionError" in item.why]
    assert [item.location for item in failed] == [f"{tree}/b/two.html"]


def test_names_and_titles_are_fit_for_any_file(tmp_path: Path) -> None:
    row = {
        "id": "a\ud800\n" * 500,
        "text": "Oslo \ud800 said no.",
        "title": "No\x00\ud800" + "x" * 9000,
        "url": "u" * 9000,
    }
    nested: object = "x"
    for _ in range(400):
        nested = [nested]
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n" + json.dumps({"text": "Oslo.", "author": nested}))
    first, *_ = find(tmp_path)
    assert isinstance(first, Found)
    article = readers.article(first)
    assert len(repr(article).encode()) < 6000
    assert "\ufffd" in article.text


def test_snippets_of_pages_take_time_in_proportion() -> None:
    for unit in ("<script>", "<!--", "<p", "<style>x</style", "</", "&#"):
        started = time.perf_counter()
        plain(unit * 200_000)
        assert time.perf_counter() - started < 5
    assert plain("a<!-- b --><script>c</script >d<style>e") == "ade"


@pytest.mark.parametrize("source", ["nowhere.txt", "*.none", "https://news.example/a"])
def test_a_source_that_is_not_there_is_told_at_once(source: str) -> None:
    with pytest.raises(ReadError, match=r"no such|--fetch"):
        readers.find([source])


def test_a_name_that_is_no_text_can_be_written_down(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.txt")).write_text("Malta agreed.")
    (item,) = find(tmp_path)
    assert item.location.encode() == f"{tmp_path}/%FF%FE.txt".encode()


def test_a_file_that_is_too_large_is_lost_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parley.readers.streams.MAX_BYTES", 100)
    (tmp_path / "a.txt").write_text("x" * 101)
    (tmp_path / "b.txt").write_text("x" * 100)
    assert names(find(tmp_path), tmp_path) == [("Lost", "a.txt"), ("Found", "b.txt")]


def test_rows_come_one_by_one_with_what_is_wrong_in_between(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parley.readers.lines.MAX_BYTES", 2000)
    rows = [
        b'{"id": 7, "text": "Oslo said no.", "outlet": "The Post", "date": "2024-03-05"}',
        b"",
        b'{"text": ',
        b'{"text": "' + b"x" * 700_000 + b'"}',
        b'["text"]',
        b'{"text": 3}',
        b'{"body": "Z\xfcrich agreed to the ceasefire."}',
        b'{"text": "<p>One &amp; two.</p><p>Three.</p>"}',
    ]
    (tmp_path / "a.jsonl").write_bytes(b"\r\n".join(rows))
    items = find(tmp_path / "a.jsonl")
    assert [(type(item).__name__, item.location.partition("#")[2]) for item in items] == [
        ("Found", "1"), ("Lost", "3"), ("Lost", "4"), ("Lost", "5"), ("Lost", "6"), ("Found", "7"), ("Found", "8"),
    ]  # fmt: skip
    first, *_, latin, markup = [item for item in items if isinstance(item, Found)]
    assert (first.article_id, first.meta.outlet, first.meta.published) == ("7", "The Post", "2024-03-05")
    assert latin.data.decode() == "Zürich agreed to the ceasefire."
    assert markup.data.decode() == "One & two.\n\nThree."


def test_a_packed_file_that_is_cut_off_gives_the_rows_before(tmp_path: Path) -> None:
    rows = [json.dumps({"text": f"Row {number} of {number * 7919}"}) for number in range(3000)]
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress("\n".join(rows).encode())[:-500])
    *whole, last = find(tmp_path)
    assert len(whole) > 2000
    assert all(isinstance(item, Found) for item in whole)
    assert isinstance(last, Lost)
    assert "ends in the middle" in last.why


def test_a_packed_bomb_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parley.readers.streams.FREE_BYTES", 1_000_000)
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b"\n" * 30_000_000))
    (item,) = find(tmp_path)
    assert isinstance(item, Lost)
    assert "bomb" in item.why


def test_a_json_file_holds_one_article_or_several(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"text": "Oslo said no."}')
    (tmp_path / "b.json").write_text('[{"text": "Oslo said no."}, {"text": "Bern said yes."}]')
    (tmp_path / "c.json").write_text("[" * 100_000)
    (tmp_path / "d.json").write_text('{"text": "Oslo said no."}\n{"text": "Bern said yes."}\n')
    assert names(find(tmp_path), tmp_path) == [
        ("Found", "a.json"), ("Found", "b.json#1"), ("Found", "b.json#2"), ("Lost", "c.json"),
        ("Found", "d.json#1"), ("Found", "d.json#2"),
    ]  # fmt: skip


def test_old_articles_are_skipped_and_those_of_unknown_date_are_not(tmp_path: Path) -> None:
    days = ("2024-01-31", "2024-02-01", None)
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps({"text": "Oslo said no.", "date": day}) for day in days))
    items = list(readers.find([str(tmp_path)], since=date(2024, 2, 1)))
    assert [type(item) for item in items] == [Skipped, Found, Found]


def test_what_the_user_says_counts_where_nothing_else_is_known(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Oslo said no.", "outlet": "The Post"}\n{"text": "Oslo said no."}')
    items = readers.find([str(tmp_path)], outlet="The Wire", published="2024-05-01")
    metas = [readers.article(item).meta for item in items if isinstance(item, Found)]
    assert [(meta.outlet, meta.published) for meta in metas] == [("The Post", "2024-05-01"), ("The Wire", "2024-05-01")]


def test_an_address_makes_the_id_and_tracking_does_not_change_it() -> None:
    one = Found("a", b"Oslo said no.", "text", readers.Found("", b"").meta)
    assert readers.article(one).id == readers.read_bytes(b"Oslo said no.", name="a").id
    assert id_of_url("HTTPS://News.Example:443/a?id=1&utm_source=x#top") == id_of_url("https://news.example/a?id=1")
    assert id_of_url("https://news.example/a?id=1") != id_of_url("https://news.example/a?id=2")
    assert [canonical_url(url) for url in ("https://news.example/", "mailto:a@b", "http://[", None)] == [None] * 4


def test_the_hash_changes_with_everything_that_the_record_depends_on() -> None:
    base = Found("a", b"Oslo said no.", "text")
    others = [
        Found("a", b"Oslo said yes.", "text"),
        Found("a", b"Oslo said no.", "html"),
        Found("a", b"Oslo said no.", "text", readers.Found("", b"").meta, "7"),
        Found("a", b"Oslo said no.", "text", notes=("half",)),
    ]
    assert len({item.sha256 for item in (base, *others)}) == 5
    assert Found("b", b"Oslo said no.", "text").sha256 == base.sha256


def test_the_meter_ends_at_the_size_of_all_files(tree: Path) -> None:
    (tree / "rows.jsonl").write_text('{"text": "Oslo said no."}\n' * 50)
    meter = Meter()
    seen = []
    for _ in readers.find([str(tree)], meter=meter):
        seen.append(meter.done)
    assert seen == sorted(seen)
    assert meter.done == readers.size([str(tree)]) > 0


BEGINNINGS = [b"PK\x03\x04", b"\x1f\x8b\x08", b"PAR1", b"WARC/1.0\r\n", b"<rss>", b"<urlset>", b'{"text"', b"\xff\xfe"]
ENDINGS = [".txt", ".json", ".jsonl", ".csv", ".parquet", ".warc", ".zip", ".xml", ".html", ".jsonl.gz", ".warc.gz"]


@settings(max_examples=60, deadline=None)
@given(
    data=st.one_of(
        st.binary(max_size=300),
        st.builds(
            lambda head, tail: head + tail,
            st.sampled_from(
                [b"PK\x03\x04", b"\x1f\x8b\x08", b"PAR1", b"WARC/1.0\r\n", b"<rss>", b"<urlset>", b'{"text"']
            ),
            st.binary(max_size=200),
        ),
    ),
    ending=st.sampled_from(ENDINGS),
)
def test_no_bytes_whatever_stop_the_search(tmp_path_factory: pytest.TempPathFactory, data: bytes, ending: str) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / f"a{ending}").write_bytes(data)
    items = find(folder)
    assert items == find(folder)
    for item in items:
        if isinstance(item, Found) and item.source_format != "html":
            with contextlib.suppress(ReadError):
                readers.article(item)


def test_the_limits_hold_together() -> None:
    assert limits.FREE_BYTES >= limits.MAX_BYTES
