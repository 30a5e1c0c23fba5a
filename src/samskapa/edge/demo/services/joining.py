"""The region's resource group and its members, made by the same services that people use."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from samskapa.cocreate.assignments.models import Assignment
from samskapa.cocreate.assignments.queries.open import open_assignments
from samskapa.cocreate.importing.services import receiving, work_on
from samskapa.cocreate.matching.queries.members import may_be_asked
from samskapa.cocreate.matching.services.asking import open_wave
from samskapa.cocreate.matching.services.enquiring import send_enquiries
from samskapa.cocreate.pool.domain import Introduction
from samskapa.cocreate.pool.models import Group, Member
from samskapa.cocreate.pool.queries import agreement as agreements
from samskapa.cocreate.pool.queries.wording import MEANS
from samskapa.cocreate.pool.services import agreeing, joining, notes, running
from samskapa.ground.core.domain import SYSTEM, Actor, Strength
from samskapa.ground.documents.forms import table_received
from samskapa.ground.people.services import create_person

from ..domain.joining import (
    ABOUT,
    ASKED,
    LIST,
    LIST_SOURCE,
    LIVES_IN,
    LOWEST_AGE,
    MEMBERS,
    MUST,
    NAME,
    NOTE,
    NOTE_ANSWER,
    OTHERS,
    PAY,
    SOUGHT,
    TO_OTHERS,
)
from ..domain.neighbours import NEIGHBOURS
from ..domain.people import COORDINATOR
from .cast import Cast
from .recruiting import hang_posters, make_plan


def make_demo_group(cast: Cast, *, now: datetime) -> None:
    """Make the group once, with a member in each status that a stranger may meet; a second time it is kept."""
    node = cast.places["region"]
    if Group.objects.filter(node=node).exists():
        return
    maja = cast.actor(COORDINATOR)
    begun = now - timedelta(days=60)
    group = running.arrange_group(
        node, name=NAME, about=ABOUT, lowest_age=LOWEST_AGE, is_open=True, pay=PAY, based_on=0, by=maja, now=begun
    )
    brought = hang_posters(cast, group, now=now)
    for key, (reached, answers) in MEMBERS.items():
        own = cast.oneself(key)
        if key in LIVES_IN:
            answers = answers | {"municipality": {"municipality_id": cast.places[LIVES_IN[key]].pk}}
        member = _come(cast, group, own, reached, answers, came_by=brought.get(key, ""), begun=begun)
        if reached == "resting":
            joining.rest(member, by=own, now=begun + timedelta(days=30))
        if key == "birgit":
            day = now - timedelta(days=10)
            note = running.write_note(
                member,
                kind="check_in",
                on_day=timezone.localdate(day),
                text=NOTE,
                next_check_in=timezone.localdate(now + timedelta(days=80)),
                by=maja,
                now=day,
            )
            notes.answer_note(note, text=NOTE_ANSWER, by=own, now=day + timedelta(days=1))
    for key, name, age, gender, place, languages in NEIGHBOURS:
        person = create_person(email=f"{key}@ekliden.example", name=name, is_demo=True, by=SYSTEM, now=begun)
        answers = MUST | {
            "name": {"called": name.split()[0]},
            "age": {"age": age},
            "gender": {"gender": gender or "not_said"},
            "languages": {"language": list(languages)},
        }
        if place:
            answers |= {"municipality": {"municipality_id": cast.places[place].pk}}
        own = Actor(person_id=person.pk, strength=Strength.CODE)
        _come(cast, group, own, "active", answers, begun=begun)
    make_plan(cast, group, now=now)
    _ask(cast, group, now=now)
    _make_list(group, by=maja, now=now - timedelta(days=1))


def _come(
    cast: Cast,
    group: Group,
    own: Actor,
    reached: str,
    answers: dict[str, Any],
    *,
    begun: datetime,
    came_by: str = "",
) -> Member:
    """Somebody joins, by the poster or link of the code `came_by`, and comes as far as `reached`."""
    maja = cast.actor(COORDINATOR)
    member = joining.begin(group, came_by=came_by, by=own, now=begun)
    for question, values in answers.items():
        joining.save_answer(member, question, values, based_on=0, by=own, now=begun)
    joining.send(member, words=str(MEANS), by=own, now=begun)
    if reached == "interested":
        return member
    day = begun + timedelta(days=5)
    running.note_talk(member, on_day=timezone.localdate(day), text="", by=maja, now=day)
    running.welcome(member, contact=cast.people[COORDINATOR], by=maja, now=day)
    if reached == "welcomed":
        running.introduce(member, [Introduction.PURPOSE, Introduction.ROLES], by=maja, now=day)
        return member
    day = begun + timedelta(days=12)
    running.introduce(member, list(Introduction), by=maja, now=day)
    agreement = agreements.agreements().get(root=member)
    for side, by in (("person", own), ("care", maja)):
        agreeing.confirm_all(agreement, party=agreements.party_of(agreement, side), by=by, now=day)
    running.activate(member, by=maja, now=day)
    return member


def _ask(cast: Cast, group: Group, *, now: datetime) -> None:
    """Two are asked to the assignment that is open longest, of those that neither has applied to."""
    today, asked = timezone.localdate(now), [cast.people[key].pk for key in ASKED]
    for assignment in open_assignments(today).filter(area=group.node).order_by("-closes_on", "pk"):
        free = list(may_be_asked(group, assignment).filter(person__in=asked).values_list("pk", flat=True))
        if len(free) == len(asked) and assignment.closes_on:
            open_wave(
                assignment,
                group,
                free,
                answer_by=min(today + timedelta(days=6), assignment.closes_on),
                wanted=2,
                next_by_itself=True,
                sought=SOUGHT,
                by=cast.actor(COORDINATOR),
                now=now,
            )
            _ask_others(cast, assignment, now=now)
            return


def _ask_others(cast: Cast, assignment: Assignment, *, now: datetime) -> None:
    """A patient organisation is asked to nominate to the same, and has not answered."""
    if assignment.closes_on is None:
        return
    send_enquiries(
        assignment,
        [cast.places[OTHERS].pk],
        answer_by=min(timezone.localdate(now) + timedelta(days=9), assignment.closes_on),
        wanted=1,
        message=TO_OTHERS,
        by=cast.actor(COORDINATOR),
        now=now,
    )


def _make_list(group: Group, *, by: Actor, now: datetime) -> None:
    """A list that is read and looked at, and waits for the coordinator's word."""
    file = table_received("patientforetradare.csv", LIST.encode(), most_bytes=len(LIST) * 2)
    one = receiving.receive(group, file=file, by=by, now=now)
    while work_on(one.pk, by=by, now=now):
        pass
    one.refresh_from_db()
    receiving.say_columns(one, mapping=one.mapping, source=LIST_SOURCE, by=by, now=now)
    while work_on(one.pk, by=by, now=now):
        pass
