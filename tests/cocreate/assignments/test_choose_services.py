"""Choosing and answering: nobody forgotten, nobody answered twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.conf import settings as django_settings
from django.utils.module_loading import import_string

from samskapa.cocreate.assignments import jobs
from samskapa.cocreate.assignments.domain import ApplicationState
from samskapa.cocreate.assignments.domain.choosing import (
    AlreadyAnswered,
    AnsweredOtherwise,
    Candidate,
    CannotMove,
    ConflictNotAssessed,
    ExcludedByConflict,
    NobodyChosen,
    NoChoiceYet,
    NotAmongApplicants,
    NotAsChosen,
    NotChoosing,
    NotWaiting,
    ReasonMissing,
    StillUnanswered,
    check_choice,
    check_finish,
    reminder,
)
from samskapa.cocreate.assignments.domain.moving import AnswersTooEarly, ClosesTooEarly
from samskapa.cocreate.assignments.models import Application, Assignment, Choice, ConflictDeclaration
from samskapa.cocreate.assignments.queries.applications import applicants
from samskapa.cocreate.assignments.queries.ways import ways_of_choosing
from samskapa.cocreate.assignments.services import applying, choosing, closing
from samskapa.ground.core.models import AuditEntry, Event, OutboxMail
from samskapa.ground.organisations.domain import Role
from tests.factories.applications import after_last_day, make_application, make_choosing
from tests.factories.assignments import coordinator_for, make_host, make_open
from tests.factories.mail import left_when_all_is_mailed
from tests.factories.organisations import NOW, actor_for
from tests.factories.people import make_person
from tests.factories.threads import at_once

pytestmark = pytest.mark.django_db
WHY = "Hen har läst kallelsen med starr."


def mails(kind: str) -> list[OutboxMail]:
    return list(OutboxMail.objects.filter(kind=f"assignments/{kind}").order_by("pk"))


class Stage:
    """An assignment in which `count` have applied and the last day has passed."""

    def __init__(self, count: int = 2, **changes):
        self.assignment = make_open(**changes)
        self.rows = [make_application(self.assignment, make_person()) for _ in range(count)]
        make_choosing(self.assignment)
        self.now = after_last_day(self.assignment)
        self.coordinator = coordinator_for(self.assignment)
        self.host = make_host(self.assignment.unit)

    def choose(self, *chosen: Application, **changes) -> Choice:
        values = {"reason": "De täcker båda åldrarna.", "method": "by_hand", "by": self.coordinator, "now": self.now}
        return choosing.make_choice(self.assignment, chosen=[a.pk for a in chosen], **(values | changes))

    def answer(self, row: Application, outcome: str, **changes) -> Application:
        values = {"reason": WHY, "expected_version": row.version, "by": self.coordinator, "now": self.now}
        return choosing.answer_applicant(row, outcome=outcome, **(values | changes))


# --- the law --------------------------------------------------------------------------------------


def test_a_choice_needs_a_reason_somebody_and_only_those_who_can_be_chosen():
    people = [
        Candidate(1, ApplicationState.APPLIED),
        Candidate(2, ApplicationState.WITHDRAWN),
        Candidate(3, ApplicationState.APPLIED, True, "excludes"),
        Candidate(4, ApplicationState.APPLIED, True, ""),
        Candidate(5, ApplicationState.APPLIED, True, "manageable"),
    ]
    check_choice(people, [1, 5], "därför")
    for chosen, reason, refusal in [
        ([1], " ", ReasonMissing),
        ([], "därför", NobodyChosen),
        ([2], "därför", NotAmongApplicants),
        ([99], "därför", NotAmongApplicants),
        ([3], "därför", ExcludedByConflict),
        ([4], "därför", ConflictNotAssessed),
    ]:
        with pytest.raises(refusal):
            check_choice(people, chosen, reason)


def test_an_answer_that_was_sent_is_not_taken_back_by_a_new_choice():
    people = [Candidate(1, ApplicationState.CHOSEN), Candidate(2, ApplicationState.NOT_CHOSEN)]
    check_choice(people, [1], "därför")
    for chosen in ([2], [1, 2]):
        with pytest.raises(AnsweredOtherwise):
            check_choice(people, chosen, "därför")


def test_the_stage_is_left_only_when_nobody_waits_and_somebody_takes_part():
    with pytest.raises(StillUnanswered) as refusal:
        check_finish([Candidate(4, ApplicationState.APPLIED), Candidate(2, ApplicationState.APPLIED)])
    assert refusal.value.ids == [2, 4]
    with pytest.raises(NobodyChosen):
        check_finish([Candidate(1, ApplicationState.NOT_CHOSEN)])
    check_finish([Candidate(1, ApplicationState.CHOSEN), Candidate(2, ApplicationState.WITHDRAWN)])


@pytest.mark.parametrize(
    ("days", "which"), [(-4, ""), (-3, "before"), (0, "before"), (1, "2026-12-11"), (9, "2026-12-19")]
)
def test_reminders_begin_three_days_before_and_come_each_day_after(days, which):
    promised = date(2026, 12, 10)
    assert reminder(promised, promised + timedelta(days=days)) == which


# --- closing --------------------------------------------------------------------------------------


def test_the_job_closes_those_whose_last_day_has_passed_once_and_tells_host_and_coordinator():
    assignment = make_open()
    coordinator = coordinator_for(assignment)
    make_application(assignment)
    other = make_open(closes_on=NOW.date() + timedelta(days=40))
    now = after_last_day(assignment)
    jobs.close_due.func(now=NOW)
    assert Assignment.objects.get(pk=assignment.pk).state == "open"
    jobs.close_due.func(now=now)
    jobs.close_due.func(now=now + timedelta(hours=1))
    closed = Assignment.objects.get(pk=assignment.pk)
    assert (closed.state, closed.closed_at) == ("choosing", now)
    assert Assignment.objects.get(pk=other.pk).state == "open"
    assert sorted(m.recipient_id for m in mails("closed")) == sorted([assignment.created_by_id, coordinator.person_id])
    assert [m.params["number"] for m in mails("closed")] == [1, 1]
    assert AuditEntry.objects.filter(action="assignments.closed").count() == 1


def test_closing_early_lets_the_last_day_be_today():
    assignment = make_open()
    closing.close_early(assignment, by=coordinator_for(assignment), now=NOW)
    assignment.refresh_from_db()
    assert (assignment.state, assignment.closes_on) == ("choosing", NOW.date())
    with pytest.raises(CannotMove):
        closing.close_early(assignment, by=coordinator_for(assignment), now=NOW)


def test_moving_the_last_day_tells_those_who_have_applied_and_opens_again():
    stage = Stage(2)
    days = {"closes_on": stage.now.date() + timedelta(days=5), "answer_by": stage.now.date() + timedelta(days=9)}
    applying.withdraw(stage.rows[1], by=actor_for(stage.rows[1].person), now=stage.now)
    closing.extend(stage.assignment, **days, by=stage.coordinator, now=stage.now)
    assert Assignment.objects.get(pk=stage.assignment.pk).state == "open"
    assert [m.recipient_id for m in mails("moved")] == [stage.rows[0].person_id]


def test_days_that_cannot_be_are_refused():
    assignment = make_open()
    by, today = coordinator_for(assignment), NOW.date()
    promised = assignment.closes_on
    for closes_on, answer_by, refusal in [
        (today - timedelta(days=1), today, ClosesTooEarly),
        (promised - timedelta(days=1), assignment.answer_by, ClosesTooEarly),
        (assignment.starts_on + timedelta(days=1), assignment.starts_on + timedelta(days=2), ClosesTooEarly),
        (promised + timedelta(days=3), promised + timedelta(days=2), AnswersTooEarly),
        (promised + timedelta(days=3), assignment.starts_on + timedelta(days=1), AnswersTooEarly),
    ]:
        with pytest.raises(refusal):
            closing.extend(assignment, closes_on=closes_on, answer_by=answer_by, by=by, now=NOW)


def test_it_cannot_be_opened_again_after_a_choice():
    stage = Stage(1)
    stage.choose(stage.rows[0])
    later = stage.now.date() + timedelta(days=5)
    with pytest.raises(CannotMove):
        closing.extend(stage.assignment, closes_on=later, answer_by=later, by=stage.coordinator, now=stage.now)


def test_calling_off_answers_everybody_with_the_reason():
    stage = Stage(3)
    stage.choose(stage.rows[0])
    stage.answer(stage.rows[0], "chosen")
    closing.call_off(stage.assignment, reason="Chefen slutar.", by=stage.host, now=stage.now)
    assert [a.answer_reason for a in Application.objects.order_by("number")] == [
        WHY,
        "Chefen slutar.",
        "Chefen slutar.",
    ]
    assert [m.recipient_id for m in mails("called_off")] == [stage.rows[0].person_id]
    assert len(mails("answered_not_chosen")) == 2
    with pytest.raises(NotChoosing):
        closing.call_off(stage.assignment, reason="igen", by=stage.host, now=stage.now)


# --- reminders ------------------------------------------------------------------------------------


def test_host_and_coordinator_are_reminded_once_before_and_daily_after():
    stage = Stage(2)
    promised = stage.assignment.answer_by

    def run(days, hour=0):
        before = len(mails("unanswered"))
        now = NOW + (promised - NOW.date()) + timedelta(days=days, hours=hour)
        jobs.remind_unanswered.func(now=now)
        return len(mails("unanswered")) - before

    each = len({stage.assignment.created_by_id, stage.coordinator.person_id})
    assert [run(-4), run(-3), run(-3, 2), run(-1), run(1), run(1, 3), run(2)] == [0, each, 0, 0, each, 0, each]
    late = OutboxMail.objects.filter(kind="assignments/unanswered").order_by("pk").last()
    assert (late.params["is_late"], late.params["number"]) == (True, 2)


def test_nobody_is_reminded_when_everybody_has_an_answer():
    stage = Stage(1)
    stage.choose(stage.rows[0])
    stage.answer(stage.rows[0], "chosen")
    jobs.remind_unanswered.func(now=stage.now + timedelta(days=60))
    assert mails("unanswered") == []


# --- choosing -------------------------------------------------------------------------------------


def test_a_choice_is_kept_with_reason_method_and_who_and_tells_nobody_yet():
    stage = Stage(2)
    choice = stage.choose(stage.rows[0], by=stage.host)
    assert (choice.reason, choice.method, choice.chosen_by_id, choice.chosen_as) == (
        "De täcker båda åldrarna.",
        "by_hand",
        stage.host.person_id,
        "host",
    )
    assert list(choice.chosen.all()) == [stage.rows[0]]
    assert set(Application.objects.values_list("state", flat=True)) == {"applied"}
    assert mails("answered_chosen") == []
    again = stage.choose(stage.rows[1])
    assert (again.number, Choice.objects.count()) == (2, 2)  # the former stays readable


def test_the_same_choice_twice_is_one_choice():
    """Found by the soak: the answer was lost on the way, and the button was pressed again."""
    stage = Stage(2)
    first = stage.choose(stage.rows[1], stage.rows[0])
    second = stage.choose(stage.rows[0], stage.rows[1])
    assert (second, Choice.objects.count()) == (first, 1)


def test_nobody_is_chosen_while_it_is_open():
    assignment = make_open()
    row = make_application(assignment)
    with pytest.raises(NotChoosing):
        choosing.make_choice(
            assignment, chosen=[row.pk], reason="x", method="by_hand", by=coordinator_for(assignment), now=NOW
        )


def test_one_from_another_assignment_cannot_be_chosen():
    stage, other = Stage(1), Stage(1)
    with pytest.raises(NotAmongApplicants):
        stage.choose(other.rows[0])


def test_one_excluded_by_a_conflict_of_interest_cannot_be_chosen():
    stage = Stage(1, conflict={"conflict_matter": "jury"})
    row = stage.rows[0]
    ConflictDeclaration.objects.filter(application=row).update(has_conflict=True, text="Äger bolaget")
    with pytest.raises(ConflictNotAssessed):
        stage.choose(row)
    with pytest.raises(ReasonMissing):
        choosing.assess_conflict(row, assessment="excludes", text=" ", by=stage.coordinator, now=stage.now)
    choosing.assess_conflict(row, assessment="excludes", text="Ägare", by=stage.coordinator, now=stage.now)
    with pytest.raises(ExcludedByConflict):
        stage.choose(row)
    choosing.assess_conflict(row, assessment="manageable", text="Avstår en punkt", by=stage.coordinator, now=stage.now)
    stage.choose(row)


def test_the_ways_of_choosing_are_a_slot(settings):
    assert [way.key for way in ways_of_choosing()] == ["by_hand"]
    by_hand = import_string(django_settings.SLOTS["ways_of_choosing"][0])
    path = "samskapa.cocreate.assignments.queries.ways.BY_HAND"
    settings.SLOTS = settings.SLOTS | {"ways_of_choosing": [path, path]}
    assert ways_of_choosing() == [by_hand, by_hand]


# --- answering ------------------------------------------------------------------------------------


def test_an_answer_is_mailed_with_its_reason_and_traced():
    stage = Stage(2)
    stage.choose(stage.rows[0])
    stage.answer(stage.rows[0], "chosen")
    stage.answer(stage.rows[1], "not_chosen", by=stage.host)
    assert mails("answered_chosen")[0].params["reason"] == WHY
    assert mails("answered_not_chosen")[0].recipient_id == stage.rows[1].person_id
    entry = AuditEntry.objects.filter(action="assignments.applicant_answered").order_by("pk").first()
    assert (entry.person_id, entry.details) == (stage.coordinator.person_id, {"outcome": "chosen", "is_deputy": False})


def test_the_second_who_answers_sees_what_the_first_wrote_and_nothing_is_sent_twice():
    stage = Stage(1)
    stage.choose(stage.rows[0])
    stage.answer(stage.rows[0], "chosen", by=stage.host)
    with pytest.raises(AlreadyAnswered) as refusal:
        stage.answer(stage.rows[0], "chosen", reason="Annat")
    assert (refusal.value.theirs.reason, refusal.value.theirs.answered_by_id) == (WHY, stage.host.person_id)
    assert len(mails("answered_chosen")) == 1


def test_the_same_answer_by_the_same_person_again_is_a_button_pressed_twice():
    stage = Stage(1)
    stage.choose(stage.rows[0])
    first = stage.answer(stage.rows[0], "chosen", by=stage.host)
    again = stage.answer(stage.rows[0], "chosen", by=stage.host)
    assert (again.pk, again.version, again.answered_at) == (first.pk, first.version, first.answered_at)
    assert len(mails("answered_chosen")) == 1
    assert AuditEntry.objects.filter(action="assignments.applicant_answered").count() == 1
    with pytest.raises(AlreadyAnswered):  # the same words from somebody else are not
        stage.answer(stage.rows[0], "chosen", by=stage.coordinator)


def test_an_answer_follows_the_choice_and_has_a_reason():
    stage = Stage(2)
    with pytest.raises(NoChoiceYet):
        stage.answer(stage.rows[0], "chosen")
    stage.choose(stage.rows[0])
    for row, outcome in ((stage.rows[0], "not_chosen"), (stage.rows[1], "chosen"), (stage.rows[1], "withdrawn")):
        with pytest.raises(NotAsChosen):
            stage.answer(row, outcome)
    with pytest.raises(ReasonMissing):
        stage.answer(stage.rows[0], "chosen", reason="  ")
    with pytest.raises(NotWaiting):
        stage.answer(stage.rows[0], "chosen", expected_version=7)


def test_one_who_has_withdrawn_is_not_answered():
    stage = Stage(1)
    stage.choose(stage.rows[0])
    applying.withdraw(stage.rows[0], by=actor_for(stage.rows[0].person), now=stage.now)
    with pytest.raises(NotWaiting):
        stage.answer(stage.rows[0], "chosen")
    assert mails("answered_chosen") == []


def test_finishing_needs_everybody_answered_and_somebody_chosen_and_tells_it_once():
    stage = Stage(2)
    stage.choose(stage.rows[0])
    stage.answer(stage.rows[0], "chosen")
    with pytest.raises(StillUnanswered) as refusal:
        choosing.finish_choosing(stage.assignment, by=stage.coordinator, now=stage.now)
    assert refusal.value.ids == [stage.rows[1].pk]
    stage.answer(stage.rows[1], "not_chosen")
    for _ in range(2):
        choosing.finish_choosing(stage.assignment, by=stage.coordinator, now=stage.now)
    assert Assignment.objects.get(pk=stage.assignment.pk).state == "agreeing"
    news = Event.objects.filter(name="assignments.choosing_finished")
    assert [event.payload for event in news] == [{"assignment_id": stage.assignment.pk}]


def test_one_can_withdraw_after_having_been_chosen_and_those_who_run_it_are_told():
    stage = Stage(2)
    stage.choose(stage.rows[0])
    stage.answer(stage.rows[0], "chosen")
    stage.answer(stage.rows[1], "not_chosen")
    choosing.finish_choosing(stage.assignment, by=stage.coordinator, now=stage.now)
    applying.withdraw(stage.rows[0], by=actor_for(stage.rows[0].person), now=stage.now)
    assert [m.params["was_chosen"] for m in mails("somebody_withdrew")] == [True, True]


# --- who sees what --------------------------------------------------------------------------------


def test_the_host_sees_no_identity_before_the_yes_and_the_coordinator_does():
    assignment = make_open(conflict={"conflict_matter": "jury"})
    person = make_person("Lo Ek", phone="070")
    row = make_application(assignment, person, has_conflict=True, conflict_text="Kusin i juryn", access_needs="Tolk")
    host, coordinator = make_host(assignment.unit), coordinator_for(assignment)
    (seen,) = applicants(assignment, host)
    assert (seen.number, seen.name, seen.email, seen.phone, seen.person_id) == (1, "", "", "", None)
    assert (seen.experience, seen.access_needs, seen.conflict, seen.conflict_text) == (
        row.experience,
        "",
        "waiting",
        "",
    )
    (known,) = applicants(assignment, coordinator)
    assert (known.name, known.email, known.phone, known.conflict_text) == (
        "Lo Ek",
        person.email,
        "070",
        "Kusin i juryn",
    )
    applying.say_yes_to_being_presented(row, by=actor_for(person), now=NOW)
    (seen,) = applicants(assignment, host)
    assert (seen.name, seen.email, seen.access_needs) == ("Lo Ek", "", "")  # by name; how to reach them once chosen
    applying.withdraw(row, by=actor_for(person), now=NOW)
    (gone,) = applicants(assignment, host)
    assert (gone.name, gone.experience, gone.is_withdrawn) == ("", "", True)


def test_needs_and_contact_are_shown_to_the_host_once_the_person_is_chosen():
    assignment = make_open()
    person = make_person("Lo Ek")
    row = make_application(assignment, person, access_needs="Tolk", present_now=True)
    make_choosing(assignment)
    now, by = after_last_day(assignment), coordinator_for(assignment)
    host = make_host(assignment.unit)
    choosing.make_choice(assignment, chosen=[row.pk], reason="x", method="by_hand", by=by, now=now)
    assert applicants(assignment, host)[0].access_needs == ""
    choosing.answer_applicant(row, outcome="chosen", reason=WHY, expected_version=row.version, by=by, now=now)
    (seen,) = applicants(assignment, host)
    assert (seen.access_needs, seen.email) == ("Tolk", person.email)


# --- at once --------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_who_answer_the_same_applicant_at_once():
    stage = Stage(1)
    stage.choose(stage.rows[0])
    other = actor_for(role=Role.COORDINATOR, node=stage.assignment.area)
    results = at_once(
        lambda: stage.answer(stage.rows[0], "chosen", reason="Den första"),
        lambda: stage.answer(stage.rows[0], "chosen", reason="Den andra", by=other),
    )
    row = Application.objects.get()
    (refused,) = [r for r in results if isinstance(r, Exception)]
    assert isinstance(refused, AlreadyAnswered)
    assert refused.theirs.reason == row.answer_reason
    assert [m.params["reason"] for m in mails("answered_chosen")] == [row.answer_reason]
    assert AuditEntry.objects.filter(action="assignments.applicant_answered").count() == 1


@pytest.mark.django_db(transaction=True)
def test_withdrawing_while_being_answered_ends_withdrawn_whoever_is_first():
    stage = Stage(1)
    stage.choose(stage.rows[0])
    results = at_once(
        lambda: stage.answer(stage.rows[0], "chosen"),
        lambda: applying.withdraw(stage.rows[0], by=actor_for(stage.rows[0].person), now=stage.now),
    )
    assert isinstance(results[0], Application | NotWaiting)
    assert isinstance(results[1], Application)
    assert Application.objects.get().state == "withdrawn"
    assert len(mails("answered_chosen")) == (0 if isinstance(results[0], NotWaiting) else 1)


@pytest.mark.django_db(transaction=True)
def test_two_who_finish_at_once_tell_it_once():
    stage = Stage(1)
    stage.choose(stage.rows[0])
    stage.answer(stage.rows[0], "chosen")

    def finish():
        return choosing.finish_choosing(stage.assignment, by=stage.coordinator, now=stage.now)

    assert [r for r in at_once(finish, finish) if isinstance(r, Exception)] == []
    assert Event.objects.filter(name="assignments.choosing_finished").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_close_at_once_tell_it_once():
    assignment = make_open()
    coordinator_for(assignment)
    now = after_last_day(assignment)
    results = at_once(*[lambda: closing.close_if_due(assignment.pk, now=now)] * 3)
    assert sorted(results) == [False, False, True]
    assert len(mails("closed")) == 2


@pytest.mark.django_db(transaction=True)
def test_every_mail_of_this_stage_can_be_written(settings, tmp_path):
    settings.MAIL_URL = f"file://{tmp_path}"
    stage = Stage(3)
    stage.choose(stage.rows[0])
    jobs.remind_unanswered.func(now=stage.now + timedelta(days=60))
    stage.answer(stage.rows[0], "chosen")
    stage.answer(stage.rows[1], "not_chosen")
    applying.say_yes_to_being_presented(stage.rows[0], by=actor_for(stage.rows[0].person), now=stage.now)
    applying.withdraw(stage.rows[2], by=actor_for(stage.rows[2].person), now=stage.now)
    choosing.finish_choosing(stage.assignment, by=stage.coordinator, now=stage.now)
    closing.call_off(stage.assignment, reason="Slut.", by=stage.coordinator, now=stage.now)
    assert left_when_all_is_mailed(stage.now + timedelta(days=61)) == []
