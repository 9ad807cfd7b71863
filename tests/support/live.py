"""A real server and a real browser: `live` serves the application on a port of its own, from the test's own database.

`live.page_as("RS")` is a page of Chromium, signed in by the demonstration seat of that party ("secretariat", "facilitator",
"observer", a party's code), `live.page()` one of a visitor. The network beyond this machine is closed to both.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.support.world import World

#: The one without a window first: the same engine, and less work for each page.
PLACES = (
    "/usr/bin/chromium-headless-shell",
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--metrics-recording-only",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def chromium() -> str:
    """The system's Chromium: SOFRA_CHROMIUM, else the usual places."""
    wanted = os.environ.get("SOFRA_CHROMIUM")
    for place in [wanted] if wanted else PLACES:
        if place and Path(place).exists():
            return place
    raise RuntimeError("Browser tests need Chromium: install it, or name it in SOFRA_CHROMIUM.")


@contextmanager
def browsing() -> Iterator[Browser]:
    """One browser for a whole test run."""
    # Playwright keeps an event loop in this thread; Django's ORM would refuse to work beside it otherwise.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def serving() -> Iterator[str]:
    """Serve the application in threads. Answers the address without a slash at the end."""
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_: Any) -> None:
            """A test run reads no access log."""

    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


class Live:
    """A served world and the browser that looks at it."""

    def __init__(self, url: str, browser: Browser, world: World) -> None:
        self.url = url
        self.browser = browser
        self.world = world
        self.contexts: list[BrowserContext] = []

    def context(self, **options: Any) -> BrowserContext:
        """A browser of its own, with no cookies. Options are Playwright's (viewport, color_scheme, locale …)."""
        context = self.browser.new_context(base_url=self.url, **options)
        context.set_default_timeout(20_000)
        self.contexts.append(context)
        return context

    def page(self, **options: Any) -> Page:
        """A visitor's page."""
        return self.context(**options).new_page()

    def page_as(self, who: str, **options: Any) -> Page:
        """A page signed in by a demonstration seat, standing on what follows the sign-in."""
        page = self.page(**options)
        page.goto("/en/account/sign-in/")
        page.locator(f'button[name="seat"][value="{self.world.seats[who].pk}"]').click()
        page.wait_for_load_state()
        return page

    def close(self) -> None:
        """Close every page that was opened."""
        for context in self.contexts:
            context.close()
