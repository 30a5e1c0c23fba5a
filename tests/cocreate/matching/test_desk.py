"""Waves that ended with too few yes stand on the coordinator's desk until more are asked, and nowhere else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samskapa.cocreate.assignments.models import Assignment
from samskapa.cocreate.assignments.queries.need import needs_to_list
from samskapa.cocreate.matching.domain import Reply
from samskapa.cocreate.matching.jobs import settle_due
from samskapa.cocreate.matching.queries.desk import short_rows, too_few
from samskapa.cocreate.matching.services.answering import answer_invitation
from samskapa.edge.pages.queries import Row, desk_rows
from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from tests.factories.applications import make_application
from tests.factories.assignments import make_host
from tests.factories.matching import Turn, ask, invitation_of, make_assignment, make_turn
from tests.factories.organisations import NOW, log_in
from tests.factories.pool import make_group

pytestmark = pytest.mark.django_db

AFTER = NOW + timedelta(days=8)


def on_desk_of(actor: Actor, turn: Turn) -> Row:
    [row] = desk_rows(actor, AFTER.date(), needs_to_list(actor).filter(pk=turn.assignment.pk))
    return row


def one_yes_of(turn: Turn, members, **changes) -> None:
    """Ask them; the first says yes, the others nothing, and the day passes."""
    ask(turn, members, **changes)
    by = Actor(person_id=members[0].person_id)
    answer_invitation(invitation_of(members[0]), Reply.YES, by=by, now=NOW)
    settle_due.func(now=AFTER)


def test_a_wave_that_is_over_with_too_few_yes_waits_until_more_are_asked():
    turn = make_turn(4)
    ask(turn, turn.members[:2])
    assert short_rows(turn.coordinator) == [], "it goes on"
    answer_invitation(invitation_of(turn.members[0]), Reply.YES, by=Actor(person_id=turn.members[0].person_id), now=NOW)
    settle_due.func(now=AFTER)
    [row] = short_rows(turn.coordinator)
    todo = f"Fråga fler: {turn.assignment.title}"
    assert (row.todo, row.on, row.url) == (todo, AFTER.date(), reverse("matching:fits", args=[turn.assignment.pk]))
    assert "1 ja" in row.said
    shown = on_desk_of(turn.coordinator, turn)
    assert (shown.todo, shown.url) == ("Fråga fler", row.url)
    assert row.said in shown.state
    ask(turn, turn.members[2:], now=AFTER)
    assert short_rows(turn.coordinator) == []


def test_enough_who_applied_are_enough_and_so_is_a_closed_assignment():
    turn = make_turn(2)
    one_yes_of(turn, turn.members)
    wanted = Assignment.objects.get(pk=turn.assignment.pk).people_wanted
    assert len(short_rows(turn.coordinator)) == 1
    for _number in range(wanted):
        make_application(turn.assignment, now=NOW)
    assert short_rows(turn.coordinator) == []
    assert [too_few(1, wanted - 1, wanted), too_few(1, 9, None), too_few(0, 0, 3), too_few(None, 0, 3)] == [
        True, True, False, False,
    ]  # fmt: skip
    Assignment.objects.filter(pk=turn.assignment.pk).update(people_wanted=None)
    assert len(short_rows(turn.coordinator)) == 1
    Assignment.objects.filter(pk=turn.assignment.pk).update(state="choosing")
    assert short_rows(turn.coordinator) == []


def test_the_unit_and_another_region_see_nothing_of_it():
    turn = make_turn(2)
    one_yes_of(turn, turn.members)
    host = make_host(turn.unit)
    assert short_rows(host) == short_rows(make_group()[1]) == []
    shown = on_desk_of(host, turn)
    assert (shown.todo, "omgång" in shown.state) == ("", False)


def test_the_desk_costs_the_same_however_many_waves_there_are(client):
    turn = make_turn(4)
    grant = RoleGrant.objects.get(person_id=turn.coordinator.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)
    counts = []
    for more in (1, 6):
        for _number in range(more):
            other = make_assignment(turn.unit, turn.coordinator)
            everybody = [member.pk for member in turn.members]
            ask(turn, assignment=other, anyway=everybody)
        settle_due.func(now=AFTER)
        client.get(reverse("pages:desk"))
        with CaptureQueriesContext(connection) as asked:
            text = client.get(reverse("pages:desk")).content.decode()
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert text.count("Fråga fler:") == 1 + 5, "the next step, and five; the others stand among the assignments"
