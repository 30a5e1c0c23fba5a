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


def opened_sheets(
    table: type[Sheet], columns: Collection[str], group: Group
) -> tuple[dict[str, dict[int, str]], list[int]]:
    """Column -> number -> what its sheet says there, and the numbers of those that are not made since the last change.
    One query."""
    rows: Any = table._default_manager.filter(group=group).order_by("number").values_list("number", "uid", *columns)
    there: list[tuple[Any, ...]] = [row for row in rows if row[2] is not None]
    missing = [row[0] for row in rows if row[2] is None]
    opened = {}
    for at, column in enumerate(columns, 2):
        # Typed as text; what is bound to its row comes closed.
        closed: list[tuple[UUID, Closed]] = [(row[1], row[at]) for row in there]
        opened[column] = dict(zip((row[0] for row in there), opened_each(table, column, closed), strict=True))
    return opened, missing


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
