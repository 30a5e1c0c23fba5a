"""Told back and confirmed: only then is it done. And once more after half a year."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from samskapa.cocreate.assignments.domain import State
from samskapa.cocreate.assignments.models import Agreement, Assignment
from samskapa.cocreate.assignments.queries import agreements as asked
from samskapa.cocreate.assignments.services import agreeing
from samskapa.cocreate.assignments.services.applying import withdraw
from samskapa.cocreate.underway import jobs
from samskapa.cocreate.underway.domain import NO_ANSWER, Kind, NothingWritten, NotNow, SaidAlready
from samskapa.cocreate.underway.models import Confirmation, Credit, Telling, Work
from samskapa.cocreate.underway.queries.public import what_it_led_to
from samskapa.cocreate.underway.services import closing
from samskapa.edge.my_data.services import forget_person
from samskapa.ground.core.models import AuditEntry
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.people.models import Person
from samskapa.ground.protection.services import protect
from tests.factories.assignments import coordinator_for, host_of, make_host, representative_of
from tests.factories.organisations import NOW
from tests.factories.underway import BEGUN, confirm, mails, tell, under_way, work_of

pytestmark = pytest.mark.django_db

TOLD = BEGUN + timedelta(days=30)


def on(day) -> datetime:
    return datetime.combine(day, time(9), tzinfo=NOW.tzinfo)


def state_of(agreement: Agreement) -> str:
    return Assignment.objects.get(pk=agreement.root_id).state


def to(kind: str) -> list[int]:
    return [mail.recipient_id for mail in mails(kind)]


def test_told_asks_every_representative_and_is_not_done_before_they_have_answered():
    one, two = under_way(2)
    tell(one)
    work = work_of(one)
    assert (work.stage, work.closing_at, work.done_at) == ("closing", TOLD, None)
    assert to("confirm") == [one.application.person_id, two.application.person_id]
    confirm(one, "yes")
    assert (work_of(one).stage, state_of(one)) == ("closing", State.AGREED)
    confirm(two, "no", "Numret står inte där.")
    work = work_of(one)
    assert (work.stage, state_of(one)) == ("done", State.DONE)
    assert Assignment.objects.get(pk=one.root_id).done_at == work.done_at
    everybody = {one.application.person_id, two.application.person_id, one.root.created_by_id}
    assert set(to("done")) == everybody | {coordinator_for(one.root).person_id}


def test_when_it_is_done_nothing_more_is_agreed_on():
    (agreement,) = under_way()
    tell(agreement)
    confirm(agreement)
    found = Agreement.objects.select_related("root", "application").get(pk=agreement.pk)
    assert not asked.goes_on(found)
    with pytest.raises(agreeing.NotBeingWritten):
        agreeing.confirm_all(
            found, expected={}, party=asked.representative_party(found), by=representative_of(found), now=TOLD
        )


def test_the_same_by_the_same_once_more_is_a_button_pressed_twice_and_a_second_window_is_refused():
    (agreement,) = under_way()
    told = tell(agreement)
    assert tell(agreement).pk == told.pk
    with pytest.raises(SaidAlready):
        tell(agreement, "Ingenting hände.")
    with pytest.raises(SaidAlready):
        tell(agreement, by=make_host(agreement.root.unit))
    assert (Telling.objects.count(), len(mails("confirm"))) == (1, 1)


def test_closing_needs_words():
    (agreement,) = under_way()
    with pytest.raises(NothingWritten):
        tell(agreement, " ")
    assert work_of(agreement).stage == "under_way"


def test_an_answer_can_be_changed_and_the_trail_has_the_one_before():
    (agreement,) = under_way()
    tell(agreement)
    for said in ("no", "no", "partly"):
        confirm(agreement, said, "Nästan.")
    assert Confirmation.objects.get().answer == "partly"
    rows = AuditEntry.objects.filter(action="underway.confirmed").order_by("pk")
    assert [(row.details["before"], row.details["answer"]) for row in rows] == [("", "no"), ("no", "partly")]


def test_who_does_not_answer_is_asked_twice_then_closed_as_no_answer_and_never_as_yes():
    (agreement,) = under_way()
    tell(agreement)
    for days in (1, 13, 14, 14, 20, 27):
        jobs.confirming.func(now=TOLD + timedelta(days=days))
    assert len(mails("confirm")) == 2
    assert Confirmation.objects.get().answer == ""
    for days in (28, 40):
        jobs.confirming.func(now=TOLD + timedelta(days=days))
    closed = Confirmation.objects.get()
    assert (closed.answer, closed.word, len(mails("confirm"))) == (NO_ANSWER, "", 2)
    assert state_of(agreement) == State.DONE
    told = what_it_led_to(agreement.root).told[0]
    assert told.counts == {"yes": 0, "partly": 0, "no": 0, "no_answer": 1, "waits": 0}


def test_a_machine_that_stood_still_asks_the_second_time_before_it_closes():
    (agreement,) = under_way()
    tell(agreement)
    jobs.confirming.func(now=TOLD + timedelta(days=300))
    assert (Confirmation.objects.get().answer, len(mails("confirm"))) == ("", 2)
    jobs.confirming.func(now=TOLD + timedelta(days=314))
    assert Confirmation.objects.get().answer == NO_ANSWER


def test_what_was_closed_as_no_answer_can_be_answered_later():
    (agreement,) = under_way()
    tell(agreement)
    for days in (14, 28):
        jobs.confirming.func(now=TOLD + timedelta(days=days))
    confirm(agreement, "yes", now=TOLD + timedelta(days=60))
    assert Confirmation.objects.get().answer == "yes"
    assert what_it_led_to(agreement.root).told[0].counts["yes"] == 1
    assert len(mails("done")) == 3


def test_the_database_refuses_silence_that_was_asked_once():
    (agreement,) = under_way()
    tell(agreement)
    with pytest.raises(IntegrityError), transaction.atomic():
        Confirmation.objects.update(answer=NO_ANSWER, answered_at=TOLD)
    with pytest.raises(IntegrityError), transaction.atomic():
        Confirmation.objects.update(answer="yes")
    with pytest.raises(IntegrityError), transaction.atomic():
        Work.objects.update(stage="done")
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(pk=agreement.root_id).update(state="done")


def test_nobody_waits_for_who_withdraws_in_the_middle():
    one, two = under_way(2)
    tell(one)
    confirm(one)
    withdraw(two.application, by=representative_of(two), now=TOLD)
    jobs.after_withdrawal.func(application_id=two.application_id, now=TOLD)
    assert state_of(one) == State.DONE
    assert Confirmation.objects.get(agreement=two).answer == ""
    with pytest.raises(NotNow):
        confirm(two)


def test_where_everybody_has_withdrawn_it_is_done_when_it_is_told():
    (agreement,) = under_way()
    withdraw(agreement.application, by=representative_of(agreement), now=BEGUN)
    agreeing.end_agreement(agreement.application_id, now=BEGUN)
    tell(agreement)
    assert (state_of(agreement), Confirmation.objects.count()) == (State.DONE, 0)


# --- the host that does not answer ----------------------------------------------------------------


def test_the_host_is_reminded_on_the_day_and_each_fortnight_and_its_coordinator_from_the_third_time():
    (agreement,) = under_way()
    host, coordinator = agreement.root.created_by_id, coordinator_for(agreement.root).person_id
    day = agreement.root.told_back_on
    jobs.telling.func(now=on(day - timedelta(days=1)))
    assert to("tell") == []
    for days in (0, 0, 13):
        jobs.telling.func(now=on(day + timedelta(days=days)))
    assert to("tell") == [host]
    jobs.telling.func(now=on(day + timedelta(days=14)))
    assert to("tell") == [host, host]
    jobs.telling.func(now=on(day + timedelta(days=28)))
    assert to("tell") == [host, host, host, coordinator]
    tell(agreement, now=on(day + timedelta(days=30)))
    jobs.telling.func(now=on(day + timedelta(days=42)))
    assert len(to("tell")) == 4


def test_where_the_unit_is_closed_down_its_coordinator_is_asked_at_once_and_can_tell():
    (agreement,) = under_way()
    RoleGrant.objects.filter(role="host").update(ended_at=BEGUN)
    coordinator = coordinator_for(agreement.root)
    jobs.telling.func(now=on(agreement.root.told_back_on))
    assert to("tell") == [coordinator.person_id]
    told = tell(agreement, by=coordinator)
    assert told.told_as == "coordinator"
    confirm(agreement, "no")
    assert to("confirmed") == [coordinator.person_id]


# --- half a year later ----------------------------------------------------------------------------


def done(representatives: int = 1) -> list[Agreement]:
    found = under_way(representatives)
    tell(found[0])
    for agreement in found:
        confirm(agreement)
    return found


def test_after_half_a_year_the_host_is_asked_by_itself_and_the_representatives_once_more():
    (agreement,) = done()
    work = work_of(agreement)
    assert work.later_by > timezone.localdate(TOLD) + timedelta(days=180)
    with pytest.raises(NotNow):
        tell(agreement, "För tidigt.", kind=Kind.LATER, now=on(work.later_by - timedelta(days=1)))
    jobs.telling.func(now=on(work.later_by))
    assert [(mail.recipient_id, mail.params["is_later"]) for mail in mails("tell")] == [
        (agreement.root.created_by_id, True)
    ]
    tell(agreement, "Samtalen har halverats.", kind=Kind.LATER, now=on(work.later_by))
    assert len(mails("confirm")) == 2
    confirm(agreement, "partly", now=on(work.later_by))
    told = what_it_led_to(agreement.root).told
    assert [(row.is_later, row.counts["yes"], row.counts["partly"]) for row in told] == [(True, 0, 1), (False, 1, 0)]
    assert len(mails("done")) == 3  # done once


def test_a_window_left_open_since_the_first_time_does_not_answer_the_second():
    (agreement,) = done()
    later = on(work_of(agreement).later_by)
    with pytest.raises(SaidAlready):
        tell(agreement, "Skrevs för ett halvår sedan.", kind=Kind.CLOSING, now=later)
    assert Telling.objects.count() == 1


def test_half_a_year_later_the_host_has_moved_and_the_one_who_is_host_now_is_asked():
    (agreement,) = done()
    RoleGrant.objects.filter(role="host").update(ended_at=TOLD)
    new = make_host(agreement.root.unit)
    jobs.telling.func(now=on(work_of(agreement).later_by))
    assert to("tell") == [new.person_id]


# --- names ----------------------------------------------------------------------------------------


def want(agreement: Agreement, wants: bool = True) -> Credit:
    return closing.say_credit(agreement, wants=wants, by=representative_of(agreement), now=TOLD)


def test_only_those_who_said_yes_stand_by_name_and_can_take_it_back():
    one, two, three = done(3)
    people = Person.objects.in_bulk([each.application.person_id for each in (one, two, three)])
    names = {each.pk: people[each.application.person_id].name for each in (one, two, three)}
    assert what_it_led_to(one.root).names == []
    want(one)
    want(two, wants=False)
    want(three)
    assert what_it_led_to(one.root).names == [names[one.pk], names[three.pk]]
    want(three, wants=False)
    assert what_it_led_to(one.root).names == [names[one.pk]]


def test_the_name_of_who_is_protected_forgotten_or_has_withdrawn_is_not_shown_whatever_was_said():
    one, two, three, four = done(4)
    for agreement in (one, two, three, four):
        want(agreement)
    people = Person.objects.in_bulk([each.application.person_id for each in (one, two, three, four)])
    coordinator = coordinator_for(one.root)
    protect(
        people[one.application.person_id],
        coordinators=[Person.objects.get(pk=coordinator.person_id)],
        place="Storgatan 1",
        by=coordinator,
        now=TOLD,
    )
    forget_person(people[two.application.person_id], by=representative_of(two), now=TOLD)
    three.application.state, three.application.withdrawn_at = "withdrawn", TOLD
    three.application.save()
    assert what_it_led_to(one.root).names == [people[four.application.person_id].name]


def test_what_was_never_told_is_not_on_the_public_page():
    (agreement,) = under_way()
    want(agreement)
    assert what_it_led_to(agreement.root) is None
    assert host_of(agreement.root).person_id == agreement.root.created_by_id
