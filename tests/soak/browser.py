"""A person at a browser: keeps cookies, reads the form off the page, presses the button again when no answer came."""

from __future__ import annotations

import threading
from time import monotonic, sleep

import requests
from lxml import html

from .pages import FoundForm, forms_of

#: Seconds that a person waits for a house that has been killed to answer again.
PATIENCE = 300


def words_of(page: str) -> str:
    """What stands in the middle of a page; "" for an answer without one."""
    middle = html.document_fromstring(page).xpath("//main") if page.strip() else []
    return " ".join(middle[0].text_content().split())[:300] if middle else ""


class NoForm(AssertionError):
    """The page has no form of that kind: the step has been taken, or may not be."""


class Browser:
    """One person's browser. stop: when set, whoever waits gives up. twice: an answered button is pressed once more."""

    def __init__(self, base: str, stop: threading.Event) -> None:
        self.base, self.stop, self.twice = base, stop, False
        self.session = requests.Session()
        self.pressed_again = 0

    def close(self) -> None:
        self.session.close()

    def get(self, path: str) -> requests.Response:
        answer, _ = self._ask("GET", path, None)
        return answer

    def form(self, path: str, *, field: str = "", to: str = "") -> FoundForm:
        """The form on the page that has the field, or that goes to the address. Raises NoForm."""
        page = self.get(path)
        for form in forms_of(page.text, path):
            if form.method == "post" and (field in form.kinds if field else form.path == to):
                return form
        raise NoForm(f"{path} ({page.status_code}): no form with {field or to}")

    def press(self, form: FoundForm, **values) -> tuple[requests.Response, int]:
        """Send the form, again and again until somebody answers. Returns the answer and how often it was sent."""
        data = form.filled(**values)
        answer, times = self._ask("POST", form.path, data)
        if self.twice:
            again, _ = self._ask("POST", form.path, data)
            first, second = answer.headers.get("Location", ""), again.headers.get("Location", "")
            # To the page of the thing itself is right too: "thank you" is said once.
            led = f"{form.path} pressed twice led to {first} and {again.status_code} {second}: {words_of(again.text)}"
            assert again.status_code == answer.status_code, led
            assert second, led
            assert first.startswith(second), led
        return answer, times

    def _ask(self, method: str, path: str, data) -> tuple[requests.Response, int]:
        give_up_at, times = monotonic() + PATIENCE, 0
        while True:
            times += 1
            try:
                answer = self.session.request(
                    method,
                    self.base + path,
                    data=data,
                    headers={"Referer": self.base + path},
                    allow_redirects=False,
                    timeout=30,
                )
            except requests.RequestException:
                assert monotonic() < give_up_at, f"no answer within {PATIENCE} s: {method} {path}"
                sleep(0.1)
                continue
            assert answer.status_code < 500, f"{method} {path}: {answer.status_code} {answer.text[:300]}"
            self.pressed_again += times > 1 and method == "POST"
            return answer, times
