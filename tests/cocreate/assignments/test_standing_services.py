"""Standing assignments: their law, deputies, hand-over, and the yearly telling back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string

from samskapa.cocreate.assignments import jobs
from samskapa.cocreate.assignments.domain.choosing import AnsweredOtherwise, NotAsChosen, OnlyDeputies
from samskapa.cocreate.assignments.domain.standing import (
    AlreadyHandedOver,
    BadTerm,
    NotASuccessor,
    NotDue,
    NoTerm,
    TooManyDeputies,
    add_months,
    check_term,
    is_ending,
    is_late,
    last_day,
    telling_due,
)
from samskapa.cocreate.assignments.models import (
    Application,
    HandOver,
    Term,
    ToldBack,
)
from samskapa.cocreate.assignments.queries import agreements as queries
from samskapa.cocreate.assignments.queries import standing as asked
from samskapa.cocreate.assignments.queries.agreements import Seat
from samskapa.cocreate.assignments.services import choosing, handing_over, nominating, standing, telling_back
from samskapa.cocreate.assignments.services.applying import withdraw
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import drain
from samskapa.ground.organisations.domain import Kind, Role
from tests.factories.applications import after_last_day, given, make_application, make_choosing
from tests.factories.assignments import (
    STANDING,
    coordinator_for,
    host_of,
    make_agreement,
    make_open,
    representative_of,
)
from tests.factories.mail import left_when_all_is_mailed
from tests.factories.organisations import NOW, actor_for, make_node
from tests.factories.people import make_person
from tests.factories.standing import (
    FIRST,
    LAST,
    LATER,
    at,
    council,
    mails,
    name_successor,
    settle,
    term_text,
)

pytestmark = pytest.mark.django_db


# --- the law --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2027, 1, 14), 24, date(2029, 1, 13)),
        (date(2027, 1, 31), 1, date(2027, 2, 27)),
        (date(2028, 2, 29), 12, date(2029, 2, 27)),
        (date(2027, 12, 1), 1, date(2027, 12, 31)),
    ],
)
def test_a_term_ends_the_day_before_the_same_day(first, months, last):
    assert last_day(first, months) == last


def test_months_are_added_over_the_year_and_into_shorter_months():
    assert add_months(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert add_months(date(2027, 1, 1), 0) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2027, 2, 2), date(2027, 2, 1)),
        (date(2025, 1, 1), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2037, 1, 1)),
    ],
)
def test_a_term_lies_ahead_and_is_at_most_ten_years(first, last):
    with pytest.raises(BadTerm):
        check_term(first, last, date(2027, 1, 1))
    check_term(date(2027, 1, 1), date(2036, 12, 31), date(2027, 1, 1))


def test_a_term_is_ending_from_eight_weeks_before_its_last_day():
    assert not is_ending(date(2027, 3, 1), date(2027, 1, 3))
    assert is_ending(date(2027, 3, 1), date(2027, 1, 4))
    assert is_ending(date(2027, 3, 1), date(2027, 3, 2))


@pytest.mark.parametrize(
    ("month", "begun", "today", "due"),
    [
        (3, date(2027, 1, 14), date(2027, 2, 28), None),
        (3, date(2027, 1, 14), date(2027, 3, 1), date(2027, 3, 1)),
        (3, date(2027, 1, 14), date(2028, 2, 1), date(2027, 3, 1)),
        (3, date(2027, 3, 1), date(2027, 12, 1), None),
        (None, date(2027, 5, 20), date(2028, 5, 1), date(2028, 5, 1)),
        (3, None, date(2028, 5, 1), None),
    ],
)
def test_the_telling_back_is_due_each_year_in_its_month_after_the_group_has_begun(month, begun, today, due):
    assert telling_due(month, begun, today) == due


def test_the_telling_back_is_late_when_its_month_has_passed():
    assert not is_late(date(2027, 12, 1), date(2027, 12, 31))
    assert is_late(date(2027, 12, 1), date(2028, 1, 1))


# --- deputies -------------------------------------------------------------------------------------


class Choosing:
    """A council to which `count` have applied, after the last day."""

    def __init__(self, count: int = 3, **terms):
        self.assignment = make_open(standing=STANDING | terms)
        self.rows = [make_application(self.assignment) for _ in range(count)]
        make_choosing(self.assignment)
        self.now, self.by = after_last_day(self.assignment), coordinator_for(self.assignment)

    def choose(self, chosen, deputies=()):
        return choosing.make_choice(
            self.assignment,
            chosen=[row.pk for row in chosen],
            deputies=[row.pk for row in deputies],
            reason="De täcker båda åldrarna.",
            method="by_hand",
            by=self.by,
            now=self.now,
        )

    def answer(self, row, outcome="chosen", **more):
        return choosing.answer_applicant(
            row, outcome=outcome, reason="Därför.", expected_version=row.version, by=self.by, now=self.now, **more
        )


def test_no_more_deputies_than_sought_and_never_only_deputies():
    stage = Choosing()
    one, two, three = stage.rows
    with pytest.raises(TooManyDeputies) as limit:
        stage.choose([one], [two, three])
    assert limit.value.most == 1
    with pytest.raises(OnlyDeputies):
        stage.choose([], [one])
    choice = stage.choose([one], [two])
    assert set(choice.chosen.all()) == {one, two}
    assert list(choice.deputies.all()) == [two]
    assert stage.choose([one, two], [two]).pk == choice.pk
    assert stage.choose([one, two]).pk != choice.pk


def test_an_assignment_with_an_end_has_no_deputies():
    stage = Choosing(2)
    ordinary = make_open()
    rows = [make_application(ordinary) for _ in range(2)]
    make_choosing(ordinary)
    with pytest.raises(TooManyDeputies) as limit:
        choosing.make_choice(
            ordinary,
            chosen=[rows[0].pk],
            deputies=[rows[1].pk],
            reason="x",
            method="by_hand",
            by=coordinator_for(ordinary),
            now=stage.now,
        )
    assert limit.value.most == 0


def test_the_answer_says_deputy_and_cannot_be_sent_when_the_choice_was_changed_meanwhile():
    stage = Choosing(2)
    one, two = stage.rows
    stage.choose([one], [two])
    with pytest.raises(NotAsChosen):
        stage.answer(two, as_deputy=False)
    stage.answer(two, as_deputy=True)
    stage.answer(one)
    assert list(Application.objects.order_by("pk").values_list("is_deputy", flat=True)) == [False, True]
    said = {mail.recipient_id: mail.params["is_deputy"] for mail in mails("answered_chosen")}
    assert said == {one.person_id: False, two.person_id: True}
    with pytest.raises(AnsweredOtherwise):
        stage.choose([one, two])


def test_only_the_chosen_can_be_deputies_in_the_database():
    row = make_application(make_open(standing=STANDING))
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=row.pk).update(is_deputy=True)


def test_an_organisation_nominates_a_deputy_who_gets_a_term_and_the_organisation_is_told():
    assignment = make_open(standing=STANDING | {"by_nomination": True})
    organisation = make_node(Kind.PATIENT_ORGANISATION)
    speaker = actor_for(role=Role.ORGANISATION, node=organisation)
    people = [make_person(), make_person()]
    for person in people:
        nominating.nominate(
            assignment, organisation=organisation, email=person.email, name="N", reason="x", by=speaker, now=NOW
        )
    for person in people:
        nomination = Application.objects.get(assignment=assignment, nominee_email=person.email)
        nominating.accept_nomination(nomination, given=given(present_now=True), by=Actor(person_id=person.pk), now=NOW)
    make_choosing(assignment)
    one, two = Application.objects.filter(assignment=assignment).order_by("pk")
    by, now = coordinator_for(assignment), after_last_day(assignment)
    choosing.make_choice(assignment, chosen=[one.pk], deputies=[two.pk], reason="x", method="by_hand", by=by, now=now)
    for row in (one, two):
        choosing.answer_applicant(row, outcome="chosen", reason="Därför.", expected_version=row.version, by=by, now=now)
    choosing.finish_choosing(assignment, by=by, now=now)
    drain(now=now)
    assert [mail.params["is_deputy"] for mail in mails("nominee_answered")] == [False, True]
    terms = Term.objects.order_by("agreement__application__number")
    assert [(t.starts_on, t.ends_on, t.is_deputy) for t in terms] == [(FIRST, LAST, False), (FIRST, LAST, True)]
    agreement = two.agreement
    settle(agreement, now=now)
    assert "Du är ersättare" in term_text(agreement)


# --- hand-over ------------------------------------------------------------------------------------


def test_a_successor_is_named_both_are_told_and_either_says_that_it_is_done():
    (one, two) = council(2)
    found = name_successor(one, two)
    assert name_successor(one, two).named_at == found.named_at
    takes_over = {mail.recipient_id: mail.params["takes_over"] for mail in mails("hand_over")}
    assert takes_over == {one.application.person_id: False, two.application.person_id: True}
    assert len(mails("hand_over")) == 2
    changed = name_successor(one, two, what="Bara nycklarna.", now=LATER + timedelta(days=1))
    assert (changed.pk, changed.what) == (found.pk, "Bara nycklarna.")
    done = handing_over.hand_over_done(found, by=representative_of(two), now=LATER)
    assert (done.done_at, done.done_by_id) == (LATER, two.application.person_id)
    assert handing_over.hand_over_done(found, by=representative_of(one), now=LATER).done_by_id == done.done_by_id
    assert {mail.recipient_id for mail in mails("handed_over")} == {
        host_of(one.root).person_id,
        coordinator_for(one.root).person_id,
    }
    with pytest.raises(AlreadyHandedOver):
        name_successor(one, two, what="Mer")
    assert [row.name for row in asked.standing_of(two, Seat(None), FIRST).from_others] == [
        queries.name_of_representative(one)
    ]


def test_who_takes_over_is_somebody_else_of_the_same_assignment_who_still_takes_part():
    (one, two) = council(2)
    (stranger,) = council()
    withdraw(two.application, by=representative_of(two), now=LATER)
    for other in (one, two, stranger):
        with pytest.raises(NotASuccessor):
            name_successor(one, other)
    with pytest.raises(NoTerm):
        name_successor(make_agreement(standing=STANDING), one)
    assert HandOver.objects.count() == 0


def test_who_has_left_hands_over_too_and_gets_no_more_mail():
    (one, two) = council(2)
    withdraw(one.application, by=representative_of(one), now=LATER)
    name_successor(one, two)
    assert [mail.recipient_id for mail in mails("hand_over")] == [two.application.person_id]


# --- telling back ---------------------------------------------------------------------------------

#: The first March after the first term has begun.
DUE = telling_due(3, FIRST, FIRST.replace(year=FIRST.year + 1))


def test_the_host_is_reminded_in_the_month_and_the_coordinator_when_it_has_passed_each_once():
    (agreement,) = council()
    host, coordinator = host_of(agreement.root).person_id, coordinator_for(agreement.root).person_id
    jobs.tell_back.func(now=at(FIRST))
    assert mails("tell_back") == []
    for days in (0, 3):
        jobs.tell_back.func(now=at(DUE + timedelta(days=days)))
    assert [mail.recipient_id for mail in mails("tell_back")] == [host]
    for days in (40, 41):
        jobs.tell_back.func(now=at(DUE + timedelta(days=days)))
    assert [mail.recipient_id for mail in mails("tell_back")] == [host, host, coordinator]


def test_what_is_told_goes_to_the_representatives_and_is_told_once_a_year():
    (one, two) = council(2)
    by = host_of(one.root)
    with pytest.raises(NotDue):
        telling_back.tell_back(one.root, text="För tidigt", by=by, now=at(FIRST))
    told = telling_back.tell_back(one.root, text=" Kvällstider sedan mars. ", by=by, now=at(DUE))
    assert (told.year, told.text) == (DUE.year, "Kvällstider sedan mars.")
    assert telling_back.tell_back(one.root, text="Kvällstider sedan mars.", by=by, now=at(DUE)) == told
    with pytest.raises(NotDue):
        telling_back.tell_back(one.root, text="En gång till", by=by, now=at(DUE))
    sent = {mail.recipient_id: mail.params["text"] for mail in mails("told_back")}
    assert sent == dict.fromkeys((a.application.person_id for a in (one, two)), "Kvällstider sedan mars.")
    jobs.tell_back.func(now=at(DUE + timedelta(days=40)))
    assert mails("tell_back") == []
    again = telling_back.tell_back(one.root, text="Nytt år", by=by, now=at(DUE.replace(year=DUE.year + 1)))
    assert again.year == DUE.year + 1
    assert ToldBack.objects.count() == 2


def test_the_jobs_are_in_the_schedule():
    for job in ("terms", "tell_back"):
        path = f"samskapa.cocreate.assignments.jobs.{job}"
        assert path in settings.SCHEDULE
        assert import_string(path) is getattr(jobs, job)


def test_every_mail_of_a_standing_assignment_can_be_written():
    (one, two) = council(2, deputies=1)
    jobs.terms.func(now=at(LAST - timedelta(days=30)))
    standing.let_term_end(one, by=host_of(one.root), now=LATER)
    name_successor(one, two)
    handing_over.hand_over_done(HandOver.objects.get(), by=host_of(one.root), now=LATER)
    jobs.tell_back.func(now=at(DUE))
    telling_back.tell_back(one.root, text="Det blev kvällstider.", by=host_of(one.root), now=at(DUE))
    jobs.terms.func(now=at(LAST + timedelta(days=1)))
    assert left_when_all_is_mailed(at(LAST + timedelta(days=2))) == []
