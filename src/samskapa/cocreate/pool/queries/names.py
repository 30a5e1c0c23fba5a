"""What the members of a group are called, for a search: from sheets of some hundred names, each opened at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from samskapa.ground.core.keys.cipher import Closed
from samskapa.ground.core.keys.fields import opened_each
from samskapa.ground.people.domain import swedish_sort_key

from ..domain import Status
from ..domain.searching import Search, lines_of_sheet, number_of, sheet_of
from ..models import Group, Member, NameSheet
from .members import name_of

#: So many are shown of those whose name is like the one looked for: more is no search.
MOST_FOUND = 1000


class _Person(NamedTuple):
    pk: int
    name: str
    email: str | None
    protected_tag: str | None
    forgotten_at: datetime | None


def members_called_like(group: Group, words: str) -> list[int]:
    """Ids of members, in any status, whom a coordinator calls something like that; MOST_FOUND at most. words: a sort
    key. Two queries, and one more for sheets that are being changed or not made yet."""
    search, found, unnamed = Search(words), [], []
    for sheet in _sheets(group):
        for pk, key in lines_of_sheet(sheet):
            if not key:
                unnamed.append(pk)
            elif search.finds(key):
                found.append(pk)
    found += [pk for pk, name in _by_account(unnamed) if search.finds(swedish_sort_key(name))]
    return sorted(found)[:MOST_FOUND]


def _sheets(group: Group) -> list[str]:
    rows = list(NameSheet.objects.filter(group=group).order_by("number").values_list("number", "uid", "names"))
    missing = [number for number, _uid, names in rows if names is None]
    # Typed as text; what is bound to its row comes closed.
    closed: list[tuple[UUID, Closed]] = [(uid, names) for _number, uid, names in rows if names is not None]  # type: ignore[misc]
    return [*opened_each(NameSheet, "names", closed), *sheets_made(group, missing).values()]


def sheets_made(group: Group, numbers: Collection[int]) -> dict[int, str]:
    """Sheets as they are now, from the members themselves. One query. Whoever has left has no name."""
    if not numbers:
        return {}
    within = Member.objects.filter(group=group).exclude(status=Status.LEFT).order_by("pk")
    rows = [row for row in within.values_list("pk", "uid", "called") if number_of(row[0]) in numbers]
    opened = opened_each(Member, "called", ((uid, closed) for _pk, uid, closed in rows))  # type: ignore[misc]
    names: dict[int, list[tuple[int, str]]] = {number: [] for number in numbers}
    for (pk, _uid, _closed), name in zip(rows, opened, strict=True):
        names[number_of(pk)].append((pk, swedish_sort_key(name)))
    return {number: sheet_of(lines) for number, lines in names.items()}


def _by_account(pks: list[int]) -> list[tuple[int, str]]:
    """Those who have not said what they want to be called, or may not have it shown: by the account, as it is now."""
    rows = Member.objects.filter(pk__in=pks).values_list(
        "pk", "person__name", "person__email", "person__protected_tag", "person__forgotten_at"
    )
    return [(person.pk, name_of("", person)) for person in map(_Person._make, rows)]
