"""What the members of a group are called, for a search: from sheets of some hundred names, each opened at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from samskapa.ground.core.keys.fields import opened_each
from samskapa.ground.people.domain import swedish_sort_key

from ..domain import Status
from ..domain.searching import Search, number_of, sheet_of
from ..models import Group, Member, NameSheet
from .members import name_of
from .sheets import members_on, opened_sheets


class _Person(NamedTuple):
    pk: int
    name: str
    email: str | None
    protected_tag: str | None
    forgotten_at: datetime | None


def answered_by_name(group: Group, search: Search) -> dict[int, int]:
    """Member's id, in any status -> which of the words what a coordinator calls them answers (`Search`), where any.
    Two queries, and one more for sheets that are being changed or not made yet."""
    found: dict[int, int] = {}
    unnamed: list[int] = []
    answers = search.answers
    sheets, missing = opened_sheets(NameSheet, NameSheet.COLUMNS, group)
    for pk, said in search.on_sheets([*sheets["names"].values(), *sheets_made(group, missing).values()]):
        if said < 0:
            unnamed.append(pk)
        else:
            found[pk] = said
    for pk, name in _by_account(unnamed):
        if said := answers(swedish_sort_key(name)):
            found[pk] = said
    return found


def named(group: Group, text: str) -> list[int]:
    """Ids of members, in any status, in whose name each word of `text` stands or nearly stands, as a coordinator calls
    them: those in which all stand as they are written first. None where there are no words. So many queries as
    `answered_by_name`."""
    search = Search(swedish_sort_key(text).split())
    if not search.size:
        return []
    found = answered_by_name(group, search)
    alike = {pk: said for pk, said in found.items() if (said | said >> search.size) & search.all == search.all}
    return sorted(alike, key=lambda pk: (alike[pk] & search.all != search.all, pk))


def sheets_made(group: Group, numbers: Collection[int]) -> dict[int, str]:
    """Sheets as they are now, from the members themselves. One query. Whoever has left has no name."""
    if not numbers:
        return {}
    within = members_on(group, numbers).exclude(status=Status.LEFT).order_by("pk")
    rows = list(within.values_list("pk", "uid", "called"))
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
