"""Which points a joining agreement is drafted with. The wording is `queries/agreement_words.py`; here is the choice."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DraftLine:
    """key: names the wording. heading: the group it stands in. side: who promises it ("person", "care", "both")."""

    key: str
    heading: str
    side: str


_LINES = (
    DraftLine("asked", "of_us", "care"),
    DraftLine("told", "of_us", "care"),
    DraftLine("introduction", "of_us", "care"),
    DraftLine("contact", "of_us", "care"),
    DraftLine("access", "of_us", "care"),
    DraftLine("pay", "of_us", "care"),
    DraftLine("kept", "of_us", "care"),
    DraftLine("secrecy", "of_you", "person"),
    DraftLine("changes", "of_you", "person"),
    DraftLine("answers", "of_you", "person"),
    DraftLine("respect", "together", "both"),
    DraftLine("ends", "together", "both"),
)
_MINOR = DraftLine("minor", "of_us", "care")


def lines_for(*, is_minor: bool) -> tuple[DraftLine, ...]:
    """The points to draft, in order. For somebody under eighteen one more is said, after who the contact person is."""
    if not is_minor:
        return _LINES
    at = [line.key for line in _LINES].index("contact") + 1
    return (*_LINES[:at], _MINOR, *_LINES[at:])
