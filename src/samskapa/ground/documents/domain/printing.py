"""What can be put on paper: text made fit for the fonts we carry. Pure."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping, Sequence

#: Stands on paper where a character is that no font of ours has (an emoji, a very rare script). One look
#: tells that something is missing, and the sheet says so in words at its end.
MISSING = "\u25a1"

#: Never wanted on paper: they could turn the reading order of an agreement, choose pictures or hide text.
_UNWANTED = re.compile("[\u202a-\u202e\u2066-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]")
_LINE_ENDS = re.compile("\r\n?|[\u000b\u000c\u0085\u2028\u2029]")
_JOINERS = "\u200c\u200d"
#: Have no shape and need no font: joiners, soft hyphen, break and direction marks.
_SHAPELESS = frozenset("\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064")


class TemplateMissing(LookupError):
    """No app has a typst sheet by that name."""


class Coverage:
    """Which characters each font family has: {family: [[first, last], ...]}, inclusive and ascending."""

    def __init__(self, families: Mapping[str, Sequence[Sequence[int]]]) -> None:
        self.families = tuple(families)
        self._starts = {family: [first for first, _ in ranges] for family, ranges in families.items()}
        self._ends = {family: [last for _, last in ranges] for family, ranges in families.items()}

    def family_for(self, characters: str) -> str | None:
        """The first family that has all of `characters`, or None: a letter and its marks want one font."""
        return next((family for family in self.families if self._has_all(family, characters)), None)

    def _has_all(self, family: str, characters: str) -> bool:
        starts, ends = self._starts[family], self._ends[family]
        for character in characters:
            place = bisect_right(starts, ord(character)) - 1
            if place < 0 or ord(character) > ends[place]:
                return False
        return True


def printable(text: str, coverage: Coverage) -> str:
    """The text as it can be typeset: what no font has becomes `MISSING`, what cannot be seen is left out.

    Composed (NFC); every kind of line end is a newline, a tab is a space. Left out: control characters, and
    marks that turn the direction of text (a name from right to left is set apart by the sheet instead).
    A letter with marks that no single font holds together keeps the letter, with one `MISSING` after it.
    A text of which nothing would be seen becomes `MISSING`.
    """
    if text.isascii() and text.isprintable():
        return text
    lines = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)).replace("\t", " ")
    fit = "".join(_fit(cluster, coverage) for cluster in _clusters(_UNWANTED.sub("", lines)))
    nothing_seen = text.strip() and not set(fit) - _SHAPELESS - {" ", "\n"}
    return MISSING if nothing_seen else fit


def _clusters(text: str) -> list[str]:
    """Each letter with the marks and joiners that follow it; what is joined to a picture belongs to it."""
    clusters: list[str] = []
    for character in text:
        category = unicodedata.category(character)
        if category == "Cc" and character != "\n":
            continue
        is_mark = category[0] == "M" or character in _JOINERS or 0x1F3FB <= ord(character) <= 0x1F3FF
        joined_picture = bool(clusters) and clusters[-1].endswith("\u200d") and ord(character) > 0x2000
        if clusters and clusters[-1] != "\n" and (is_mark or joined_picture):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters


def _fit(cluster: str, coverage: Coverage) -> str:
    if cluster == "\n":
        return cluster
    seen = "".join(c for c in cluster if c not in _SHAPELESS)
    if not seen:
        return cluster
    if coverage.family_for(seen):
        return cluster
    return (seen[0] if coverage.family_for(seen[0]) else "") + MISSING
