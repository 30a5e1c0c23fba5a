"""Somebody has died: one action, and nothing more is ever sent to them, whatever is due."""

from __future__ import annotations

import email
import email.policy
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string

from samskapa.cocreate.assignments.domain import ApplicationState
from samskapa.cocreate.assignments.models import Application
from samskapa.cocreate.assignments.services.nominating import nominate
from samskapa.edge.my_data.services import forget_person, let_go_of_ways_in, note_death, undo_death
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.models import AuditEntry, MailState, OutboxMail
from samskapa.ground.core.services import drain, queue_mail
from samskapa.ground.organisations.domain import InvitationOver, Kind, Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.organisations.services import accept_invitation, grant_role, invite
from samskapa.ground.organisations.services.invitations import _make_link
from samskapa.ground.people.access import may_log_in
from samskapa.ground.people.domain.my_data import DEATH_TAKEN_BACK, GoneAlready, TooLate
from samskapa.ground.people.models import Person, Session
from samskapa.ground.people.queries import mail_recipient
from tests.factories.applications import make_application
from tests.factories.assignments import make_agreement, make_open
from tests.factories.organisations import NOW, actor_for, log_in, make_grant, make_node
from tests.factories.people import PASSWORD, make_person
from tests.factories.standing import LATER, council
from tests.factories.whole_person import ADDRESS, NAME, make_whole_person

pytestmark = pytest.mark.django_db
DIED = NOW.date()
DEATHS = "/avlidna/"


@pytest.fixture
def letters(settings, tmp_path):
    """To whom mail has left, and what it said: [(address, text)]."""
    settings.MAIL_URL = f"file://{tmp_path}"

    def read() -> list[tuple[str, str]]:
        found = [
            email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in tmp_path.glob("*.eml")
        ]
        return [(letter["To"], f"{letter['Subject']}\n{letter.get_content()}") for letter in found]

    return read


def dies(person: Person, *, by: Actor = SYSTEM, now: datetime = LATER) -> None:
    note_death(person, on=DIED, by=by, now=now)
    person.refresh_from_db()


# --- not one mail ---------------------------------------------------------------------------------


def test_not_one_mail_to_the_person_whatever_is_due(letters):
    """Everything that can be due is made due: every scheduled job is run, again and again, for three years."""
    whole = make_whole_person()
    member = council()[0]
    Application.objects.filter(pk=member.application_id).update(person=whole.person)
    waiting = OutboxMail.objects.filter(state=MailState.WAITING, recipient_id=whole.person.pk).count()
    assert waiting > 5  # a promise that can fail: there is much that waits
    dies(whole.person)
    for days in (0, 1, 7, 30, 100, 365, 700, 730, 760, 1100):
        now = LATER + timedelta(days=days)
        queue_mail("people/login_code", to=whole.person.pk, key=f"late-{days}", now=now, code="1")
        if Person.objects.get(pk=whole.person.pk).email:  # when the account is blanked, nobody knows the address
            queue_mail("people/login_code", to=ADDRESS.upper(), key=f"late-to-address-{days}", now=now, code="1")
        for path in django_settings.SCHEDULE:
            import_string(path).func(now=now)
        drain(now=now)
    drain(now=now + timedelta(days=8))  # what waits for the others' digests
    assert [to for to, _text in letters() if ADDRESS in to.lower()] == []
    assert len(letters()) > 5  # the others got theirs
    left = OutboxMail.objects.filter(recipient_id=whole.person.pk).values_list("state", flat=True)
    assert set(left) == {MailState.STOPPED}
    assert not OutboxMail.objects.filter(state=MailState.WAITING).exists()
    whole.person.refresh_from_db()
    assert (whole.person.name, whole.person.died_on) == ("", DIED)  # in the end the account was forgotten too


def test_a_mail_that_was_just_being_sent_is_not_sent_again():
    """A worker had it in hand and died; the lease runs out afterwards."""
    person = make_person()
    mail = queue_mail("people/login_code", to=person.pk, key="k", now=NOW, code="1")
    OutboxMail.objects.filter(pk=mail.pk).update(leased_by="dead", leased_until=NOW, attempts=1)
    dies(person)
    drain(now=LATER)
    mail.refresh_from_db()
    assert (mail.state, mail.sent_at) == (MailState.STOPPED, None)


def test_nobody_who_asks_for_a_code_makes_a_mail_go_there(client, letters):
    person = make_person("Anna", email="anna@example.se", password=PASSWORD)
    dies(person)
    client.post("/konto/kod/", {"email": "anna@example.se"})
    client.post("/konto/logga-in/", {"login": "anna@example.se", "how": "code"})
    client.post("/konto/losenord/glomt/", {"email": "anna@example.se"})
    drain()
    assert letters() == []


def test_a_nomination_or_an_invitation_to_the_address_goes_nowhere(letters):
    person = make_person("Anna", email="anna@example.se")
    dies(person)
    nominate(
        make_open(),
        organisation=make_node(Kind.PATIENT_ORGANISATION),
        name="Anna",
        email="Anna@example.se",
        reason="Kunnig",
        by=actor_for(role=Role.ORGANISATION, node=make_node(Kind.PATIENT_ORGANISATION)),
        now=NOW,
    )
    invite("anna@example.se", by=SYSTEM, now=NOW, key="k")
    drain(now=LATER)
    assert [to for to, _text in letters() if "anna@" in to] == []


def test_the_database_refuses_that_somebody_who_has_died_is_active():
    person = make_person()
    dies(person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(is_active=True)
    assert mail_recipient(person.pk) is None


# --- what ends, and who is told -------------------------------------------------------------------


def test_everything_ends_and_nobody_comes_in(client):
    whole = make_whole_person()
    log_in(client, whole.person)
    assert client.get("/mitt/").status_code == 200
    dies(whole.person)
    assert client.get("/mitt/").status_code == 302
    assert not Session.objects.filter(person=whole.person).exists()
    assert not may_log_in(whole.person)
    assert not RoleGrant.objects.filter(person=whole.person, ended_at=None).exists()
    states = set(Application.objects.filter(person=whole.person).values_list("state", flat=True))
    assert states == {ApplicationState.WITHDRAWN}
    drain(now=LATER)
    whole.agreement.refresh_from_db()
    assert whole.agreement.ended_at == LATER
    # What was told is kept until its time is out, and the name is still there.
    assert (whole.person.name, whole.person.died_on, whole.person.death_noted_at) == (NAME, DIED, LATER)


def test_an_invitation_that_waited_no_longer_opens():
    person = make_person("Anna", email="anna@example.se")
    link = _make_link(
        "anna@example.se",
        name="Anna",
        role=None,
        node=None,
        next_path="",
        key="k",
        lasts=timedelta(days=99),
        by=SYSTEM,
        now=NOW,
    )
    dies(person)
    with pytest.raises(InvitationOver):
        accept_invitation(link.token, by=Actor(), now=LATER)


def test_the_other_side_is_told_kindly_and_a_hidden_name_is_not_told(letters):
    shown, hidden = make_agreement(names=("Anna Ek",)), make_person("Berit Dold")
    application = make_application(make_open(), hidden)
    dies(shown.application.person)
    dies(hidden)
    drain(now=LATER)
    told = [text for _to, text in letters() if text.startswith("Någon har avlidit")]
    assert len(told) == 3  # host and coordinator of what Anna took part in; what Berit applied to is still open
    assert sum("Vi beklagar att behöva berätta att Anna Ek har avlidit." in text for text in told) == 2
    assert sum(f"nummer {application.number} bland dem som anmält intresse har avlidit" in text for text in told) == 1
    assert not any("Berit" in text for text in told)


def test_the_organisation_that_nominated_is_told_by_name(letters):
    whole = make_whole_person()
    dies(whole.person)
    drain(now=LATER)
    assert sum(f"{NAME}, som ni har nominerat till" in text for _to, text in letters()) == 1


def test_noted_twice_it_happens_once_and_the_day_can_be_put_right():
    whole = make_whole_person()
    dies(whole.person)
    mails, first = OutboxMail.objects.count(), LATER
    assert note_death(whole.person, on=date(2026, 1, 2), by=SYSTEM, now=LATER + timedelta(days=3)) is False
    whole.person.refresh_from_db()
    assert (whole.person.died_on, whole.person.death_noted_at) == (date(2026, 1, 2), first)
    assert OutboxMail.objects.count() == mails
    entries = AuditEntry.objects.filter(action="people.died").order_by("pk")
    assert [entry.details for entry in entries] == [{"died_on": DIED.isoformat()}, {"died_on": "2026-01-02"}]


# --- taking it back -------------------------------------------------------------------------------


def test_a_mistake_is_taken_back_with_every_way_in(letters):
    whole = make_whole_person()
    ways = set(Authenticator.objects.filter(user=whole.person).values_list("pk", flat=True))
    dies(whole.person)
    let_go_of_ways_in(now=LATER + DEATH_TAKEN_BACK - timedelta(seconds=1))
    undo_death(whole.person, by=whole.coordinator, now=LATER + DEATH_TAKEN_BACK)
    whole.person.refresh_from_db()
    assert (whole.person.died_on, whole.person.death_noted_at, whole.person.is_active) == (None, None, True)
    assert set(Authenticator.objects.filter(user=whole.person).values_list("pk", flat=True)) == ways
    queue_mail("people/login_code", to=whole.person.pk, key="after", now=LATER, code="123456")
    drain(now=LATER + DEATH_TAKEN_BACK)
    to_her = [text for to, text in letters() if ADDRESS in to]
    assert len(to_her) == 1  # what was stopped is not sent
    assert "123456" in to_her[0]
    assert not RoleGrant.objects.filter(person=whole.person, ended_at=None).exists()


def test_after_30_days_the_ways_in_are_gone_and_only_the_operator_takes_it_back():
    whole = make_whole_person()
    dies(whole.person)
    late = LATER + DEATH_TAKEN_BACK + timedelta(seconds=1)
    assert let_go_of_ways_in(now=late) == 1
    assert let_go_of_ways_in(now=late) == 0
    assert not Authenticator.objects.filter(user=whole.person).exists()
    with pytest.raises(TooLate):
        undo_death(whole.person, by=whole.coordinator, now=late)
    undo_death(whole.person, by=SYSTEM, now=late)
    whole.person.refresh_from_db()
    assert whole.person.is_active


def test_what_is_forgotten_can_neither_die_nor_come_back():
    person = make_person()
    forget_person(person, by=Actor(person_id=person.pk), now=LATER)
    for deed in (lambda: dies(person), lambda: undo_death(person, by=SYSTEM, now=LATER)):
        with pytest.raises(GoneAlready):
            deed()


# --- the pages ------------------------------------------------------------------------------------


@pytest.fixture
def desk():
    """A coordinator, and a member in her area."""
    region = make_node(Kind.REGION, "Region Ekliden")
    grant = make_grant(make_person("Kerstin"), Role.COORDINATOR, region)
    member = make_person("Åsa Öhman", email="asa@example.se")
    grant_role(member, Role.MEMBER, region, by=SYSTEM, now=NOW)
    return grant, member


def test_a_coordinator_finds_somebody_in_her_area_and_notes_it(client, desk):
    grant, member = desk
    make_person("Åsa Någonannan")  # nobody of hers
    log_in(client, grant.person, grant)
    found = client.get(DEATHS, {"name": "åsa"}).content.decode()
    assert f'href="/avlidna/{member.pk}/"' in found
    assert "Någonannan" not in found
    page = f"{DEATHS}{member.pk}/"
    assert "Har Åsa Öhman avlidit?" in client.get(page).content.decode()
    answer = client.post(page, {"died_on": DIED.isoformat(), "sure": "on"}, follow=True)
    assert "Åsa Öhman har avlidit" in answer.content.decode()
    member.refresh_from_db()
    assert (member.died_on, member.is_active) == (DIED, False)
    entry = AuditEntry.objects.get(action="people.died")
    assert (entry.person_id, entry.role) == (grant.person_id, "coordinator")
    assert "Det är tillbakataget" in client.post(f"{page}angra/", follow=True).content.decode()
    member.refresh_from_db()
    assert (member.died_on, member.is_active) == (None, True)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"died_on": "", "sure": "on"}, "id_died_on_error"),
        ({"died_on": "2999-01-01", "sure": "on"}, "Den dagen har inte kommit än."),
        ({"died_on": "1999-01-01", "sure": "on"}, "Titta på årtalet en gång till."),
        ({"died_on": DIED.isoformat()}, "Kryssa i rutan när du är säker."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_happens(client, desk, data, says):
    grant, member = desk
    log_in(client, grant.person, grant)
    answer = client.post(f"{DEATHS}{member.pk}/", data)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    member.refresh_from_db()
    assert member.died_on is None


def test_others_find_nothing(client, desk):
    _grant, member = desk
    elsewhere = make_grant(make_person(), Role.COORDINATOR, make_node(Kind.REGION))
    log_in(client, elsewhere.person, elsewhere)
    assert client.get(f"{DEATHS}{member.pk}/").status_code == 404
    assert "Ingen hittades" in client.get(DEATHS, {"name": "Åsa"}).content.decode()
    log_in(client, member)
    assert client.get(DEATHS).status_code == 404


# --- the command ----------------------------------------------------------------------------------


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("died", *arguments, stdout=out)
    return out.getvalue()


def test_the_operator_notes_it_by_address_or_number_and_takes_it_back():
    person = make_person(email="anna@example.se")
    assert "Noted" in command("Anna@example.se", "--on", "2026-01-02")
    person.refresh_from_db()
    assert (person.died_on, person.is_active) == (date(2026, 1, 2), False)
    assert "Taken back" in command(str(person.pk), "--undo")
    person.refresh_from_db()
    assert (person.died_on, person.is_active) == (None, True)


@pytest.mark.parametrize("arguments", [("nobody@example.se",), ("x", "--on", "2026-01-01"), ("99999999",)])
def test_the_command_says_when_there_is_nobody(arguments):
    with pytest.raises(CommandError, match="nobody is called"):
        command(*arguments)


def test_the_command_refuses_what_is_no_day_and_what_was_never_noted():
    person = make_person(email="anna@example.se")
    for arguments, says in (
        (("--on", "i går"), "is no day"),
        (("--on", "2999-01-01"), "has not come yet"),
        (("--undo",), "nothing to note or take back"),
    ):
        with pytest.raises(CommandError, match=says):
            command("anna@example.se", *arguments)
    person.refresh_from_db()
    assert person.died_on is None
