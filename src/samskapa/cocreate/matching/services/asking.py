"""Open a wave, and take back what was asked. People are locked first, then the assignment: two coordinators who ask the
same person at the same moment come one after the other, and the second sees what the first did."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.assignments.domain.applying import NotOpen, OnlyByNomination
from samskapa.cocreate.assignments.models import Assignment, StandingTerms
from samskapa.cocreate.assignments.services.applying import check_open, lock_assignment
from samskapa.cocreate.assignments.services.telling import matter_of
from samskapa.cocreate.pool.models import Group, Member
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import queue_mail, record
from samskapa.ground.people.models import Person
from samskapa.ground.people.services import lock_people

from ..access import token_of
from ..domain import (
    FEWEST,
    PAIR,
    AnsweredAlready,
    AskedAlready,
    AskedElsewhere,
    CannotBeAsked,
    CannotBeNamed,
    NotTwo,
    OnlyOne,
    Reply,
    check_answer_by,
)
from ..models import Invitation, Pair, Wave
from ..queries.elsewhere import asked_elsewhere
from ..queries.members import may_be_asked
from ..queries.pairs import people_in_pairs
from ..queries.wanted import sought_from
from .pairing import after_answer


@transaction.atomic
def open_wave(
    assignment: Assignment,
    group: Group,
    member_ids: Iterable[int],
    *,
    answer_by: date,
    wanted: int,
    next_by_itself: bool,
    sought: Mapping[str, Iterable[str]],
    alone: bool = False,
    anyway: Collection[int] = (),
    together: bool = False,
    named: bool = False,
    by: Actor,
    now: datetime,
) -> Wave:
    """Ask some members of a group, all at once. The same button twice opens one wave.

    wanted: how many yes are needed. sought: what was looked for (queries.wanted). alone: it is meant that one alone is
    asked. anyway: members who are asked although they were just asked to something else. together: the two are asked as
    a pair. named: both have said that the other may know what they are called.
    Raises NotOpen, OnlyByNomination, WrongDay, OnlyOne, NotTwo, CannotBeNamed, CannotBeAsked, AskedAlready,
    AskedElsewhere.
    """
    asked = set(member_ids)
    members = {member.pk: member for member in Member.objects.filter(pk__in=asked, group=group)}
    if not asked or asked != set(members):
        raise CannotBeAsked(asked - set(members))
    lock_people(member.person_id for member in members.values())
    assignment = lock_assignment(assignment.pk)
    check_may_ask(assignment, now)
    if already := _asked_before(assignment, members.values()):
        return _same_button(already, members, by=by)
    if together:
        _check_pair(members.values(), named=named)
    if len(members) < FEWEST and not alone:
        raise OnlyOne
    check_answer_by(answer_by, today=timezone.localdate(now), closes_on=assignment.closes_on or answer_by)
    free = set(may_be_asked(group, assignment).filter(pk__in=asked).values_list("pk", flat=True))
    if asked != free:
        raise CannotBeAsked(asked - free)
    elsewhere = asked_elsewhere([member.person_id for member in members.values()], assignment, now)
    titles = {
        pk: elsewhere[member.person_id]
        for pk, member in members.items()
        if member.person_id in elsewhere and pk not in set(anyway)
    }
    if titles:
        raise AskedElsewhere(titles)
    return make_wave(
        assignment,
        group,
        members.values(),
        answer_by=answer_by,
        wanted=wanted,
        next_by_itself=next_by_itself,
        sought=sought,
        named=named if together else None,
        by=by,
        now=now,
    )


def _check_pair(members: Collection[Member], *, named: bool) -> None:
    """Raises NotTwo, CannotBeNamed."""
    if len(members) != PAIR:
        raise NotTwo(len(members))
    people = [member.person_id for member in members]
    if named and Person.objects.filter(pk__in=people).exclude(protected_tag=None).exists():
        raise CannotBeNamed


def check_may_ask(assignment: Assignment, now: datetime) -> None:
    """Raises NotOpen, and OnlyByNomination where organisations nominate."""
    check_open(assignment, now)
    if StandingTerms.objects.filter(assignment=assignment, by_nomination=True).exists():
        raise OnlyByNomination


def is_for_asking(assignment: Assignment, now: datetime) -> bool:
    """Whether people can be asked to it now."""
    try:
        check_may_ask(assignment, now)
    except (NotOpen, OnlyByNomination):
        return False
    return True


def _asked_before(assignment: Assignment, members: Iterable[Member]) -> list[Invitation]:
    people = [member.person_id for member in members]
    found = Invitation.objects.filter(assignment=assignment, person__in=people)
    return list(found.select_related("wave").order_by("pk"))


def _same_button(already: list[Invitation], members: Mapping[int, Member], *, by: Actor) -> Wave:
    """The wave that the same person has just opened with just these. Raises AskedAlready where it is another."""
    wave, people = already[0].wave, {member.person_id: pk for pk, member in members.items()}
    is_same = wave.opened_by_id == by.person_id and len(already) == len(members) == wave.size
    if is_same and {each.wave_id for each in already} == {wave.pk}:
        return wave
    raise AskedAlready(people[each.person_id] for each in already)


def make_wave(
    assignment: Assignment,
    group: Group,
    members: Iterable[Member],
    *,
    answer_by: date,
    wanted: int,
    next_by_itself: bool,
    sought: Mapping[str, Iterable[str]],
    named: bool | None = None,
    by: Actor,
    now: datetime,
) -> Wave:
    """The rows and the mails. The caller holds the locks, and has decided. named: None where each is asked for
    themselves; else the two are a pair."""
    members = list(members)
    highest = Wave.objects.filter(assignment=assignment).aggregate(highest=Max("number"))["highest"]
    wave = Wave(
        assignment=assignment,
        group=group,
        number=(highest or 0) + 1,
        answer_by=answer_by,
        size=len(members),
        wanted=wanted,
        next_by_itself=next_by_itself,
        sought=sought_from(sought),
        opened_at=now,
    )
    wave.opened_by_id = by.person_id
    wave.save()
    asked = [
        Invitation(wave=wave, assignment=assignment, person_id=member.person_id, member=member, asked_at=now)
        for member in members
    ]
    if named is not None:
        pair = Pair.objects.create(wave=wave, named=named)
        for place, invitation in enumerate(asked, start=1):
            invitation.pair, invitation.place = pair, place
    for invitation in Invitation.objects.bulk_create(asked):
        _tell(invitation, "asked", now=now)
    record("matching.wave_opened", by=by, at=now, on=wave, assignment_id=assignment.pk, size=wave.size)
    return wave


def _tell(invitation: Invitation, kind: str, *, now: datetime) -> None:
    """Mail the one who was asked. The link answers, without logging in."""
    assignment, wave = invitation.assignment, invitation.wave
    queue_mail(
        f"matching/{kind}",
        to=invitation.person_id,
        key=f"matching.{kind}-{invitation.pk}",
        now=now,
        matter=matter_of(assignment.pk),
        title=assignment.title,
        unit=assignment.unit.name if assignment.unit else "",
        group=wave.group.name,
        group_id=wave.group_id,
        answer_by=wave.answer_by.isoformat(),
        together=invitation.pair_id is not None,
        path=reverse("matching:by_link", args=[token_of(invitation)]),
    )


@transaction.atomic
def take_back_invitation(invitation: Invitation, *, by: Actor, now: datetime) -> Invitation:
    """The question no longer waits; the one who was asked is told so. Twice is once. Raises AnsweredAlready."""
    lock_people(people_in_pairs([invitation]))
    invitation = _held(invitation)
    if invitation.answer == Reply.TAKEN_BACK:
        return invitation
    if invitation.answer:
        raise AnsweredAlready(invitation.answer)
    set_answer(invitation, Reply.TAKEN_BACK, now=now)
    record("matching.taken_back", by=by, at=now, on=invitation)
    _tell(invitation, "taken_back", now=now)
    after_answer(invitation, by=by, now=now)
    return invitation


def _held(invitation: Invitation) -> Invitation:
    """The row as it is now, locked."""
    found = Invitation.objects.select_for_update(of=("self",))
    return found.select_related("wave__group", "assignment__unit", "member").get(pk=invitation.pk)


def set_answer(invitation: Invitation, reply: Reply, *, now: datetime) -> None:
    invitation.answer, invitation.answered_at = reply.value, now
    invitation.save(update_fields=["answer", "answered_at"])


@transaction.atomic
def stop_next(wave: Wave, *, by: Actor, now: datetime) -> Wave:
    """No other wave opens by itself after this one. Twice is once."""
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    if wave.next_by_itself:
        wave.next_by_itself = False
        wave.save(update_fields=["next_by_itself"])
        record("matching.next_stopped", by=by, at=now, on=wave)
    return wave
