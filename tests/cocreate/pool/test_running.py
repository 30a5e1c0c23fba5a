"""The coordinators' way: talk, welcome, introduction, notes; under eighteen; the yearly question; protection, time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from samskapa.cocreate.pool import access
from samskapa.cocreate.pool.domain import (
    ASKED_EACH,
    AheadOfToday,
    Answer,
    AnsweredAlready,
    ChangedMeanwhile,
    GroupChangedMeanwhile,
    GuardianNeeded,
    NotIntroduced,
    NotThatMove,
    ReasonNeeded,
    Status,
)
from samskapa.cocreate.pool.jobs import ask_yearly
from samskapa.cocreate.pool.models import Consent, Member, Move, Yearly
from samskapa.cocreate.pool.queries import members as queries
from samskapa.cocreate.pool.queries.my_data import members_past
from samskapa.cocreate.pool.services import joining, running, yearly
from samskapa.cocreate.pool.services.my_data import end_memberships, leave_after_long
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.models import OutboxMail
from samskapa.ground.organisations.domain import Kind, Role, WrongPlace
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.organisations.services.my_data import end_roles
from samskapa.ground.people.models import Person
from samskapa.ground.protection.services import protect
from tests.factories.mail import send_due
from tests.factories.organisations import NOW, make_node
from tests.factories.pool import answer, make_active, make_group, make_member

pytestmark = pytest.mark.django_db


def mails(kind: str) -> int:
    return OutboxMail.objects.filter(kind=f"pool/{kind}").count()


def test_no_step_is_jumped_over():
    group, coordinator = make_group()
    by = {"by": coordinator, "now": NOW}
    contact = Person.objects.get(pk=coordinator.person_id)
    member = make_member(group, status=Status.INTERESTED)
    with pytest.raises(NotThatMove):
        running.welcome(member, contact=contact, **by)
    with pytest.raises(AheadOfToday):
        running.note_talk(member, on_day=(NOW + timedelta(days=2)).date(), text="", **by)
    running.note_talk(member, on_day=NOW.date(), text="Vill gärna prata om kallelser.", **by)
    with pytest.raises(NotThatMove):
        running.introduce(member, ["pay"], **by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.filter(pk=member.pk).update(status=Status.WELCOMED)  # nobody to turn to
    running.welcome(running.welcome(member, contact=contact, **by), contact=contact, **by)
    running.introduce(member, ["pay", "roles"], **by)
    with pytest.raises(NotIntroduced) as left:
        running.activate(member, **by)
    assert [point.value for point in left.value.args[0]] == ["purpose", "organisation", "words", "secrecy"]
    make_active(member, coordinator)
    assert running.activate(member, **by).status == Status.ACTIVE
    assert [(note.kind, note.text) for note in queries.notes_of(member)] == [("talk", "Vill gärna prata om kallelser.")]
    assert RoleGrant.objects.filter(person=member.person, role=Role.MEMBER, node=group.node).count() == 1
    assert [mails(kind) for kind in ("welcomed", "active")] == [1, 1]


def test_a_no_has_words_and_takes_what_was_told_away():
    group, coordinator = make_group()
    member = make_member(group, status=Status.INTERESTED, experience={"experience": "Mycket", "care": []})
    with pytest.raises(ReasonNeeded):
        running.say_no(member, word=" ", by=coordinator, now=NOW)
    running.say_no(member, word="Gruppen är full till hösten.", by=coordinator, now=NOW)
    member.refresh_from_db()
    assert (member.status, member.experience) == (Status.LEFT, "")
    assert OutboxMail.objects.get(kind="pool/not_welcomed").params["word"] == "Gruppen är full till hösten."


def test_under_eighteen_there_is_a_guardian_a_guide_and_a_known_adult_first():
    group, coordinator = make_group(lowest_age=16)
    by = {"by": coordinator, "now": NOW}
    member = make_member(group, status=Status.TALKED, coordinator=coordinator, age={"age": "16-17"})
    contact = Person.objects.get(pk=coordinator.person_id)
    with pytest.raises(GuardianNeeded):
        running.welcome(member, contact=contact, **by)
    said = {"guardian": "Mamma Eva, 070", "guide": "Maja", "adult": "Lärare Per", "words": "Ja, hen får vara med."}
    # Where nothing is noted nothing can be written over, whatever version the page says.
    row = running.note_minor(member, **said, based_on=12, **by)
    assert running.note_minor(member, **said, based_on=0, **by).version == row.version == 1
    with pytest.raises(ChangedMeanwhile):
        running.note_minor(member, **said | {"guide": "Jonas"}, based_on=0, **by)
    assert running.welcome(member, contact=contact, **by).status == Status.WELCOMED
    assert Consent.objects.get(to="guardian").words == "Ja, hen får vara med."


def test_the_page_of_a_group_is_changed_by_one_at_a_time_and_stands_only_where_one_can_be_a_member():
    group, coordinator = make_group()
    said = {"name": "Levande bibliotek", "about": "", "lowest_age": 16, "is_open": True}
    running.arrange_group(group.node, **said, based_on=1, by=coordinator, now=NOW)
    with pytest.raises(GroupChangedMeanwhile):
        running.arrange_group(group.node, **said | {"name": "Banken"}, based_on=1, by=coordinator, now=NOW)
    with pytest.raises(WrongPlace):
        running.arrange_group(make_node(Kind.UNIT), **said, based_on=0, by=coordinator, now=NOW)
    group.refresh_from_db()
    assert (group.name, group.version) == ("Levande bibliotek", 2)


# --- the yearly question --------------------------------------------------------------------------


def quiet_member() -> Member:
    """Somebody of whom nothing has been heard for a year."""
    member = make_member()
    Member.objects.filter(pk=member.pk).update(heard_at=NOW - ASKED_EACH)
    return member


def test_silence_means_rest_after_a_reminder_and_yes_counts_also_later():
    member, heard = quiet_member(), make_member()
    for days in (0, 0, 20, 21, 22, 41, 42, 43):
        ask_yearly.call(now=NOW + timedelta(days=days))
        send_due(NOW + timedelta(days=days))
    asked = Yearly.objects.get()
    assert (asked.member_id, asked.answer, asked.answered_at) == (member.pk, "no_answer", NOW + timedelta(days=42))
    member.refresh_from_db()
    assert (member.status, member.called, mails("still"), mails("rests")) == (Status.RESTING, "Kim", 2, 1)
    assert Member.objects.get(pk=heard.pk).status == Status.ACTIVE
    later = NOW + timedelta(days=60)
    by = Actor(person_id=member.person_id)
    for _twice in range(2):
        assert yearly.answer(asked, Answer.YES, by=by, now=later).status == Status.ACTIVE
    assert Member.objects.get(pk=member.pk).heard_at == later
    ask_yearly.call(now=later + timedelta(days=1))
    assert Yearly.objects.count() == 1


def test_the_link_answers_one_question_and_no_other():
    member = quiet_member()
    asked = yearly.ask(member, by=Actor(), now=NOW)
    token = access.still_token(asked)
    by = Actor(person_id=member.person_id)
    assert access.yearly_of(token) == asked
    assert yearly.answer(asked, Answer.REST, by=by, now=NOW).status == Status.RESTING
    with pytest.raises(AnsweredAlready):
        yearly.answer(asked, Answer.YES, by=by, now=NOW)  # rests by own wish: that is changed on the page
    assert Yearly.objects.get().answer == "rest"
    with pytest.raises(IntegrityError), transaction.atomic():
        Yearly.objects.create(member=member, asked_at=NOW, answer="no_answer", answered_at=NOW)  # never reminded


def test_a_death_noted_by_mistake_takes_nothing_away():
    member = make_member(experience={"experience": "Mycket", "care": []})
    by = Actor(person_id=member.contact_id, role=Role.COORDINATOR)
    end_memberships(member.person_id, died=True, by=by, now=NOW)
    end_roles(member.person_id, died=True, by=by, now=NOW)
    assert Member.objects.values_list("status", "rests_from").get() == (Status.RESTING, Status.ACTIVE)
    back = joining.come_back(member, by=Actor(person_id=member.person_id), now=NOW)
    assert (back.status, back.experience) == (Status.ACTIVE, "Mycket")
    assert RoleGrant.objects.filter(person=member.person, role=Role.MEMBER, ended_at=None).count() == 1
    end_memberships(member.person_id, died=False, by=by, now=NOW)
    assert Member.objects.get().experience == ""


# --- time and protection --------------------------------------------------------------------------


def test_only_a_long_rest_ends_and_never_somebody_who_can_be_asked():
    active, resting, begun = make_member(), make_member(), make_member(status=Status.BEGUN)
    joining.rest(resting, by=Actor(person_id=resting.person_id), now=NOW)
    late = NOW + timedelta(days=1)
    assert {due.thing_id for due in members_past(late)} == {resting.pk, begun.pk}
    assert members_past(NOW - timedelta(seconds=1)) == []
    for member, gone in ((active, False), (resting, True), (begun, True)):
        assert leave_after_long(member.pk, limit=late, by=Actor(role="system"), now=late) is gone
    assert set(Move.objects.filter(to_status="left").values_list("from_status", "why")) == {
        ("resting", "time"),
        ("begun", "time"),
    }


def test_of_a_protected_person_nothing_is_kept_that_names_or_places_them():
    group, coordinator = make_group()
    place = make_node(Kind.MUNICIPALITY)
    member = make_member(
        group, reach={"reach_by": "phone", "reach_at": "070"}, municipality={"municipality_id": place.pk}
    )
    protect(member.person, coordinators=[Person.objects.get(pk=coordinator.person_id)], by=coordinator, now=NOW)
    member = queries.with_answers(Member.objects.filter(pk=member.pk)).get()
    assert [member.called, member.reach_at, member.municipality, member.age] == ["", "", None, "30-49"]
    assert "Kim" not in queries.called(member)
    assert "name" not in [each.key for each in queries.questions_for(member)]
    member = answer(member, "name", called="Kim")  # a window from before
    assert Member.objects.get(pk=member.pk).called == ""
