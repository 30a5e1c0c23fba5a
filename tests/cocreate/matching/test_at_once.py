"""Two at the same moment: nobody is asked twice, and the second is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samskapa.cocreate.matching.domain import AskedAlready, AskedElsewhere, Reply, Said
from samskapa.cocreate.matching.models import Enquiry, Invitation, Pair, Wave
from samskapa.cocreate.matching.services.answering import answer_invitation
from samskapa.cocreate.matching.services.asking import take_back_invitation
from samskapa.cocreate.matching.services.enquiring import answer_enquiry, take_back_enquiry
from samskapa.cocreate.matching.services.settling import settle_wave
from samskapa.cocreate.matching.services.settling_enquiries import settle_enquiries
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.models import OutboxMail
from samskapa.ground.organisations.domain import Role
from tests.factories.enquiries import enquire, make_two
from tests.factories.matching import Turn, ask, invitation_of, make_assignment, make_turn
from tests.factories.organisations import NOW, actor_for
from tests.factories.pool import make_member
from tests.factories.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)

AFTER = NOW + timedelta(days=8)


def other_coordinator(turn: Turn) -> Actor:
    return actor_for(role=Role.COORDINATOR, node=turn.region)


def kinds(results: list) -> list[str]:
    return sorted(type(each).__name__ for each in results)


def test_two_coordinators_ask_the_same_person_to_two_assignments_at_once_and_the_second_is_told():
    turn = make_turn(3)
    other, by = make_assignment(turn.unit, turn.coordinator), other_coordinator(turn)
    one, both, two = turn.members
    results = at_once(
        lambda: ask(turn, [one, both]),
        # The other way round, so that a ring of locks would show.
        lambda: ask(turn, [two, both], assignment=other, by=by),
    )
    assert kinds(results) == ["AskedElsewhere", "Wave"]
    (refusal,) = [each for each in results if isinstance(each, AskedElsewhere)]
    assert list(refusal.titles) == [both.pk]
    assert Invitation.objects.filter(member=both).count() == 1
    assert Invitation.objects.count() == 2  # who is told has asked nobody


def test_two_coordinators_ask_the_same_person_to_the_same_assignment_at_once():
    turn = make_turn(3)
    by = other_coordinator(turn)
    results = at_once(lambda: ask(turn, turn.members[:2]), lambda: ask(turn, turn.members[1:], by=by))
    assert kinds(results) == ["AskedAlready", "Wave"]
    (refusal,) = [each for each in results if isinstance(each, AskedAlready)]
    assert refusal.ids == [turn.members[1].pk]
    assert (Wave.objects.count(), Invitation.objects.count()) == (1, 2)


def test_the_button_pressed_twice_at_once_opens_one_wave():
    turn = make_turn(2)
    first, second = at_once(lambda: ask(turn), lambda: ask(turn))
    assert first == second == Wave.objects.get()
    assert OutboxMail.objects.filter(kind="matching/asked").count() == 2


def test_yes_while_it_is_taken_back_is_one_of_the_two():
    turn = make_turn(2)
    ask(turn)
    invitation = invitation_of(turn.members[0])
    own = Actor(person_id=invitation.person_id)
    results = at_once(
        lambda: answer_invitation(invitation, Reply.YES, by=own, now=NOW),
        lambda: take_back_invitation(invitation, by=turn.coordinator, now=NOW),
    )
    assert kinds(results) == ["AnsweredAlready", "Invitation"]
    assert invitation_of(turn.members[0]).answer in ("yes", "taken_back")


def test_the_clock_twice_at_once_opens_one_next_wave_and_tells_once():
    turn = make_turn(2)
    wave = ask(turn, next_by_itself=True)
    for _each in range(2):
        make_member(turn.group, coordinator=turn.coordinator)
    results = at_once(*[lambda: settle_wave(wave.pk, by=SYSTEM, now=AFTER)] * 2)
    assert kinds(results) == ["NoneType", "Wave"]
    assert (Wave.objects.count(), Invitation.objects.count()) == (2, 4)
    assert OutboxMail.objects.filter(kind="matching/settled").count() == 1


def test_the_clock_and_a_coordinator_who_asks_the_same_people_at_once_ask_each_once():
    turn = make_turn(2)
    wave = ask(turn, next_by_itself=True)
    left = [make_member(turn.group, coordinator=turn.coordinator) for _each in range(2)]
    by = other_coordinator(turn)
    results = at_once(
        lambda: settle_wave(wave.pk, by=SYSTEM, now=AFTER),
        lambda: ask(turn, left, by=by, now=AFTER),
    )
    assert kinds(results) in (["AskedAlready", "Wave"], ["NoneType", "Wave"])
    assert (Wave.objects.count(), Invitation.objects.count()) == (2, 4)


@pytest.mark.parametrize("said", [Reply.YES, Reply.NO])
def test_two_of_a_pair_answer_at_once_and_neither_answer_is_lost(said):
    turn = make_turn(2)
    ask(turn, together=True)
    one, other = (invitation_of(member) for member in turn.members)
    results = at_once(
        lambda: answer_invitation(one, Reply.YES, by=Actor(person_id=one.person_id), now=NOW),
        lambda: answer_invitation(other, said, by=Actor(person_id=other.person_id), now=NOW),
    )
    assert kinds(results) == ["Invitation", "Invitation"]
    answers = [invitation_of(member).answer for member in turn.members]
    told = OutboxMail.objects.filter(kind__in=["matching/both", "matching/alone"])
    found = sorted(told.values_list("kind", flat=True))
    if said is Reply.YES:
        assert (answers, found) == (["yes", "yes"], ["matching/both", "matching/both"])
    else:  # her yes came before his no, and is asked for anew; or after it, and is a yes to being alone
        assert (answers[0] in ("", "yes"), answers[1], found) == (True, "no", ["matching/alone"])


def test_two_coordinators_ask_the_same_people_two_and_two_at_once_and_each_stands_in_one_pair():
    turn = make_turn(4)
    a, b, c, d = turn.members
    by = other_coordinator(turn)
    results = at_once(
        lambda: ask(turn, [a, b, c, d], together=True),
        lambda: ask(turn, [d, b, a, c], together=True, by=by),
    )
    assert kinds(results) == ["AskedAlready", "Wave"]
    assert (Wave.objects.count(), Invitation.objects.count(), Pair.objects.count()) == (1, 4, 2)
    assert sorted(Invitation.objects.values_list("place", flat=True)) == [1, 1, 2, 2]


def test_the_clock_and_a_coordinator_at_once_leave_nobody_alone_in_a_wave_of_pairs():
    turn = make_turn(2)
    wave = ask(turn, together=True, next_by_itself=True)
    left = [make_member(turn.group, coordinator=turn.coordinator) for _each in range(2)]
    results = at_once(
        lambda: settle_wave(wave.pk, by=SYSTEM, now=AFTER),
        lambda: ask(turn, left[:1], by=other_coordinator(turn), alone=True, now=AFTER),
    )
    assert kinds(results) in (["AskedAlready", "Wave"], ["NoneType", "Wave"])
    for pair in Pair.objects.all():
        assert pair.two.count() == 2
    assert Invitation.objects.filter(pair=None).count() in (0, 1)


def test_two_coordinators_ask_the_same_organisation_at_once_and_the_second_is_told():
    two = make_two()
    other = other_coordinator(two.here)
    results = at_once(lambda: enquire(two, two.section, two.group.node), lambda: enquire(two, two.section, by=other))
    assert kinds(results) == ["EnquiredAlready", "list"]
    assert Enquiry.objects.filter(node=two.section).count() == 1
    sent = Enquiry.objects.count()
    assert OutboxMail.objects.filter(kind="matching/enquiry").count() == sent


def test_the_same_button_twice_at_once_sends_once():
    two = make_two()
    results = at_once(lambda: enquire(two), lambda: enquire(two))
    assert kinds(results) == ["list", "list"]
    assert (Enquiry.objects.count(), OutboxMail.objects.filter(kind="matching/enquiry").count()) == (2, 2)


def test_two_coordinators_of_the_group_say_yes_and_no_at_once_and_the_yes_stands():
    two = make_two()
    enquiry = enquire(two, two.group.node)[0]
    colleague = actor_for(role=Role.COORDINATOR, node=two.group.node)
    at_once(
        lambda: answer_enquiry(enquiry, Said.YES, by=two.coordinator, now=NOW),
        lambda: answer_enquiry(enquiry, Said.NO, by=colleague, now=NOW),
    )
    enquiry.refresh_from_db()
    assert enquiry.answer == "yes"  # a no that comes after is refused, one that came before is changed


def test_an_answer_and_taking_it_back_at_once_leave_one_of_them():
    two = make_two()
    enquiry = enquire(two, two.group.node)[0]
    results = at_once(
        lambda: answer_enquiry(enquiry, Said.YES, by=two.coordinator, now=NOW),
        lambda: take_back_enquiry(enquiry, by=two.here.coordinator, now=NOW),
    )
    assert kinds(results) == ["Enquiry", "EnquiryAnswered"]


def test_the_clock_twice_at_once_tells_once():
    two = make_two()
    enquire(two)
    at_once(
        lambda: settle_enquiries(two.assignment.pk, by=SYSTEM, now=AFTER),
        lambda: settle_enquiries(two.assignment.pk, by=SYSTEM, now=AFTER),
    )
    assert set(Enquiry.objects.values_list("answer", flat=True)) == {"lapsed"}
    assert OutboxMail.objects.filter(kind="matching/enquiries_over").count() == 1
