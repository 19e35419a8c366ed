"""The room answers to its own names alone, sends strict headers, and changes nothing without the token."""

from __future__ import annotations

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from parley.web.app import create_app
from parley.web.security import COOKIE, form_token, is_form_token
from parley.web.settings import Settings


@pytest.mark.parametrize("host", ["127.0.0.1:8042", "localhost", "LOCALHOST:1", "[::1]:8042"])
def test_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8042", "", "[::2]"])
def test_other_names_are_not(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("path", ["/", "/failures", "/nowhere", "/static/parley.css"])
def test_every_answer_has_a_strict_policy(client: TestClient, path: str) -> None:
    policy = client.get(path).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy


def test_pages_hold_no_script_or_style_of_their_own(client: TestClient) -> None:
    text = client.get("/").text
    assert text.count("<script") == 1
    assert " style=" not in text
    assert "<style" not in text
    assert "http://" not in text.replace("http://www.w3.org", "")


def test_a_token_in_the_address_becomes_a_cookie(client: TestClient, settings: Settings) -> None:
    answer = client.get(f"/failures?token={settings.token}&page=2", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/failures?page=2")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}={settings.token};")
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()


def test_the_redirect_stays_here(client: TestClient, settings: Settings) -> None:
    answer = client.get(f"//evil.example/?token={settings.token}", follow_redirects=False)
    assert not answer.headers.get("location", "/").startswith("//")


def test_a_wrong_token_is_no_token(client: TestClient) -> None:
    assert "set-cookie" not in client.get("/?token=wrong", follow_redirects=False).headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_changes_need_the_cookie(client: TestClient, method: str) -> None:
    assert client.request(method, "/").status_code == 403


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}]
)
def test_changes_from_foreign_pages_are_refused_even_with_the_cookie(
    client: TestClient, settings: Settings, headers: dict[str, str]
) -> None:
    client.cookies.set(COOKIE, settings.token)
    assert client.post("/", headers=headers).status_code == 403


def test_a_room_that_others_reach_asks_for_the_token_to_read(settings: Settings) -> None:
    opened = TestClient(create_app(replace(settings, host="192.0.2.7")), base_url="http://192.0.2.7:8042")
    assert opened.get("/").status_code == 403
    assert opened.get(f"/?token={settings.token}").status_code == 200


def test_form_tokens_belong_to_their_room(settings: Settings) -> None:
    other = replace(settings, token="another")
    assert is_form_token(settings, form_token(settings))
    assert not is_form_token(settings, form_token(other))
    assert settings.token not in form_token(settings)


def test_hostile_names_are_shown_as_text(client: TestClient) -> None:
    text = client.get("/failures").text
    assert "&lt;script&gt;" in text
    assert "<b>bad" not in text


def test_an_address_that_is_not_there_says_so_on_a_page(client: TestClient) -> None:
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "Not here" in answer.text
