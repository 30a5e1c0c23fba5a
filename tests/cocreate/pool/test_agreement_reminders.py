"""Points that a member has not answered: two reminders, then the coordinators' desk, each once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from samskapa.cocreate.pool.domain import Status
from samskapa.cocreate.pool.domain.agreement import REMIND_EACH, TO_THE_DESK, next_reminder
from samskapa.cocreate.pool.jobs import remind_agreements
from samskapa.cocreate.pool.models import Agreement
from samskapa.cocreate.pool.queries import agreement as queries
from samskapa.cocreate.pool.queries.due import agreements_to_remind_of
from samskapa.cocreate.pool.services import agreeing, joining
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.models import AuditEntry, OutboxMail
from samskapa.ground.core.services import mail_in_words
from samskapa.ground.organisations.domain import Role
from tests.factories.organisations import NOW, actor_for
from tests.factories.pool import make_group, make_member

from .test_agreement import as_coordinator, change, confirm, own, told


def run(days: int) -> None:
    remind_agreements.call(now=NOW + timedelta(days=days))


def waits() -> tuple[Agreement, Actor]:
    group, coordinator = make_group()
    make_member(group, status=Status.WELCOMED, coordinator=coordinator)
    return queries.agreements().get(), coordinator


@given(st.lists(st.integers(min_value=0, max_value=200), max_size=30))
def test_whenever_the_clock_comes_there_are_at_most_three_steps_a_week_apart(hours):
    since, at, taken, last = NOW, NOW, 0, None
    moments = []
    for each in hours:
        at += timedelta(hours=each)
        step = next_reminder(taken, waits_since=since, told_at=last, now=at)
        if step is not None:
            assert step == taken + 1
            taken, last = step, at
            moments.append(at)
    assert taken <= TO_THE_DESK
    assert all(later - earlier >= REMIND_EACH for earlier, later in zip([since, *moments], moments, strict=False))


@pytest.mark.django_db
def test_two_reminders_a_week_apart_then_the_contact_person_each_once():
    agreement, coordinator = waits()
    actor_for(role=Role.COORDINATOR, node=agreement.root.group.node)  # another one, who is not asked to call
    person = agreement.root.person_id
    said = []
    for day in range(40):
        for _twice in range(2):
            run(day)
        said.append((told("agreement_waits").count(person), told("agreement_silent")))
    assert said[6] == (0, [])
    assert said[7] == said[13] == (1, [])
    assert said[14] == said[20] == (2, [])
    assert said[21] == said[39] == (2, [coordinator.person_id])
    steps = AuditEntry.objects.filter(action="pool.agreement_reminded").order_by("pk")
    assert [row.details["step"] for row in steps] == [1, 2, 3]


@pytest.mark.django_db
def test_who_answers_something_is_reminded_anew_only_after_a_week_and_who_answers_all_never():
    agreement, _coordinator = waits()
    for day in (7, 14, 21):
        run(day)
    line = agreement.lines.order_by("position").first()
    party, revision = queries.party_of(agreement, "person"), line.revisions.get().pk
    at = NOW + timedelta(days=22)
    agreeing.take_part(
        agreement,
        lambda held: agreeing.law.confirm(
            agreeing.TABLES,
            held,
            line.pk,
            revision=revision,
            party=party,
            by=own(agreement.root),
            now=at,
        ),
        done=lambda done: done,
        party=party,
        by=own(agreement.root),
        now=at,
    )
    agreement.refresh_from_db()
    assert (agreement.person_owes, agreement.person_waits_since, agreement.told) == (11, at, 0)
    run(28)
    assert len(told("agreement_waits")) == 2
    run(29)
    assert len(told("agreement_waits")) == 3
    confirm(agreement, "person", own(agreement.root))
    agreement.refresh_from_db()
    assert (agreement.person_owes, agreement.person_waits_since, agreement.told, agreement.told_at) == (
        0,
        None,
        0,
        None,
    )
    run(60)
    assert len(told("agreement_waits")) == 3


@pytest.mark.django_db
def test_what_the_group_proposes_later_is_reminded_of_too():
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator)
    agreement = queries.agreements().get()
    run(30)
    assert told("agreement_waits") == []
    change(agreement, "Vi ringer helst.", coordinator, "care")
    run(7)
    assert told("agreement_waits") == [member.person_id]


@pytest.mark.django_db
def test_nobody_is_reminded_who_rests_or_has_left():
    agreement, _coordinator = waits()
    member = joining.rest(agreement.root, by=own(agreement.root), now=NOW)
    run(8)
    assert told("agreement_waits") == []
    joining.come_back(member, by=own(member), now=NOW)
    run(8)
    assert told("agreement_waits") == [member.person_id]
    joining.leave(member, by=own(member), now=NOW)
    for day in (16, 30):
        run(day)
    assert (len(told("agreement_waits")), told("agreement_silent")) == (1, [])
    agreement.refresh_from_db()
    assert (agreement.told, agreement.person_waits_since) == (0, None)
    assert agreeing.remind_of_agreement(agreement, by=SYSTEM, now=NOW + timedelta(days=60)) is None


@pytest.mark.django_db
def test_killed_between_two_members_the_rest_are_reminded_once_and_the_first_not_again():
    """The transaction of one member is lost as by a kill; the next run does what is left."""
    group, coordinator = make_group()
    members = [make_member(group, status=Status.WELCOMED, coordinator=coordinator) for _each in range(3)]
    now = NOW + timedelta(days=7)
    first, second, _third = agreements_to_remind_of(now)
    agreeing.remind_of_agreement(first, by=SYSTEM, now=now)
    with transaction.atomic():
        agreeing.remind_of_agreement(second, by=SYSTEM, now=now)
        transaction.set_rollback(True)
    assert len(told("agreement_waits")) == 1
    remind_agreements.call(now=now)
    assert sorted(told("agreement_waits")) == sorted(member.person_id for member in members)


@pytest.mark.django_db
def test_the_mails_say_what_waits_and_lead_there():
    agreement, _coordinator = waits()
    for day in (7, 14, 21):
        run(day)
    path = reverse("pool:agreement", args=[agreement.pk])
    said = []
    for kind in ("agreement_waits", "agreement_silent"):
        letter = OutboxMail.objects.filter(kind=f"pool/{kind}").first()
        subject, body = mail_in_words(letter, name="Kim", language="sv", now=NOW)
        assert path in body
        said.append((subject, " ".join(body.split())))
    assert [subject for subject, _body in said] == [
        "Din överenskommelse väntar på dig",
        "En medlem har inte svarat i överenskommelsen",
    ]
    assert "väntar 12 punkter på ditt svar" in said[0][1]


@pytest.mark.django_db
def test_then_it_stands_on_the_desk_until_the_member_answers(client):
    group, coordinator = make_group()
    member = make_member(group, coordinator=coordinator)
    agreement = queries.agreements().get()
    change(agreement, "Vi ringer helst.", coordinator, "care")
    as_coordinator(client, coordinator)
    desk, waiting = reverse("pages:desk"), reverse("pool:waiting", args=[group.node_id])
    sentence, row = "1 medlem har inte svarat i överenskommelsen", "Ring: inget svar i överenskommelsen"
    for day in (7, 14):
        run(day)
        assert sentence not in client.get(desk).content.decode()
        assert row not in client.get(waiting).content.decode()
    run(21)
    assert sentence in client.get(desk).content.decode()
    assert row in client.get(waiting).content.decode()
    confirm(agreement, "person", own(member))
    assert sentence not in client.get(desk).content.decode()
    assert row not in client.get(waiting).content.decode()


@pytest.mark.django_db
def test_the_table_refuses_a_reminder_of_nothing():
    agreement, _coordinator = waits()
    wrong = [{"told": 1}, {"told": 4, "told_at": NOW}, {"person_waits_since": None}, {"person_owes": 0}]
    for each in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Agreement.objects.filter(pk=agreement.pk).update(**each)


@pytest.mark.django_db
def test_finding_whom_to_remind_is_one_query_whatever_the_number():
    group, coordinator = make_group()
    for number in (1, 3):
        for _each in range(number):
            make_member(group, status=Status.WELCOMED, coordinator=coordinator)
        with CaptureQueriesContext(connection) as asked:
            list(agreements_to_remind_of(NOW + timedelta(days=8)))
        assert len(asked) == 1
