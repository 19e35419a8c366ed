"""Every page of the room in a real browser: no error, nothing from elsewhere, no dead link, no barrier."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import httpx
import pytest
from serving import TOKEN

from parley.web.pages import PAGES
from tests.browser.watch import Watched, barriers

EACH = 2
"""Pages of one kind that are opened in the browser, each reached by a link."""
LINKS = 25
"""Links to pages of one kind that are followed without one."""
KINDS = {
    route.path: re.compile(route.path_regex)
    for module in PAGES
    for route in module.router.routes
    if "GET" in route.methods
}
FIRST = ("/", "/agreement", "/sourcing/framing", "/sourcing/naming", "/failures")
NO_PAGE = re.compile(r"/(charts|export|static)/|/judgements/gold|/marks\.css")
SHOWN = {
    "/", "/ledger", "/ledger/cell", "/accounts", "/movement", "/events", "/sourcing", "/sourcing/words",
    "/sourcing/framing", "/sourcing/framing/words", "/sourcing/naming", "/sourcing/naming/words", "/network",
    "/network/words", "/articles", "/articles/{article_id:anything}", "/issues/{about}",
    "/parties/{whose:anything}", "/search", "/judgements", "/agreement", "/failures",
}  # fmt: skip
LOOKED_AT = (
    "/", "/ledger", "/accounts", "/movement", "/events", "/sourcing", "/sourcing/framing", "/sourcing/naming",
    "/network", "/articles", "/search?q=ceasefire", "/judgements", "/agreement", "/failures", "/nowhere",
)  # fmt: skip
COLOURS = ("color-contrast", "link-in-text-block")
NARROW = ("scrollable-region-focusable", "target-size", "color-contrast")


def kind(address: str) -> str:
    """Which kind of page an address leads to, with more than a filter on it or not."""
    path = unquote(urlsplit(address).path)
    return next((name for name, pattern in KINDS.items() if pattern.fullmatch(path)), path)


def links(seen: Watched) -> Iterator[str]:
    """Addresses of this room on a page."""
    for href in seen.page.eval_on_selector_all("a[href]", "all => all.map(one => one.getAttribute('href'))"):
        address = urljoin(seen.page.url, href)
        if address.startswith(seen.address + "/"):
            yield address


@pytest.mark.slow
def test_every_page_is_reached_and_nothing_goes_wrong(room: str, watched: Callable[..., Watched]) -> None:
    seen = watched(room)
    waiting = deque(room + path for path in FIRST)
    opened, met, found = Counter[str](), set[str](), dict[str, None]()
    while waiting:
        address = waiting.popleft()
        if urldefrag(address)[0] in met or opened[kind(address)] >= EACH or NO_PAGE.search(address):
            continue
        met.add(urldefrag(address)[0])
        opened[kind(address)] += 1
        seen.page.goto(address)
        new = list(links(seen))
        found.update(dict.fromkeys(new))
        waiting += new
    assert seen.faults == []
    assert set(opened) >= SHOWN
    assert dead(room, found, met) == []


def dead(room: str, found: dict[str, None], met: set[str]) -> list[str]:
    """Links that lead nowhere, or to no such place on a page."""
    followed, wrong, pages = Counter[str](), list[str](), dict[str, httpx.Response]()
    with httpx.Client(timeout=60, cookies={"parley": TOKEN}) as client:
        for address in found:
            bare, place = urldefrag(address)
            if bare not in pages:
                followed[kind(bare)] += 1
                if followed[kind(bare)] > LINKS and bare not in met:
                    continue
                pages[bare] = client.get(bare, follow_redirects=True)
            answer = pages[bare]
            if answer.status_code >= 400:
                wrong.append(f"{answer.status_code} {address}")
            elif place and not re.search(rf'id="{re.escape(unquote(place))}"', answer.text):
                wrong.append(f"no place {address}")
    return wrong


@pytest.mark.slow
def test_no_page_holds_a_barrier(room: str, watched: Callable[..., Watched]) -> None:
    """By all rules in the light; in the dark by those of colours; on a small screen, nothing stands out at the side."""
    seen, found = watched(room), list[str]()
    for path in (*LOOKED_AT, *inner(seen)):
        seen.page.emulate_media(color_scheme="light")
        seen.go(path)
        found += barriers(seen.page)
        seen.page.emulate_media(color_scheme="dark")
        found += [f"dark: {one}" for one in barriers(seen.page, rules=COLOURS)]
        seen.page.set_viewport_size({"width": 390, "height": 800})
        if (wide := seen.page.evaluate("document.documentElement.scrollWidth")) > 390:
            found.append(f"{path}: {wide} wide")
        found += [f"narrow: {one}" for one in barriers(seen.page, rules=NARROW)]
        seen.page.set_viewport_size({"width": 1280, "height": 900})
    assert found == []


def inner(seen: Watched) -> list[str]:
    """Pages that are reached through others: a cell, an issue, a party, words, an article and a form in it."""
    reached = list[str]()
    for path, start in (
        ("/ledger", "/ledger/cell"), ("/ledger", "/issues/"), ("/ledger", "/parties/"), ("/network", "/network/words"),
        ("/sourcing", "/sourcing/words"), ("/articles", "/articles/"),
    ):  # fmt: skip
        seen.go(path)
        reached.append(str(seen.page.locator(f'main a[href^="{start}"]').first.get_attribute("href")))
    article = urldefrag(reached[-1])[0]
    return [*reached, f"{article}?add=position", f"{article}?show=both"]


def test_hits_come_while_one_types(room: str, watched: Callable[..., Watched]) -> None:
    seen = watched(room)
    seen.go("/search")
    seen.page.get_by_label("Words").press_sequentially("prison", delay=20)
    seen.page.wait_for_selector("#results mark")
    assert "prison" in seen.page.inner_text("#results mark").lower()
    seen.page.wait_for_url("**/search?q=prison")
    seen.page.get_by_label("Words").fill("zzzzqqqq")
    seen.page.wait_for_selector("#results >> text=Nothing was found")
    assert seen.faults == []


def test_pages_work_without_script(room: str, watched: Callable[..., Watched]) -> None:
    seen = watched(room, java_script_enabled=False)
    seen.go("/search")
    seen.page.get_by_label("Words").fill("ceasefire")
    seen.page.get_by_label("Words").press("Enter")
    seen.page.wait_for_selector("#results mark")
    seen.page.locator("#results a").first.click()
    assert "/articles/" in seen.page.url
    assert seen.page.locator("article .b").count() > 1
    seen.page.get_by_role("link", name="Ledger").click()
    seen.page.locator('main a[href^="/ledger/cell"]').first.click()
    assert seen.page.locator("article.account").count() > 0
    assert seen.faults == []
