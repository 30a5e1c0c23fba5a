"""Under eighteen: an open invitation when the guardian's yes is taken back, and what the coordinator sees of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samskapa.cocreate.assignments.models import Application
from samskapa.cocreate.assignments.services.applying import apply
from samskapa.cocreate.matching.access import token_of
from samskapa.cocreate.matching.domain import CannotBeAsked, Reply
from samskapa.cocreate.matching.queries.members import may_be_asked
from samskapa.cocreate.matching.services.answering import answer_invitation
from samskapa.cocreate.pool.domain import GuardianNeeded
from samskapa.cocreate.pool.models import Group
from samskapa.cocreate.pool.queries.going_on import goes_on_with
from samskapa.cocreate.pool.services import running
from samskapa.cocreate.pool.services.minors import take_back_guardians_yes
from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.people.models import Person
from tests.factories.applications import given
from tests.factories.matching import ask, invitation_of, make_assignment, make_turn
from tests.factories.organisations import NOW, actor_for, log_in, make_node
from tests.factories.pool import YES, answer, make_young

pytestmark = pytest.mark.django_db


@pytest.fixture
def turn():
    turn = make_turn()
    Group.objects.filter(pk=turn.group.pk).update(lowest_age=16)
    turn.group.refresh_from_db()
    turn.members = [make_young(turn.group, turn.coordinator)]
    return turn


def take_back(turn) -> None:
    (member,) = turn.members
    take_back_guardians_yes(member, on_day=NOW.date(), by=Actor(person_id=member.person_id), now=NOW)


def test_from_that_moment_nobody_is_asked_and_with_a_new_yes_again(turn):
    (member,) = turn.members
    assert list(may_be_asked(turn.group, turn.assignment)) == [member]
    take_back(turn)
    assert not may_be_asked(turn.group, turn.assignment).exists()
    with pytest.raises(CannotBeAsked):
        ask(turn, alone=True)
    running.note_minor(member, **YES, words="Ja", based_on=2, by=turn.coordinator, now=NOW)
    assert ask(turn, alone=True).size == 1


def test_no_yes_is_taken_to_what_was_open_and_a_no_is(turn):
    ask(turn, alone=True)
    (member,) = turn.members
    by, invitation = Actor(person_id=member.person_id), invitation_of(member)
    take_back(turn)
    with pytest.raises(GuardianNeeded):
        answer_invitation(invitation, Reply.YES, by=by, now=NOW)
    assert invitation_of(member).answer == ""
    assert answer_invitation(invitation, Reply.NO, by=by, now=NOW).answer == Reply.NO


def test_who_has_turned_eighteen_says_yes_without_a_guardian(turn):
    ask(turn, alone=True)
    (member,) = turn.members
    take_back(turn)
    answer(member, "age", age="18-29")
    by = Actor(person_id=member.person_id)
    assert answer_invitation(invitation_of(member), Reply.YES, by=by, now=NOW).answer == Reply.YES


def test_the_page_and_the_link_say_so_and_tell_nothing_of_a_guardian(client, turn):
    ask(turn, alone=True, now=timezone.now())
    (member,) = turn.members
    take_back(turn)
    invitation = invitation_of(member)
    link = reverse("matching:by_link", args=[token_of(invitation)])
    for page in (link, reverse("matching:invitation", args=[invitation.pk])):
        said = client.post(page, {"answer": "yes"}).content.decode()
        assert "Du kan inte säga ja just nu" in said
        assert "vårdnadshavare" not in said
        log_in(client, member.person)
    assert client.post(page, {"answer": "no"}).status_code == 302
    assert not Application.objects.exists()


def test_the_coordinator_sees_what_goes_on_and_only_what_is_theirs_to_see(client, turn):
    now = timezone.now()
    (member,) = turn.members
    by = Actor(person_id=member.person_id)
    other, said_yes = (make_assignment(turn.unit, turn.coordinator, now=now) for _each in range(2))
    far = make_assignment(make_node("unit"), actor_for(role=Role.COORDINATOR, node=make_node("region")), now=now)
    for assignment in (turn.assignment, said_yes):
        ask(turn, alone=True, now=now, assignment=assignment, anyway=[member.pk])
    answer_invitation(invitation_of(member), Reply.YES, by=by, now=now)
    for assignment in (other, far):
        apply(assignment, given=given(), by=by, now=now)
    take_back(turn)
    rows = goes_on_with(member, turn.coordinator)
    assert [row.what for row in rows] == [
        f"Är tillfrågad om att vara med i ”{turn.assignment.title}”, men har inte svarat.",
        f"Har sagt ja till ”{said_yes.title}”, men har inte anmält intresse än.",
        f"Har anmält intresse för ”{other.title}” och väntar på svar.",
    ]
    grant = RoleGrant.objects.get(person_id=turn.coordinator.person_id, role=Role.COORDINATOR)
    log_in(client, Person.objects.get(pk=grant.person_id), grant)
    for name in ("minor", "member"):
        shown = client.get(reverse(f"pool:{name}", args=[member.pk])).content.decode()
        assert all(row.path in shown for row in rows), name
    assert all(client.get(row.path).status_code == 200 for row in rows)


def test_what_is_over_does_not_go_on(turn):
    ask(turn, alone=True)
    (member,) = turn.members
    invitation = invitation_of(member)
    answer_invitation(invitation, Reply.NO, by=Actor(person_id=member.person_id), now=NOW + timedelta(hours=1))
    take_back(turn)
    assert goes_on_with(member, turn.coordinator) == []
