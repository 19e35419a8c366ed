"""Requests of all shapes that the description of the room allows, and some that it does not: none breaks it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from starlette.testclient import TestClient

from parley.web.app import create_app
from parley.web.security import COOKIE, HEADERS, form_token
from parley.web.settings import Settings

EXAMPLES = 6
"""Of each route, with and without the key."""
FIELDS = ("who", "why", "party", "act", "issue", "layer", "words", "paragraph", "show", "name", "type", "actors")
ANY = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def own(record_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(Path(shutil.copytree(record_folder, tmp_path_factory.mktemp("any") / "talks")), token="key")


@pytest.fixture(scope="module", params=["with the key", "without it"])
def asking(own: Settings, request: pytest.FixtureRequest) -> TestClient:
    client = TestClient(create_app(own), base_url="http://127.0.0.1:8042", raise_server_exceptions=False)
    if request.param == "with the key":
        client.cookies.set(COOKIE, own.token)
    return client


def routes() -> list[tuple[str, str]]:
    from parley.web.pages import PAGES

    return sorted({(method, route.path.replace(":anything", "")) for module in PAGES for route in module.router.routes
                   for method in route.methods})  # fmt: skip


@pytest.mark.parametrize(("method", "path"), routes())
def test_no_request_breaks_the_room(method: str, path: str, own: Settings, asking: TestClient) -> None:
    schema = schemathesis.openapi.from_asgi("/openapi.json", asking.app, headers={"host": "127.0.0.1:8042"})
    operation = schema[path][method]

    @seed(1)
    @ANY
    @given(case=operation.as_strategy() | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def holds(case: schemathesis.Case) -> None:
        sent = case.as_transport_kwargs(base_url="http://127.0.0.1:8042")
        kept = {key: sent[key] for key in ("method", "url", "params", "data", "json") if sent.get(key) is not None}
        answer = asking.request(**kept, follow_redirects=False)
        assert answer.status_code < 500
        assert HEADERS.items() <= dict(answer.headers).items()

    holds()


@pytest.mark.parametrize("path", ["/judgements", "/judgements/undo"])
def test_no_form_breaks_the_room(path: str, own: Settings, asking: TestClient) -> None:
    page = asking.get("/articles").text
    article = page.split('href="/articles/', 1)[1].split('"', 1)[0]
    text = st.text(max_size=40)
    some = st.fixed_dictionaries(
        {"form_token": st.just(form_token(own)), "article": st.sampled_from([article, "none"]) | text},
        optional={
            "do": st.sampled_from(["add position", "add actor", "add event", "add attribution", "check", "name",
                                   "confirm p1", "reject p1 x", "change p1 y"]) | text,
            "id": st.sampled_from(["1", "0", "-1", "9" * 15, "²"]) | text,
            "spans": st.from_regex(r"\A\d{1,4}-\d{1,4}(,\d{1,4}-\d{1,4})?\Z") | text,
            **dict.fromkeys(FIELDS, text),
        },
    )  # fmt: skip

    @seed(2)
    @settings(ANY, max_examples=60)
    @given(fields=some)
    def holds(fields: dict[str, str]) -> None:
        sent = {key: value.encode("utf-8", "replace").decode() for key, value in fields.items()}
        answer = asking.post(path, data=sent, follow_redirects=False)
        assert answer.status_code < 500

    holds()
