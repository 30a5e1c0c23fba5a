"""The components keep their names, keep texts from being markup, and put nothing inline in a page."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

DESIGN = Path(apps.get_app_config("design").path)
HOSTILE = "\"><script>alert('1')</script>"
NAMES = [path.stem.replace("_", "-") for path in sorted((DESIGN / "templates/cotton").glob("*.html"))]


def draw(template: str, **context) -> str:
    return engines["django"].from_string(CottonCompiler().process(template)).render(context)


class Tags(HTMLParser):
    """Which tags a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)


def test_a_page_needs_nothing_from_its_view():
    html = render_to_string("design/page.html")
    assert '<html lang="sv">' in html
    assert '<main id="main"' in html


def test_the_frame_shows_menu_capacity_and_footer():
    html = render_to_string(
        "design/page.html",
        {
            "navigation": [("Uppdrag", "/uppdrag/", True), ("Mitt", "/mitt/", False)],
            "footer_links": [("Tillgänglighet", "/tillganglighet/")],
            "capacity_label": "samordnare i Region Exempel",
            "capacity_url": "/konto/roll/",
            "language_url": "/konto/sprak/",
            "demo_notice": "Det här är en demo med påhittade personer.",
        },
        RequestFactory().get("/uppdrag/"),
    )
    assert '<a href="/uppdrag/" aria-current="page">Uppdrag</a>' in html
    assert '<a href="/mitt/">Mitt</a>' in html
    assert "<b>samordnare i Region Exempel</b>" in html
    assert '<a href="/konto/roll/">Byt</a>' in html
    assert 'name="language" value="en" lang="en">English</button>' in html
    assert '<a href="/tillganglighet/">Tillgänglighet</a>' in html
    assert "Det här är en demo med påhittade personer." in html


@pytest.mark.parametrize("name", NAMES)
def test_no_component_lets_a_text_become_markup(name):
    attributes = [
        "title", "href", "term", "at", "who", "state", "question", "change", "label", "summary", "caption",
        "side", "kind", "level", "data-note", "action", "clear", "button", "theirs", "yours", "id",
    ]  # fmt: skip
    static = " ".join(f'{attribute}="{{{{ text }}}}"' for attribute in attributes)
    dynamic = " ".join(f':{attribute}="text"' for attribute in attributes)
    for given in (static, dynamic):
        reader = Tags()
        reader.feed(draw(f"<c-{name} {given}>{{{{ text }}}}</c-{name}>", text=HOSTILE))
        assert "script" not in reader.seen


@pytest.mark.parametrize("name", NAMES)
def test_a_component_takes_nothing_from_the_page_around_it(name):
    leaks = dict.fromkeys(["title", "href", "state", "label", "summary", "caption", "term", "who", "at"], "LEAK")
    assert "LEAK" not in draw(f"<c-{name}></c-{name}>", **leaks)


def test_the_contracts_components_are_there():
    assert {
        "button", "next-step", "facts", "fact", "ladder", "task-list", "task", "answers", "answer",
        "timeline", "moment", "notice", "empty", "pagination", "progress", "point", "table", "card", "back",
        "details", "error-summary", "status", "sides", "definition", "filters", "conflict", "form", "send-again",
        "public-record", "bars",
    } == set(NAMES)  # fmt: skip


def test_no_template_puts_anything_inline():
    for path in DESIGN.glob("templates/**/*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\bsrc=)|hx-on|js:", text), path


def test_a_list_keeps_what_was_chosen_from_page_to_page(client):
    html = client.get("/komponenter/?place=norr&page=3").content.decode()
    assert 'href="?place=norr&amp;page=2"' in html
    assert 'href="?place=norr&amp;page=4"' in html
    assert "Sida 3 av 5" in html


def test_an_example_that_is_not_there_is_not_found(client):
    assert client.get("/komponenter/exempel/okand/").status_code == 404
