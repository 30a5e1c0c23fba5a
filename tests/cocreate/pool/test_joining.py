"""Joining: one question at a time, saved as one goes; what must be answered; lowest age; two windows; leaving."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from samskapa.cocreate.pool.domain import (
    ChangedMeanwhile,
    Closed,
    ConsentNeeded,
    NotThatMove,
    Status,
    TooYoung,
    Unanswered,
)
from samskapa.cocreate.pool.models import Consent, Member, Move, Note, Reply, Tag
from samskapa.cocreate.pool.queries import members as queries
from samskapa.cocreate.pool.services import joining, running
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.models import AuditEntry, OutboxMail
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.people.services import create_person
from tests.factories.organisations import NOW
from tests.factories.people import make_person
from tests.factories.pool import answer, make_group, make_member

pytestmark = pytest.mark.django_db


def test_each_answer_is_kept_and_nothing_is_sent_before_what_must_be_answered():
    group, _coordinator = make_group()
    own = Actor(person_id=make_person().pk)
    member = joining.begin(group, by=own, now=NOW)
    assert joining.begin(group, by=own, now=NOW).pk == member.pk
    answer(member, "as", **{"as": ["relative", "patient", "patient"]})
    answer(member, "name", called="Kim")
    with pytest.raises(Unanswered) as refused:
        joining.send(member, words="Ni får fråga mig.", by=own, now=NOW)
    assert refused.value.args[0] == ["reach", "age"]
    answer(member, "reach", reach_by="email")
    answer(member, "age", age="65-79")
    sent = joining.send(member, words="Ni får fråga mig.", by=own, now=NOW)
    assert (sent.status, joining.send(member, words="Ni får fråga mig.", by=own, now=NOW).status) == (
        Status.INTERESTED,
        Status.INTERESTED,
    )
    assert queries.all_values(sent)["as"] == ["patient", "relative"]
    assert list(Move.objects.values_list("from_status", "why", "to_status")) == [("begun", "sent", "interested")]
    assert list(Consent.objects.values_list("to", "words")) == [("joining", "Ni får fråga mig.")]
    assert list(OutboxMail.objects.order_by("pk").values_list("kind", "recipient_id")) == [
        ("pool/received", own.person_id),
        ("pool/joined", _coordinator.person_id),
    ]


def test_the_database_cannot_read_what_somebody_wrote():
    member = make_member(
        experience={"experience": "Zebrafink om natten", "care": ["psychiatry"]},
        diagnosis={"diagnosis": "Zebrafink", "consent": "Ja"},
        needs={"need": ["breaks"], "needs_more": "Zebrafink"},
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM pool_member WHERE id = %s", [member.pk])
        assert "Zebrafink" not in str(cursor.fetchone())
    assert Member.objects.get(pk=member.pk).experience == "Zebrafink om natten"


def test_of_two_windows_the_second_sees_the_first():
    member = make_member(status=Status.BEGUN)
    own = Actor(person_id=member.person_id)
    say = {"by": own, "now": NOW}
    joining.save_answer(member, "training", {"training": "Kurs"}, based_on=0, **say)
    with pytest.raises(ChangedMeanwhile) as refused:
        joining.save_answer(member, "training", {"training": "Ingen"}, based_on=0, **say)
    assert refused.value.version == 1
    joining.save_answer(member, "training", {"training": "Kurs"}, based_on=0, **say)  # the same twice is once
    joining.save_answer(member, "times", {"when": ["evening"], "times_more": ""}, based_on=0, **say)  # another question
    member.refresh_from_db()
    assert (member.training, Reply.objects.get(member=member, key="training").version) == ("Kurs", 1)
    assert list(Tag.objects.filter(member=member, kind="when").values_list("value", flat=True)) == ["evening"]


@pytest.mark.parametrize(("lowest", "age", "may"), [(16, "16-17", True), (16, "13-15", False), (18, "16-17", False)])
def test_lowest_age(lowest, age, may):
    group, _coordinator = make_group(lowest_age=lowest)
    member = joining.begin(group, by=Actor(person_id=make_person().pk), now=NOW)
    if may:
        assert answer(member, "age", age=age).age == age
    else:
        with pytest.raises(TooYoung):
            answer(member, "age", age=age)


def test_nobody_joins_a_closed_group_and_who_is_in_stays():
    member = make_member()
    group = member.group
    coordinator = Actor(person_id=member.contact_id, role=Role.COORDINATOR, node_id=group.node_id)
    running.arrange_group(
        group.node, name="G", about="", lowest_age=18, is_open=False, based_on=1, by=coordinator, now=NOW
    )
    with pytest.raises(Closed):
        joining.begin(group, by=Actor(person_id=make_person().pk), now=NOW)
    assert joining.begin(group, by=Actor(person_id=member.person_id), now=NOW).status == Status.ACTIVE


def test_a_diagnosis_has_a_yes_of_its_own_and_goes_with_it():
    member = make_member(status=Status.INTERESTED)
    own = Actor(person_id=member.person_id)
    with pytest.raises(ConsentNeeded):
        answer(member, "diagnosis", diagnosis="Astma")
    member = answer(member, "diagnosis", diagnosis="Astma", consent="Ja, ni får spara den.")
    member = answer(member, "diagnosis", diagnosis="Astma och eksem")  # the yes stands
    yes = Consent.objects.get(to="diagnosis")
    assert (yes.words, yes.ended_at) == ("Ja, ni får spara den.", None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.filter(pk=member.pk).update(diagnosis_consent=None)
    joining.take_back_diagnosis(member, by=own, now=NOW)
    member = Member.objects.get(pk=member.pk)
    assert (member.diagnosis, member.diagnosis_consent, Consent.objects.get(to="diagnosis").ended_at) == (
        None,
        None,
        NOW,
    )


def test_resting_is_one_step_and_one_comes_back_to_where_one_was():
    for status in (Status.INTERESTED, Status.ACTIVE):
        member = make_member(status=status)
        own = Actor(person_id=member.person_id)
        rested = joining.rest(joining.rest(member, by=own, now=NOW), by=own, now=NOW)
        assert (rested.status, rested.rests_from) == (Status.RESTING, status)
        assert joining.come_back(joining.come_back(member, by=own, now=NOW), by=own, now=NOW).status == status
        assert Member.objects.get(pk=member.pk).rests_from == ""


def test_who_leaves_leaves_nothing_behind_but_that_they_were_there():
    member = make_member(
        experience={"experience": "Mycket", "care": ["home"]}, diagnosis={"diagnosis": "Gikt", "consent": "Ja"}
    )
    own = Actor(person_id=member.person_id)
    coordinator = Actor(person_id=member.contact_id, role=Role.COORDINATOR)
    running.write_note(
        member, kind="note", on_day=NOW.date(), text="Ringde", next_check_in=None, by=coordinator, now=NOW
    )
    assert RoleGrant.objects.filter(person=member.person, role=Role.MEMBER, ended_at=None).count() == 1
    left = joining.leave(joining.leave(member, by=own, now=NOW), by=own, now=NOW)
    assert left.status == Status.LEFT
    for model in (Tag, Reply, Note):
        assert not model.objects.filter(member=member).exists()
    left = Member.objects.get(pk=member.pk)
    assert [left.called, left.experience, left.diagnosis, left.age, left.contact] == ["", "", None, "", None]
    assert not RoleGrant.objects.filter(person=member.person, role=Role.MEMBER, ended_at=None).exists()
    assert [move.to_status for move in Move.objects.filter(member=member).order_by("pk")] == [
        "interested", "talked", "welcomed", "active", "left"
    ]  # fmt: skip
    with pytest.raises(NotThatMove):
        answer(left, "name", called="Kim")
    again = joining.begin(member.group, by=own, now=NOW)
    assert (again.pk, again.status) == (member.pk, Status.BEGUN)
    assert "Mycket" not in str(list(AuditEntry.objects.values_list("details", flat=True)))


def test_the_table_refuses_a_move_without_its_reason_and_a_member_twice():
    member = make_member(status=Status.INTERESTED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Move.objects.create(member=member, from_status="interested", why="sent", to_status="active", at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(group=member.group, person=member.person, since=NOW, begun_at=NOW, heard_at=NOW)
    with pytest.raises(ProtectedError):
        member.group.delete()


def test_somebody_without_mail_is_reached_otherwise():
    group, coordinator = make_group()
    person = create_person(email=None, name="Bo", phone="070", language="sv", by=coordinator, now=NOW)
    helper = Actor(person_id=coordinator.person_id, for_person_id=person.pk)
    member = joining.begin(group, by=helper, now=NOW)
    answer(member, "reach", helper, reach_by="letter", reach_at="Backen 1")
    assert (member.person_id, Reply.objects.get().saved_by_id) == (person.pk, coordinator.person_id)
