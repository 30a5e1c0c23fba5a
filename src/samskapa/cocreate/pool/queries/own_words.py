"""Who has told something in their own words: from sheets of the stems of some hundred members, each opened at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from samskapa.ground.core.keys.fields import opened_each
from samskapa.ground.language.domain import stems_of

from ..domain import SEEN
from ..domain.own_words import OWN_WORDS, PARTS, Word, nearly_on, part_of, stems_sheet, who_has
from ..domain.searching import number_of
from ..models import Group, Member, WordSheet
from .sheets import members_on, opened_sheets


class OwnWords:
    """The sheets of a group, open for one search for these words: the parts where they would stand. One query, and one
    more for sheets that are being changed or not made yet; then one if there is no such word, for the other parts."""

    def __init__(self, group: Group, words: Collection[Word]) -> None:
        self._group = group
        self._opened = _opened(group, sorted(set().union(*(word.parts for word in words))))

    def who_has(self, word: Word) -> set[int]:
        """Ids of the members who have written the word, or a longer one that begins with it."""
        return self._who(word.starts)

    def who_nearly_has(self, word: Word) -> set[int]:
        """Ids of the members who have written a word that is nearly that one."""
        if rest := [part for part in PARTS if part not in self._opened]:
            self._opened |= _opened(self._group, rest)
        sheets = (sheet for part in self._opened.values() for sheet in part.values())
        return self._who({f"\n{each} " for each in nearly_on(sheets, word)})

    def _who(self, starts: set[str]) -> set[int]:
        found: set[int] = set()
        for start in starts:
            for number, sheet in self._opened[part_of(start[1:].rstrip())].items():
                found |= who_has(sheet, number, start)
        return found


def _opened(group: Group, parts: Sequence[str]) -> dict[str, dict[int, str]]:
    """Part -> number of a sheet -> what it says there."""
    sheets, missing = opened_sheets(WordSheet, parts, group)
    made = word_sheets_made(group, missing)
    return {part: sheets[part] | made[part] for part in parts}


def word_sheets_made(group: Group, numbers: Collection[int]) -> dict[str, dict[int, str]]:
    """Sheets as they are now, part by part, from what the members have told. One query. On them are those whom
    coordinators see, and nobody whose identity is protected."""
    if not numbers:
        return {part: {} for part in PARTS}
    shown = [status.value for status in SEEN]
    within = members_on(group, numbers).filter(
        status__in=shown, person__protected_tag__isnull=True, person__forgotten_at=None
    )
    rows = list(within.order_by("pk").values_list("pk", "uid", *OWN_WORDS))
    texts: Sequence[list[str]] = [
        list(opened_each(Member, column, ((row[1], row[at]) for row in rows))) for at, column in enumerate(OWN_WORDS, 2)
    ]
    told: dict[int, list[tuple[int, set[str]]]] = {number: [] for number in numbers}
    for row, *own in zip(rows, *texts, strict=True):
        told[number_of(row[0])].append((row[0], stems_of(" ".join(own))))
    sheets = {number: stems_sheet(lines) for number, lines in told.items()}
    return {part: {number: sheet[part] for number, sheet in sheets.items()} for part in PARTS}
