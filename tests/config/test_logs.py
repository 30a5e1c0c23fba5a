"""What the log may hold, and what it may not."""

from __future__ import annotations

import logging
import sys

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string


def written(message: str, *, error: bool = False) -> str:
    """The line as every handler of ours writes it."""
    used = settings.LOGGING["formatters"][settings.LOGGING["handlers"]["stderr"]["formatter"]]
    formatter = import_string(used["()"])(used["format"])
    record = logging.LogRecord(
        "django.request", logging.ERROR, __file__, 1, message, (), sys.exc_info() if error else None
    )
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
