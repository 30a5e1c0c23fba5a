"""Those whom the coordinator has chosen come in: a row goes in the same write that makes the member."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samskapa.cocreate.pool.domain import SEEN, Entry, NotThatMove, TooYoung
from samskapa.cocreate.pool.models import Member
from samskapa.cocreate.pool.services.labelling import make_missing
from samskapa.cocreate.pool.services.taking_in import fill_in, take_in
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record, store_many
from samskapa.ground.helping.domain import Asked
from samskapa.ground.helping.queries import ASKED_IN_WORDS
from samskapa.ground.helping.services import register_all
from samskapa.ground.organisations.domain import Role
from samskapa.ground.people.models import Person
from samskapa.ground.people.queries import accounts_at

from ..domain import Choice, NotNow, Read, Stage, State, Trouble, read_row
from ..models import Import, Origin, Row
from ..queries.lists import TO_TAKE_IN
from ..queries.words import words_for
from .lifting import lock, set_to_work

#: Rows that come in in one write.
BATCH = 500

#: A row, what it says, and whose account it is where there is one.
_WithEntry = TypeVar("_WithEntry", tuple[Row, Entry], tuple[Row, Entry, Person])


@transaction.atomic
def choose(one: Import, choices: dict[int, Choice | str], *, by: Actor, now: datetime) -> None:
    """What becomes of rows that may be somebody who is there: number of the row -> choice. What a row does not allow is
    left as it was. Raises NotNow."""
    one = lock(one)
    if one.stage not in (Stage.CHECKED, Stage.MADE):
        raise NotNow(one.stage)
    rows = Row.objects.filter(of=one, state=State.GOOD, number__in=choices)
    changed = []
    for row in rows:
        choice = Choice(choices[row.number])
        may = {Choice.SKIP, *([Choice.FILL] if row.twin_id else []), *([] if row.is_same_address else [Choice.NEW])}
        if choice in may and row.choice != choice:
            row.choice = choice
            changed.append(row)
    Row.objects.bulk_update(changed, ["choice"])
    if changed:
        record("importing.chosen", by=by, at=now, on=one, rows=len(changed))


@transaction.atomic
def begin_to_make(one: Import, *, consent_by: Asked | str, consent_on: date, by: Actor, now: datetime) -> Import:
    """The good rows, and those of the doubtful ones that were chosen, come in. Nobody is told. consent_by, consent_on:
    how and when those on the list said yes. Twice is once. Raises NotNow."""
    one = lock(one)
    if one.stage == Stage.MAKING:
        return one
    if one.stage not in (Stage.CHECKED, Stage.MADE) or not Row.objects.filter(TO_TAKE_IN, of=one).exists():
        raise NotNow(one.stage)
    one.stage, one.consent_by, one.consent_on = Stage.MAKING, Asked(consent_by).value, consent_on
    one.taken_by_id = by.person_id
    one.save(update_fields=["stage", "consent_by", "consent_on", "taken_by"])
    record("importing.begun", by=by, at=now, on=one, consent_by=one.consent_by, consent_on=consent_on.isoformat())
    set_to_work(one, now=now)
    return one


@transaction.atomic
def make_some(one: Import, *, by: Actor, now: datetime) -> bool:
    """The next rows come in, in the name of the coordinator who said so; whether there are more."""
    one = lock(one)
    if one.stage != Stage.MAKING:
        return False
    rows = list(Row.objects.filter(TO_TAKE_IN, of=one).select_related("twin").order_by("number")[:BATCH])
    if not rows:
        one.stage = Stage.MADE
        one.save(update_fields=["stage"])
        record("importing.made", by=by, at=now, on=one)
        return False
    node = one.group.node
    coordinator = Actor(person_id=one.taken_by_id, role=Role.COORDINATOR.value, node_id=node.pk, node_path=node.path)
    words = words_for(one.group, timezone.localdate(now))
    read = [(row, read_row(row.cells, row.faults, one.mapping, words)) for row in rows]
    _fill_in(one, [(row, r) for row, r in read if row.choice == Choice.FILL], by=coordinator, now=now)
    _come_in(one, [(row, r) for row, r in read if row.choice != Choice.FILL], by=coordinator, now=now)
    return True


def _fill_in(one: Import, read: Sequence[tuple[Row, Read]], *, by: Actor, now: datetime) -> None:
    for row, said in read:
        if row.twin is None or said.entry is None:
            continue
        try:
            if Member.objects.filter(pk=row.twin.pk, status__in=[each.value for each in SEEN]).exists():
                fill_in(row.twin, said.entry, by=by, now=now)
                Origin.objects.create(of=one, member=row.twin, number=row.number, is_new=False, at=now)
                row.delete()
                continue
        except (NotThatMove, TooYoung):
            pass
        _refuse([row], Trouble.HAS_LEFT)


def _come_in(one: Import, read: Sequence[tuple[Row, Read]], *, by: Actor, now: datetime) -> None:
    """New accounts for those whose address has none; whoever has one gets a part in the group and nothing else."""
    entries: list[tuple[Row, Entry]] = []
    for row, said in read:
        if said.entry is None:  # the group's lowest age has been raised since
            _refuse([row], Trouble.TOO_YOUNG)
        else:
            entries.append((row, said.entry))
    accounts = accounts_at(entry.email for _row, entry in entries if entry.email)
    # Whom we make a member of is held, so that nobody joins by themselves meanwhile.
    held = Person.objects.select_for_update(no_key=True).filter(pk__in=[person.pk for person in accounts.values()])
    by_id = {person.pk: person for person in held.order_by("pk")}
    there = dict(Member.objects.filter(group=one.group, person__in=by_id).values_list("person_id", "pk"))
    new: list[tuple[Row, Entry]] = []
    known: list[tuple[Row, Entry, Person]] = []
    taken: set[str] = set()
    for row, entry in entries:
        account = accounts.get(entry.email)
        if (entry.email and entry.email in taken) or (account and account.pk in there):
            _doubt(row, there.get(account.pk) if account else None)
        elif account is None:
            new.append((row, entry))
        elif by_id[account.pk].is_active and not by_id[account.pk].protected_tag:
            known.append((row, entry, by_id[account.pk]))
        else:
            _refuse([row], Trouble.NOT_FROM_HERE)
        if entry.email:
            taken.add(entry.email)
    if names := _labels([*(entry for _row, entry in new), *(entry for _row, entry, _person in known)]):
        labels = make_missing(one.group, names, by=by, now=now)
        new, known = _with_room(new, labels), _with_room(known, labels)
    made = register_all(
        [(entry.name, entry.email or None, entry.phone, entry.address) for _row, entry in new],
        consent_by=one.consent_by,
        consent_on=one.consent_on or timezone.localdate(now),
        by=by,
        now=now,
    )
    both = [(row, entry, person) for (row, entry), person in zip(new, made, strict=True)] + known
    members = take_in(one.group, [(person, entry) for _row, entry, person in both], words=_consent(one), by=by, now=now)
    store_many(
        Origin,
        ("of_id", "member_id", "number", "is_new", "at"),
        (
            (one.pk, member.pk, row.number, True, now)
            for (row, _entry, _person), member in zip(both, members, strict=True)
        ),
    )
    Row.objects.filter(pk__in=[row.pk for row, _entry, _person in both]).delete()


def _labels(entries: Iterable[Entry]) -> list[str]:
    return list(dict.fromkeys(name for entry in entries for name in entry.labels))


def _with_room(rows: list[_WithEntry], labels: Mapping[str, int]) -> list[_WithEntry]:
    """Those all of whose labels the group has. The others stay on the list: nobody comes in without what it says."""
    found = []
    for each in rows:
        if all(name.casefold() in labels for name in each[1].labels):
            found.append(each)
        else:
            _refuse([each[0]], Trouble.NO_ROOM)
    return found


def _consent(one: Import) -> str:
    """What is kept word for word as the yes to be a member."""
    return _("A coordinator said that the person had said yes to being in the group: %(how)s, %(day)s.") % {
        "how": str(ASKED_IN_WORDS[Asked(one.consent_by)]).lower(),
        "day": date_format(one.consent_on, "j F Y") if one.consent_on else "",
    }


def _doubt(row: Row, member_id: int | None) -> None:
    """Somebody has come with that address since the row was looked at: the coordinator chooses anew."""
    if member_id is None:
        _refuse([row], Trouble.NOT_FROM_HERE)
    else:
        row.twin_id, row.is_same_address, row.choice = member_id, True, ""
        row.save(update_fields=["twin", "is_same_address", "choice"])


def _refuse(rows: list[Row], trouble: Trouble) -> None:
    for row in rows:
        row.state, row.told = State.BAD, [*row.told, (-1, trouble.value)]
        row.choice = ""
        row.save(update_fields=["state", "told", "choice"])
