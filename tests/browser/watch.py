"""What goes wrong in a browser: errors in its console, answers that are errors, requests to elsewhere, dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Dialog, Page, Request, Response

GRAVE = ("serious", "critical")
"""Faults of accessibility that are not let pass, in axe's words."""


class Watched:
    """A page in the browser, and what went wrong in it.

    Attributes:
        page: the page.
        address: the room's address, without a slash at the end.
        faults: what went wrong, in the order in which it did.
    """

    def __init__(self, page: Page, address: str) -> None:
        """Watch a page."""
        self.page, self.address, self.faults = page, address, list[str]()
        page.on("console", self._said)
        page.on("pageerror", lambda error: self._keep(f"error: {error}"))
        page.on("dialog", self._dialog)
        page.on("popup", lambda _: self._keep("a window opened"))
        page.on("download", lambda _: self._keep("a file came"))
        page.context.on("request", self._asked)
        page.context.on("response", self._answered)

    def go(self, path: str) -> None:
        """Open a page of the room."""
        self.page.goto(self.address + path)

    def _keep(self, fault: str) -> None:
        self.faults.append(f"{self.page.url}: {fault}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._keep(f"console: {message.text}")

    def _dialog(self, dialog: Dialog) -> None:
        self._keep(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address + "/", "data:")):
            self._keep(f"asked elsewhere: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self._keep(f"{response.status}: {response.url}")


def barriers(page: Page, *, rules: tuple[str, ...] = ()) -> list[str]:
    """Grave faults of accessibility that axe finds on a page, each in a line.

    Args:
        page: the page.
        rules: those of axe that are looked at; all by default.
    """
    from axe_playwright_python.sync_playwright import Axe

    options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{page.url}: {one['impact']} {one['id']}: {one['help']}: {node['html'][:200]} {node['failureSummary'][-160:]}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"][:3]
    ]
