"""A record of the demonstration corpus, a room on it that is really served, and a real browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from serving import TOKEN, serving

import browser as chromium
from parley.corpus import demo
from parley.corpus.task import Manner
from parley.pipeline import DEFAULT_MODEL
from tests.browser.watch import Watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def demo_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration corpus, read by rules alone; once for all processes of a run."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder = shared / "demo-by-rules"
    with FileLock(shared / "demo-by-rules.lock"):
        if not (folder / demo.DONE).exists():
            assert demo.make(folder, Manner(DEFAULT_MODEL, rules_only=True))
    return folder


@pytest.fixture
def own_record(demo_record: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(demo_record, tmp_path / "demo"))


# Not for the session: while Playwright is at work no other test of the process could run an event loop.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A real browser."""
    if os.environ.get("PARLEY_NO_BROWSER") or chromium.find() is None:
        pytest.skip(chromium.MISSING)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(**chromium.options())  # type: ignore[arg-type]
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def room(demo_record: Path) -> Iterator[str]:
    """Address of a room on the demonstration corpus, which no test changes."""
    with serving(demo_record) as address:
        yield address


@pytest.fixture
def watched(browser: Browser) -> Iterator[Callable[..., Watched]]:
    """Opens a room in a browser of its own, that keeps what goes wrong; with the key unless said otherwise."""
    with ExitStack() as stack:

        def opened(address: str, *, key: bool = True, **settings: object) -> Watched:
            return stack.enter_context(_watched(browser, address, key, settings))

        yield opened


@contextmanager
def _watched(browser: Browser, address: str, key: bool, settings: dict[str, object]) -> Iterator[Watched]:
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **settings})  # type: ignore[arg-type]
    context.set_default_timeout(60_000)
    page = context.new_page()
    seen = Watched(page, address)
    if key:
        page.goto(f"{address}/?token={TOKEN}")
    yield seen
    context.close()
