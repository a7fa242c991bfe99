"""A real browser for the tests of the desk: Debian's Chromium, or the one that `$TOCSIN_TEST_CHROMIUM` names."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist", "--no-first-run")
"""The map is drawn by a processor where there is no graphics card."""


class Missing(Exception):
    """There is no browser, and how to get it."""


def program() -> str:
    """The path of the browser."""
    if named := os.environ.get("TOCSIN_TEST_CHROMIUM"):
        return named
    for name in NAMES:
        if found := shutil.which(name):
            return found
    raise Missing("no Chromium; run scripts/chromium.sh, or set TOCSIN_TEST_CHROMIUM to a browser's path")


_open: list[Browser] = []
"""The browser that runs in this process: Playwright allows one driver in each."""


@contextlib.contextmanager
def running() -> Iterator[Browser]:
    """The browser, without a window: the one that runs already, else a new one. Root may not use the sandbox, so a
    container's root goes without."""
    if _open:
        yield _open[0]
        return
    path = program()
    arguments = [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=arguments)
        _open.append(browser)
        try:
            yield browser
        finally:
            _open.remove(browser)
            browser.close()


class Watched:
    """What a page did that no page of the desk may do: errors on its console, requests that leave the machine. That the
    page itself is not there is for its test to say."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.faults: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda fault: self.faults.append(f"script: {fault}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        missing = message.location["url"] == self.page.url and "status of 404" in message.text
        if message.type in ("error", "warning") and not missing:
            self.faults.append(f"{message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", f"blob:{self.base}")):
            self.faults.append(f"asks {request.url}")
