"""The take-away menu and its files."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from parley.exports.whole.formats import FORMATS


@pytest.mark.parametrize("name", FORMATS)
def test_every_form_is_a_download_with_a_plain_name(name: str, client: TestClient) -> None:
    answer = client.get(f"/export/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == FORMATS[name].media
    assert re.fullmatch(
        r'attachment; filename="[A-Za-z0-9._-]+"; filename\*=UTF-8\'\'[A-Za-z0-9._-]+',
        answer.headers["content-disposition"],
    )
    assert int(answer.headers["content-length"]) == len(answer.content) > 0


def test_the_menu_carries_the_filters_of_the_page(client: TestClient) -> None:
    page = client.get("/", params={"layer": ["own", "document"], "since": "2020-01-01", "x": "y"}).text
    links = [unescape(link) for link in re.findall(r'href="(/export/[^"]+)"', page)]
    assert len(links) == len(FORMATS)
    assert all(link.endswith("?layer=own&layer=document&since=2020-01-01") for link in links)
    assert client.get(links[0]).status_code == 200


def test_filters_are_those_of_the_address(client: TestClient) -> None:
    data = client.get("/export/csv", params={"layer": "own", "outlet": "", "until": ""}).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(data, newline="")))
    assert {row["layer"] for row in rows} == {"own"}


@pytest.mark.parametrize(
    ("path", "status"),
    [("/export/exe", 404), ("/export/csv?layer=x", 400), ("/export/csv?since=x", 400), ("/export/csv?show=x", 422),
     ("/export/csv?since=2025-01-02&until=2025-01-01", 400), ("/export/..%2f..%2fetc", 404)],
)  # fmt: skip
def test_what_cannot_be_is_a_page_that_says_so(path: str, status: int, client: TestClient) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
