"""Corrections are taken from forms of this room alone, are kept with a name, and can be undone."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from parley.store import Store, judgements
from parley.web.app import create_app
from parley.web.security import COOKIE, form_token
from parley.web.settings import Settings


@pytest.fixture
def own(record_folder: Path, tmp_path: Path) -> Settings:
    """A room on a record of the test's own."""
    return Settings(Path(shutil.copytree(record_folder, tmp_path / "own")), token="open-sesame")


@pytest.fixture
def reader(own: Settings) -> Iterator[TestClient]:
    """A browser that may change something."""
    with TestClient(create_app(own), base_url="http://127.0.0.1:8042", follow_redirects=False) as opened:
        opened.cookies.set(COOKIE, own.token)
        yield opened


@pytest.fixture
def article(own: Settings) -> str:
    """The article with most positions."""
    with Store.open(own.record) as store:
        (row,) = store.query("SELECT article_id FROM positions GROUP BY ALL ORDER BY count(*) DESC, 1 LIMIT 1")
    return str(row["article_id"])


def buttons(page: str) -> dict[str, str]:
    """The value of the button for each row and deed."""
    return {" ".join(one.split()[:2]): one for one in map(unescape, re.findall(r'name="do" value="([^"]+)"', page))}


def post(reader: TestClient, own: Settings, article: str, **fields: str) -> tuple[int, str]:
    form = {"form_token": form_token(own), "article": article, "who": "Ann", **fields}
    answer = reader.post("/judgements", data=form)
    return answer.status_code, answer.headers.get("location", answer.text)


def test_a_row_is_confirmed_and_the_name_kept(reader: TestClient, own: Settings, article: str) -> None:
    do = buttons(reader.get(f"/articles/{article}").text)["confirm p1"]
    assert post(reader, own, article, do=do) == (303, f"/articles/{article}#p1")
    (kept,) = judgements.history(own.record)
    assert (kept.who, kept.kind, kept.row) == ("Ann", "confirm", "position")
    page = reader.get(f"/articles/{article}").text
    assert "confirmed by <bdi>Ann</bdi>" in page
    assert 'name="who" value="Ann"' in page


def test_a_row_is_rejected_and_gone_from_the_corrected_view(reader: TestClient, own: Settings, article: str) -> None:
    post(reader, own, article, do=buttons(reader.get(f"/articles/{article}").text)["reject p1"])
    assert 'id="p1"' in reader.get(f"/articles/{article}").text
    assert 'id="p1"' not in reader.get(f"/articles/{article}?show=corrected").text
    assert "rejected by" in reader.get(f"/articles/{article}?show=both").text


def form_of(page: str) -> dict[str, str]:
    """The fields of the open form as a browser would send them."""
    part = page[page.index('id="judge"') :]
    part = part[: part.index("</section>")]
    found = {
        name: unescape(value) for name, value in re.findall(r'<input[^>]* name="(\w+)"[^>]*? value="([^"]*)"', part)
    }
    for name, inner in re.findall(r'<select[^>]* name="(\w+)">(.*?)</select>', part, re.DOTALL):
        found[name] = unescape(
            (re.search(r'value="([^"]*)" selected', inner) or re.search(r'value="([^"]*)"', inner))[1]
        )  # type: ignore[index]
    for name, inner in re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>(.*?)</textarea>', part, re.DOTALL):
        found[name] = unescape(inner)
    return found | {"do": unescape(re.search(r'name="do" value="([^"]+)"', part)[1])}  # type: ignore[index]


def test_a_form_sent_as_it_is_confirms(reader: TestClient, own: Settings, article: str) -> None:
    with Store.open(own.record) as store:
        ids = [
            row["position_id"]
            for row in store.query("SELECT position_id FROM positions WHERE article_id = ?", [article])
        ]
    for row_id in (*ids[:3], "t1", "e1", "a1"):
        fields = form_of(reader.get(f"/articles/{article}?row={row_id}").text)
        status, where = post(reader, own, **{**fields, "article": article, "who": "Ann"})
        assert status == 303, where
        assert f'{row_id}"' in reader.get(f"/articles/{article}?show=corrected").text
    page = reader.get(f"/articles/{article}?show=corrected").text
    assert page.count("confirmed by") == 6
    assert "as corrected by" not in page


def test_a_row_is_corrected(reader: TestClient, own: Settings, article: str) -> None:
    fields = form_of(reader.get(f"/articles/{article}?row=p1").text)
    fields |= {"party": "Atlantis", "act": "retract", "issue": "remains", "why": "it says so", "who": "Bo <b>"}
    status, where = post(reader, own, **{**fields, "article": article})
    assert (status, where) == (303, f"/articles/{article}?show=both#j1")
    page = reader.get(f"/articles/{article}?show=corrected").text
    assert "<bdi>Atlantis</bdi>" in page
    assert "Bo &lt;b&gt;" in page
    history = reader.get("/judgements").text
    assert "Why: <bdi>it says so</bdi>" in history
    assert "Atlantis withdraws its offer: Bodies of the dead" in history


def test_a_row_is_added_by_its_words(reader: TestClient, own: Settings, article: str) -> None:
    with Store.open(own.record) as store:
        text = store.record(article).text
    words = " ".join(text.split()[30:36])
    fields = form_of(reader.get(f"/articles/{article}?add=position").text)
    fields |= {"party": "Chad", "act": "demand", "issue": "ceasefire", "layer": "own", "words": words}
    status, where = post(reader, own, **{**fields, "article": article, "who": "Ann"})
    assert (status, where) == (303, f"/articles/{article}?show=both#j1")
    assert "added by" in reader.get(f"/articles/{article}?show=both").text
    (kept,) = judgements.history(own.record)
    ((start, end),) = kept.values["spans"]
    assert " ".join(text[start:end].split()) == words


def test_spans_of_the_address_open_the_form(reader: TestClient, own: Settings, article: str) -> None:
    with Store.open(own.record) as store:
        text = store.record(article).text
    fields = form_of(reader.get(f"/articles/{article}?add=position&spans=3-20,30-41").text)
    assert fields["words"] == f"{text[3:20]} … {text[30:41]}"
    fields |= {"party": "Chad"}
    post(reader, own, **{**fields, "article": article, "who": "Ann"})
    assert judgements.history(own.record)[0].values["words"] == [text[3:20].strip(), text[30:41].strip()]


def test_an_actor_is_somebody_else(reader: TestClient, own: Settings, article: str) -> None:
    fields = form_of(reader.get(f"/articles/{article}?row=a1").text) | {"name": "Zed Authority", "country": "zed"}
    assert post(reader, own, **{**fields, "article": article, "who": "Ann"})[0] == 303
    assert "Zed Authority" in reader.get(f"/articles/{article}?show=corrected").text


@pytest.mark.parametrize(
    "wrong",
    [{"act": "like"}, {"party": " "}, {"words": "no such words stand there"}, {"words": "", "spans": ""},
     {"party": "x" * 301}, {"do": "burn p1 00"}, {"do": "change p1"}, {"do": "add table"},
     {"do": "change p1 000000000000"},
     {"who": " "}, {"do": ""}],
)  # fmt: skip
def test_what_cannot_be_is_refused(reader: TestClient, own: Settings, article: str, wrong: dict[str, str]) -> None:
    fields = form_of(reader.get(f"/articles/{article}?row=p1").text)
    assert post(reader, own, **{**fields, "article": article, "who": "Ann", **wrong})[0] == 422
    assert judgements.history(own.record) == ()


def test_only_forms_of_this_room_are_taken(reader: TestClient, own: Settings, article: str) -> None:
    do = buttons(reader.get(f"/articles/{article}").text)["confirm p1"]
    assert post(reader, own, article, do=do, form_token="x")[0] == 403
    assert reader.post("/judgements", content=b"x" * 70_000).status_code == 413
    assert reader.post("/judgements", content=b"\xff\xfe=\xff").status_code in (403, 422)
    reader.cookies.clear()
    assert post(reader, own, article, do=do)[0] == 403
    assert judgements.history(own.record) == ()


def test_an_article_that_is_not_there(reader: TestClient, own: Settings) -> None:
    assert post(reader, own, "nothing/here", do="check")[0] == 404


def test_without_the_key_there_is_nothing_to_press(client: TestClient, article: str) -> None:
    page = client.get(f"/articles/{article}?row=p1").text
    assert "<form" not in page
    assert "open the address that was printed" in page


def test_an_undo_and_a_restart(reader: TestClient, own: Settings, article: str) -> None:
    post(reader, own, article, do=buttons(reader.get(f"/articles/{article}").text)["reject p1"])
    post(reader, own, article, do="check")
    answer = reader.post("/judgements/undo", data={"form_token": form_token(own), "id": "1"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/judgements#j3")
    assert answer.status_code == 303
    again = TestClient(create_app(own), base_url="http://127.0.0.1:8042")
    page = again.get("/judgements").text
    assert "taken back" in page
    assert page.count("<tr id=") == 3
    assert 'id="p1"' in again.get(f"/articles/{article}?show=corrected").text
    for query, number in (("by=Ann", 3), ("kind=undo", 1), ("state=undone", 1), ("state=standing", 1),
                          ("row=article", 1), ("article=x", 0), ("state=lost", 0), ("kind=&by=", 3),
                          ("page=2", 0)):  # fmt: skip
        assert again.get(f"/judgements?{query}").text.count("<tr id=") == number, query


@pytest.mark.parametrize("number", ["", "x", "99", "9" * 30])
def test_an_undo_of_nothing(reader: TestClient, own: Settings, number: str) -> None:
    answer = reader.post("/judgements/undo", data={"form_token": form_token(own), "id": number, "who": "Ann"})
    assert answer.status_code in (400, 422)


def test_agreement_and_gold(reader: TestClient, own: Settings, article: str) -> None:
    assert "Nobody has judged" in reader.get("/agreement").text
    do = buttons(reader.get(f"/articles/{article}").text)
    post(reader, own, article, do=do["confirm p1"])
    post(reader, own, article, do=do["confirm p1"], who="Bob")
    post(reader, own, article, do=do["reject p2"], who="Bob")
    page = reader.get("/agreement?one=the+machine&other=Bob&row=position").text
    assert page.count("<bdi>the machine</bdi>") >= 2
    assert "no such row" in page
    rows = [json.loads(line) for line in reader.get("/judgements/gold.jsonl?by=Bob").text.splitlines()]
    assert [(row["id"], len(row["positions"]), len(row["wrong"])) for row in rows] == [(article, 1, 1)]


def test_what_is_taken_away_is_what_is_shown(reader: TestClient, own: Settings, article: str) -> None:
    fields = form_of(reader.get(f"/articles/{article}?row=p1").text) | {"party": "Atlantis"}
    post(reader, own, **{**fields, "article": article, "who": "Ann"})
    for form in ("csv", "jsonl", "xlsx", "brat"):
        assert reader.get(f"/export/{form}?show=both").status_code == 200
    assert "Atlantis" in reader.get("/export/csv?show=corrected").text
    assert "Atlantis" not in reader.get("/export/csv").text
