"""The pages of articles, sourcing, framing, names, events, the network and search."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from parley.analysis.sourcing import KINDS, sourcing
from parley.store import Store, search

PAGES = (
    "/articles", "/sourcing", "/sourcing/framing", "/sourcing/naming", "/events", "/network", "/search",
    "/search?q=talks", "/search/results?q=tal", "/articles?reprints=only", "/articles?since=2025-06&until=2025-06",
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _index(record_folder: Path) -> None:
    with Store.open(record_folder) as store:
        search.update(record_folder, store)


def links(text: str, start: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'href="([^"]+)"', text) if unescape(link).startswith(start)]


@pytest.mark.parametrize("path", PAGES)
def test_pages_open_and_hold_no_style_or_script_of_their_own(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert " style=" not in answer.text
    assert "<style" not in answer.text
    assert answer.text.count("<script") <= 2


@pytest.mark.parametrize(
    ("page", "start"),
    [("/sourcing", "/sourcing/words"), ("/sourcing/framing", "/sourcing/framing/words"),
     ("/sourcing/naming", "/sourcing/naming/words"), ("/network", "/network/words")],
)  # fmt: skip
def test_every_number_leads_to_as_many_words(client: TestClient, page: str, start: str) -> None:
    text = client.get(page).text
    numbers = re.findall(rf'<a[^>]*href="({re.escape(start)}[^"]*)"[^>]*>([\d,]+)', text)
    assert numbers
    for href, number in numbers:
        words = client.get(unescape(href)).text
        shown = re.search(r'<p class="facts">([\d,]+) (?:statement|mark|mention|account)', words)
        assert shown, href
        assert shown[1] == number, href
        assert links(words, "/articles/"), href


def test_sourcing_is_that_of_the_analysis(client: TestClient, record_folder: Path) -> None:
    text = client.get("/sourcing").text
    with Store.open(record_folder) as store:
        for outlet in sourcing(store).outlets:
            for kind in KINDS:
                assert (f"kind={kind}" in text) or not outlet.share(kind).number


def test_a_word_stands_in_its_article(client: TestClient) -> None:
    href = links(client.get("/events").text, "/articles/")[0]
    address, _, anchor = href.partition("#")
    assert f'id="{anchor}"' in client.get(address).text


def test_events_follow_their_filters(client: TestClient) -> None:
    text = client.get("/events").text
    every = int(re.search(r"([\d,]+) event", text)[1].replace(",", ""))  # type: ignore[index]
    assert every
    (kind, number), *_ = re.findall(r'<option value="([A-Z]+)">[^<(]+\((\d+)\)', text)
    assert f"{number} event" in client.get(f"/events?type={kind}").text
    assert "No event passes" in client.get("/events?since=1900&until=1901").text
    assert "No event passes" in client.get("/events?who=Atlantis").text
    for show in ("corrected", "both"):
        assert f" {every:,} event" in client.get(f"/events?show={show}").text


def test_articles_follow_their_filters(client: TestClient) -> None:
    assert "6 articles" in client.get("/articles").text
    issue = re.search(r'<select name="issue">.*?<option value="(\w+)">', client.get("/articles").text, re.DOTALL)
    assert issue
    found = client.get("/articles", params={"issue": issue[1]}).text
    assert "Those with a position on" in found
    assert len(links(found, "/articles/")) > 0
    assert "No article passes" in client.get("/articles?outlet=nobody").text


@pytest.mark.parametrize("path", ["/articles?since=may", "/events?page=0", "/search?kind=x", "/events?status=x",
                                  "/sourcing/words?kind=x", "/network?layer=x", "/articles?reprints=x"])  # fmt: skip
def test_what_cannot_be_is_refused_on_a_page(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in (400, 422)


@pytest.mark.parametrize("q", ['"', "' OR 1=1 --", "<script>alert(1)</script>", "\x00", "*", "-", "NEAR(", "𝕏" * 200])
def test_any_text_may_be_searched(client: TestClient, q: str) -> None:
    for path in ("/search", "/search/results"):
        answer = client.get(path, params={"q": q})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text


def test_what_is_typed_is_a_beginning(client: TestClient) -> None:
    assert (
        "<mark>" in client.get("/search/results?q=negot").text or "<mark>" in client.get("/search/results?q=tal").text
    )
    assert "<html" not in client.get("/search/results?q=tal").text
