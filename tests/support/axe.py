"""What axe-core finds on pages, as a phone in the light and as a desk in the dark."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe

Finding = tuple[Any, ...]


def violations(live: Any, pages: dict[str, list[str]]) -> list[Finding]:
    """What is wrong with the pages of each reader: axe's findings, and pages wider than their window."""
    found: list[Finding] = []
    for who, paths in pages.items():
        for width, scheme in ((390, "light"), (1440, "dark")):
            page = live.page_as(
                who, viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
            )
            for path in paths:
                assert page.goto(path).status == 200, path
                found += [
                    (path, each["id"], each["nodes"][0]["html"]) for each in Axe().run(page).response["violations"]
                ]
                if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                    found.append((path, width, "wider than its window"))
    return found
