"""Corrections by mouse and by keyboard alone, kept when the room is closed and opened again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect
from serving import serving

from parley.store import Store, judgements
from tests.browser.watch import Watched


def an_article(record: Path) -> str:
    """The article with most positions."""
    with Store.open(record) as store:
        (row,) = store.query("SELECT article_id FROM positions GROUP BY ALL ORDER BY count(*) DESC, 1 LIMIT 1")
    return f"/articles/{row['article_id']}"


def reads(address: str, path: str, watched: Callable[..., Watched], *words: str) -> None:
    """A browser without the key finds some words among the corrected rows."""
    seen = watched(address, key=False)
    seen.go(f"{path}?show=corrected")
    assert all(word in seen.page.inner_text("#record") for word in words)
    assert seen.faults == []


def test_by_mouse(own_record: Path, watched: Callable[..., Watched]) -> None:
    path = an_article(own_record)
    with serving(own_record) as address:
        seen = watched(address)
        seen.go(f"{path}?add=position")
        words = drawn(seen, 3)
        assert len(words) > 10
        seen.page.get_by_label("Party").fill("Atlantis")
        seen.page.get_by_label("Your name").last.fill("Ann")
        seen.page.get_by_label("Why").fill("it is there in black and white")
        seen.page.get_by_role("button", name="Keep this").click()
        seen.page.wait_for_selector("#record >> text=Atlantis")
        seen.go(path)
        seen.page.get_by_role("button", name="Reject p1", exact=True).click()
        seen.page.wait_for_selector("text=rejected by")
        assert seen.faults == []
    kept = judgements.history(own_record)
    assert [(one.who, one.kind) for one in kept] == [("Ann", "add"), ("Ann", "reject")]
    with serving(own_record) as address:
        reads(address, path, watched, "Atlantis", words)


def drawn(seen: Watched, paragraph: int) -> str:
    """Draw the mouse over some words; gives those that the form took."""
    block = seen.page.locator("article .b").nth(paragraph)
    block.scroll_into_view_if_needed()
    box = block.bounding_box()
    assert box is not None
    seen.page.mouse.move(box["x"] + 30, box["y"] + 12)
    seen.page.mouse.down()
    seen.page.mouse.move(box["x"] + 280, box["y"] + 12, steps=5)
    seen.page.mouse.up()
    expect(seen.page.locator("#f-words")).not_to_have_value("")
    return seen.page.input_value("#f-words")


def test_by_keyboard_alone(own_record: Path, watched: Callable[..., Watched]) -> None:
    path = an_article(own_record)
    with serving(own_record) as address:
        seen = watched(address)
        seen.go(path)
        keys = seen.page.keyboard
        reach(seen, "a position")
        keys.press("Enter")
        seen.page.wait_for_selector("#judge")
        reach(seen, "Party")
        keys.type("Lemuria")
        reach(seen, "Choose the words by keyboard")
        keys.press("Enter")
        for key in ("ArrowDown", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "Enter"):
            keys.press(key)
        words = seen.page.input_value("#f-words")
        assert len(words.split()) >= 3
        reach(seen, "Your name")
        keys.type("Ben")
        reach(seen, "Keep this")
        keys.press("Enter")
        seen.page.wait_for_selector("#record >> text=Lemuria")
        assert seen.faults == []
    with serving(own_record) as address:
        reads(address, path, watched, "Lemuria", words)


ASKED = """() => {
  const one = document.activeElement;
  const names = [one.getAttribute('aria-label'), one.labels?.[0]?.textContent, one.textContent];
  return names.filter(Boolean).map(name => name.trim());
}"""


def reach(seen: Watched, name: str) -> None:
    """Press Tab until what has a name has the focus, in the form if there is one."""
    form = seen.page.locator("#judge").count() > 0
    for _ in range(800):
        seen.page.keyboard.press("Tab")
        inside = not form or seen.page.evaluate("!!document.activeElement.closest('#judge')")
        if inside and name in seen.page.evaluate(ASKED):
            return
    raise AssertionError(f"{name} cannot be reached")
