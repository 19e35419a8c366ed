"""No number of a table stands without a way to the words behind it, and the ways hold what they say."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

PAGES = (
    "/", "/ledger", "/ledger?periods=month", "/issues/ceasefire", "/parties/UKR", "/movement", "/events", "/sourcing",
    "/sourcing/framing", "/sourcing/naming", "/network", "/articles",
)  # fmt: skip


class Numbers(HTMLParser):
    """Gathers the cells of numbers that hold one and no link; 0 has no words, and rates and shares are no counts."""

    def __init__(self) -> None:
        super().__init__()
        self.bare: list[str] = []
        self._cell: list[str] | None = None
        self._linked = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "td" and (dict(attrs).get("class") or "") == "n":
            self._cell, self._linked = [], False
        self._linked = self._linked or tag == "a"

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "td" and self._cell is not None:
            text = "".join(self._cell).strip()
            if re.fullmatch(r"[\d,]+", text) and text != "0" and not self._linked:
                self.bare.append(text)
            self._cell = None


@pytest.mark.parametrize("path", PAGES)
def test_every_number_of_a_table_leads_on(demo: TestClient, path: str) -> None:
    page = Numbers()
    page.feed(demo.get(path).text)
    assert page.bare == []


def links(text: str, pattern: str) -> list[tuple[str, int]]:
    found = re.findall(rf'<a href="({pattern}[^"]*)">([\d,]+)(?: accounts?)?</a>', text)
    return [(unescape(href), int(number.replace(",", ""))) for href, number in found]


def test_numbers_of_the_ledger_hold(demo: TestClient) -> None:
    found = links(demo.get("/ledger").text, "/ledger/cell")
    assert len(found) > 20
    for href, number in found[:6]:
        assert re.search(rf"\b{number} accounts?\b", demo.get(href).text), href


def test_numbers_of_events_by_month_and_kind_hold(demo: TestClient) -> None:
    found = [
        one for one in links(demo.get("/events").text, "/events") if re.search(r"since=\d{4}-\d\d&.*group=", one[0])
    ]
    assert len(found) > 8
    for href, number in found:
        assert re.search(rf" {number} events?,", demo.get(href).text), href


def test_articles_of_the_overview_hold(demo: TestClient) -> None:
    every = links(demo.get("/").text, "/articles")
    found = [one for one in every if not re.search(r"since=\d{4}-\d\d-\d\d", one[0])]  # those are of outlets
    assert len(found) > 10
    for href, number in found[:8]:
        assert re.search(rf"\b{number} articles?\b", demo.get(href).text), href


def test_two_days_are_compared_from_the_ledger_with_its_filters(demo: TestClient) -> None:
    page = demo.get("/ledger?party=Ukraine&layer=own&layer=document").text
    form = page[page.index('action="/movement"') :].split("</form>")[0]
    kept = re.findall(r'name="(\w+)" value="([^"]+)"', form)
    assert kept == [("party", "Ukraine"), ("layer", "own"), ("layer", "document")]
    moved = demo.get("/movement", params=[*kept, ("first", "2022"), ("second", "2025")]).text
    assert 'class="verdict' in moved


def test_cells_in_which_accounts_differ_are_marked_and_say_why(demo: TestClient) -> None:
    page = demo.get("/ledger").text
    cells = re.findall(r'href="(/ledger/cell[^"]*)">(?:(?!</a>).)*</a> <b class="differ"', page)
    assert cells
    for cell in cells:
        told = demo.get(unescape(cell)).text
        assert "accounts differ" in told
        assert 'class="sign for"' in told
        assert 'class="sign against"' in told


@pytest.mark.parametrize("layer", ["own", "document", "ascribed", "unnamed"])
def test_a_layer_chosen_is_the_only_one(demo: TestClient, layer: str) -> None:
    page = demo.get(f"/issues/ceasefire?layer={layer}").text
    assert set(re.findall(r'<span class="tag (own|document|ascribed|unnamed)"', page)) <= {layer}


@pytest.mark.parametrize("sourcing", ["named", "office", "unnamed", "document", "outlet"])
def test_a_kind_of_source_chosen_is_the_only_one(demo: TestClient, sourcing: str) -> None:
    rows = demo.get(f"/export/csv?sourcing={sourcing}").text.splitlines()[1:]
    assert all(f",{sourcing}," in row for row in rows if row.count(",") > 10)
