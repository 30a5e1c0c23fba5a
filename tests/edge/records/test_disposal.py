"""Disposal follows the decision: never without one, never sooner, shown for 30 days, and then the words are gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from samskapa.cocreate.assignments.domain.my_data import application_over_at
from samskapa.cocreate.assignments.models import Agreement, Application, Choice, Comment, Party, Revision, Statement
from samskapa.cocreate.assignments.queries.my_data import consents_of, matters_of
from samskapa.cocreate.assignments.queries.retention import applications_past, course_of, work_over
from samskapa.cocreate.assignments.services.my_data import blank_old_application, take_back
from samskapa.edge.my_data.services import forget_person
from samskapa.edge.records.jobs import disposal as job
from samskapa.edge.records.models import DisposalDecision, DisposalNotice
from samskapa.edge.records.queries import kind_called, plans
from samskapa.edge.records.services import carry_out, note_decision, show_before
from samskapa.ground.core.domain import BLANKED, SYSTEM, Actor
from samskapa.ground.core.models import AuditEntry
from samskapa.ground.people.domain.my_data import NotGiven, months_after
from samskapa.ground.people.models import Person, display_name
from tests.factories.organisations import make_node

from .conftest import THEN, make_body

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def decide(body, key="agreement", *, months=24, now=THEN, applies_from=None, reference="RS 2026-1"):
    day = timezone.localdate(now)
    return note_decision(
        body.region,
        kind_called(key),
        keep_months=months,
        decided_on=day,
        applies_from=applies_from or day,
        reference=reference,
        by=body.by,
        now=now,
    )


def run(now):
    show_before(now=now)
    return carry_out(now=now)


def end_of(body, months=24):
    return months_after(work_over(body.assignment), months)


def words(body) -> set[str]:
    lines = body.assignment.lines.all()
    return {
        *Revision.objects.filter(line__in=lines).values_list("text", flat=True),
        *Statement.objects.filter(revision__line__in=lines).values_list("reason", flat=True),
        *Comment.objects.filter(line__in=lines).values_list("text", flat=True),
    }


def test_nothing_goes_without_a_decision(body):
    before = words(body)
    assert "Jag hör bäst på höger öra" in before
    for years in (1, 10, 100):
        assert run(THEN + years * 365 * DAY) == {}
    assert words(body) == before


def test_it_goes_when_its_time_is_out_and_not_a_moment_sooner(body):
    decide(body)
    end = end_of(body)
    assert run(end - 31 * DAY) == {}
    assert not DisposalNotice.objects.exists()
    assert run(end - 30 * DAY + timedelta(seconds=1)) == {}
    assert DisposalNotice.objects.get().thing_id == body.assignment.pk
    assert run(end - timedelta(seconds=1)) == {}
    assert "Jag hör bäst på höger öra" in words(body)
    assert run(end + timedelta(seconds=1)) == {"agreement": 1}
    assert words(body) == {"", BLANKED}
    body.agreement.refresh_from_db()
    assert body.agreement.disposed_at == end + timedelta(seconds=1)
    assert not DisposalNotice.objects.exists()


def test_again_it_finds_nothing(body):
    decide(body)
    end = end_of(body)
    show_before(now=end - 30 * DAY)
    assert run(end + DAY) == {"agreement": 1}
    rows = AuditEntry.objects.count()
    assert (run(end + 2 * DAY), run(end + 900 * DAY)) == ({}, {})
    assert AuditEntry.objects.count() == rows


def test_a_late_decision_is_shown_for_thirty_days_all_the_same(body):
    late = end_of(body) + 400 * DAY
    decide(body, now=late)
    assert run(late) == {}
    assert run(late + 30 * DAY - timedelta(seconds=1)) == {}
    assert [plan.on for plan in plans(body.region, now=late + DAY)] == [late + 30 * DAY]
    assert run(late + 30 * DAY) == {"agreement": 1}


def test_a_newer_decision_counts_at_once_and_also_on_the_very_day(body):
    decide(body)
    end = end_of(body)
    show_before(now=end - 30 * DAY)
    decide(body, months=None, now=end - DAY, reference="RS 2026-2")
    assert carry_out(now=end + DAY) == {}
    show_before(now=end + DAY)
    assert not DisposalNotice.objects.exists()
    assert "Jag hör bäst på höger öra" in words(body)


def test_a_decision_applies_from_its_day(body):
    decide(body, months=1, applies_from=timezone.localdate(THEN) + timedelta(days=1000))
    assert run(THEN + 900 * DAY) == {}
    assert run(THEN + 999 * DAY) == {}
    assert not DisposalNotice.objects.exists()


def test_another_regions_decision_reaches_nothing_here(body):
    other = make_body("Bo Ek")
    decide(other)
    end = max(end_of(body), end_of(other))
    show_before(now=end - 30 * DAY)
    assert run(end + DAY) == {"agreement": 1}
    assert "Jag hör bäst på höger öra" in words(body)
    assert words(other) == {"", BLANKED}


def test_what_is_not_over_stays(body):
    Agreement.objects.filter(pk=body.agreement.pk).update(settled_at=None)
    decide(body, months=1)
    assert run(THEN + 3000 * DAY) == {}
    assert "Jag hör bäst på höger öra" in words(body)


def test_choices_go_by_their_own_decision_and_the_rest_stays(body):
    choice = Choice.objects.get(assignment=body.assignment)
    chosen, by, at = list(choice.chosen.all()), choice.chosen_by_id, choice.chosen_at
    decide(body, "choice", months=60)
    end = end_of(body, 60)
    show_before(now=end - 30 * DAY)
    assert run(end + DAY) == {"choice": 1}
    choice.refresh_from_db()
    assert (choice.reason, choice.chosen_by_id, choice.chosen_at, list(choice.chosen.all())) == (
        BLANKED,
        by,
        at,
        chosen,
    )
    assert "Jag hör bäst på höger öra" in words(body)


def test_the_name_that_was_kept_goes_too_and_does_not_come_back(body):
    person = body.agreement.application.person
    forget_person(person, by=Actor(person_id=person.pk), now=THEN)
    assert Party.objects.get(agreement=body.agreement).name_kept == "Anna Björk"
    decide(body)
    end = end_of(body)
    show_before(now=end - 30 * DAY)
    assert run(end + DAY) == {"agreement": 1}
    assert Party.objects.get(agreement=body.agreement).name_kept == ""


def test_whoever_is_forgotten_after_it_leaves_no_name_in_it(body):
    decide(body)
    end = end_of(body)
    show_before(now=end - 30 * DAY)
    run(end + DAY)
    person = body.agreement.application.person
    forget_person(person, by=Actor(person_id=person.pk), now=end + 2 * DAY)
    assert Party.objects.get(agreement=body.agreement).name_kept == ""


def test_the_trail_tells_which_decision_and_what(body):
    decision = decide(body)
    end = end_of(body)
    show_before(now=end - 30 * DAY)
    run(end + DAY)
    noted, disposed = AuditEntry.objects.filter(action__startswith="records.").order_by("pk")
    assert (noted.action, noted.person_id, noted.details) == (
        "records.disposal_decided",
        body.person.pk,
        {"kind": "agreement", "keep_months": 24},
    )
    assert (disposed.action, disposed.object_id, disposed.role, disposed.details) == (
        "records.disposed_of",
        str(decision.pk),
        SYSTEM.role,
        {"kind": "agreement", "thing": body.assignment.pk},
    )


def test_a_double_click_notes_one_decision(body):
    assert decide(body) == decide(body, now=THEN + timedelta(seconds=1))
    assert DisposalDecision.objects.count() == 1
    decide(body, months=25)
    assert DisposalDecision.objects.count() == 2


@pytest.mark.parametrize(
    "fields",
    [{"keep_months": 0}, {"reference": ""}, {"applies_from": "2020-01-01"}],
    ids=lambda fields: next(iter(fields)),
)
def test_the_database_refuses_a_decision_that_says_nothing(body, fields):
    decision = decide(body)
    with pytest.raises(IntegrityError), transaction.atomic():
        DisposalDecision.objects.filter(pk=decision.pk).update(**fields)


@pytest.mark.parametrize(
    ("model", "column", "value", "may"),
    [
        (Revision, "text", BLANKED, True),
        (Revision, "reason", BLANKED, True),
        (Statement, "reason", BLANKED, True),
        (Comment, "text", BLANKED, True),
        (Revision, "text", "Något annat", False),
        (Revision, "text", "", False),
        (Statement, "reason", "Något annat", False),
        (Statement, "verdict", "confirmed", False),
        (Comment, "text", "Något annat", False),
        (Comment, "at", THEN + DAY, False),
    ],
)
def test_the_database_lets_the_words_be_blanked_and_nothing_else(body, model, column, value, may):
    Statement.objects.create(
        revision=Revision.objects.filter(line__root=body.assignment).first(),
        party=Party.objects.get(agreement=body.agreement),
        verdict="not_agreed",
        reason="Det går inte",
        at=THEN,
    )
    rows = model.objects.filter(pk=model.objects.order_by("-pk").first().pk)
    if may:
        assert rows.update(**{column: value}) == 1
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**{column: value})
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()


def test_words_that_are_gone_cannot_be_written_again(body):
    rows = Comment.objects.filter(text="Jag hör bäst på höger öra")
    pk = rows.get().pk
    rows.update(text=BLANKED)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE assignments_comment SET text = %s WHERE id = %s", ["Jag hör bäst", pk])


def test_it_is_done_once_a_day(body):
    decide(body)
    end = end_of(body)
    assert "samskapa.edge.records.jobs.disposal" in settings.SCHEDULE
    job.func(now=end - 30 * DAY)
    job.func(now=end + DAY)
    body.agreement.refresh_from_db()
    assert body.agreement.disposed_at == end + DAY


def test_a_municipality_in_the_region_decides_for_itself(body):
    municipality = make_node("municipality", parent=body.region)
    note_decision(
        municipality,
        kind_called("agreement"),
        keep_months=1,
        decided_on=timezone.localdate(THEN),
        applies_from=timezone.localdate(THEN),
        reference="KS 1",
        by=body.by,
        now=THEN,
    )
    assert run(THEN + 3000 * DAY) == {}


# --- applications: by the months of the personal data, or by the organisation's own decision --------


def application_of(body) -> Application:
    return body.agreement.application


def test_an_application_goes_by_the_decision_where_there_is_one_and_not_by_the_months(body):
    application, over = application_of(body), application_over_at(course_of(application_of(body)))
    assert [due.thing_id for due in applications_past(over)] == [application.pk]
    decide(body, "application", months=36)
    assert applications_past(over + 999 * DAY) == []
    assert not blank_old_application(application.pk, limit=over + 999 * DAY, by=SYSTEM, now=THEN)
    end = months_after(over, 36)
    assert run(end - 30 * DAY) == {}
    assert run(end - timedelta(seconds=1)) == {}
    assert Application.objects.get(pk=application.pk).access_needs == "hörselslinga"
    assert run(end) == {"application": 1}
    gone = Application.objects.get(pk=application.pk)
    assert (gone.experience, gone.access_needs, gone.blanked_at) == ("", "", end)
    assert run(end + DAY) == {}


def test_whoever_is_forgotten_leaves_what_the_organisation_has_decided_to_keep_without_a_name(body):
    decide(body, "application", months=None)
    application = application_of(body)
    person = application.person
    said = [str(matter.what) for matter in matters_of(person.pk)]
    assert f"Det du skrev när du anmälde dig till ”{application.assignment.title}” finns kvar" in said[0]
    assert [consent.key for consent in consents_of(person.pk)] == []
    with pytest.raises(NotGiven):
        take_back(person.pk, key="words", thing_id=application.pk, by=SYSTEM, now=THEN)
    forget_person(person, by=SYSTEM, now=THEN)
    kept = Application.objects.get(pk=application.pk)
    assert (kept.access_needs, kept.blanked_at) == ("hörselslinga", None)
    assert display_name(Person.objects.get(pk=person.pk)) == "Borttagen person"


def test_without_a_decision_whoever_is_forgotten_leaves_no_word(body):
    person = application_of(body).person
    forget_person(person, by=SYSTEM, now=THEN)
    assert Application.objects.get().access_needs == ""


def test_another_organisations_decision_keeps_nothing_here(body):
    other = make_node("region", "Region Granliden")
    note_decision(
        other, kind_called("application"), keep_months=None, decided_on=timezone.localdate(THEN),
        applies_from=timezone.localdate(THEN), reference="RS 1", by=body.by, now=THEN,
    )  # fmt: skip
    over = application_over_at(course_of(application_of(body)))
    assert len(applications_past(over)) == 1
