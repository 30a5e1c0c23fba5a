"""What the log may hold, and what it may not."""

from __future__ import annotations

import json
import logging
import sys

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string


def written(message: str, *, error: bool = False, how: str = "line", logger: str = "django.request") -> str:
    """The line as every handler of ours writes it."""
    used = settings.LOGGING["formatters"][how]
    formatter = import_string(used["()"])(used.get("format"))
    record = logging.LogRecord(logger, logging.ERROR, __file__, 1, message, (), sys.exc_info() if error else None)
    return formatter.format(record)


def test_an_exception_is_told_by_place_and_class_without_its_words():
    address = "anna@" + "example.se"
    try:
        try:
            raise ValueError(address)
        except ValueError as error:
            raise RuntimeError(address) from error
    except RuntimeError:
        said = written("Internal Server Error: /mitt/", error=True)
    lines = said.splitlines()
    assert address not in said
    assert [line for line in lines if line.startswith("builtins.")] == ["builtins.ValueError", "builtins.RuntimeError"]
    assert lines[0].endswith("Internal Server Error: /mitt/")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("organisations:invitation", {"token": "hemlig-nyckel"}),
        ("account_reset_password_from_key", {"uidb36": "1", "key": "hemlig-nyckel"}),
    ],
)
def test_a_link_that_lets_in_is_not_written_down(name, key):
    said = written(f"Unprocessable Entity: {reverse(name, kwargs=key)}")
    assert "hemlig" not in said
    assert said.endswith("/.../")


def test_as_json_a_line_of_ours_becomes_fields():
    line = json.loads(written("mail sent id=7 kind=people/code attempt=1", how="json", logger="samskapa.mail"))
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "ERROR",
        "logger": "samskapa.mail",
        "event": "mail sent",
        "id": 7,
        "kind": "people/code",
        "attempt": 1,
    }


def test_as_json_a_library_may_not_make_fields_and_nothing_more_is_told():
    address = "anna@" + "example.se"
    try:
        raise ValueError(address)
    except ValueError:
        text = written("Internal Server Error: /konto/inbjudan/hemlig?level=x", error=True, how="json")
    line = json.loads(text)
    assert "\n" not in text
    assert line["event"] == "Internal Server Error: /konto/inbjudan/..."
    assert line["level"] == "ERROR"
    assert line["error"].splitlines()[-1] == "builtins.ValueError"
    assert address not in text
