"""What a method is, and how a file under `texts/methods/` is read. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from samskapa.cocreate.assignments.domain import Contribution, Influence

#: Swedish is what is said where the reader's own language has no words.
FIRST_LANGUAGE = "sv"
LANGUAGES = ("sv", "en")
#: What of a method can come from its source; all else is our own advice.
SOURCED = ("purpose", "people", "time", "leads", "steps")


class BadMethod(ValueError):
    """A file of a method that lacks something or says something impossible. Names the file and what is wrong."""


class Aim(StrEnum):
    """What one wants with meeting, in the order of a piece of work."""

    UNDERSTAND = "understand"  # how it is to be a patient or close to one
    IDEAS = "ideas"
    CHOOSE = "choose"  # what is most important
    MAKE = "make"  # change something together
    FOLLOW_UP = "follow_up"  # whether it became better
    ADVISE = "advise"  # follow and advise over time
    TEACH = "teach"  # let others learn from experience
    GATHER = "gather"  # help a group to get going and feel safe


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts come from, with an address that opens."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Text:
    """A method in one language. words: what else one may look for it by."""

    name: str
    short: str
    what: str
    why: str
    fits: tuple[str, ...]
    fits_not: tuple[str, ...]
    people: str
    time: str
    leads: str
    steps: tuple[str, ...]
    access: tuple[str, ...]
    risks: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Method:
    """A described way to co-create.

    levels: how much influence it gives, the usual first; none for what only helps another method along.
    is_only_for_its_ways: never proposed for another way of contributing: no research partner without research.
    least_people: fewer with own experience than this, and it does not work. least_minutes: what one of them gives of
    time together at the least. None where no number can be said. pairs: methods that go well with it.
    sourced: which of SOURCED stand in the sources; the rest is our own advice.
    """

    key: str
    levels: tuple[Influence, ...]
    aims: tuple[Aim, ...]
    ways: tuple[Contribution, ...]
    is_only_for_its_ways: bool
    least_people: int | None
    least_minutes: int | None
    pairs: tuple[str, ...]
    sources: tuple[Source, ...]
    sourced: tuple[str, ...]
    texts: Mapping[str, Text]

    def text(self, language: str) -> Text:
        """The words in that language, or in Swedish."""
        return self.texts.get(language) or self.texts[FIRST_LANGUAGE]

    @property
    def is_support(self) -> bool:
        """Whether it only helps another method along, and gives no influence by itself."""
        return not self.levels


def read_methods(files: Mapping[str, Mapping[str, Any]]) -> tuple[Method, ...]:
    """All methods, in the order of their keys. Raises BadMethod, also where one pairs with what is not there."""
    methods = tuple(_read(key, files[key]) for key in sorted(files))
    for method in methods:
        strange = [pair for pair in method.pairs if pair not in files or pair == method.key]
        if strange:
            raise BadMethod(f"{method.key}: pairs with {', '.join(strange)}")
    return methods


def _read(key: str, written: Mapping[str, Any]) -> Method:
    try:
        method = Method(
            key=key,
            levels=tuple(Influence(level) for level in written["levels"]),
            aims=tuple(Aim(aim) for aim in written["aims"]),
            ways=tuple(Contribution(way) for way in written["ways"]),
            is_only_for_its_ways=written.get("only_for_its_ways", False),
            least_people=written.get("least_people"),
            least_minutes=written.get("least_minutes"),
            pairs=tuple(written["pairs"]),
            sources=tuple(Source(each["name"], each["url"]) for each in written.get("sources", ())),
            sourced=tuple(written["sourced"]),
            texts={language: _text(written[language]) for language in LANGUAGES},
        )
    except (KeyError, ValueError, TypeError) as wrong:
        raise BadMethod(f"{key}: {wrong!r}") from wrong
    if not method.aims:
        raise BadMethod(f"{key}: no aim")
    if set(method.sourced) - set(SOURCED) or (method.sourced and not method.sources):
        raise BadMethod(f"{key}: sourced without a source, or something that cannot be")
    for language, text in method.texts.items():
        empty = [name for name in Text.__slots__ if name != "words" and not getattr(text, name)]
        if empty:
            raise BadMethod(f"{key}, {language}: nothing said of {', '.join(empty)}")
    return method


def _text(written: Mapping[str, Any]) -> Text:
    """Raises KeyError where something is missing, TypeError where something is too much."""
    lists = {name: tuple(written[name]) for name in ("fits", "fits_not", "steps", "access", "risks")}
    return Text(**{"words": "", **written, **lists})
