"""What time does by itself: shown before it happens, then carried out, and never to anything younger than its limit."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given as always
from hypothesis import strategies as st

from samskapa.cocreate.assignments.domain import ApplicationState
from samskapa.cocreate.assignments.domain.my_data import Course, application_over_at, work_over_at
from samskapa.cocreate.assignments.models import Application, Assignment, PartRevision
from samskapa.cocreate.assignments.services.applying import withdraw
from samskapa.cocreate.assignments.services.closing import call_off
from samskapa.cocreate.assignments.services.my_data import blank_old_application
from samskapa.edge.my_data import queries
from samskapa.edge.my_data.jobs import retention as job
from samskapa.edge.my_data.models import RetentionNotice
from samskapa.edge.my_data.services import carry_out, tell_before
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.models import MailState, OutboxMail
from samskapa.ground.core.services import drain, queue_mail
from samskapa.ground.notices.services import gather_due
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import Invitation
from samskapa.ground.organisations.services import end_role, invite
from samskapa.ground.people.domain.my_data import SHOWN_BEFORE, latest, months_after, months_before
from samskapa.ground.people.models import Person
from tests.factories.applications import make_application
from tests.factories.assignments import coordinator_for, make_agreement, make_open
from tests.factories.organisations import NOW, log_in, make_grant, make_node
from tests.factories.people import make_person
from tests.factories.standing import LATER, council, settle

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def letters_to(person: Person, files: Iterable[Path]) -> list[EmailMessage]:
    read = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]
    return [letter for letter in read if person.email in letter["To"]]


def days_after(moment: datetime, months: int, days: int = 0) -> datetime:
    return months_after(moment, months) + timedelta(days=days)


def make_withdrawn(person: Person | None = None, *, now: datetime = NOW) -> Application:
    person = person or make_person()
    application = make_application(make_open(), person, experience="Min berättelse")
    return withdraw(application, by=Actor(person_id=person.pk), now=now)


@pytest.fixture
def only(settings):
    """Only one row of the table, so that a test is about that."""

    def choose(*keys: str) -> None:
        settings.PERSONAL_DATA = tuple(kind for kind in settings.PERSONAL_DATA if kind.key in keys)

    return choose


# --- months ---------------------------------------------------------------------------------------

MOMENTS = st.integers(0, 36500 * 24).map(lambda hours: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(hours=hours))


@pytest.mark.parametrize(
    ("moment", "months", "expected"),
    [
        (datetime(2026, 3, 31, 8, tzinfo=UTC), 1, datetime(2026, 2, 28, 8, tzinfo=UTC)),
        (datetime(2028, 2, 29, 8, tzinfo=UTC), 24, datetime(2026, 2, 28, 8, tzinfo=UTC)),
        (datetime(2026, 11, 25, 8, tzinfo=UTC), 24, datetime(2024, 11, 25, 8, tzinfo=UTC)),
        (datetime(2026, 1, 15, 8, tzinfo=UTC), 3, datetime(2025, 10, 15, 8, tzinfo=UTC)),
    ],
)
def test_months_before(moment, months, expected):
    assert months_before(moment, months) == expected


@always(MOMENTS, st.integers(1, 120))
def test_the_day_that_is_shown_is_the_first_on_which_it_may_happen(moment, months):
    day = months_after(moment, months)
    assert months_before(day, months) >= moment
    assert months_before(day - DAY, months) < moment


@always(st.lists(st.none() | MOMENTS, min_size=1))
def test_the_latest_of_what_goes_on_is_that_it_goes_on(moments):
    known = [moment for moment in moments if moment is not None]
    assert latest(moments) == (None if len(known) < len(moments) else max(known))


# --- from when the time counts --------------------------------------------------------------------

A, B, C = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 2, 3))


@pytest.mark.parametrize(
    ("course", "expected"),
    [
        (Course("applied"), None),
        (Course("nominated"), None),
        (Course("declined"), None),
        (Course("not_chosen", answered_at=A), A),
        (Course("withdrawn", withdrawn_at=A), A),
        (Course("withdrawn", withdrawn_at=A, answered_at=A, has_agreement=True, ended_at=B), B),
        (Course("chosen", answered_at=A), A),
        (Course("chosen", answered_at=A, told_back_at=C), C),
        (Course("chosen", answered_at=A, has_agreement=True), None),
        (Course("chosen", answered_at=A, has_agreement=True, settled_at=B), B),
        (Course("chosen", answered_at=A, has_agreement=True, settled_at=B, told_back_at=C), C),
        (Course("chosen", answered_at=A, has_agreement=True, settled_at=B, is_standing=True), None),
        (Course("chosen", answered_at=A, has_agreement=True, settled_at=B, is_standing=True, ended_at=C), C),
        (Course("chosen", answered_at=A, cancelled_at=B, is_standing=True), B),
    ],
)
def test_from_when_the_time_of_an_application_counts(course, expected):
    assert application_over_at(course) == expected


@pytest.mark.parametrize(
    ("state", "agreements", "is_standing", "expected"),
    [
        ("open", [], False, None),
        ("cancelled", [], False, B),
        ("agreed", [], False, None),
        ("agreed", [(A, None)], False, C),
        ("agreed", [(A, None), (None, None)], False, None),
        ("agreed", [(A, None)], True, None),
        ("agreed", [(A, A)], True, C),
        ("agreeing", [(A, None)], False, None),
    ],
)
def test_from_when_the_time_of_a_contact_counts(state, agreements, is_standing, expected):
    found = work_over_at(state, cancelled_at=B, told_back_at=C, is_standing=is_standing, agreements=agreements)
    assert found == expected


# --- told before, then done -----------------------------------------------------------------------


def test_an_application_is_shown_30_days_before_and_then_blanked(only, settings, tmp_path):
    settings.MAIL_URL = f"file://{tmp_path}"
    only("applications")
    application = make_withdrawn()
    over = days_after(NOW, 24)
    # Too early to be shown: nothing.
    assert (tell_before(now=over - SHOWN_BEFORE - DAY), RetentionNotice.objects.count()) == (0, 0)
    told_at = over - SHOWN_BEFORE
    assert tell_before(now=told_at) == 1
    notice = RetentionNotice.objects.get()
    assert (notice.kind, notice.thing_id, notice.happens_at) == ("applications", application.pk, over)
    # Told once, however often it runs.
    assert tell_before(now=told_at + DAY) == 0
    assert OutboxMail.objects.filter(kind="my_data/time_runs_out").count() == 1
    # Not a moment before its time.
    assert carry_out(now=over - timedelta(seconds=1)) == {}
    application.refresh_from_db()
    assert application.experience == "Min berättelse"
    assert carry_out(now=over) == {"applications": 1}
    application.refresh_from_db()
    assert (application.experience, application.blanked_at) == ("", over)
    assert (carry_out(now=over), RetentionNotice.objects.count()) == ({}, 0)


def test_what_is_long_overdue_is_still_shown_for_30_days_first(only):
    """The worker was away, or the house is new to the rule."""
    only("applications")
    application = make_withdrawn()
    now = days_after(NOW, 60)
    assert carry_out(now=now) == {}
    tell_before(now=now)
    assert RetentionNotice.objects.get().happens_at == now + SHOWN_BEFORE
    assert carry_out(now=now + SHOWN_BEFORE - timedelta(seconds=1)) == {}
    assert carry_out(now=now + SHOWN_BEFORE) == {"applications": 1}
    application.refresh_from_db()
    assert application.experience == ""


def test_one_mail_tells_of_many_things_in_words(only, settings, tmp_path):
    settings.MAIL_URL = f"file://{tmp_path}"
    only("applications")
    person = make_person("Anna")
    for _ in range(3):
        make_withdrawn(person)
    told_at = days_after(NOW, 24) - SHOWN_BEFORE
    drain(now=LATER)
    before = len(letters_to(person, tmp_path.glob("*.eml")))
    tell_before(now=told_at)
    tell_before(now=told_at)
    drain(now=told_at + timedelta(days=1))  # in the digest
    assert RetentionNotice.objects.count() == 3
    assert len(letters_to(person, tmp_path.glob("*.eml"))) == before + 1  # others get what else is due that day
    mail = OutboxMail.objects.get(kind="my_data/time_runs_out")
    assert (mail.state, mail.recipient_id, mail.params["kinds"]) == (MailState.GATHERED, person.pk, ["applications"])


def test_the_mail_can_be_written_in_both_languages(only, settings, tmp_path):
    settings.MAIL_URL = f"file://{tmp_path}"
    only("applications", "account")
    for language, words in (("sv", "Dina intresseanmälningar"), ("en", "Your applications")):
        person = make_person(language=language)
        make_withdrawn(person)
        drain(now=LATER)
        known = set(tmp_path.glob("*.eml"))
        told_at = days_after(NOW, 24) - SHOWN_BEFORE
        tell_before(now=told_at)
        gather_due(by=SYSTEM, now=told_at + timedelta(days=1))
        drain(now=told_at + timedelta(days=1))
        mine = [letter.get_content() for letter in letters_to(person, set(tmp_path.glob("*.eml")) - known)]
        assert any(words in text and "/konto/mina-uppgifter/" in text for text in mine), mine


def test_the_page_shows_what_comes_with_its_day(client, only):
    only("applications")
    person = make_person()
    make_withdrawn(person)
    now = NOW + timedelta(days=15)
    RetentionNotice.objects.create(
        kind="applications", thing_id=1, person=person, told_at=now, happens_at=datetime(2031, 1, 3, 9, tzinfo=UTC)
    )
    log_in(client, person)
    page = client.get("/konto/mina-uppgifter/").content.decode()
    assert "Tas snart bort" in page
    assert "3 januari 2031" in page


def test_whoever_comes_back_keeps_it_and_the_notice_goes(only):
    only("account")
    person = make_person("Anna")
    Person.objects.filter(pk=person.pk).update(joined_at=NOW)
    over = days_after(NOW, 24)
    tell_before(now=over - SHOWN_BEFORE)
    assert RetentionNotice.objects.filter(person=person).exists()
    Person.objects.filter(pk=person.pk).update(last_login=over - DAY)
    assert carry_out(now=over) == {}
    tell_before(now=over)
    assert not RetentionNotice.objects.filter(person=person).exists()
    person.refresh_from_db()
    assert person.name == "Anna"


# --- accounts -------------------------------------------------------------------------------------


def quiet_person(name: str = "Tyst Ek", **fields) -> Person:
    person = make_person(name, **fields)
    Person.objects.filter(pk=person.pk).update(joined_at=NOW)
    return person


def both_steps(over: datetime) -> dict[str, int]:
    tell_before(now=over - SHOWN_BEFORE)
    return carry_out(now=over)


def test_a_quiet_account_is_forgotten_after_24_months(settings):
    person = quiet_person()
    assert both_steps(days_after(NOW, 24))["account"] == 1
    person.refresh_from_db()
    assert (person.name, person.forgotten_at) == ("", days_after(NOW, 24))


@pytest.mark.parametrize("what", ["role", "application", "agreement", "later role", "later application", "log-in"])
def test_an_account_in_which_something_goes_on_or_was_lately_stays(what):
    person = quiet_person()
    late = NOW + timedelta(days=100)
    if what == "role":
        make_grant(person, Role.MEMBER, make_node(Kind.REGION))
    elif what == "later role":
        end_role(make_grant(person, Role.MEMBER, make_node(Kind.REGION)), by=SYSTEM, now=late)
    elif what == "application":
        make_application(make_open(), person)
    elif what == "later application":
        make_withdrawn(person, now=late)
    elif what == "log-in":
        Person.objects.filter(pk=person.pk).update(last_login=late)
    else:
        agreement = make_agreement()
        Application.objects.filter(pk=agreement.application_id).update(person=person)
    assert "account" not in both_steps(days_after(NOW, 24))
    person.refresh_from_db()
    assert person.name == "Tyst Ek"


def test_the_last_coordinator_is_not_forgotten_by_time():
    person = quiet_person()
    make_grant(person, Role.COORDINATOR, make_node(Kind.REGION))
    assert "account" not in both_steps(days_after(NOW, 240))


# --- the other kinds ------------------------------------------------------------------------------


def test_invitations_are_blanked_or_removed_after_three_months(only):
    only("invitations")
    invitation = invite("nagon@example.se", name="Någon", by=SYSTEM, now=NOW, key="k")
    over = days_after(invitation.expires_at, 3)
    assert carry_out(now=over - timedelta(seconds=1)) == {}
    assert carry_out(now=over) == {"invitations": 1}
    assert not Invitation.objects.exists()


def test_what_a_mail_said_is_blanked_after_six_months_and_never_sent_again(only):
    only("mail")
    person = make_person()
    mine = queue_mail("people/login_code", to=person.pk, key="a", now=NOW, code="111111")
    theirs = queue_mail("people/login_code", to="nagon@example.se", key="b", now=NOW, code="222222")
    waiting = queue_mail("people/login_code", to=person.pk, key="c", now=NOW, code="333333")
    OutboxMail.objects.filter(pk__in=[mine.pk, theirs.pk]).update(state=MailState.SENT, sent_at=NOW)
    over = days_after(NOW, 6)
    assert carry_out(now=over - timedelta(seconds=1)) == {}
    assert carry_out(now=over) == {"mail": 2}
    assert [mail.params for mail in OutboxMail.objects.order_by("pk")] == [{}, {}, {"code": "333333"}]
    assert OutboxMail.objects.get(pk=theirs.pk).address == f"-{theirs.pk}"
    assert queue_mail("people/login_code", to=person.pk, key="a", now=over, code="1").pk == mine.pk
    waiting.refresh_from_db()
    assert waiting.state == MailState.WAITING


def test_a_contact_is_blanked_when_the_work_has_been_over_for_24_months(only):
    only("needs")
    assignment = make_open()
    over = days_after(NOW, 24)
    assert carry_out(now=over + timedelta(days=1000)) == {}  # still open
    call_off(assignment, reason="Det blev inget.", by=coordinator_for(assignment), now=NOW)
    assert carry_out(now=over - timedelta(seconds=1)) == {}
    assert carry_out(now=over) == {"needs": 1}
    assignment.refresh_from_db()
    assert (assignment.contact_name, assignment.contact_email, assignment.title != "") == ("", "", True)
    values = PartRevision.objects.filter(part__assignment=assignment, part__key="contact").values_list(
        "values", flat=True
    )
    assert {text for value in values for text in value.values()} == {""}
    assert carry_out(now=over + DAY) == {}


def test_a_council_that_goes_on_keeps_what_its_members_told(only):
    only("applications")
    agreement = council()[0]
    assert both_steps(days_after(LATER, 60)) == {}
    agreement.application.refresh_from_db()
    assert agreement.application.experience != ""


def test_what_was_agreed_is_over_when_it_has_been_told_back(only):
    only("applications")
    agreement = make_agreement()
    settle(agreement)
    told_back_on = Assignment.objects.get(pk=agreement.root_id).told_back_on
    end = datetime.combine(told_back_on, datetime.max.time(), tzinfo=UTC)
    assert both_steps(days_after(end, 24, -2)) == {}
    assert both_steps(days_after(end, 24, 1)) == {"applications": 1}
    agreement.application.refresh_from_db()
    assert (agreement.application.state, agreement.application.experience) == (ApplicationState.CHOSEN, "")


# --- nothing younger, whatever -------------------------------------------------------------------


@always(st.lists(st.integers(0, 1500), min_size=1, max_size=5), st.integers(0, 1500))
def test_nothing_younger_than_its_limit_is_ever_touched(ages, today):
    """Applications that were over so many days after the beginning; the job has run every day up to one of them."""
    with transaction.atomic():
        person = make_person()
        pattern = make_withdrawn(person)
        over = {}
        for number, age in enumerate(ages):
            row = Application.objects.get(pk=pattern.pk)
            row.pk, row._state.adding, row.number = None, True, number + 2
            row.person, row.withdrawn_at = make_person(), NOW + age * DAY
            row.save()
            over[row.pk] = row.withdrawn_at
        now = NOW + today * DAY
        for moment in (now - SHOWN_BEFORE - DAY, now):
            tell_before(now=moment)
            carry_out(now=moment)
        for row in Application.objects.filter(pk__in=over):
            is_old = over[row.pk] <= months_before(now, 24)
            was_told = over[row.pk] <= months_before(now - DAY, 24)  # by the first of the two runs
            assert (row.blanked_at is not None) == (is_old and was_told), (row.pk, over[row.pk], now)
        transaction.set_rollback(True)


# --- faults and kills -----------------------------------------------------------------------------


def test_one_that_fails_does_not_hold_up_the_others(only, settings, caplog):
    only("applications")
    one, two = make_withdrawn(), make_withdrawn()
    over = days_after(NOW, 24)
    tell_before(now=over - SHOWN_BEFORE)
    kind = settings.PERSONAL_DATA[0]
    broken = replace(kind.retention, carry_out="tests.edge.my_data.test_retention.fails_on_the_first")
    settings.PERSONAL_DATA = (replace(kind, retention=broken),)
    FAILING.update(id=one.pk)
    assert carry_out(now=over) == {"applications": 1}
    assert f"retention failed kind=applications id={one.pk} error=RuntimeError" in caplog.text
    for row, is_done in ((one, False), (two, True)):
        row.refresh_from_db()
        assert (row.blanked_at is not None) == is_done
    settings.PERSONAL_DATA = (kind,)
    assert carry_out(now=over + DAY) == {"applications": 1}


FAILING: dict[str, int] = {}


def fails_on_the_first(thing_id, *, limit, by, now):
    done = blank_old_application(thing_id, limit=limit, by=by, now=now)
    if thing_id == FAILING["id"]:
        raise RuntimeError  # after the work: it must be undone
    return done


def test_the_job_is_scheduled_and_may_run_again(settings):
    assert "samskapa.edge.my_data.jobs.retention" in settings.SCHEDULE
    make_withdrawn()
    over = days_after(NOW, 24)
    for moment in (over - SHOWN_BEFORE, over, over):
        job.func(now=moment)
    assert Application.objects.get().blanked_at == over


# --- the command ----------------------------------------------------------------------------------


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("retention", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_lists_what_is_due_and_carries_it_out():
    application = make_withdrawn(now=NOW - timedelta(days=365 * 3))
    text = command()
    assert "applications: 24 months after you had your answer or withdrew" in text
    assert "Due now: 0. Within 30 days or so: 1, the first on " in text
    assert RetentionNotice.objects.count() == 0  # looking changes nothing
    assert "Told 1 persons. Done: nothing." in command("--now")
    RetentionNotice.objects.update(told_at=NOW - timedelta(days=40), happens_at=NOW)
    assert "Due now: 1." in command()
    assert "Done: applications 1." in command("--now")
    application.refresh_from_db()
    assert application.experience == ""


def test_the_number_of_questions_is_the_same_whatever_is_due():
    """1, 3 and 300 quiet accounts."""
    now = days_after(NOW, 30)
    counts = []
    for count in (1, 3, 300):
        while Person.objects.count() < count:
            quiet_person()
        with CaptureQueriesContext(connection) as asked:
            assert len([plan for plan in queries.plans(now=now) if plan.kind.key == "account"]) == count
        counts.append(len(asked))
    assert len(set(counts)) == 1
