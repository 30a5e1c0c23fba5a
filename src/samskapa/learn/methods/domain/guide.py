"""To be a host, in ten minutes: the text as sections. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .methods import LANGUAGES


@dataclass(frozen=True, slots=True)
class Section:
    """key: its place on the page. text: paragraphs. points: short things to do. words: (say this, not that), or
    (word, what it means). ask: questions to oneself; nothing is stored."""

    key: str
    title: str
    text: tuple[str, ...]
    points: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    ask: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """The whole in one language. checklist: heading -> what to tick off on paper."""

    title: str
    lead: str
    sections: tuple[Section, ...]
    checklist: tuple[tuple[str, tuple[str, ...]], ...]


def read_guide(written: Mapping[str, Mapping[str, Any]]) -> dict[str, Guide]:
    """The guide by language. Raises KeyError where something is missing, ValueError where one says more."""
    guides = {language: _guide(written[language]) for language in LANGUAGES}
    shapes = {
        tuple((each.key, len(each.points), len(each.words), len(each.ask)) for each in guide.sections)
        + tuple(len(items) for _heading, items in guide.checklist)
        for guide in guides.values()
    }
    if len(shapes) != 1:
        raise ValueError("the languages do not say the same")
    return guides


def _guide(written: Mapping[str, Any]) -> Guide:
    return Guide(
        title=written["title"],
        lead=written["lead"],
        sections=tuple(
            Section(
                key=each["key"],
                title=each["title"],
                text=tuple(each["text"]),
                points=tuple(each.get("points", ())),
                words=tuple((word, means) for word, means in each.get("words", ())),
                ask=tuple(each.get("ask", ())),
            )
            for each in written["sections"]
        ),
        checklist=tuple((each["title"], tuple(each["items"])) for each in written["checklist"]),
    )
