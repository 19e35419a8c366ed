"""Pages about accounts: the ledger and its cells, issues, parties, differing accounts, movement, and their charts."""

from __future__ import annotations

import re
import time
from html import unescape

import pytest
from starlette.testclient import TestClient

PAGES = [
    "/ledger", "/ledger?periods=month&parties=30", "/accounts", "/movement", "/movement?periods=month",
    "/movement?first=2022&second=2025-12-31", "/ledger?show=corrected", "/ledger?show=both&layer=own", "/",
]  # fmt: skip


def links(text: str, start: str) -> list[str]:
    """Addresses on a page that begin in some way, each once."""
    return list(dict.fromkeys(unescape(one) for one in re.findall(r'href="([^"]+)"', text) if one.startswith(start)))


@pytest.mark.parametrize("path", PAGES)
def test_pages_answer_and_hold_no_style_or_script_of_their_own(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.text.count("<script") == 1
    assert " style=" not in answer.text
    assert len(re.findall("<h1", answer.text)) == 1


def test_every_cell_leads_to_its_accounts_and_these_to_their_words(client: TestClient) -> None:
    cells = links(client.get("/ledger?parties=30").text, "/ledger/cell?")
    assert cells
    for cell in cells[:8]:
        answer = client.get(cell)
        assert answer.status_code == 200
        told = links(answer.text, "/articles/")
        assert told
        assert "#" in told[0]
        where, anchor = told[0].split("#")
        assert f'id="{anchor}"' in client.get(where).text


def test_a_cell_says_as_many_accounts_as_it_lists(client: TestClient) -> None:
    for cell in links(client.get("/ledger").text, "/ledger/cell?")[:5]:
        text = client.get(cell).text
        said = int(re.search(r"(\d+) accounts?", text)[1])  # type: ignore[index]
        assert text.count('<article class="account') == min(said, 20)


def test_filters_stand_in_every_address(client: TestClient) -> None:
    text = client.get("/ledger", params={"layer": "ascribed", "since": "2020"}).text
    assert all("layer=ascribed" in cell and "since=2020" in cell for cell in links(text, "/ledger/cell?"))
    assert all("layer=ascribed" in one for one in links(text, "/issues/") + links(text, "/parties/"))
    assert "ascribed to it" in text


def test_a_period_of_the_ledger_leads_to_its_own_accounts(client: TestClient) -> None:
    cells = links(client.get("/ledger?periods=month").text, "/ledger/cell?")
    dated = [cell for cell in cells if "since=" in cell]
    assert dated
    assert client.get(dated[0]).status_code == 200


@pytest.mark.parametrize("start", ["/issues/", "/parties/"])
def test_issues_and_parties_have_a_chart_with_its_numbers(demo: TestClient, start: str) -> None:
    page = demo.get(links(demo.get("/ledger").text, start)[0]).text
    assert "Quotations in order" in page
    assert "The numbers" in page
    pictures = re.findall(r'(?:src|srcset)="(/charts/[^"]+)"', page)
    assert len(pictures) == 4
    answer = demo.get(unescape(pictures[0]))
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.text.startswith("<svg")
    assert "http" not in answer.text.replace("http://www.w3.org", "")


def test_numbers_of_a_chart_lead_to_as_many_accounts(demo: TestClient) -> None:
    page = demo.get("/issues/ceasefire").text
    href, number = re.findall(r'<td class="n"><a href="([^"]+)">(\d+)</a>', page)[0]
    assert demo.get(unescape(href)).text.count('<article class="account') == int(number)


def test_two_days_are_needed_to_compare_and_in_order(client: TestClient) -> None:
    assert client.get("/movement?first=2025").status_code == 400
    assert client.get("/movement?first=2025-02-01&second=2025-01-01").status_code == 400


@pytest.mark.parametrize(
    ("path", "status"),
    [("/issues/nothing", 404), ("/parties/nobody", 404), ("/ledger/cell", 404), ("/ledger/cell?party=a&issue=b", 404),
     ("/ledger?layer=x", 400), ("/ledger?since=2025-02-31", 400), ("/ledger?since=soon", 422),
     ("/ledger?show=other", 422), ("/charts/positions.svg?issue=nothing", 404), ("/issues/%3Cscript%3E", 404),
     ("/accounts?page=0", 422)],
)  # fmt: skip
def test_what_cannot_be_is_a_page_that_says_so(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert "<script>" not in answer.text


def test_differing_accounts_come_when_they_are_compared(demo: TestClient) -> None:
    answer = demo.get("/accounts")
    for _ in range(100):
        if "refresh" not in answer.headers:
            break
        assert "being compared" in answer.text
        time.sleep(0.2)
        answer = demo.get("/accounts")
    assert "<mark>" in answer.text
    assert answer.text.count('class="differing"') > 1
    only = demo.get("/accounts", params={"kind": "number"})
    assert "Numbers" in only.text
    assert only.text.count('class="differing"') < answer.text.count('class="differing"')


def test_the_demonstration_has_moves_and_rounds(demo: TestClient) -> None:
    moves = demo.get("/movement").text
    assert 'class="verdict moved"' in moves or 'class="verdict hardened"' in moves
    assert re.search(r"A triangle marks [^<]*: [1-9]", demo.get("/").text)
    assert demo.get("/charts/rounds.svg?theme=dark&width=narrow").text.startswith("<svg")
