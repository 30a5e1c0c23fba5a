"""Who has told something in their own words: from sheets of the stems of some hundred members, each opened at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from samskapa.ground.core.keys.fields import opened_each
from samskapa.ground.language.domain import stems_of

from ..domain import SEEN
from ..domain.own_words import OWN_WORDS, Word, nearly_on, stems_sheet, who_has
from ..domain.searching import number_of
from ..models import Group, Member, WordSheet
from .sheets import members_on, opened_sheets


class OwnWords:
    """The sheets of a group, open for one search. One query, and one more for sheets that are being changed or not made
    yet."""

    def __init__(self, group: Group) -> None:
        sheets, missing = opened_sheets(WordSheet, "stems", group)
        self._sheets = sheets | word_sheets_made(group, missing)

    def who_has(self, word: Word) -> set[int]:
        """Ids of the members who have written the word, or a longer one that begins with it."""
        return self._who(word.starts)

    def who_nearly_has(self, word: Word) -> set[int]:
        """Ids of the members who have written a word that is nearly that one."""
        like = set().union(*(nearly_on(sheet, word) for sheet in self._sheets.values()))
        return self._who({f"\n{each} " for each in like})

    def _who(self, starts: set[str]) -> set[int]:
        return set().union(*(who_has(sheet, number, starts) for number, sheet in self._sheets.items()))


def word_sheets_made(group: Group, numbers: Collection[int]) -> dict[int, str]:
    """Sheets as they are now, from what the members have told. One query. On them are those whom coordinators see, and
    nobody whose identity is protected."""
    if not numbers:
        return {}
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
    return {number: stems_sheet(lines) for number, lines in told.items()}
