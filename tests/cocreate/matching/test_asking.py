"""Asking in waves, answering, and what the clock does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from samskapa.cocreate.assignments.domain.applying import Given, NotOpen, OnlyByNomination
from samskapa.cocreate.assignments.models import Application, Assignment
from samskapa.cocreate.assignments.services.applying import apply
from samskapa.cocreate.matching.domain import (
    AnsweredAlready,
    AskedAlready,
    AskedElsewhere,
    CannotBeAsked,
    OnlyOne,
    Reply,
    WrongDay,
)
from samskapa.cocreate.matching.jobs import settle_due
from samskapa.cocreate.matching.models import Invitation, Wave
from samskapa.cocreate.matching.services import asking
from samskapa.cocreate.matching.services.answering import answer_invitation
from samskapa.cocreate.matching.services.my_data import end_invitations, remove_old_invitation
from samskapa.cocreate.pool.domain import Status
from samskapa.cocreate.pool.models import Member
from samskapa.cocreate.pool.services import joining
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.models import AuditEntry, OutboxMail
from samskapa.ground.people.models import Person
from samskapa.ground.protection.services import protect
from tests.factories.assignments import STANDING
from tests.factories.mail import left_when_all_is_mailed
from tests.factories.matching import ask, invitation_of, make_assignment, make_turn
from tests.factories.organisations import NOW
from tests.factories.pool import make_member

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
AFTER = NOW + 8 * DAY


def say(member: Member, reply: Reply, *, now=NOW) -> Invitation:
    by = Actor(person_id=member.person_id)
    return answer_invitation(invitation_of(member), reply, by=by, now=now)


def answers() -> list[str]:
    return list(Invitation.objects.order_by("pk").values_list("answer", flat=True))


def mails(kind: str) -> list[OutboxMail]:
    return list(OutboxMail.objects.filter(kind=f"matching/{kind}").order_by("pk"))


# --- asking ---------------------------------------------------------------------------------------


def test_a_wave_asks_each_once_with_a_mail_and_twice_the_button_is_once():
    turn = make_turn(3)
    wave = ask(turn, next_by_itself=True, wanted=3, sought={"care": ["hospital", "no such"], "only": ["care"]})
    assert (wave.number, wave.size, wave.wanted, wave.opened_by_id) == (1, 3, 3, turn.coordinator.person_id)
    assert wave.sought == {"care": ["hospital"], "only": ["care"]}
    assert [each.recipient_id for each in mails("asked")] == [member.person_id for member in turn.members]
    assert ask(turn) == wave
    assert (Wave.objects.count(), Invitation.objects.count(), len(mails("asked"))) == (1, 3, 3)
    assert AuditEntry.objects.filter(action="matching.wave_opened").count() == 1
    assert left_when_all_is_mailed(NOW) == []


def test_one_alone_is_questioned_and_asked_where_it_is_meant():
    turn = make_turn(1)
    with pytest.raises(OnlyOne):
        ask(turn)
    assert Invitation.objects.count() == 0
    assert ask(turn, alone=True).size == 1


@pytest.mark.parametrize("what", ["rests", "left", "being introduced", "applied", "another group"])
def test_who_may_not_be_asked_is_not_and_then_nobody_is(what):
    turn = make_turn(2)
    own = Actor(person_id=turn.members[0].person_id)
    if what == "rests":
        joining.rest(turn.members[0], by=own, now=NOW)
    if what == "left":
        joining.leave(turn.members[0], by=own, now=NOW)
    if what == "being introduced":
        turn.members[0] = make_member(turn.group, coordinator=turn.coordinator, status=Status.WELCOMED)
    if what == "applied":
        apply(turn.assignment, given=Given("Min erfarenhet"), by=own, now=NOW)
    if what == "another group":
        turn.members[0] = make_member()
    with pytest.raises(CannotBeAsked) as refused:
        ask(turn)
    assert refused.value.ids == [turn.members[0].pk]
    assert (Invitation.objects.count(), mails("asked")) == (0, [])


def test_a_protected_member_can_be_asked():
    turn = make_turn(2)
    named = Person.objects.get(pk=turn.coordinator.person_id)
    protect(turn.members[0].person, coordinators=[named], place="", by=SYSTEM, now=NOW)
    assert ask(turn).size == 2
    assert left_when_all_is_mailed(NOW) == []


def test_another_who_asks_the_same_people_is_told_which():
    turn = make_turn(3)
    ask(turn, turn.members[:2])
    other = Actor(turn.members[2].person_id, "coordinator", turn.region.pk, turn.region.path)
    with pytest.raises(AskedAlready) as refused:
        ask(turn, turn.members[1:], by=other)
    assert refused.value.ids == [turn.members[1].pk]
    with pytest.raises(AskedAlready):
        ask(turn, turn.members[:2], by=other)
    assert Invitation.objects.count() == 2


def test_who_was_just_asked_to_something_else_is_asked_anyway_only_when_it_is_said():
    turn = make_turn(2)
    other = make_assignment(turn.unit, turn.coordinator, title={"title": "Ny vårdavdelning"})
    ask(turn, assignment=other)
    with pytest.raises(AskedElsewhere) as refused:
        ask(turn)
    assert refused.value.titles == {member.pk: "Ny vårdavdelning" for member in turn.members}
    with pytest.raises(AskedElsewhere) as left:
        ask(turn, anyway=[turn.members[0].pk])
    assert list(left.value.titles) == [turn.members[1].pk]
    assert ask(turn, anyway=[member.pk for member in turn.members]).size == 2


def test_after_two_weeks_nobody_needs_to_say_anyway():
    turn = make_turn(2)
    other = make_assignment(turn.unit, turn.coordinator)
    ask(turn, assignment=other, now=NOW)
    assert ask(turn, now=NOW + 14 * DAY).size == 2


def test_nobody_is_asked_to_what_is_not_open_or_is_for_nominations_or_by_a_day_that_does_not_work():
    turn = make_turn(2)
    today = timezone.localdate(NOW)
    for day in (today - DAY, turn.assignment.closes_on + DAY):
        with pytest.raises(WrongDay):
            ask(turn, answer_by=day)
    closed = make_assignment(turn.unit, turn.coordinator, closes_on=today + 3 * DAY)
    with pytest.raises(NotOpen):
        ask(turn, assignment=closed, now=NOW + 4 * DAY)
    council = make_assignment(turn.unit, turn.coordinator, standing=STANDING | {"by_nomination": True})
    with pytest.raises(OnlyByNomination):
        ask(turn, assignment=council)
    assert Wave.objects.count() == 0


def test_the_database_asks_nobody_twice_and_holds_answer_and_time_together():
    turn = make_turn(2)
    first = ask(turn).invitations.first()
    for changes in ({"pk": None}, {"answer": "yes"}, {"answered_at": NOW}, {"answer": "why", "answered_at": NOW}):
        again = Invitation.objects.get(pk=first.pk)
        for name, value in changes.items():
            setattr(again, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            again.save(force_insert=again.pk is None)


# --- answering ------------------------------------------------------------------------------------


def test_yes_and_no_are_answers_and_one_may_change_ones_mind_until_the_day():
    turn = make_turn(2)
    ask(turn)
    say(turn.members[0], Reply.YES)
    say(turn.members[0], Reply.YES, now=NOW + DAY)
    assert invitation_of(turn.members[0]).answered_at == NOW
    say(turn.members[0], Reply.NO, now=NOW + 7 * DAY)
    assert answers() == ["no", ""]
    with pytest.raises(AnsweredAlready):
        say(turn.members[0], Reply.YES, now=AFTER)
    with pytest.raises(AnsweredAlready):
        say(turn.members[1], Reply.YES, now=AFTER)
    assert AuditEntry.objects.filter(action="matching.answered").count() == 2


def test_an_answer_is_a_sign_of_life():
    turn = make_turn(2)
    ask(turn)
    say(turn.members[0], Reply.NO, now=NOW + DAY)
    turn.members[0].refresh_from_db()
    assert turn.members[0].heard_at == NOW + DAY


def test_a_yes_is_no_application_and_the_host_sees_nothing():
    turn = make_turn(2)
    ask(turn)
    say(turn.members[0], Reply.YES)
    assert Application.objects.count() == 0


def test_no_is_taken_also_when_it_has_closed_and_yes_is_not():
    turn = make_turn(2)
    ask(turn)
    Assignment.objects.filter(pk=turn.assignment.pk).update(state="choosing")
    with pytest.raises(NotOpen):
        say(turn.members[0], Reply.YES)
    say(turn.members[0], Reply.NO)
    assert answers() == ["no", ""]


def test_taken_back_it_no_longer_waits_and_is_told_once():
    turn = make_turn(2)
    ask(turn)
    for _twice in range(2):
        asking.take_back_invitation(invitation_of(turn.members[0]), by=turn.coordinator, now=NOW)
    assert (answers(), len(mails("taken_back"))) == (["taken_back", ""], 1)
    with pytest.raises(AnsweredAlready):
        say(turn.members[0], Reply.YES)
    say(turn.members[1], Reply.NO)
    with pytest.raises(AnsweredAlready):
        asking.take_back_invitation(invitation_of(turn.members[1]), by=turn.coordinator, now=NOW)
    assert left_when_all_is_mailed(NOW) == []


# --- by the clock ---------------------------------------------------------------------------------


def settled() -> dict:
    (mail,) = mails("settled")
    return {name: mail.params[name] for name in ("asked", "yes", "wanted", "what", "next")}


def test_on_the_day_nothing_lapses_and_the_day_after_it_does_and_the_coordinator_is_told_once():
    turn = make_turn(3)
    ask(turn)
    say(turn.members[0], Reply.YES)
    settle_due.call(now=NOW + 7 * DAY)
    assert answers() == ["yes", "", ""]
    for _twice in range(2):
        settle_due.call(now=AFTER)
    assert answers() == ["yes", "lapsed", "lapsed"]
    assert settled() == {"asked": 3, "yes": 1, "wanted": 2, "what": "by_hand", "next": 0}
    assert mails("settled")[0].recipient_id == turn.coordinator.person_id
    assert left_when_all_is_mailed(AFTER) == []


def test_when_everybody_has_answered_one_does_not_wait_for_the_day():
    turn = make_turn(2)
    ask(turn)
    for member in turn.members:
        say(member, Reply.YES)
    settle_due.call(now=NOW)
    assert settled() == {"asked": 2, "yes": 2, "wanted": 2, "what": "enough", "next": 0}


def test_a_wave_that_falls_short_opens_the_next_in_the_fair_order_where_it_was_said():
    turn = make_turn(2)
    later = [make_member(turn.group, coordinator=turn.coordinator, now=NOW + number * DAY) for number in (3, 2, 1)]
    ask(turn, next_by_itself=True)
    say(turn.members[0], Reply.YES)
    settle_due.call(now=AFTER)
    first, second = Wave.objects.order_by("number")
    assert (second.size, second.wanted, second.opened_by, second.next_by_itself) == (2, 1, None, True)
    assert second.answer_by == timezone.localdate(AFTER) + 7 * DAY
    # Nobody of them was asked; those who have waited longest since they became active come first.
    assert [each.member for each in second.invitations.order_by("pk")] == [later[2], later[1]]
    assert settled() == {"asked": 2, "yes": 1, "wanted": 2, "what": "opened", "next": 2}
    settle_due.call(now=AFTER)
    assert Wave.objects.count() == 2
    assert first.settled_at is not None or Wave.objects.get(pk=first.pk).settled_at == AFTER
    assert left_when_all_is_mailed(AFTER) == []


@pytest.mark.parametrize(
    ("change", "what"), [("stopped", "by_hand"), ("nobody", "nobody"), ("no time", "no_time"), ("closed", "closed")]
)
def test_no_next_wave_where_it_was_stopped_or_nobody_is_left_or_the_time_is_out(change, what):
    turn = make_turn(2)
    wave = ask(turn, next_by_itself=True)
    if change != "nobody":
        make_member(turn.group, coordinator=turn.coordinator)
    if change == "stopped":
        for _twice in range(2):
            asking.stop_next(wave, by=turn.coordinator, now=NOW)
        assert AuditEntry.objects.filter(action="matching.next_stopped").count() == 1
    if change in ("no time", "closed"):
        last = timezone.localdate(AFTER) + (DAY if change == "no time" else -DAY)
        Assignment.objects.filter(pk=turn.assignment.pk).update(closes_on=last)
    settle_due.call(now=AFTER)
    assert Wave.objects.count() == 1
    assert settled()["what"] == what


def test_the_clock_asks_nobody_who_was_just_asked_to_something_else_and_looks_for_the_same_as_before():
    turn = make_turn(2)
    busy = make_member(turn.group, coordinator=turn.coordinator)
    wrong = make_member(turn.group, coordinator=turn.coordinator, languages={"language": ["ar"]})
    right = make_member(turn.group, coordinator=turn.coordinator, languages={"language": ["fi"]})
    silent = make_member(turn.group, coordinator=turn.coordinator)
    other = make_assignment(turn.unit, turn.coordinator)
    ask(turn, next_by_itself=True, sought={"language": ["fi"], "only": ["language"]})
    ask(turn, [busy], assignment=other, alone=True, now=NOW + 7 * DAY, answer_by=timezone.localdate(NOW) + 20 * DAY)
    settle_due.call(now=AFTER)
    second = Wave.objects.get(assignment=turn.assignment, number=2)
    asked = {each.member for each in second.invitations.all()}
    assert asked == {right, silent}
    assert wrong not in asked
    assert second.sought == {"language": ["fi"], "only": ["language"]}


def test_while_another_wave_waits_the_clock_opens_none():
    turn = make_turn(4)
    make_member(turn.group, coordinator=turn.coordinator)
    ask(turn, turn.members[:2], next_by_itself=True)
    ask(turn, turn.members[2:], next_by_itself=True, now=NOW + DAY, answer_by=timezone.localdate(NOW) + 15 * DAY)
    settle_due.call(now=AFTER)
    assert (Wave.objects.count(), settled()["what"]) == (2, "others")


# --- one's own data -------------------------------------------------------------------------------


def test_what_waits_lapses_when_the_account_ends_and_goes_when_its_time_is_out():
    turn = make_turn(2)
    ask(turn)
    end_invitations(turn.members[0].person_id, died=False, by=SYSTEM, now=NOW + DAY)
    assert answers() == ["lapsed", ""]
    first = invitation_of(turn.members[0])
    assert not remove_old_invitation(first.pk, limit=NOW, by=SYSTEM, now=AFTER)
    assert remove_old_invitation(first.pk, limit=NOW + DAY, by=SYSTEM, now=AFTER)
    assert not remove_old_invitation(first.pk, limit=NOW + DAY, by=SYSTEM, now=AFTER)
    assert answers() == [""]
