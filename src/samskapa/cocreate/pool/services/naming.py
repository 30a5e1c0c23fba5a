"""The sheets by which members are found: they go when what they copy is changed, and are made when somebody looks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.db import transaction

from ..domain.searching import number_of
from ..models import Group, Member, NameSheet, Sheet, WordSheet
from ..queries.names import sheets_made
from ..queries.own_words import word_sheets_made


def names_change(members: Iterable[Member]) -> None:
    """What these members, all of one group, want to be called is changed in this transaction, or they come or go, or
    may not be shown: their sheets go. Called before the change: whoever makes a sheet just now is waited for, and makes
    it again."""
    found = list(members)
    _take_away(NameSheet, found)
    _take_away(WordSheet, found)


def words_change(members: Iterable[Member]) -> None:
    """The same, where what they tell in their own words is changed, or who may read it."""
    _take_away(WordSheet, list(members))


def _take_away(table: type[Sheet], members: list[Member]) -> None:
    numbers = sorted({number_of(member.pk) for member in members})
    if not numbers:
        return
    group_id = members[0].group_id
    rows: list[Any] = [table(group_id=group_id, number=number) for number in numbers]
    table._default_manager.bulk_create(rows, ignore_conflicts=True)
    table._default_manager.filter(group=group_id, number__in=numbers).update(**dict.fromkeys(table.COLUMNS))


def make_sheets(group: Group) -> None:
    """Make the sheets that have gone. One that somebody is about to change is left to the next search: a look waits for
    no write. Nothing is in the trail: it is a copy of what is there."""
    _make(NameSheet, group, lambda numbers: {"names": sheets_made(group, numbers)})
    _make(WordSheet, group, lambda numbers: word_sheets_made(group, numbers))


def _make(
    table: type[Sheet], group: Group, made_of: Callable[[Collection[int]], Mapping[str, Mapping[int, str]]]
) -> None:
    missing = table._default_manager.filter(group=group, **{f"{table.COLUMNS[0]}__isnull": True})
    if not missing.exists():
        return
    with transaction.atomic():
        held: list[Any] = list(missing.select_for_update(skip_locked=True).order_by("number"))
        made = made_of({sheet.number for sheet in held})
        for sheet in held:
            for column, texts in made.items():
                setattr(sheet, column, texts[sheet.number])
            sheet.save(update_fields=list(made))
