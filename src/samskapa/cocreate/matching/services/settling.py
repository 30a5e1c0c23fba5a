"""What the clock does when the day to answer has passed, or everybody has answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.assignments.domain import State
from samskapa.cocreate.assignments.models import Assignment
from samskapa.cocreate.assignments.services.applying import lock_assignment
from samskapa.cocreate.assignments.services.telling import coordinators_of, matter_of
from samskapa.cocreate.pool.models import Member
from samskapa.cocreate.pool.queries.members import coordinators_of as coordinators_of_group
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import queue_mail, record
from samskapa.ground.people.services import lock_people

from ..domain import RECENT, Reply, day_of_next, still_wanted, whole_pairs
from ..models import Invitation, Wave
from ..queries.enquiries import others_waited_for, yes_in_all
from ..queries.filling import by_enquiry
from ..queries.fitting import turn_list
from ..queries.members import may_be_asked
from ..queries.wanted import wanted_of
from .asking import is_for_asking, make_wave
from .pairing import close_pairs


@transaction.atomic
def settle_wave(wave_id: int, *, by: Actor, now: datetime) -> Wave | None:
    """Let what nobody answered lapse, count, ask the next ones where the coordinator has said so and it fell short, and
    tell the coordinator either way. Returns the wave that was opened. Once."""
    wave = Wave.objects.select_related("group__node").get(pk=wave_id)
    waiting = Invitation.objects.filter(wave=wave, answer="")
    turns = _whose_turn(wave, now)
    lock_people([*waiting.values_list("person_id", flat=True), *(member.person_id for member in turns)])
    assignment = lock_assignment(wave.assignment_id)
    wave = Wave.objects.select_for_update(of=("self",)).select_related("group__node").get(pk=wave_id)
    today = timezone.localdate(now)
    if wave.settled_at or (wave.answer_by >= today and waiting.exists()):
        return None
    waiting.update(answer=Reply.LAPSED, answered_at=now)
    close_pairs(wave, by=by, now=now)
    wave.settled_at = now
    wave.save(update_fields=["settled_at"])
    yes = wave.invitations.filter(answer=Reply.YES).count()
    wanted = still_wanted(wave.wanted, yes)
    record("matching.wave_settled", by=by, at=now, on=wave, yes=yes, wanted=wave.wanted)
    opened, why = _open_next(wave, assignment, turns, wanted, by=by, now=now)
    if assignment.state in (State.OPEN, State.CHOOSING):
        _tell(wave, assignment, yes, opened, why, now=now)
    return opened


def _whose_turn(wave: Wave, now: datetime) -> list[Member]:
    """As many as the wave had, of those whose turn it is, by what the wave looked for. Who was just asked to something
    else waits: nobody is there to say "ask anyway"."""
    if not wave.next_by_itself or wave.settled_at:
        return []
    assignment = Assignment.objects.select_related("area", "municipality").get(pk=wave.assignment_id)
    wanted = wanted_of(assignment, wave.sought)
    turns = turn_list(wave.group, assignment, wanted, wave.sought.get("only", ()), now)
    return list(turns.exclude(_just_asked(assignment, now))[: wave.size])


def _just_asked(assignment: Assignment, now: datetime) -> Exists:
    elsewhere: QuerySet[Invitation] = Invitation.objects.filter(
        person=OuterRef("person"), asked_at__gt=now - RECENT
    ).exclude(assignment=assignment)
    return Exists(elsewhere.exclude(answer=Reply.TAKEN_BACK))


def _open_next(
    wave: Wave, assignment: Assignment, turns: list[Member], wanted: int, *, by: Actor, now: datetime
) -> tuple[Wave | None, str]:
    """The wave that was opened, and in a word what came: enough, opened, by_hand, others, closed, no_time, nobody, one.
    After a wave of pairs the next ones are asked two and two as well, and one who would be left over is not asked."""
    if not wanted:
        return None, "enough"
    if not is_for_asking(assignment, now):
        return None, "closed"
    if not wave.next_by_itself:
        return None, "by_hand"
    if _beside(wave).filter(settled_at=None).exists():
        return None, "others"  # looked at again when that one is settled, if it says so
    day = _day(wave, assignment, now)
    if day is None:
        return None, "no_time"
    # Looked at once more under the locks.
    free = may_be_asked(wave.group, assignment).exclude(_just_asked(assignment, now))
    still = set(free.filter(pk__in=[member.pk for member in turns]).values_list("pk", flat=True))
    members = [member for member in turns if member.pk in still]
    if not members:
        return None, "nobody"
    if in_pairs := wave.pairs.exists():
        members = members[: whole_pairs(len(members))]
    if not members:
        return None, "one"
    opened = make_wave(
        assignment,
        wave.group,
        members,
        answer_by=day,
        wanted=wanted,
        next_by_itself=True,
        sought=wave.sought,
        together=in_pairs,
        by=by,
        now=now,
    )
    return opened, "opened"


def _is_by_enquiry(wave: Wave) -> bool:
    return Wave.objects.filter(by_enquiry(), pk=wave.pk).exists()


def _beside(wave: Wave) -> QuerySet[Wave]:
    """The waves that are looked after together: of a group that was asked to ask its own alone, else of those who run
    the assignment. The one neither waits for the other nor hears of it."""
    found = Wave.objects.filter(assignment=wave.assignment_id)
    return found.filter(group=wave.group_id) if _is_by_enquiry(wave) else found.exclude(by_enquiry())


def _day(wave: Wave, assignment: Assignment, now: datetime) -> date | None:
    if assignment.closes_on is None:
        return None
    return day_of_next(
        timezone.localdate(wave.opened_at),
        wave.answer_by,
        today=timezone.localdate(now),
        closes_on=assignment.closes_on,
    )


def _tell(wave: Wave, assignment: Assignment, yes: int, opened: Wave | None, why: str, *, now: datetime) -> None:
    """Those who asked. Where that was another group, those who run the assignment get the counts and nothing more."""
    is_guest = _is_by_enquiry(wave)
    people = [each.pk for each in coordinators_of_group(wave.group)] if is_guest else coordinators_of(assignment)
    path = reverse("matching:waves", args=[assignment.pk])
    counts = {"asked": wave.size, "yes": yes, "wanted": wave.wanted}
    _mail(
        "settled",
        people,
        wave,
        assignment,
        now=now,
        path=f"{path}?group={wave.group_id}" if is_guest else path,
        what=why,
        next=opened.size if opened else 0,
        next_by=opened.answer_by.isoformat() if opened else "",
        others=0 if is_guest or why == "enough" else others_waited_for(assignment),
        is_guest=is_guest,
        **counts,
    )
    if is_guest:
        run_by = [pk for pk in coordinators_of(assignment) if pk not in people]
        goes_on = opened is not None or why == "others"
        _mail(
            "settled_elsewhere",
            run_by,
            wave,
            assignment,
            now=now,
            path=path,
            node=wave.group.node.name,
            in_all=yes_in_all(assignment),
            goes_on=goes_on,
            **counts,
        )


def _mail(
    kind: str, people: Iterable[int], wave: Wave, assignment: Assignment, *, now: datetime, **params: Any
) -> None:
    for person_id in dict.fromkeys(people):
        queue_mail(
            f"matching/{kind}",
            to=person_id,
            key=f"matching.{kind}-{wave.pk}",
            now=now,
            matter=matter_of(assignment.pk),
            title=assignment.title,
            **params,
        )
