"""Every component in every state, and three whole pages: for all eyes, with a keyboard, without scripts."""

from __future__ import annotations

import gzip
from urllib.parse import urlsplit

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/komponenter/",
    "/komponenter/exempel/start/",
    "/komponenter/exempel/uppdrag/",
    "/komponenter/exempel/overenskommelse/",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_passes_wcag_and_reflows(live_server, page_at, check_page, path):
    for scheme in ("light", "dark"):
        for width in (320, 1280):
            page = page_at(width=width, scheme=scheme)
            page.goto(live_server.url + path)
            check_page(page)


@pytest.mark.parametrize("path", PAGES)
def test_high_contrast_passes_too(live_server, page_at, axe, path):
    page = page_at(contrast="more")
    page.goto(live_server.url + path)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert axe(page) == [], scheme


@pytest.mark.parametrize("path", PAGES)
def test_text_twice_as_large_still_fits(live_server, page_at, wide_elements, path):
    page = page_at(bypass_csp=True)
    page.goto(live_server.url + path)
    page.add_style_tag(content="html { font-size: 200% }")
    for width in (320, 640, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert wide_elements(page) == [], width


@pytest.mark.parametrize("path", PAGES)
def test_a_page_without_scripts_shows_the_same(live_server, page_at, path):
    with_scripts, without = page_at(), page_at(javascript=False)
    with_scripts.goto(live_server.url + path)
    without.goto(live_server.url + path)
    assert without.locator("main").inner_text() == with_scripts.locator("main").inner_text()


def test_every_stop_of_the_tab_key_is_seen(live_server, page_at):
    page = page_at()
    page.goto(live_server.url + "/komponenter/")
    stops = []
    for _ in range(200):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
                const e = document.activeElement;
                if (!e || e === document.body) return null;
                const style = getComputedStyle(e), box = e.getBoundingClientRect();
                return {
                    what: (e.id || e.textContent.trim()).slice(0, 40),
                    width: parseFloat(style.outlineWidth), line: style.outlineStyle,
                    seen: box.bottom > 0 && box.top < innerHeight,
                };
            }"""
        )
        if stop is None:
            break
        stops.append(stop)
    assert stops[0]["what"] == "Till innehållet"
    assert [s["what"] for s in stops if s["line"] != "solid" or s["width"] < 3 or not s["seen"]] == []
    assert len(stops) > 60


def test_the_skip_link_leads_past_the_menu(live_server, page_at):
    page = page_at()
    page.goto(live_server.url + "/komponenter/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_error_summary_leads_to_the_field_and_to_the_first_choice_of_a_group(live_server, page_at):
    page = page_at(javascript=False)
    page.goto(live_server.url + "/komponenter/")
    summary = page.locator(".error-summary")
    for label, target in [
        ("Senaste dag att svara", "wrong_answer_date"),
        ("Hur mycket får den som är med påverka?", "wrong_influence_0"),
    ]:
        summary.get_by_role("link", name=label).click()
        assert urlsplit(page.url).fragment == target
        assert page.locator(f"#{target}").count() == 1


def test_what_one_can_hit_is_at_least_44_pixels_high(live_server, page_at):
    page = page_at(width=390)
    page.goto(live_server.url + "/komponenter/")
    small = page.evaluate(
        """() => [...document.querySelectorAll(
                "button, .button, summary, select, input:not([type=hidden])," +
                "nav a, .back a, .task a, .answer a, .foot a")]
            .filter((e) => e.offsetParent)
            .map((e) => {
                const choice = e.closest(".choice");
                return [e.outerHTML.slice(0, 80), Math.round((choice || e).getBoundingClientRect().height)];
            })
            .filter(([, height]) => height < 44)"""
    )
    assert small == []


def test_the_first_page_weighs_less_than_100_kilobytes(live_server, page_at):
    page = page_at()
    sizes: dict[str, int] = {}
    page.on("response", lambda response: sizes.update({response.url: len(response.body())}))
    page.goto(live_server.url + "/komponenter/exempel/start/", wait_until="networkidle")
    fonts = [url for url in sizes if url.endswith(".woff2")]
    assert len(fonts) == 2, "the extended letters are not asked for by a page that has none"
    compressed = sum(compressed_size(page, url) for url in sizes)
    assert compressed < 100_000


def compressed_size(page, url: str) -> int:
    """Bytes over the wire as the production server sends them: text gzipped, fonts as they are."""
    body = page.request.get(url).body()
    return len(body) if url.endswith(".woff2") else len(gzip.compress(body))


def test_letters_of_the_neighbours_are_fetched_when_a_page_has_them(live_server, page_at):
    page = page_at()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(live_server.url + "/komponenter/", wait_until="networkidle")
    assert [url for url in asked if "atkinson-hyperlegible-next-latin-ext" in url] != []


def test_paper_is_white_and_has_no_controls(live_server, page_at):
    page = page_at(scheme="dark")
    page.goto(live_server.url + "/komponenter/exempel/overenskommelse/")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.locator(".button:visible, .skip:visible").count() == 0
    assert page.locator(".point:visible").count() == 4


def test_the_kit_looks_as_closely_where_scripts_are_off(live_server, page_at, check_page):
    page = page_at(javascript=False, width=320)
    page.goto(live_server.url + "/komponenter/")
    check_page(page)


def test_the_kit_sees_what_is_wrong(live_server, page_at, axe, wide_elements):
    page = page_at(width=320)
    page.goto(live_server.url + "/komponenter/exempel/start/")
    page.evaluate(
        """() => {
            document.querySelector(".lead").append(document.createElement("img"));
            const wide = document.createElement("pre");
            wide.textContent = "x".repeat(100);
            wide.style.whiteSpace = "pre";
            document.querySelector("main").append(wide);
        }"""
    )
    assert any(line.startswith("image-alt") for line in axe(page))
    assert wide_elements(page) != []
