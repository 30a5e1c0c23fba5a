"""Every colour on every ground it is used on, in light, dark and high contrast."""

import re
from pathlib import Path

import pytest
from django.apps import apps

SHEET = (Path(apps.get_app_config("design").path) / "static/design/tokens.css").read_text(encoding="utf-8")
GROUNDS = ["paper", "sheet"]
WORDS = [(word, ground) for word in ("ink", "soft", "person", "care", "shared", "problem") for ground in GROUNDS]
WASHES = [(side, f"{side}-wash") for side in ("person", "care", "shared", "problem")]
WASHES += [("ink", wash) for _, wash in WASHES] + [
    ("paper", "care"),
    ("paper", "care-deep"),
    ("on-banner", "banner"),
]
SIGNS = [(sign, ground) for sign in ("edge", "focus", "honey") for ground in GROUNDS]


def schemes() -> dict[str, dict[str, str]]:
    """The colours by scheme; each builds on the ones before it, as the sheet does."""
    blocks = [dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{3,6})", block)) for block in SHEET.split(":root {")[1:]]
    light, dark, more_light, more_dark = blocks
    return {
        "light": light,
        "dark": light | dark,
        "light, more contrast": light | more_light,
        "dark, more contrast": light | dark | more_light | more_dark,
    }


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", schemes())
def test_words_are_read_on_every_ground(scheme):
    colours = schemes()[scheme]
    least = 7 if "more" in scheme else 4.5
    weak = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in WORDS + WASHES}
    assert {pair: value for pair, value in weak.items() if value < least} == {}


@pytest.mark.parametrize("scheme", schemes())
def test_edges_and_focus_are_seen_on_every_ground(scheme):
    colours = schemes()[scheme]
    weak = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in SIGNS}
    assert {pair: value for pair, value in weak.items() if value < 3} == {}
