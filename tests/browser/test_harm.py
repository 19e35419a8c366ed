"""Texts that mean harm, wherever a record or a reader can put one: in the browser nothing of them runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx
import pytest
from serving import TOKEN, serving

from parley.exports.visible import visible
from parley.model import Actor, Attribution, Event, Framing, Metadata, Passage, Position, Record
from parley.store import Failure, Reading, Run, Shard, Store, Writer, judgements, search
from parley.store.judgements import Judgement
from parley.web.links import article
from tests.browser.payloads import PAYLOADS
from tests.browser.watch import Watched

EVERY = (
    "/", "/ledger", "/ledger?parties=30&show=both", "/accounts", "/movement", "/events", "/sourcing",
    "/sourcing/framing", "/sourcing/naming", "/network", "/articles", "/articles?page=2", "/articles?page=3",
    "/search?q=window", "/judgements", "/judgements?page=2", "/judgements?page=3", "/agreement", "/failures",
)  # fmt: skip
STEERED = ", ".join(f"a[href^='{scheme}:' i]" for scheme in ("javascript", "data", "vbscript", "blob", "file"))
FIELDS = {
    "/search": ("q", "party", "outlet", "issue", "act"),
    "/search/results": ("q",),
    "/ledger": ("party", "outlet", "issue"),
    "/accounts": ("party",),
    "/movement": ("party", "outlet"),
    "/events": ("who", "type"),
    "/network": ("outlet",),
    "/articles": ("party", "outlet"),
    "/sourcing": ("party",),
    "/sourcing/words": ("of",),
    "/judgements": ("by", "article"),
}


def test_there_are_enough() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 80


def harmful(number: int, payload: str) -> Record:
    """An article that holds one wherever an article can."""
    text = f"{payload} said.\n\nAfter it stands {payload} and more.\n\nScroll to {payload}"
    first, last = (0, len(payload.rstrip())), (text.rindex("Scroll"), len(text))
    words = ((text.index("After"), text.index(" and more")),)
    start = len(payload) - len(payload.lstrip())
    first = (start, max(first[1], start + 1))
    return Record(
        f"{number}{payload}"[:200],
        text,
        Metadata(payload, payload, payload, payload, f"2026-01-{number % 28 + 1:02d}", "en", "text", f"{number:064d}"),
        actors=(Actor("a1", payload, (first,), kind="state"), Actor("a2", f"The other {payload}", words)),
        attributions=(Attribution("t1", "direct", (first,), (words[0],), words, "a1", "named"),),
        events=(Event("e1", "CONSULT", words, first, ("a1",), ("a2",), attribution="t1"),),
        positions=(Position("p1", "a1", "demand", "ceasefire", words, (first,), ("a2",), attribution="t1"),
                   Position("p2", "a1", "offer", payload, (first,), polarity="for")),
        framing=(Framing("loaded", first, 0.9, "outlet", payload),),
        passages=(Passage((0, last[0] - 2), "body"), Passage(last, "furniture")),
        notes=(payload,),
    )  # fmt: skip


def said(record: Record, payload: str) -> Iterator[Judgement]:
    """Judgements that hold one wherever a form can, and elsewhere too."""
    span = [[0, 1]]
    values = {"party": payload, "act": "demand", "issue": payload, "addressees": [payload], "layer": "own",
              "spans": span, "words": [payload]}  # fmt: skip
    yield Judgement(payload[:80], "add", record.id, "position", {}, values, payload[:2000])
    actor = {"name": payload, "kind": "state", "country": "", "wikidata": ""}
    yield Judgement("Ann", "add", record.id, "actor", {}, actor, payload[:2000])


@pytest.fixture(scope="module")
def harm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of nothing but harm, with judgements upon it."""
    folder = tmp_path_factory.mktemp("harm") / "record <script>window.__pwned=1<script>"
    records = [harmful(number, payload) for number, payload in enumerate(PAYLOADS)]
    readings = [Reading(f"{payload}.html", record.article.sha256, record)
                for record, payload in zip(records, PAYLOADS, strict=True)]  # fmt: skip
    failures = [Failure(f"{payload}.pdf", "00", None, "read", payload) for payload in PAYLOADS]
    with Writer.open(folder) as writer:
        writer.begin_run(Run("run", datetime(2026, 1, 2, tzinfo=UTC)))
        writer.commit(Shard("run", readings, failures))
        writer.end_run(Run("run", datetime(2026, 1, 2, tzinfo=UTC)))
    with Store.open(folder) as store:
        search.update(folder, store)
    for record, payload in zip(records, PAYLOADS, strict=True):
        for judgement in said(record, payload):
            if judgement.who.strip():
                judgements.add(folder, judgement)
    return folder


def unharmed(seen: Watched) -> None:
    """Nothing of a payload has run on the page."""
    assert seen.page.evaluate("window.__pwned") is None
    assert seen.faults == []


@pytest.mark.slow
def test_nothing_runs(harm: Path, watched: Callable[..., Watched]) -> None:
    with serving(harm) as address:
        seen = watched(address)
        for path in EVERY:
            seen.go(path)
            unharmed(seen)
        for number, payload in enumerate(PAYLOADS):
            seen.go(article(harmful(number, payload).id) + "?show=both")
            assert flat(payload) in flat(seen.page.text_content("article") or ""), payload
            named = flat(" ".join(payload.split()))  # names stand in one line
            assert named[:20] in flat(seen.page.text_content("#record") or ""), payload
            assert not seen.page.locator(STEERED).count(), payload
            unharmed(seen)


def flat(text: str) -> str:
    """A text as a page shows it, without spaces, and with one kind of quotation marks."""
    return "".join(visible(text).split()).replace('"', "'")


@pytest.mark.slow
def test_questions_that_mean_harm_are_text(harm: Path, watched: Callable[..., Watched]) -> None:
    with serving(harm) as address:
        seen = watched(address)
        for payload in PAYLOADS:
            seen.go(f"/search?{urlencode({'q': payload[:300]})}")
            asked_for = seen.page.locator("input[name=q]").input_value()
            assert flat(asked_for)[:20] == flat(payload.replace("\0", "\ufffd"))[:20]
            unharmed(seen)
        with httpx.Client(base_url=address, timeout=60, cookies={"parley": TOKEN}) as client:
            for path in (*asked(), *(f"/{quote(one, safe='')}" for one in PAYLOADS)):
                answer = client.get(path)
                assert answer.status_code < 500, path
                assert "<script>window" not in answer.text, path
                assert "onerror=window.__pwned=1>" not in answer.text, path


def asked() -> Iterator[str]:
    """Addresses that hold one in each field, each field and each payload at least once."""
    for number, (path, field) in enumerate((path, field) for path, fields in FIELDS.items() for field in fields):
        for payload in PAYLOADS[number % 7 :: 7]:
            yield f"{path}?{urlencode({field: payload})}"
