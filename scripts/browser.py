"""Finds the Chromium that tests, screenshots and measurements open, or installs one.

    python scripts/browser.py      say which is used; where there is none, try to install it

Debian's own, where the system has it, else the one that Playwright keeps. Not having one is no error: what needs a
browser is skipped and says so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "no Chromium: `apt-get install chromium`, or `.venv/bin/playwright install --with-deps chromium`"
LONGEST = 600
"""Seconds that an installation may take."""


def find() -> str | None:
    """The path of a Chromium; None where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or _playwrights_own()


def options() -> dict[str, object]:
    """How to launch it with Playwright: a system that runs everything as root gives it no sandbox.

    Raises:
        FileNotFoundError: there is none.
    """
    path = find()
    if path is None:
        raise FileNotFoundError(MISSING)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {"executable_path": path, "args": ["--no-sandbox"] if root else [], "timeout": 120_000}


def main() -> int:
    """Say which is used; the exit status is always 0."""
    if os.environ.get("PARLEY_NO_BROWSER"):
        print("browser: none asked for (PARLEY_NO_BROWSER); the tests that need one are skipped")
        return 0
    found = find() or _installed()
    print(f"browser: {found}" if found else f"browser: {MISSING}; the tests that need one are skipped")
    return 0


def _installed() -> str | None:
    """Install one, if this user may and the network is there."""
    print("browser: none found, installing Chromium ...", flush=True)
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        _run("apt-get", "install", "-y", "-qq", "chromium") or (
            _run("apt-get", "update", "-qq") and _run("apt-get", "install", "-y", "-qq", "chromium")
        )
    if not find():
        _run(sys.executable, "-m", "playwright", "install", "chromium")
    return find()


def _run(*command: str) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, env=environment, check=False, capture_output=True, timeout=LONGEST)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _playwrights_own() -> str | None:
    try:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
    except Exception:  # not installed, or no driver for this system
        return None
    return path if Path(path).exists() else None


if __name__ == "__main__":
    sys.exit(main())
