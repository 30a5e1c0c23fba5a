"""Applying, changing, withdrawing, being nominated: what is stored, refused, traced and mailed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samskapa.cocreate.assignments.domain import ApplicationState, Mandate, State
from samskapa.cocreate.assignments.domain.applying import (
    AlreadyApplied,
    AlreadyNominated,
    AnsweredBefore,
    CannotChange,
    CannotWithdraw,
    ChangedMeanwhile,
    Incomplete,
    NotOpen,
    NotWaitingForAnswer,
    OnlyByNomination,
    can_change,
    can_withdraw,
    is_open,
)
from samskapa.cocreate.assignments.models import (
    ApplicantQuestion,
    Application,
    ApplicationRevision,
    Assignment,
    ConflictDeclaration,
    PublicQuestion,
    StandingTerms,
)
from samskapa.cocreate.assignments.services import applying, asking, nominating
from samskapa.cocreate.assignments.services.closing import close_early
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.models import AuditEntry, OutboxMail
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import Invitation
from tests.factories.applications import after_last_day, given, make_application
from tests.factories.assignments import coordinator_for, make_open
from tests.factories.mail import left_when_all_is_mailed
from tests.factories.organisations import NOW, actor_for, make_node
from tests.factories.people import make_person
from tests.factories.threads import at_once

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def actions() -> list[str]:
    return [
        a for a in AuditEntry.objects.order_by("pk").values_list("action", flat=True) if a.startswith("assignments.")
    ]


def mails(kind: str) -> list[OutboxMail]:
    return list(OutboxMail.objects.filter(kind=f"assignments/{kind}").order_by("pk"))


@pytest.fixture
def assignment() -> Assignment:
    return make_open()


@pytest.fixture
def person():
    return make_person()


def organisation_actor() -> tuple:
    node = make_node(Kind.PATIENT_ORGANISATION)
    return node, actor_for(role=Role.ORGANISATION, node=node)


# --- the law --------------------------------------------------------------------------------------


def test_one_can_apply_until_the_last_day_has_passed():
    day = NOW.date()
    assert is_open("open", day, day) is True
    assert is_open("open", day, day + timedelta(days=1)) is False
    assert is_open("choosing", day, day) is False
    assert is_open("open", None, day) is False


@pytest.mark.parametrize("assignment_state", list(State))
@pytest.mark.parametrize("state", list(ApplicationState))
def test_one_can_withdraw_at_any_time(state, assignment_state):
    expected = state in {"applied", "chosen"} and assignment_state in {"open", "choosing", "agreeing", "agreed"}
    assert can_withdraw(state, assignment_state) is expected


def test_one_can_change_only_while_open_and_unanswered():
    day = NOW.date()
    assert can_change("applied", "open", day, day) is True
    assert can_change("applied", "choosing", day, day) is False
    assert can_change("chosen", "open", day, day) is False


# --- applying -------------------------------------------------------------------------------------


def test_an_application_is_stored_numbered_traced_and_confirmed_by_mail(assignment, person):
    question = ApplicantQuestion.objects.get(assignment=assignment)
    application = make_application(assignment, person, answers={question.pk: "Jag är 78."}, access_needs="Tolk")
    assert (application.number, application.state, application.version) == (1, "applied", 1)
    assert application.answers.get().text == "Jag är 78."
    assert application.presented_at is None
    assert actions()[-1] == "assignments.applied"
    mail = mails("application_received")
    assert [m.recipient_id for m in mail] == [person.pk]
    assert make_application(assignment).number == 2


def test_a_second_submit_shows_the_first(assignment, person):
    first = make_application(assignment, person)
    with pytest.raises(AlreadyApplied) as refusal:
        make_application(assignment, person, experience="Något annat")
    assert refusal.value.application_id == first.pk
    assert Application.objects.get().experience == first.experience
    assert len(mails("application_received")) == 1


@pytest.mark.parametrize("state", ["choosing", "late"])
def test_one_cannot_apply_when_it_is_closed(assignment, person, state):
    if state == "choosing":
        close_early(assignment, by=coordinator_for(assignment), now=NOW)
        now = NOW
    else:
        now = after_last_day(assignment)
    with pytest.raises(NotOpen):
        make_application(assignment, person, now=now)
    assert not Application.objects.exists()


def test_a_required_question_and_the_experience_must_be_answered(assignment, person):
    question = ApplicantQuestion.objects.get(assignment=assignment)
    ApplicantQuestion.objects.filter(pk=question.pk).update(is_required=True)
    with pytest.raises(Incomplete) as refusal:
        make_application(assignment, person, experience="  ")
    assert refusal.value.missing == ["experience", f"question_{question.pk}"]


def test_conflict_of_interest_is_asked_only_where_the_host_says_it_matters(assignment, person):
    make_application(assignment, person, has_conflict=True, conflict_text="Äger aktier")
    assert not ConflictDeclaration.objects.exists()
    Assignment.objects.filter(pk=assignment.pk).update(conflict_matter="jury")
    with pytest.raises(Incomplete) as refusal:
        applying.apply(assignment, given=given(), by=actor_for(), now=NOW)
    assert refusal.value.missing == ["has_conflict"]
    applying.apply(assignment, given=given(has_conflict=True, conflict_text="Äger aktier"), by=actor_for(), now=NOW)
    assert ConflictDeclaration.objects.get().text == "Äger aktier"


def test_answers_to_another_assignments_questions_are_not_stored(assignment, person):
    strange = ApplicantQuestion.objects.get(assignment=make_open())
    application = make_application(assignment, person, answers={strange.pk: "x"})
    assert not application.answers.filter(question=strange).exists()


def test_a_standing_assignment_by_nomination_takes_nobody_else(assignment, person):
    StandingTerms.objects.create(assignment=assignment, term_months=24, by_nomination=True)
    with pytest.raises(OnlyByNomination):
        make_application(assignment, person)


# --- changing, withdrawing, being presented -------------------------------------------------------


def test_a_change_is_a_new_version_and_the_old_one_is_kept(assignment, person):
    application, by = make_application(assignment, person), actor_for(person)
    applying.change_application(application, given=given(experience="Mer"), expected_version=1, by=by, now=LATER)
    application.refresh_from_db()
    assert (application.experience, application.version) == ("Mer", 2)
    kept = ApplicationRevision.objects.order_by("version").values_list("version", "values__experience")
    assert list(kept) == [(1, "Jag har fått kallelsen två gånger."), (2, "Mer")]
    with pytest.raises(ChangedMeanwhile) as refusal:
        applying.change_application(application, given=given(), expected_version=1, by=by, now=LATER)
    assert refusal.value.newest == 2


def test_a_changed_declaration_is_assessed_anew(person):
    assignment = make_open(conflict={"conflict_matter": "jury"})
    application = make_application(assignment, person, has_conflict=True, conflict_text="Aktier")
    ConflictDeclaration.objects.update(assessment="none", assessed_at=NOW, assessed_by=person, assessment_text="x")
    same = given(has_conflict=True, conflict_text="Aktier", experience="Ny text")
    applying.change_application(application, given=same, expected_version=1, by=actor_for(person), now=LATER)
    assert ConflictDeclaration.objects.get().assessment == "none"
    more = given(has_conflict=True, conflict_text="Aktier och styrelse")
    applying.change_application(application, given=more, expected_version=2, by=actor_for(person), now=LATER)
    assert ConflictDeclaration.objects.get().assessment == ""


def test_nobody_else_changes_withdraws_or_presents(assignment, person):
    application, stranger = make_application(assignment, person), actor_for()
    with pytest.raises(CannotChange):
        applying.change_application(application, given=given(), expected_version=1, by=stranger, now=LATER)
    with pytest.raises(CannotWithdraw):
        applying.withdraw(application, by=stranger, now=LATER)
    with pytest.raises(CannotChange):
        applying.say_yes_to_being_presented(application, by=stranger, now=LATER)


def test_withdrawing_needs_no_reason_and_twice_is_once(assignment, person):
    application, by = make_application(assignment, person), actor_for(person)
    applying.withdraw(application, by=by, now=LATER)
    applying.withdraw(application, by=by, now=LATER)
    application.refresh_from_db()
    assert (application.state, application.withdrawn_at) == ("withdrawn", LATER)
    assert len(mails("withdrawn")) == 1
    assert actions().count("assignments.application_withdrawn") == 1


def test_one_who_withdrew_may_apply_again_with_the_same_number(assignment, person):
    application = make_application(assignment, person, present_now=True)
    make_application(assignment)
    applying.withdraw(application, by=actor_for(person), now=LATER)
    again = make_application(assignment, person, experience="Igen")
    assert (again.pk, again.number, again.state, again.version) == (application.pk, 1, "applied", 3)
    assert again.presented_at is None  # the yes is asked for anew
    assert len(mails("application_received")) == 3


def test_saying_yes_to_being_presented_twice_keeps_the_first_moment(assignment, person):
    application, by = make_application(assignment, person), actor_for(person)
    applying.say_yes_to_being_presented(application, by=by, now=NOW)
    applying.say_yes_to_being_presented(application, by=by, now=LATER)
    application.refresh_from_db()
    assert application.presented_at == NOW
    assert actions().count("assignments.presented") == 1


# --- nominations ----------------------------------------------------------------------------------


def nominated(assignment, email="ny@example.se"):
    node, by = organisation_actor()
    nomination = nominating.nominate(
        assignment, organisation=node, name="Ny Person", email=email, reason="Kan mycket.", by=by, now=NOW
    )
    return nomination, node, by


def test_a_nomination_invites_by_mail_and_shows_nothing_of_the_person_yet(assignment):
    nomination, _, _ = nominated(assignment)
    assert (nomination.state, nomination.person_id, nomination.number) == ("nominated", None, None)
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.next_path) == ("ny@example.se", f"/uppdrag/nominering/{nomination.pk}/")
    assert actions()[-1] == "assignments.nominated"
    assert not any("ny@example.se" in str(e.details) for e in AuditEntry.objects.all())


def test_the_same_organisation_does_not_ask_the_same_person_twice(assignment):
    _, node, by = nominated(assignment)
    with pytest.raises(AlreadyNominated):
        nominating.nominate(
            assignment, organisation=node, name="N", email="NY@example.se", reason="x", by=by, now=LATER
        )
    assert Invitation.objects.count() == 1


def test_a_yes_becomes_an_application_for_the_organisation(assignment):
    nomination, node, nominator = nominated(assignment)
    person = make_person(email="Ny@example.se")
    application = nominating.accept_nomination(nomination, given=given(), by=actor_for(person), now=LATER)
    application.refresh_from_db()
    assert (application.state, application.person, application.number) == ("applied", person, 1)
    assert (application.mandate, application.organisation) == (Mandate.ORGANISATION, node)
    assert (application.nominee_email, application.nominee_name) == ("", "")
    assert [m.recipient_id for m in mails("nomination_answered")] == [nominator.person_id]


def test_a_no_blanks_name_and_address(assignment):
    nomination, _, _ = nominated(assignment)
    person = make_person(email="ny@example.se")
    nominating.decline_nomination(nomination, by=actor_for(person), now=LATER)
    nomination.refresh_from_db()
    assert (nomination.state, nomination.nominee_email, nomination.nominee_name) == ("declined", "", "")
    assert nomination.person_id is None
    assert mails("nomination_answered")[0].params["said_yes"] is False
    with pytest.raises(NotWaitingForAnswer):
        nominating.accept_nomination(nomination, given=given(), by=actor_for(person), now=LATER)


def test_somebody_else_cannot_answer_a_nomination(assignment):
    nomination, _, _ = nominated(assignment)
    for answer in (nominating.decline_nomination, nominating.join_nomination):
        with pytest.raises(NotWaitingForAnswer):
            answer(nomination, by=actor_for(), now=LATER)


def test_one_who_has_applied_already_gets_the_mandate_and_no_second_application(assignment):
    person = make_person(email="ny@example.se")
    application = make_application(assignment, person)
    nomination, node, _ = nominated(assignment)
    with pytest.raises(AlreadyApplied):
        nominating.accept_nomination(nomination, given=given(), by=actor_for(person), now=LATER)
    nominating.join_nomination(nomination, by=actor_for(person), now=LATER)
    only = Application.objects.get()
    assert (only.pk, only.organisation, only.mandate) == (application.pk, node, "organisation")


def test_one_who_withdrew_and_is_nominated_comes_back_in_the_same_row(assignment):
    person = make_person(email="ny@example.se")
    application = make_application(assignment, person)
    applying.withdraw(application, by=actor_for(person), now=LATER)
    nomination, node, _ = nominated(assignment)
    nominating.accept_nomination(nomination, given=given(), by=actor_for(person), now=LATER)
    only = Application.objects.get()
    assert (only.pk, only.state, only.organisation, only.number) == (application.pk, "applied", node, 1)


def test_a_nomination_that_was_not_answered_lapses_when_it_closes(assignment):
    nomination, _, nominator = nominated(assignment)
    close_early(assignment, by=coordinator_for(assignment), now=LATER)
    nomination.refresh_from_db()
    assert (nomination.state, nomination.nominee_email) == ("lapsed", "")
    assert [m.recipient_id for m in mails("nomination_lapsed")] == [nominator.person_id]


# --- questions in public --------------------------------------------------------------------------


def test_a_question_reaches_the_host_and_its_answer_the_one_who_asked(assignment, person):
    question = asking.ask_question(assignment, text=" Finns det fika? ", by=actor_for(person), now=NOW)
    same = asking.ask_question(assignment, text="Finns det fika?", by=actor_for(person), now=LATER)
    assert same.pk == question.pk
    assert [m.recipient_id for m in mails("question_asked")] == [assignment.created_by_id]
    host = Actor(person_id=assignment.created_by_id, role=Role.HOST)
    asking.answer_question(question, text="Ja.", by=host, now=LATER)
    with pytest.raises(AnsweredBefore):
        asking.answer_question(question, text="Nej.", by=host, now=LATER)
    assert asking.answer_question(question, text="Ja. ", by=host, now=LATER).pk == question.pk  # pressed twice
    assert AuditEntry.objects.filter(action="assignments.question_answered").count() == 1
    assert PublicQuestion.objects.get().answer == "Ja."
    assert [m.recipient_id for m in mails("question_answered")] == [person.pk]


def test_a_question_is_taken_down_with_a_reason_told_to_the_one_who_asked(assignment, person):
    question = asking.ask_question(assignment, text="Min granne har...", by=actor_for(person), now=NOW)
    coordinator = coordinator_for(assignment)
    with pytest.raises(Incomplete):
        asking.hide_question(question, reason=" ", by=coordinator, now=LATER)
    asking.hide_question(question, reason="Den nämner en granne.", by=coordinator, now=LATER)
    assert mails("question_hidden")[0].recipient_id == person.pk
    assert mails("question_hidden")[0].params["reason"] == "Den nämner en granne."
    asking.hide_question(question, reason="Den nämner en granne.", by=coordinator, now=LATER)  # pressed twice
    assert AuditEntry.objects.filter(action="assignments.question_hidden").count() == 1
    with pytest.raises(AnsweredBefore):
        asking.hide_question(question, reason="Annat skäl.", by=coordinator, now=LATER)
    with pytest.raises(AnsweredBefore):
        asking.answer_question(question, text="x", by=coordinator, now=LATER)


def test_nobody_asks_after_it_has_closed(assignment, person):
    with pytest.raises(NotOpen):
        asking.ask_question(assignment, text="?", by=actor_for(person), now=after_last_day(assignment))


# --- at once --------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_application():
    assignment, person = make_open(), make_person()
    by = actor_for(person)

    def click():
        return applying.apply(assignment, given=given(), by=by, now=NOW)

    results = at_once(click, click, click)
    assert sorted(type(r).__name__ for r in results) == ["AlreadyApplied", "AlreadyApplied", "Application"]
    assert Application.objects.count() == 1
    assert len(mails("application_received")) == 1


@pytest.mark.django_db(transaction=True)
def test_many_who_apply_at_once_get_a_number_each():
    assignment = make_open()
    actors = [actor_for() for _ in range(6)]
    results = at_once(*[lambda by=by: applying.apply(assignment, given=given(), by=by, now=NOW) for by in actors])
    assert [r for r in results if isinstance(r, Exception)] == []
    assert sorted(Application.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


@pytest.mark.django_db(transaction=True)
def test_every_mail_can_be_written_in_both_languages(settings, tmp_path):
    settings.MAIL_URL = f"file://{tmp_path}"
    assignment = make_open()
    swede, english = make_person(language="sv"), make_person(language="en")
    for person in (swede, english):
        application = make_application(assignment, person)
        applying.withdraw(application, by=actor_for(person), now=NOW)
    nominated(assignment)
    question = asking.ask_question(assignment, text="?", by=actor_for(english), now=NOW)
    asking.answer_question(question, text="Ja.", by=coordinator_for(assignment), now=NOW)
    assert left_when_all_is_mailed(LATER) == []
