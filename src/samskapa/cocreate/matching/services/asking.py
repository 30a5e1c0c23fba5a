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
    OnlyOne,
    Reply,
    check_answer_by,
    two_and_two,
)
from ..models import Invitation, Pair, Wave
from ..queries.elsewhere import just_asked_of
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
    named: Collection[int] = (),
    by: Actor,
    now: datetime,
) -> Wave:
    """Ask some members of a group, all at once. The same button twice opens one wave.

    wanted: how many yes are needed. sought: what was looked for (queries.wanted). alone: it is meant that one alone is
    asked. anyway: members who are asked although they were just asked to something else. together: they are asked two
    and two, in the order in which they are given. named: members who have said that the other of their pair may know
    what they are called; it takes both.
    Raises NotOpen, OnlyByNomination, WrongDay, OnlyOne, NotTwo, CannotBeNamed, CannotBeAsked, AskedAlready,
    AskedElsewhere.
    """
    ids = list(dict.fromkeys(member_ids))
    asked = set(ids)
    members = {member.pk: member for member in Member.objects.filter(pk__in=asked, group=group)}
    if not asked or asked != set(members):
        raise CannotBeAsked(asked - set(members))
    pairs = two_and_two(ids) if together else []
    lock_people(member.person_id for member in members.values())
    assignment = lock_assignment(assignment.pk)
    check_may_ask(assignment, now)
    if already := _asked_before(assignment, members.values()):
        return _same_button(already, members, pairs, by=by)
    _check_named(pairs, members, set(named))
    if len(members) < FEWEST and not alone:
        raise OnlyOne
    check_answer_by(answer_by, today=timezone.localdate(now), closes_on=assignment.closes_on or answer_by)
    free = set(may_be_asked(group, assignment).filter(pk__in=asked).values_list("pk", flat=True))
    if asked != free:
        raise CannotBeAsked(asked - free)
    check_not_asked_elsewhere(members.values(), assignment, anyway, now)
    return make_wave(
        assignment,
        group,
        [members[pk] for pk in ids],
        answer_by=answer_by,
        wanted=wanted,
        next_by_itself=next_by_itself,
        sought=sought,
        together=together,
        named=set(named),
        by=by,
        now=now,
    )


def _check_named(pairs: Iterable[tuple[int, int]], members: Mapping[int, Member], named: set[int]) -> None:
    """Raises CannotBeNamed."""
    people = [members[pk].person_id for pair in pairs if named.issuperset(pair) for pk in pair]
    if people and Person.objects.filter(pk__in=people).exclude(protected_tag=None).exists():
        raise CannotBeNamed


def check_not_asked_elsewhere(
    members: Iterable[Member], assignment: Assignment, anyway: Collection[int], now: datetime
) -> None:
    """Raises AskedElsewhere."""
    if titles := just_asked_of(members, assignment, set(anyway), now):
        raise AskedElsewhere(titles)


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


def _same_button(
    already: list[Invitation], members: Mapping[int, Member], pairs: Iterable[tuple[int, int]], *, by: Actor
) -> Wave:
    """The wave that the same person has just opened with just these, and the same two and two. Raises AskedAlready
    where it is another."""
    wave, people = already[0].wave, {member.person_id: pk for pk, member in members.items()}
    is_same = wave.opened_by_id == by.person_id and len(already) == len(members) == wave.size
    is_same = is_same and {each.wave_id for each in already} == {wave.pk}
    if is_same and _pairs_among(already) == {frozenset(pair) for pair in pairs}:
        return wave
    raise AskedAlready(people[each.person_id] for each in already)


def _pairs_among(invitations: Iterable[Invitation]) -> set[frozenset[int]]:
    found: dict[int, set[int]] = {}
    for each in invitations:
        if each.pair_id is not None:
            found.setdefault(each.pair_id, set()).add(each.member_id)
    return {frozenset(two) for two in found.values()}


def make_wave(
    assignment: Assignment,
    group: Group,
    members: Iterable[Member],
    *,
    answer_by: date,
    wanted: int,
    next_by_itself: bool,
    sought: Mapping[str, Iterable[str]],
    together: bool = False,
    named: Collection[int] = (),
    by: Actor,
    now: datetime,
) -> Wave:
    """The rows and the mails. The caller holds the locks, and has decided. together: those who stand next to each other
    are a pair. named: see `open_wave`. Raises NotTwo."""
    members = list(members)
    pairs = two_and_two([member.pk for member in members]) if together else []
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
    made = Pair.objects.bulk_create([Pair(wave=wave, named=set(named).issuperset(pair)) for pair in pairs])
    if made:
        for at, invitation in enumerate(asked):
            invitation.pair, invitation.place = made[at // PAIR], at % PAIR + 1
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
