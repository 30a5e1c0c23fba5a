"""The sheets of names by which members are found: they go when a name is changed, and are made when somebody looks."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from ..domain.searching import number_of
from ..models import Group, Member, NameSheet
from ..queries.names import sheets_made


def names_change(members: Iterable[Member]) -> None:
    """What these members, all of one group, want to be called is changed in this transaction: their sheets go. Called
    before the change: whoever makes a sheet just now is waited for, and makes it again."""
    found = list(members)
    numbers = sorted({number_of(member.pk) for member in found})
    if not numbers:
        return
    group_id = found[0].group_id
    rows = [NameSheet(group_id=group_id, number=number) for number in numbers]
    NameSheet.objects.bulk_create(rows, ignore_conflicts=True)
    NameSheet.objects.filter(group=group_id, number__in=numbers).update(names=None)


def make_sheets(group: Group) -> None:
    """Make the sheets that have gone. One that somebody is about to change is left to the next search: a look waits for
    no write. Nothing is in the trail: it is a copy of what is there."""
    missing = NameSheet.objects.filter(group=group, names__isnull=True)
    if not missing.exists():
        return
    with transaction.atomic():
        held = list(missing.select_for_update(skip_locked=True).order_by("number"))
        made = sheets_made(group, {sheet.number for sheet in held})
        for sheet in held:
            sheet.names = made[sheet.number]
            sheet.save(update_fields=["names"])
