"""That two actors, or two parties, are the same is said with one click, seen at once, kept in history, and undone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from parley.store import Store, judgements
from parley.web.app import create_app
from parley.web.judging.alike import alike
from parley.web.security import COOKIE, form_token
from parley.web.settings import Settings


@pytest.fixture
def own(demo_folder: Path, tmp_path: Path) -> Settings:
    return Settings(Path(shutil.copytree(demo_folder, tmp_path / "own")), token="open-sesame")


@pytest.fixture
def reader(own: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(own), base_url="http://127.0.0.1:8042", follow_redirects=False) as opened:
        opened.cookies.set(COOKIE, own.token)
        yield opened


def post(reader: TestClient, own: Settings, path: str, **fields: str) -> tuple[int, str]:
    answer = reader.post(path, data={"form_token": form_token(own), "who": "Ann", **fields})
    return answer.status_code, answer.headers.get("location", answer.text)


def pressed(page: str) -> list[str]:
    """The values of the buttons that say that one actor is another."""
    return [unescape(one) for one in re.findall(r'name="do" value="(same [^"]+)"', page)]


def an_article(own: Settings) -> str:
    with Store.open(own.record) as store:
        (row,) = store.query("SELECT article_id FROM actors GROUP BY ALL ORDER BY count(*) DESC, 1 LIMIT 1")
    return str(row["article_id"])


def test_two_actors_of_an_article(reader: TestClient, own: Settings) -> None:
    article = an_article(own)
    every = pressed(reader.get(f"/articles/{article}?same=a1").text)
    do = [one for one in every if one.split()[1] == "a1"]
    assert len(do) > 3
    status, where = post(reader, own, "/judgements", article=article, do=do[0])
    assert (status, where) == (303, f"/articles/{article}?show=corrected#sec-actors")
    page = reader.get(where).text
    assert 'id="a1"' not in page
    assert "Undo 1" in page
    assert "the same as" in reader.get(f"/articles/{article}").text
    assert "is the same as" in reader.get("/judgements?kind=same").text
    assert post(reader, own, "/judgements/undo", id="1")[0] == 303
    assert 'id="a1"' in reader.get(where).text


def test_names_alike_are_offered_without_asking(reader: TestClient, own: Settings) -> None:
    with Store.open(own.record) as store:
        ids = [row["article_id"] for row in store.query("SELECT article_id FROM articles")]
    assert any(pressed(reader.get(f"/articles/{one}").text) for one in ids)


@pytest.mark.parametrize("do", ["same a1 x a2 y", "same a1", "same", "same a1 x"])
def test_what_cannot_be_is_refused(reader: TestClient, own: Settings, do: str) -> None:
    assert post(reader, own, "/judgements", article=an_article(own), do=do)[0] == 422
    assert judgements.history(own.record) == ()


def test_an_actor_is_not_itself_nor_a_position(reader: TestClient, own: Settings) -> None:
    article = an_article(own)
    said = pressed(reader.get(f"/articles/{article}?same=a1").text)[0].split()
    assert post(reader, own, "/judgements", article=article, do=" ".join(["same", *said[1:3], *said[1:3]]))[0] == 422


def small_party(reader: TestClient) -> str:
    """A party that is known by its name."""
    return next(unquoted for unquoted in re.findall(r'/parties/(name%3A[^"?#]+)', reader.get("/").text))


def test_a_party_is_another_with_one_click(reader: TestClient, own: Settings) -> None:
    party = small_party(reader)
    page = reader.get(f"/parties/{party}").text
    (first, *_) = [unescape(one) for one in re.findall(r'name="as" value="([^"]+)"', page)]
    key = unescape(re.search(r'name="party" value="(name:[^"]+)"', page)[1])  # type: ignore[index]
    status, where = post(reader, own, "/judgements/same", party=key, **{"as": first}, why="it says so")
    assert status == 303
    assert where.endswith("?show=corrected#same")
    told = reader.get(where).text
    assert "it says so" in told
    assert "Undo 1" in told
    moved = reader.get(f"/parties/{party}?show=corrected")
    assert (moved.status_code, moved.headers["location"]) == (303, where.removesuffix("#same"))
    assert reader.get(f"/parties/{party}").status_code == 200
    assert quote(key, safe="") not in reader.get("/ledger?show=corrected&parties=30").text
    assert quote(key, safe="") in reader.get("/ledger?parties=30").text
    assert reader.get("/export/csv?show=corrected").text.count(key) == 0
    history = reader.get("/judgements?row=party").text
    assert "the same as" in history
    assert post(reader, own, "/judgements/undo", id="1")[0] == 303
    assert reader.get(f"/parties/{party}?show=corrected").status_code == 200
    assert reader.get("/agreement").status_code == 200


@pytest.mark.parametrize(
    "fields",
    [{"party": "RUS", "as": "nobody at all"}, {"party": "RUS", "as": "Russia"}, {"party": "RUS", "as": " "},
     {"party": "", "as": "RUS"}, {"party": "RUS", "as": "UKR", "who": " "}],
)  # fmt: skip
def test_no_party_is_nobody(reader: TestClient, own: Settings, fields: dict[str, str]) -> None:
    assert post(reader, own, "/judgements/same", **fields)[0] == 422
    assert judgements.history(own.record) == ()


def test_only_with_the_key(reader: TestClient, own: Settings) -> None:
    reader.cookies.clear()
    assert post(reader, own, "/judgements/same", party="RUS", **{"as": "UKR"})[0] == 403
    assert '<form id="same-form"' not in reader.get("/parties/RUS").text


@pytest.mark.parametrize(
    ("name", "others", "found"),
    [
        ("Okafor", ["Ada Okafor", "Ada Obi", "Chad"], ("Ada Okafor",)),
        ("UN", ["United Nations", "Unity"], ("United Nations",)),
        ("Ministry of Defence", ["the defence ministry", "Ministry of Health"], ("the defence ministry",)),
        ("The", ["Chad"], ()),
        ("U.N.", ["United Nations"], ("United Nations",)),
    ],
)
def test_which_names_are_alike(name: str, others: list[str], found: tuple[str, ...]) -> None:
    assert alike(name, others) == found
