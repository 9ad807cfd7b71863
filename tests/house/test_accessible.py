"""Every page of the house as its readers see it: no violation axe knows of, on paper and ink, on a phone, a tablet and a desk.

Every route that answers GET is looked at by everybody of READERS whom its door lets in: by the first of them on every size in
both schemes, by the others on a phone, since what differs is what they may do. A route that shows no page says why, in NO_PAGE.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from django.test import Client, override_settings
from django.urls import reverse
from playwright.sync_api import Error, Page, Response

from tests.house import lived_in
from tests.house.crawling import Route, routes
from tests.support.live import Live, serving
from tests.support.world import World

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
EVERYTHING: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
#: The colours are all that another scheme changes.
COLOURS: dict[str, Any] = {**EVERYTHING, "runOnly": ["color-contrast"]}
SIZES = {"phone": 390, "tablet": 820, "desk": 1440}
#: A desk's window of 1280 px at 200 % is so wide; nothing may need scrolling sideways in it.
ZOOMED = 640
#: A window's new size reaches what watches it with the next frame that is drawn.
SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
#: Whose pages are looked at, and the role by which a door knows them.
READERS = {"visitor": "visitor", "secretariat": "secretariat", "AL": "delegate"}
#: Pages of accounts open to those who hold one of their own, with or without a second factor.
PEOPLE = ("enrolled", "newcomer", "halfway")
#: Routes that answer GET and show no page.
NO_PAGE: dict[str, str] = {
    **dict.fromkeys(
        (
            "api_entities",
            "api_entity",
            "api_format",
            "api_formats",
            "api_meeting",
            "api_meetings",
            "api_order",
            "api_profile",
            "api_schema",
        ),
        "data for programs",
    ),
    "bilateral_day_ics": "a calendar",
    "bilateral_day_pdf": "a paper",
    "bilateral_progress": "the part of a page that tells how far a search is",
    "calendar_feed": "a calendar",
    "desk_changes": "data for the desk's clock",
    "document_file": "a document",
    "follow_up_sheet": "a sheet",
    "jobs_standing": "the part of a page that tells how far long work is",
    "healthz": "a word for machines",
    "kept_file": "a document",
    "media_sheet": "a sheet",
    "mfa_login_webauthn": "data for the browser's passkeys",
    "pack_paper": "a paper",
    "plates_delegations": "a paper",
    "plates_people": "a paper",
    "red_lines_file": "a file",
    "press_letter": "a paper",
    "register_sheet": "a sheet",
    "signing_key_file": "a file",
    "text_file": "a file",
    "text_packages_standing": "the part of a page that tells how far a search is",
    "text_paper": "a file",
    "text_screen_live": "data for the screen",
    "text_version_signed": "a file",
    "text_version_words": "a file",
    "source_code": "the source that runs, packed",
}
#: Routes are dealt out to so many tests, for workers to share.
SHARDS = 8


@pytest.fixture(scope="module")
def readers(inhabited: World, browser: Any) -> Iterator[dict[str, Page]]:
    """A page of each reader's own in the house lived in, served; axe may be put into it whatever the content policy says."""
    options: dict[str, Any] = {
        "bypass_csp": True,
        "reduced_motion": "reduce",
        "viewport": {"width": 1440, "height": 900},
    }
    # A slow machine may take longer over its pages than a password counts as just given.
    with override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=7200), serving() as url:
        live = Live(url, browser, inhabited)
        try:
            pages = {who: live.page(**options) if who == "visitor" else live.page_as(who, **options) for who in READERS}
            for who in PEOPLE:
                pages[who] = live.page(**options)
                client: Client = getattr(lived_in, who)(inhabited)
                cookies = [{"name": key, "value": found.value, "url": url} for key, found in client.cookies.items()]
                pages[who].context.add_cookies(cookies)  # type: ignore[arg-type]
                if who == "enrolled":
                    add_passkey(pages[who])
            named = {place(inhabited)[0] for place in lived_in.PLACES.values()} | {who for _, who, _ in lived_in.MORE}
            pages.update({who: live.page_as(who, **options) for who in sorted(named - set(pages))})
            yield pages
        finally:
            live.close()


def add_passkey(page: Page) -> None:
    """Give the browser a holder of passkeys that says yes, and add one."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    kept = {
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    kinds = {"protocol": "ctap2", "transport": "internal"}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {**kinds, **kept}})
    page.goto("/en/account/factors/passkeys/add/")
    page.get_by_label("Name").fill("My key")
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url(lambda url: not url.endswith("/add/"))


@pytest.mark.parametrize("shard", range(SHARDS))
def test_every_page_is_accessible_in_light_and_dark_on_every_width(
    readers: dict[str, Page], inhabited: World, shard: int
) -> None:
    mine = [route for route in routes() if route.door and route.door.roles("GET") is not None][shard::SHARDS]
    found: list[str] = []
    unseen = set()
    for route in mine:
        looked = False
        for who, url in addresses(route, inhabited):
            if opened(readers[who], url):
                found += [f"{route.name} as {who}, {said}" for said in wrong(readers[who], thoroughly=not looked)]
                looked = True
        if not looked:
            unseen.add(route.name)
    for name, who, place in lived_in.MORE[shard::SHARDS]:
        url = reverse(name, kwargs=place(inhabited))
        assert opened(readers[who], url), url
        found += [f"{url} as {who}, {said}" for said in wrong(readers[who], thoroughly=True)]
    assert found == [], "\n".join(["", *found])
    assert unseen == set(NO_PAGE) & {route.name for route in mine}


def addresses(route: Route, world: World) -> Iterator[tuple[str, str]]:
    """Whose page a route is and where it lies, for each reader its door lets in."""
    assert route.door is not None
    if route.name in lived_in.PLACES:
        who, kwargs = lived_in.PLACES[route.name](world)
        yield who, reverse(route.name, kwargs=kwargs)
    else:
        roles = route.door.roles("GET") or frozenset()
        yield from ((who, route.url(world)) for who, role in READERS.items() if role in roles)
        if route.name.startswith(("account_", "mfa_")):
            yield from ((who, route.url(world)) for who in PEOPLE)


def opened(page: Page, url: str) -> Response | None:
    """The page behind an address; nothing where there is none for this reader, a redirect or a file."""
    try:
        response = page.goto(url)
    except Error as error:
        if "Download is starting" in error.message:
            return None
        raise
    assert response is not None
    if response.status != 200 or response.request.redirected_from is not None:
        return None
    # Data and parts of a page have no document type; only a whole page is for eyes.
    return response if page.evaluate("document.doctype !== null") else None


def wrong(page: Page, *, thoroughly: bool) -> Iterator[str]:
    """What is wrong with a page: on a phone, and `thoroughly` on every size in both schemes and at 200 %."""
    page.evaluate(AXE)
    for size, width in (*SIZES.items(), ("200 %", ZOOMED)) if thoroughly else [("phone", SIZES["phone"])]:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(SETTLED)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            yield f"{size}: wider than its window"
        if width == ZOOMED:
            continue
        for scheme, options in (("light", EVERYTHING), ("dark", COLOURS)) if thoroughly else (("light", EVERYTHING),):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            for violation in page.evaluate("options => axe.run(options)", options)["violations"]:
                yield from (f"{size}, {scheme}: {violation['id']}: {node['html'][:200]}" for node in violation["nodes"])
