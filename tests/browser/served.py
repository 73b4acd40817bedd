"""The site on a port of this machine, and people who visit it with a browser.

Used by the tests and by `python -m tests.browser.pictures`. The clock begins at the tests' NOW and goes on from there, so
that what is done later is later.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    StorageState,
    expect,
    sync_playwright,
)

from api.demo import PASSWORD
from api.settings import Settings
from tests import chromium
from tests.conftest import CONTENT, NOW
from web.app import create_site

PATIENCE = 15_000  # milliseconds; a busy machine is slow, a page that hangs is wrong
expect.set_options(timeout=PATIENCE)
# Without what a person at a desk would have around the page: it takes a tenth of every test's time.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-features=MediaRouter,OptimizationHints,TopChromeWebUI,Translate,WebUITabStrip",
    "--disable-gpu",
    "--disable-sync",
    "--mute-audio",
    "--no-first-run",
)
PHONE, DESK = 360, 1440
HEIGHT = 1000
# The browser's own line about an answer of 400 and up, and htmx's: refusals are tested too.
REFUSED = ("Failed to load resource: the server responded with a status of 4", "Response Status Error Code 4")
# How htmx says that a newer request took the place of one on its way (`hx-sync`); one that fails says more.
REPLACED = ("htmx:afterRequest", "htmx:sendAbort")


@contextmanager
def serving(database: Path) -> Iterator[str]:
    """The site on a filled SQLite file; its address. Stopped afterwards whatever happens."""
    begun = time.monotonic()
    settings = Settings(f"sqlite:///{database}", CONTENT)
    site = create_site(settings, now=lambda: NOW + timedelta(seconds=time.monotonic() - begun))
    config = uvicorn.Config(site, access_log=False, log_level=logging.WARNING, server_header=False, ws="none")
    server = uvicorn.Server(config)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive(), "the server did not start"
                time.sleep(0.01)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)
            assert not thread.is_alive(), "the server did not stop"


@contextmanager
def chromium_running() -> Iterator[Browser]:
    found = chromium.find()
    assert found, "there is no Chromium: python -m tests.bring chromium"
    # As root Chromium has no sandbox.
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else list(QUIET)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        try:
            yield browser
        finally:
            browser.close()


class Visits:
    """People at one running site. Each visit is a browser context of its own; all that goes wrong in one is kept."""

    def __init__(self, browser: Browser, address: str, states: dict[str, StorageState]) -> None:
        self.browser, self.address, self.states = browser, address, states
        self.contexts: list[BrowserContext] = []
        self.seats: dict[str | None, Page] = {}
        self.wrongs: list[str] = []

    def visit(self, name: str | None = None, path: str | None = None, **options: Any) -> Page:
        """A page in a new context: signed in when a name is given, opened when a path is."""
        if name is not None and name not in self.states:
            entering = self.visit()
            sign_in(entering, name)
            self.states[name] = entering.context.storage_state()
        given = {"locale": "da-DK", "viewport": {"width": DESK, "height": HEIGHT}, **options}
        if name is not None:
            given["storage_state"] = self.states[name]
        context = self.browser.new_context(base_url=self.address, **given)
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.wrongs.append(f"{page.url}: {error}"))
        if path is not None:
            page.goto(path)
        return page

    def seat(self, name: str | None) -> Page:
        """The person's page that stays open from one scene to the next: a new context a scene takes most of the time."""
        if name not in self.seats:
            # Colours on their way from one scheme to the other have no contrast to speak of.
            self.seats[name] = self.visit(name, reduced_motion="reduce")
        page = self.seats[name]
        page.set_viewport_size({"width": DESK, "height": HEIGHT})
        page.emulate_media(color_scheme="light")
        return page

    def _on_console(self, message: ConsoleMessage) -> None:
        """Breaches of the content security policy come here too, as errors."""
        if message.type in ("error", "warning") and not message.text.startswith((*REFUSED, *REPLACED)):
            self.wrongs.append(f"{message.location['url']}: {message.text}")

    def close(self) -> None:
        while self.contexts:
            self.contexts.pop().close()


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """Through the real form."""
    page.goto("/sign-in")
    page.locator("#email").fill(f"{name}@demo.example")
    page.locator("#password").fill(password)
    page.locator("#password").press("Enter")
    page.wait_for_url(lambda url: not url.endswith("/sign-in"))


def follow(wanted: Locator) -> None:
    """Clicks what leads to another page, and waits until that one stands there whole.

    After a click alone the old page may still stand: what is read then is read from it, and a `goto` then cuts the form off
    on its way.
    """
    with wanted.page.expect_navigation():
        wanted.click()


def settle(page: Page) -> None:
    """Waits until htmx has put everything in its place, the keyboard's too."""
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added")).to_have_count(0)
