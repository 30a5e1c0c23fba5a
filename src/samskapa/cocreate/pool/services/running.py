"""What a coordinator does: makes the group, talks, welcomes, introduces, notes. All of it is open to the member."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record, record_look
from samskapa.ground.organisations.domain import Kind, Role, check_role
from samskapa.ground.organisations.models import Node
from samskapa.ground.organisations.services import grant_role
from samskapa.ground.people.models import Person, display_name

from ..domain import (
    AheadOfToday,
    ChangedMeanwhile,
    ConsentTo,
    GroupChangedMeanwhile,
    GuardianNeeded,
    Introduction,
    NotAgreed,
    NoteKind,
    NotIntroduced,
    NotThatMove,
    ReasonNeeded,
    Status,
    Why,
    check_move,
    is_minor,
    points_left,
)
from ..domain.moving import is_ahead
from ..models import Group, Introduced, Member, Minor, Note
from ..queries.agreement import is_confirmed
from .agreeing import draft_agreement
from .consenting import give_consent, standing_consents
from .joining import leave
from .moving import lock, move, tell


@transaction.atomic
def arrange_group(
    node: Node,
    *,
    name: str,
    about: str,
    lowest_age: int,
    is_open: bool,
    pay: str | None = None,
    based_on: int,
    by: Actor,
    now: datetime,
) -> Group:
    """Make the group of a region or a municipality, or change what its page says. The same again changes nothing.

    pay: what is said of it; None leaves it as it is. based_on: the version that the page showed, 0 where there was no
    group. Raises GroupChangedMeanwhile, WrongPlace.
    """
    check_role(Role.MEMBER, Kind(node.kind))
    Node.objects.select_for_update(of=("self",)).get(pk=node.pk)  # the lock: two who make it make one
    said: dict[str, Any] = {"name": name.strip(), "about": about.strip(), "lowest_age": lowest_age, "is_open": is_open}
    if pay is not None:
        said["pay"] = pay.strip()
    group = Group.objects.filter(node=node).first()
    if group and all(getattr(group, column) == value for column, value in said.items()):
        return group
    if (group.version if group else 0) != based_on:
        raise GroupChangedMeanwhile
    if group is None:
        group = Group(node=node, node_kind=node.kind, version=0, made_at=now)
    for column, value in said.items():
        setattr(group, column, value)
    group.version += 1
    group.changed_at = now
    group.save()
    record("pool.group_arranged", by=by, at=now, on=group, lowest_age=lowest_age, is_open=is_open)
    return group


@transaction.atomic
def note_talk(member: Member, *, on_day: date, text: str, by: Actor, now: datetime) -> Member:
    """There was a first talk. What is noted of it, if anything, the member reads. Raises NotThatMove, AheadOfToday."""
    member = lock(member)
    if is_ahead(on_day, timezone.localdate(now)):
        raise AheadOfToday
    move(member, Why.TALKED, Status.TALKED, by=by, now=now)
    if text.strip():
        _note(member, NoteKind.TALK, on_day, text, by=by, now=now)
    return member


@transaction.atomic
def welcome(member: Member, *, contact: Person, check_in: date | None = None, by: Actor, now: datetime) -> Member:
    """Say welcome, with a named contact person, give the role of a member and draft the agreement. Twice is once.

    check_in: when one first checks in with the member; None: as it stands, or as is usual (`services.moving.move`).
    Under eighteen what the law asks for is noted first. Raises GuardianNeeded, NotThatMove.
    """
    member = lock(member)
    if member.status == Status.WELCOMED:
        return member
    if is_minor(member.age) and not Minor.objects.filter(member=member, consent__ended_at=None).exists():
        raise GuardianNeeded
    # First the contact, then the move: the table refuses a welcome without one.
    member.contact, member.next_check_in = contact, check_in or member.next_check_in
    member.save(update_fields=["contact", "next_check_in"])
    moved = move(member, Why.WELCOMED, Status.WELCOMED, by=by, now=now)
    grant_role(member.person, Role.MEMBER, member.group.node, by=by, now=now)
    draft_agreement(member, by=by, now=now)
    tell(
        "welcomed",
        [member.person_id],
        member,
        key=f"welcomed-{moved.pk}",
        now=now,
        contact=display_name(contact),
        phone=contact.phone,
        check_in=member.next_check_in.isoformat() if member.next_check_in else "",
    )
    return member


@transaction.atomic
def say_no(member: Member, *, word: str, by: Actor, now: datetime) -> Member:
    """Say no to somebody who wanted to join, with words that they are sent. What they had told goes at once.

    Raises ReasonNeeded, NotThatMove.
    """
    if not word.strip():
        raise ReasonNeeded
    person_id = member.person_id
    member = leave(member, why=Why.NOT_WELCOMED, by=by, now=now)
    tell(
        "not_welcomed",
        [person_id],
        member,
        key=f"not-welcomed-{member.pk}-{now.isoformat()}",
        now=now,
        path=reverse("pool:group", args=[member.group.node_id]),
        word=word.strip(),
    )
    return member


@transaction.atomic
def change_contact(member: Member, *, contact: Person, by: Actor, now: datetime) -> Member:
    """Another contact person; the member is told. The same again changes nothing. Raises NotThatMove before there is
    any."""
    member = lock(member)
    if member.contact_id is None:
        raise NotThatMove(member.status)
    if member.contact_id == contact.pk:
        return member
    member.contact = contact
    member.save(update_fields=["contact"])
    record("pool.contact_changed", by=by, at=now, on=member, contact_id=contact.pk)
    tell(
        "contact",
        [member.person_id],
        member,
        key=f"contact-{member.pk}-{now.isoformat()}",
        now=now,
        contact=display_name(contact),
        phone=contact.phone,
    )
    return member


@transaction.atomic
def introduce(member: Member, points: Iterable[str], *, by: Actor, now: datetime) -> Member:
    """Note which points of the introduction have been gone through. What is noted once stays. Raises NotThatMove where
    the member is not being introduced."""
    member = lock(member)
    if member.status != Status.WELCOMED:
        raise NotThatMove(member.status)
    known = set(Introduced.objects.filter(member=member).values_list("point", flat=True))
    for point in Introduction:
        if point.value in set(points) - known:
            Introduced.objects.create(member=member, point=point.value, at=now, by_id=by.person_id or 0)
            record("pool.introduced", by=by, at=now, on=member, point=point.value)
    return member


@transaction.atomic
def activate(member: Member, *, by: Actor, now: datetime) -> Member:
    """The introduction is done and both have confirmed the agreement: from now on the member may be asked. Twice is
    once.

    Raises NotIntroduced, NotAgreed, NotThatMove.
    """
    member = lock(member)
    if member.status == Status.ACTIVE:
        return member
    if left := points_left(set(Introduced.objects.filter(member=member).values_list("point", flat=True))):
        raise NotIntroduced(left)
    check_move(member.status, Why.INTRODUCED, Status.ACTIVE)
    if not is_confirmed(member):
        raise NotAgreed
    moved = move(member, Why.INTRODUCED, Status.ACTIVE, by=by, now=now)
    tell("active", [member.person_id], member, key=f"active-{moved.pk}", now=now)
    return member


@transaction.atomic
def write_note(
    member: Member,
    *,
    kind: NoteKind | str,
    on_day: date,
    text: str,
    next_check_in: date | None,
    by: Actor,
    now: datetime,
) -> Note:
    """Note something that the member reads too, and when the next check-in is. The same words of the same day are one
    note. Raises AheadOfToday."""
    member = lock(member)
    if is_ahead(on_day, timezone.localdate(now)):
        raise AheadOfToday
    if member.next_check_in != next_check_in:
        member.next_check_in = next_check_in
        member.save(update_fields=["next_check_in"])
    text = text.strip()
    for known in Note.objects.filter(member=member, kind=NoteKind(kind).value, on_day=on_day, written_by=by.person_id):
        if known.text == text:
            return known
    note = _note(member, NoteKind(kind), on_day, text, by=by, now=now)
    tell("noted", [member.person_id], member, key=f"noted-{note.pk}", now=now)
    return note


def _note(member: Member, kind: NoteKind, on_day: date, text: str, *, by: Actor, now: datetime) -> Note:
    note = Note(member=member, kind=kind.value, text=text.strip(), on_day=on_day, written_at=now)
    note.written_by_id = by.person_id or 0
    note.save()
    record("pool.noted", by=by, at=now, on=member, kind=kind.value, note_id=note.pk)
    return note


@transaction.atomic
def note_minor(
    member: Member, *, guardian: str, guide: str, adult: str, words: str, based_on: int, by: Actor, now: datetime
) -> Minor:
    """For somebody under eighteen: that a guardian has said yes and to what, who is the guide, and which adult they
    know at meetings. Noted anew it replaces the names; a yes that stands stays as it was given.

    based_on: the version that the page showed, 0 where there was none. Where nothing is noted nothing can be written
    over, whatever the page showed. Raises ChangedMeanwhile.
    """
    member = lock(member)
    row = Minor.objects.filter(member=member).first() or Minor(member=member)
    said = (guardian.strip(), guide.strip(), adult.strip())
    if row.pk and said == (row.guardian, row.guide, row.adult) and row.consent.ended_at is None:
        return row
    if row.pk and row.version != based_on:
        raise ChangedMeanwhile(row.version)
    consent = standing_consents(member, ConsentTo.GUARDIAN).first()
    row.consent = consent or give_consent(member, ConsentTo.GUARDIAN, words, by=by, now=now)
    row.guardian, row.guide, row.adult = said
    row.taken_back_by = row.taken_back_on = None
    row.version += 1
    row.noted_at, row.noted_by_id = now, by.person_id or 0
    row.save()
    record("pool.minor_noted", by=by, at=now, on=member)
    return row


# --- reading leaves a trace -----------------------------------------------------------------------


def note_member_read(member: Member, *, by: Actor, now: datetime) -> None:
    """A coordinator reads what somebody has told."""
    record_look(member.person_id, by=by, at=now, what=f"pool.member:{member.pk}")


@transaction.atomic
def note_words_searched(group: Group, members: Iterable[Member], *, by: Actor, now: datetime) -> None:
    """Somebody has searched in what the members have told in their own words. members: those who were shown and found
    by it, for whom it is also the note that they were read. Which words it were is not kept."""
    record("pool.own_words_searched", by=by, at=now, on=group, people=[member.person_id for member in members])


@transaction.atomic
def note_members_read(group: Group, members: Iterable[Member], *, by: Actor, now: datetime) -> None:
    """A list shows many at once: one row of the trail, which names all who were shown."""
    people = sorted(member.person_id for member in members)
    if people:
        record("pool.members_read", by=by, at=now, on=group, people=people)
