"""Sheets of what members are called and have told: which there are, and whose they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from samskapa.ground.core.keys.cipher import Closed
from samskapa.ground.core.keys.fields import opened_each

from ..domain.searching import SHEET
from ..models import Group, Member, Sheet


def opened_sheets(table: type[Sheet], column: str, group: Group) -> tuple[dict[int, str], list[int]]:
    """Number -> what its sheet says, and the numbers of those that are not made since the last change. One query."""
    rows: Any = table._default_manager.filter(group=group).order_by("number").values_list("number", "uid", column)
    # Typed as text; what is bound to its row comes closed.
    there: list[tuple[int, UUID, Closed]] = [row for row in rows if row[2] is not None]
    missing = [number for number, _uid, text in rows if text is None]
    opened = opened_each(table, column, ((uid, closed) for _number, uid, closed in there))
    return dict(zip((number for number, _uid, _closed in there), opened, strict=True)), missing


def members_on(group: Group, numbers: Collection[int]) -> QuerySet[Member]:
    """The members of the group whose place is on one of those sheets."""
    there = Q(pk__in=[])
    for first, last in _runs(numbers):
        there |= Q(pk__gte=first * SHEET, pk__lt=(last + 1) * SHEET)
    return Member.objects.filter(there, group=group)


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """The first and the last of those that follow on each other."""
    runs = groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0])
    found = [[number for _at, number in run] for _key, run in runs]
    return [(run[0], run[-1]) for run in found]
