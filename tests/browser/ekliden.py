"""The made-up region as a browser test meets it: its people behind the demo's start page, and its mail.

The addresses are those of the product and the demo's, which stand in `config.urls` only in demo mode.
"""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.urls import include, path
from playwright.sync_api import Locator, Page, expect

from samskapa.config.urls import handler403, handler404
from samskapa.config.urls import urlpatterns as product
from samskapa.ground.core.services import drain

__all__ = ["Person", "bring_session", "handler403", "handler404", "letters_to", "link_in", "post", "urlpatterns"]

urlpatterns = [*product, path("demo/", include("samskapa.edge.demo.urls"))]


def post(folder: Path) -> list[EmailMessage]:
    """Run all that is due, and return every mail sent so far, the oldest first."""
    drain()
    letters = []
    for file in folder.glob("*.eml"):
        letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        assert isinstance(letter, EmailMessage)
        letters.append((file.stat().st_mtime_ns, letter))
    return [letter for _, letter in sorted(letters, key=lambda found: found[0])]


def letters_to(folder: Path, key: str) -> list[EmailMessage]:
    """The mails to a made-up person, the oldest first."""
    return [letter for letter in post(folder) if f"{key}@ekliden.example" in letter["To"]]


def link_in(letter: EmailMessage, containing: str = "/") -> str:
    """The first address in a mail that contains `containing`."""
    body = letter.get_content()
    found = [url for url in re.findall(r"https?://\S+", body) if containing in url]
    assert found, body
    return found[0]


def bring_session(client: Client, page: Page, url: str) -> None:
    """The visitor is from now on whom the test client is logged in as; for who is not on the demo's start page."""
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url}])


def tick(box: Locator) -> None:
    """Press where it stands. The whole row is its label's, so the browser sees the press on the label."""
    box.check(force=True)


def whole(name: str) -> re.Pattern[str]:
    """A whole name. What only a screen reader hears stands in a box of its own, so a space may come before it."""
    return re.compile(rf"^{re.escape(name)}$".replace(":", r"\s*:").replace("\\ ", r"\s+"))


class Person:
    """Somebody at a browser, who does what a person does: reads, follows links, writes, presses buttons.

    A button and a link are found by their whole visible name (with what only a screen reader hears).
    """

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        page.set_default_timeout(8000)

    # --- going ---
    def goes_to(self, path: str) -> Person:
        self.page.goto(path if path.startswith("http") else self.url + path)
        return self

    def is_called(self, name: str) -> Person:
        """Steps into a made-up person on the demo's start page."""
        self.goes_to("/demo/")
        return self._leaving(self.page.get_by_role("button", name=re.compile(rf"\b{re.escape(name)}$")))

    def follows(self, name: str) -> Person:
        return self._leaving(self.page.get_by_role("link", name=whole(name)).first)

    def presses(self, name: str) -> Person:
        return self._leaving(self.page.get_by_role("button", name=whole(name)))

    def _leaving(self, what) -> Person:
        """Click, and be on the page that comes, whether it is a new one or swapped into this one: two in a row may have
        buttons with the same name."""
        self.page.locator("#main").evaluate("main => main.setAttribute('data-left', '')")
        what.click()
        expect(self.page.locator("#main[data-left]")).to_have_count(0)
        self.page.wait_for_load_state()
        return self

    # --- writing ---
    def writes(self, label: str, text: str) -> Person:
        self.page.get_by_label(label, exact=False).first.fill(text)
        return self

    def fills_in(self, answers: dict) -> Person:
        """Name of field -> what is written; for a choice its value, for several a list, for a box True."""
        for name, answer in answers.items():
            field = self.page.locator(f'main [name="{name}"]')
            if answer is True:
                tick(field)
            elif isinstance(answer, list) or field.first.get_attribute("type") == "radio":
                for value in answer if isinstance(answer, list) else [answer]:
                    tick(self.page.locator(f'main [name="{name}"][value="{value}"]'))
            else:
                field.fill(answer)
        return self

    def ticks(self, *labels: str) -> Person:
        for label in labels:
            tick(self.page.get_by_label(label, exact=True))
        return self

    def unticks(self, label: str) -> Person:
        self.page.get_by_label(label, exact=True).uncheck(force=True)
        return self

    def opens(self, summary: str, within=None) -> Person:
        """Opens a fold, or follows the link that fetches it; one that is open already stays so."""
        around = within or self.page
        fold = around.locator("details").filter(has=self.page.locator(":scope > summary", has_text=summary)).last
        link = around.get_by_role("link", name=summary)
        if link.count():
            link.click()
            fold.wait_for()
        if fold.get_attribute("open") is None:
            fold.locator(":scope > summary").click()
        return self

    # --- reading ---
    def sees(self, *sentences: str) -> Person:
        for sentence in sentences:
            expect(self.page.locator("main")).to_contain_text(sentence)
        return self

    def sees_not(self, *sentences: str) -> Person:
        for sentence in sentences:
            expect(self.page.locator("main")).not_to_contain_text(sentence)
        return self

    def is_at(self, heading: str) -> Person:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        return self
