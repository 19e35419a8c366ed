"""Takes the pictures of the reading room that docs/reading-room.md shows.

    python scripts/screenshots.py [--record DIR] [--into docs/images]

The record is that of ``parley open --demo``; without one, the demonstration corpus is read by rules.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from serving import TOKEN, serving

from browser import options
from parley.corpus import demo
from parley.corpus.task import Manner
from parley.pipeline import DEFAULT_MODEL
from parley.store import Store

IMAGES = Path(__file__).parent.parent / "docs" / "images"
SIZE = {"width": 1100, "height": 620}
LARGEST = 150_000
"""Bytes of a picture."""


def main() -> None:
    """Take them all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--record", type=Path)
    parser.add_argument("--into", type=Path, default=IMAGES)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as aside:
        record = asked.record or Path(aside) / "demo"
        if asked.record is None:
            demo.make(record, Manner(DEFAULT_MODEL, rules_only=True))
        asked.into.mkdir(parents=True, exist_ok=True)
        with serving(record) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(**options())  # type: ignore[arg-type]
            page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
            page.set_default_timeout(120_000)
            page.goto(f"{address}/?token={TOKEN}")
            for name, path, dark in shots(record):
                _take(page, address + path, asked.into / f"{name}.png", dark=dark)
            browser.close()


def shots(record: Path) -> list[tuple[str, str, bool]]:
    """Name, address and whether in the dark."""
    with Store.open(record) as store:
        (row,) = store.query("SELECT article_id FROM positions GROUP BY ALL ORDER BY count(*) DESC, 1 LIMIT 1")
    return [
        ("overview", "/", False),
        ("ledger", "/ledger", False),
        ("ledger-dark", "/ledger", True),
        ("article", f"/articles/{row['article_id']}", False),
        ("accounts", "/accounts", False),
        ("movement", "/movement", False),
    ]


def _take(page: Page, address: str, path: Path, *, dark: bool) -> None:
    page.emulate_media(color_scheme="dark" if dark else "light")
    answer = page.goto(address, wait_until="load")
    while answer and "refresh" in answer.headers:  # the room is still at work on it, and the page comes again
        page.goto("about:blank")
        time.sleep(0.5)
        answer = page.goto(address, wait_until="load")
    page.evaluate("document.querySelector('main form.filters')?.scrollIntoView()")
    page.screenshot(path=path)
    size = path.stat().st_size
    print(f"{path}: {size / 1000:.0f} KB{', too large' if size > LARGEST else ''}")


if __name__ == "__main__":
    main()
