"""Each row is looked at: what it says, what is wrong with it, and who it may be that is there already."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from samskapa.cocreate.pool.domain import SEEN, Entry, Reach, Status
from samskapa.cocreate.pool.models import Group, Member
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.keys.cipher import blind_index
from samskapa.ground.core.services import record
from samskapa.ground.people.domain import swedish_sort_key
from samskapa.ground.people.models import Person
from samskapa.ground.people.queries import accounts_at

from ..domain import Stage, State, Trouble, read_row
from ..models import Import, Row
from ..queries.words import words_for
from .keeping import keep_rows
from .lifting import lock

#: Rows that are looked at in one write.
BATCH = 1000


@transaction.atomic
def check_some(one: Import, *, by: Actor, now: datetime) -> bool:
    """Look at the next rows; whether there are more."""
    one = lock(one)
    if one.stage != Stage.CHECKING:
        return False
    rows = list(Row.objects.filter(of=one, state=State.NEW).order_by("number")[:BATCH])
    if not rows:
        one.stage = Stage.CHECKED
        one.save(update_fields=["stage"])
        record("importing.checked", by=by, at=now, on=one)
        return False
    words = words_for(one.group, timezone.localdate(now))
    entries: dict[int, Entry] = {}
    for row in rows:
        read = read_row(row.cells, row.faults, one.mapping, words)
        row.told, row.state = read.told, State.GOOD if read.entry else State.BAD
        if read.entry:
            entries[row.pk] = read.entry
            _mark(row, read.entry)
    accounts = accounts_at(entry.email for entry in entries.values() if entry.email)
    there = Known.of(one.group, accounts.values())
    earlier = _earlier(one, rows)
    for row in rows:
        if entry := entries.get(row.pk):
            _compare(row, entry, accounts.get(entry.email), there)
            if row.state == State.GOOD:
                _compare_with_earlier(row, earlier)
    # The same rows, written anew: ten times as fast as an update of eight columns, and nothing points at them.
    Row.objects.filter(pk__in=[row.pk for row in rows]).delete()
    keep_rows(rows)
    return True


def _mark(row: Row, entry: Entry) -> None:
    """The keyed marks by which two rows of one list are compared."""
    phone, name = phone_key(entry.phone), name_key(entry.name, entry.values.get("municipality_id"))
    row.email_mark = blind_index("importing.row", f"{row.of_id} {entry.email}") if entry.email else ""
    row.phone_mark = blind_index("importing.row", f"{row.of_id} {phone}") if phone else ""
    row.name_mark = blind_index("importing.row", f"{row.of_id} {name}") if name else ""


def phone_key(phone: str) -> str:
    """The digits that tell a Swedish number from another: the country's own first zero or +46 does not count."""
    digits = re.sub(r"\D", "", phone)
    return re.sub(r"^(?:0046|46|0)", "", digits) if len(digits) > 6 else ""


def name_key(name: str, municipality_id: int | None) -> str:
    """A name with where one lives; "" where that is not told: many are called the same."""
    key = swedish_sort_key(name)
    return f"{key}/{municipality_id}" if key and municipality_id else ""


@dataclass
class Known:
    """Who is in the group, by account, telephone number, and name with municipality."""

    by_person: dict[int, Member] = field(default_factory=dict)
    by_phone: dict[str, Member] = field(default_factory=dict)
    by_name: dict[str, Member] = field(default_factory=dict)

    @classmethod
    def of(cls, group: Group, accounts: Iterable[Person]) -> Known:
        """A protected member is found by nothing. accounts: those that the rows name, found in every status."""
        found = cls()
        members = Member.objects.filter(group=group).select_related("person")
        for member in members.filter(status__in=[status.value for status in SEEN], person__protected_tag=None):
            found.by_person[member.person_id] = member
            numbers = [member.person.phone, member.reach_at if member.reach_by == Reach.PHONE else ""]
            for number in filter(None, map(phone_key, numbers)):
                found.by_phone.setdefault(number, member)
            for name in (member.person.name, member.called):
                if key := name_key(name, member.municipality_id):
                    found.by_name.setdefault(key, member)
        for member in members.filter(person__in=[person.pk for person in accounts]):
            found.by_person[member.person_id] = member
        return found


def _compare(row: Row, entry: Entry, account: Person | None, there: Known) -> None:
    """With those who are in the group, and with the account that has the address."""
    if account is not None:
        member = there.by_person.get(account.pk)
        if not account.is_active or account.protected_tag or (member and member.status == Status.BEGUN):
            _refuse(row, Trouble.NOT_FROM_HERE)
            return
        if member and member.status == Status.LEFT:
            _refuse(row, Trouble.HAS_LEFT)
            return
        row.twin, row.is_same_address = member, member is not None
        if member:
            return
    name = name_key(entry.name, entry.values.get("municipality_id"))
    row.twin = there.by_phone.get(phone_key(entry.phone)) or there.by_name.get(name)


def _refuse(row: Row, trouble: Trouble) -> None:
    row.state = State.BAD
    row.told = [*row.told, (-1, trouble.value)]


def _earlier(one: Import, rows: list[Row]) -> dict[str, int]:
    """Mark -> the first row before these that has it, of those that can be taken in."""
    found: dict[str, int] = {}
    for name in ("email_mark", "phone_mark", "name_mark"):
        marks = {getattr(row, name) for row in rows} - {""}
        before = Row.objects.filter(of=one, state=State.GOOD, number__lt=rows[0].number, **{f"{name}__in": marks})
        for mark, number in before.order_by("-number").values_list(name, "number"):
            found[name + mark] = number
    return found


def _compare_with_earlier(row: Row, earlier: dict[str, int]) -> None:
    for name in ("email_mark", "phone_mark", "name_mark"):
        mark = name + getattr(row, name)
        if mark == name:
            continue
        if mark in earlier:
            row.twin_row = row.twin_row or earlier[mark]
            row.is_same_address = row.is_same_address or name == "email_mark"
        else:
            earlier[mark] = row.number
