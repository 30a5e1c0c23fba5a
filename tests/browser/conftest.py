"""A real browser, and what every page is held against: `check_page`.

    @pytest.mark.browser
    def test_a_page(live_server, page_at, check_page):
        page = page_at(width=320, scheme="dark")
        page.goto(live_server.url + "/")
        check_page(page)

Everything is skipped, with one line, where Chromium is missing.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

CHROMIUM = os.environ.get("SAMSKAPA_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
#: No sandbox: the tests also run as root in a container. The rest keeps Chromium from calling home.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    # Not in the tags above by default in every axe release; asked for by name so that it is never forgotten.
    "rules": {"target-size": {"enabled": True}},
}
#: What the choice of light or dark can break.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
#: axe's source, once: it is put into each page by the debugger, past the page's own Content-Security-Policy.
_AXE = Axe()

# Playwright's loop runs in this thread, so Django believes that it is asynchronous; it is not.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


# A busy machine is slow, not wrong.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, one for the whole run (and one for each xdist worker)."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"left out: no Chromium at {CHROMIUM} (set SAMSKAPA_CHROMIUM)")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


class Visit:
    """What a page did while it was looked at: console messages, and every address it asked for."""

    def __init__(self, page: Page, javascript: bool) -> None:
        self.javascript = javascript
        self.console: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.console.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.console.append(f"pageerror: {error}"))
        page.on("request", lambda request: self.requests.append(request.url))


_visits: dict[Page, Visit] = {}


@pytest.fixture
def page_at(browser: Browser) -> Iterator[Callable[..., Page]]:
    """`page_at(width=1280, scheme="light", javascript=True)`: a fresh visitor's page, without cookies.

    Give `context=page.context` to open another page for the same visitor.
    """
    contexts: list[BrowserContext] = []

    def open_page(
        width: int = 1280,
        scheme: str = "light",
        javascript: bool = True,
        context: BrowserContext | None = None,
        **options,
    ) -> Page:
        if context is None:
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,
                java_script_enabled=javascript,
                locale="sv-SE",
                timezone_id="Europe/Stockholm",
                reduced_motion="reduce",
                **options,
            )
            contexts.append(context)
        page = context.new_page()
        _visits[page] = Visit(page, javascript)
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            _visits.pop(page, None)
        context.close()


@pytest.fixture
def check_page() -> Callable[..., None]:
    """`check_page(page)`: axe WCAG 2.2 AA, reflow at 320 px, a clean console, nothing asked of other sites.

    `axe_only_in` narrows axe to a selector. `console_may_say`: parts of lines that are no fault (Chromium
    itself remarks on a form's 422). Leaves the page at the width it had. Where scripts
    are off axe cannot run; the rest is checked.
    """

    def check(
        page: Page, *, axe_only_in: str | None = None, console_may_say: tuple[str, ...] = ("status of 422",)
    ) -> None:
        visit = _visits[page]
        # A click waits until the next page's answer has begun, not until it is all there.
        page.wait_for_load_state()
        if visit.javascript:  # axe waits on timers, which stand still where scripts are off
            assert axe_violations(page, axe_only_in) == []
        assert wider_than_the_window(page) == []
        before = page.viewport_size
        page.set_viewport_size({"width": 320, "height": 900})
        assert wider_than_the_window(page) == [], "at 320 px"
        if before:
            page.set_viewport_size(before)
        said = [line for line in visit.console if not any(allowed in line for allowed in console_may_say)]
        assert said == []
        origin = urlsplit(page.url).netloc
        assert [url for url in visit.requests if urlsplit(url).netloc not in (origin, "")] == []

    return check


@pytest.fixture
def axe() -> Callable[..., list[str]]:
    """`axe(page)`: what axe finds, as lines; for a page that needs less than the whole `check_page`."""
    return axe_violations


@pytest.fixture
def axe_in_both_schemes() -> Callable[[Page], list[str]]:
    """`axe_in_both_schemes(page)`: everything in light, and in dark what the colours decide. Leaves it in light."""

    def look(page: Page) -> list[str]:
        page.emulate_media(color_scheme="dark")
        dark = axe_violations(
            page, rules={"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
        )
        page.emulate_media(color_scheme="light")
        return [f"light: {fault}" for fault in axe_violations(page)] + [f"dark: {fault}" for fault in dark]

    return look


@pytest.fixture
def wide_elements() -> Callable[[Page], list[str]]:
    """`wide_elements(page)`: what makes the page scroll sideways."""
    return wider_than_the_window


def axe_violations(page: Page, selector: str | None = None, rules: dict = RULES) -> list[str]:
    """What axe finds, as "rule: where (why)" lines."""
    found = _AXE.run(page, context=selector, options=rules).response["violations"]
    return [f"{rule['id']}: {node['target']} ({node['failureSummary']})" for rule in found for node in rule["nodes"]]


def wider_than_the_window(page: Page) -> list[str]:
    """What makes the page scroll sideways; empty when it does not."""
    return page.evaluate(
        """() => {
            const room = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= room) return [];
            const wide = [...document.body.querySelectorAll("*")]
                .filter((e) => Math.max(e.getBoundingClientRect().right, e.scrollWidth) > room + 0.5)
                .map((e) => `${Math.round(e.getBoundingClientRect().right)} px: ${e.outerHTML.slice(0, 90)}`);
            return [`the page is ${document.documentElement.scrollWidth} px wide`, ...wide.slice(0, 9)];
        }"""
    )


class Ekliden:
    """The made-up region on a live server: `url` where it answers, `mail` where its mail lies, `cast` who is who."""

    def __init__(self, url: str, mail: Path, cast) -> None:
        self.url, self.mail, self.cast = url, mail, cast


@pytest.fixture
def demo_mode(live_server, settings, tmp_path) -> Path:
    """The product with the demo's addresses, answering at the live server's; returns the folder of its mail."""
    settings.DEMO = True
    settings.ROOT_URLCONF = "tests.browser.ekliden"
    settings.SITE_URL = live_server.url
    settings.MAIL_URL = f"file://{tmp_path / 'mail'}"
    return tmp_path / "mail"


@pytest.fixture
def ekliden(live_server, demo_mode) -> Ekliden:
    """Its people and places, in demo mode, before anybody has done anything."""
    return Ekliden(live_server.url, demo_mode, _people_and_places())


def _people_and_places():
    from django.utils import timezone

    from samskapa.edge.demo.services.building import make_cast
    from samskapa.ground.organisations.domain import Kind
    from tests.factories.organisations import make_node

    make_node(Kind.NATION)
    return make_cast(timezone.now())


@pytest.fixture(scope="session")
def kept_stories() -> list:
    """What `told` has built: the rows and the cast, once there are any."""
    return []


@pytest.fixture
def told(live_server, demo_mode, kept_stories, tmp_path_factory) -> Ekliden:
    """The made-up region with its stories at every stage: built once by each process, put back for each test."""
    from django.utils import timezone, translation

    from samskapa.edge.demo.services import build_demo
    from tests.factories.kept import Kept

    if kept_stories:
        kept, cast = kept_stories
        kept.put_back()
    else:
        cast = _people_and_places()
        with translation.override("sv"):
            build_demo(now=timezone.now())
        kept_stories += [Kept(tmp_path_factory.mktemp("kept")), cast]
    return Ekliden(live_server.url, demo_mode, cast)
