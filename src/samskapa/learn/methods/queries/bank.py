"""Which methods there are, and those that somebody looks for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from samskapa.cocreate.assignments.domain import Influence

from ..domain import FIRST_LANGUAGE, Aim, Guide, Method, find, read_guide, read_methods

_TEXTS = Path(__file__).parents[1] / "texts"
#: In the place of a step of influence: methods that give none, and help another along.
SUPPORT = "support"
#: Longer than this nobody looks for.
LONGEST = 100
AIMS = tuple(Aim)


@cache
def bank() -> tuple[Method, ...]:
    """All methods, in the order of their keys."""
    files = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in _TEXTS.glob("methods/*.toml")}
    return read_methods(files)


def method_called(key: str) -> Method | None:
    """The method whose address ends so; None where there is none."""
    return next((method for method in bank() if method.key == key), None)


def pairs_of(method: Method) -> list[Method]:
    """Those that go well with it, in the order the file names them."""
    by_key = {each.key: each for each in bank()}
    return [by_key[key] for key in method.pairs]


@cache
def _guides() -> dict[str, Guide]:
    path = _TEXTS / "host" / "att-vara-vard.toml"
    return read_guide(tomllib.loads(path.read_text(encoding="utf-8")))


def guide(language: str) -> Guide:
    """To be a host, in that language or in Swedish."""
    return _guides().get(language) or _guides()[FIRST_LANGUAGE]


@dataclass(frozen=True, slots=True)
class Filters:
    """What is looked for. influence: a step of the ladder, or SUPPORT. "": anything."""

    words: str = ""
    aim: str = ""
    influence: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.aim or self.influence)


def filters_from(asked: Mapping[str, str]) -> Filters:
    """What the address asks for; what it cannot ask for is left out."""
    aim, influence = asked.get("aim", ""), asked.get("influence", "")
    return Filters(
        words=" ".join(asked.get("q", "").replace("\0", "").split())[:LONGEST],
        aim=aim if aim in set(Aim) else "",
        influence=influence if influence in {*Influence, SUPPORT} else "",
    )


def found(filters: Filters, language: str) -> list[Method]:
    """The methods that fit: the nearest first where words are looked for, else by name in that language."""
    methods = [method for method in bank() if _fits(method, filters)]
    methods.sort(key=lambda method: _in_order(method.text(language).name))
    return find(methods, filters.words, language)


def _fits(method: Method, filters: Filters) -> bool:
    if filters.aim and filters.aim not in method.aims:
        return False
    if filters.influence == SUPPORT:
        return method.is_support
    return not filters.influence or filters.influence in method.levels


def _in_order(name: str) -> str:
    """As in a Swedish list: å, ä, ö last. U+00E4 and U+00E5 stand the other way round among code points."""
    return name.casefold().replace("å", "{").replace("ä", "|").replace("ö", "}")
