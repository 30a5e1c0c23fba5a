"""Whom one checks in with has a day for it, by itself; the coordinator may choose another."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.pool.domain import Status
from samskapa.cocreate.pool.domain.moving import first_check_in
from samskapa.cocreate.pool.models import Member
from samskapa.cocreate.pool.services import joining
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.models import OutboxMail
from samskapa.ground.language.templatetags.reader import day
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from tests.factories.organisations import NOW, log_in
from tests.factories.pool import make_active, make_group, make_member

pytestmark = pytest.mark.django_db

WEEK = timedelta(weeks=1)


def as_coordinator(client, coordinator: Actor) -> None:
    grant = RoleGrant.objects.get(person_id=coordinator.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)


def day_of(member: Member):
    return Member.objects.get(pk=member.pk).next_check_in


def test_the_first_comes_thirteen_weeks_after_the_welcome_and_stays_when_one_can_be_asked():
    group, coordinator = make_group()
    assert day_of(make_member(group, status=Status.TALKED, coordinator=coordinator)) is None
    member = make_member(group, status=Status.WELCOMED, coordinator=coordinator)
    first = timezone.localdate(NOW) + 13 * WEEK
    assert (first_check_in(timezone.localdate(NOW)), day_of(member)) == (first, first)
    make_active(member, coordinator, now=NOW + WEEK)
    assert day_of(member) == first
    assert OutboxMail.objects.get(kind="pool/welcomed", recipient_id=member.person_id).params["check_in"] == str(first)


def test_who_can_be_asked_again_and_has_no_day_gets_one():
    member = make_member()
    own = Actor(person_id=member.person_id)
    Member.objects.filter(pk=member.pk).update(next_check_in=None)
    joining.rest(member, by=own, now=NOW)
    assert day_of(member) is None
    joining.come_back(member, by=own, now=NOW + WEEK)
    assert day_of(member) == timezone.localdate(NOW) + 14 * WEEK


def test_the_coordinator_chooses_another_day_in_the_form_of_the_welcome_and_both_see_it(client):
    group, coordinator = make_group()
    member = make_member(group, status=Status.TALKED, coordinator=coordinator)
    as_coordinator(client, coordinator)
    page, today = reverse("pool:welcome", args=[member.pk]), timezone.localdate()
    assert str(first_check_in(today)) in client.get(page).content.decode()
    given = {"contact": str(coordinator.person_id), "next_check_in": str(today - timedelta(days=1))}
    wrong = client.post(page, given)
    assert (wrong.status_code, "Den dagen har varit" in wrong.content.decode()) == (422, True)
    assert client.post(page, given | {"next_check_in": str(today + 5 * WEEK)}).status_code == 302
    assert day_of(member) == today + 5 * WEEK
    assert day(today + 5 * WEEK) in client.get(reverse("pool:member", args=[member.pk])).content.decode()
    log_in(client, member.person)
    assert day(today + 5 * WEEK) in client.get(reverse("pool:mine", args=[group.node_id])).content.decode()


def test_without_a_day_in_the_form_it_is_as_usual(client):
    group, coordinator = make_group()
    member = make_member(group, status=Status.TALKED, coordinator=coordinator)
    as_coordinator(client, coordinator)
    given = {"contact": str(coordinator.person_id), "next_check_in": ""}
    assert client.post(reverse("pool:welcome", args=[member.pk]), given).status_code == 302
    assert day_of(member) == first_check_in(timezone.localdate())


def test_those_who_never_had_a_day_get_one_spread_over_thirteen_weeks_the_longest_wait_first():
    group, coordinator = make_group()
    today = timezone.localdate()
    long_ago = NOW - 100 * WEEK
    old = [make_member(group, coordinator=coordinator, now=long_ago + number * WEEK) for number in range(13)]
    new = make_member(group, coordinator=coordinator, now=timezone.now())
    other = make_member(now=long_ago)
    given = make_member(group, coordinator=coordinator, now=long_ago)
    begun = make_member(group, status=Status.TALKED, coordinator=coordinator, now=long_ago)
    Member.objects.exclude(pk=given.pk).update(next_check_in=None)
    import_module("samskapa.cocreate.pool.migrations.0014_first_check_in").give_days(apps, None)
    assert [day_of(member) for member in old] == [today + (1 + place * 13 // 14) * WEEK for place in range(13)]
    assert (day_of(new), day_of(other)) == (today + 13 * WEEK, today + WEEK)
    assert (day_of(given), day_of(begun)) == (timezone.localdate(long_ago) + 13 * WEEK, None)
