"""An article's page: its words marked, its rows beside them, its layers and its neighbours."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from parley.model import Actor, Metadata, Passage, Position, Record
from parley.store import Copy, Reading, Run, Shard, Store, Writer
from parley.web.app import create_app
from parley.web.links import article
from parley.web.settings import Settings
from tests.store import make

HOSTILE = (
    "<script>alert(1)</script> \u202eevil\u202c\r\n\r\n"
    "Second <img src=x onerror=alert(1)> 🌊 line.\r\n\r\nScroll to Top"
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three articles with an address, a text and ids that mean harm, two of them copies."""
    folder = tmp_path_factory.mktemp("hostile") / "record"
    run = Run("run", datetime(2026, 1, 2, tzinfo=UTC))
    start = HOSTILE.index("Second")
    end = HOSTILE.index("\r\n\r\nScroll")
    records = [
        Record(
            name, HOSTILE, Metadata(address, "<b>Out</b>", "T <i>", None, day, "en", "text", "00"),
            actors=(Actor("a1", "<u>A</u>", ((0, 8),)),),
            positions=(Position("p1", "a1", "demand", "other", ((start, end),)),),
            passages=(Passage((0, HOSTILE.index("\r\n")), "body"), Passage((start, end), "body"),
                      Passage((HOSTILE.index("Scroll"), len(HOSTILE)), "furniture")),
        )
        for name, address, day in (("a/b?c#d", "javascript:alert(1)", "2026-01-01"),
                                   ("two", "https://x.example/a", "2026-01-02"),
                                   ("three", "https://[broken", None))
    ]  # fmt: skip
    copies = [Copy("a/b?c#d", "a/b?c#d", 1.0), Copy("two", "a/b?c#d", 0.8125)]
    with Writer.open(folder) as writer:
        writer.begin_run(run)
        writer.commit(Shard("run", [Reading(r.id, "00", r) for r in records], copies=copies))
        writer.end_run(run)
    return folder


@pytest.fixture
def harm(hostile: Path) -> TestClient:
    return TestClient(create_app(Settings(hostile, token="t")), base_url="http://127.0.0.1:8042")


def test_what_means_harm_is_text(harm: TestClient) -> None:
    page = harm.get("/articles/a%2Fb%3Fc%23d").text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page
    assert "⟨U+202E⟩" in page
    assert " style=" not in page
    assert "onerror=alert(1)&gt;" in page


def test_the_original_is_a_link_if_it_is_one(harm: TestClient) -> None:
    assert 'href="https://x.example/a" rel="noreferrer noopener external"' in harm.get("/articles/two").text
    assert "the original" not in harm.get("/articles/three").text


def test_what_is_left_out_is_set_apart(harm: TestClient) -> None:
    assert '<p class="b left-out"' in harm.get("/articles/two").text


def test_paragraphs_say_where_they_begin(harm: TestClient) -> None:
    page = harm.get("/articles/two").text
    assert re.findall(r'data-at="(\d+)"', page) == [
        str(HOSTILE.index(word)) for word in ("<script", "Second", "Scroll")
    ]


def test_copies_and_articles_beside(harm: TestClient) -> None:
    first, second = harm.get("/articles/a%2Fb%3Fc%23d").text, harm.get("/articles/two").text
    assert "81%" in first
    assert "the first" in second
    assert 'href="/articles/two" rel="next"' in first
    assert 'href="/articles/a%2Fb%3Fc%23d" rel="prev"' in second
    assert 'rel="next"' not in second
    assert "No other article" in harm.get("/articles/three").text


def test_the_page_holds_every_row_and_its_words(client: TestClient, record_folder: Path) -> None:
    with Store.open(record_folder) as store:
        records = list(store.records())
    for record in records:
        page = client.get(f"/articles/{record.id}").text
        for row in (*record.positions, *record.attributions, *record.events, *record.actors):
            assert page.count(f' id="{row.id}"') == 1
        for position in record.positions:
            assert f'id="{position.id}w"' in page
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids))
        shown = re.sub(r"<[^>]+>", "", page[page.index("<article") : page.index("</article>")])
        for word in record.text.split():
            assert word in unescape(shown)


def test_layers_are_those_of_the_address(client: TestClient, record_folder: Path) -> None:
    with Store.open(record_folder) as store:
        one = store.article_ids()[0]

    def on(page: str) -> list[str]:
        return re.findall(r'data-layer="(\w+)" checked', page)

    assert on(client.get(f"/articles/{one}").text) == ["p", "tq", "fo", "fq"]
    assert on(client.get(f"/articles/{one}?layers=e,a,x").text) == ["e", "a"]
    assert on(client.get(f"/articles/{one}?layers=").text) == []


def test_a_sheet_lights_the_words_without_script(client: TestClient, record_folder: Path) -> None:
    with Store.open(record_folder) as store:
        one = store.article_ids()[0]
    sheet = client.get(f"/marks.css?id={one}")
    assert sheet.headers["content-type"].startswith("text/css")
    assert "#a1w:target~.x-a1{" in sheet.text
    assert "#a1:target" in sheet.text


@pytest.mark.parametrize(
    ("path", "status"),
    [("/articles/none", 404), ("/marks.css?id=none", 404), ("/marks.css", 422), ("/articles/{}?show=x", 422),
     ("/articles/{}?row=p999", 200), ("/articles/{}?add=table&spans=9-1,x,99999999-3", 200),
     ("/articles/{}?add=position&spans=5-999999999", 200)],
)  # fmt: skip
def test_addresses_that_name_nothing(client: TestClient, record_folder: Path, path: str, status: int) -> None:
    with Store.open(record_folder) as store:
        one = store.article_ids()[0]
    assert client.get(path.format(one)).status_code == status


def test_an_id_may_hold_anything(tmp_path: Path) -> None:
    """A given id, such as that of a table's row, may have line breaks, slashes and signs of addresses."""
    ids = ["two\nlines", "a/b", "50%", "?x#y", "\u2028", "../up", "a\r\n"]
    with Writer.open(tmp_path / "odd") as writer:
        readings = [Reading(f"r{n}", f"h{n}", replace(make.record(one), id=one)) for n, one in enumerate(ids)]
        writer.begin_run(make.run())
        writer.commit(Shard("run1", readings))
        writer.end_run(make.run(outcome="finished", ended=make.WHEN))
    client = TestClient(create_app(Settings(tmp_path / "odd", token="t")), base_url="http://127.0.0.1:8042")
    for one in ids:
        assert client.get(article(one)).status_code == 200, one
    page = client.get("/articles").text
    assert page.count('href="/articles/') >= len(ids)
