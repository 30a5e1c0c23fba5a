"""Mail: one per matter and recipient, in the reader's language, never lost and never twice."""

from __future__ import annotations

import smtplib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import translation

from samskapa.ground.core.domain import (
    MAIL_ATTEMPTS,
    SYSTEM,
    LinkLeavesTheSite,
    MailIsUnfinished,
    NoSuchMail,
    NotFailed,
    Urgency,
    mail_wait,
)
from samskapa.ground.core.models import AuditEntry, MailState, OutboxMail
from samskapa.ground.core.queries import failed_mails
from samskapa.ground.core.services import drain, queue_mail, send_again
from samskapa.ground.core.services import mail as mail_module
from samskapa.ground.core.services.mail import send_one
from samskapa.ground.core.templatetags.mail import date_of, link, moment

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def hello(to=1, key="need-3", **more):
    return queue_mail("tests/hello", to=to, key=key, now=NOW, **{"title": "Välkommen", "path": "/mitt/", **more})


def stored(mail):
    return OutboxMail.objects.get(pk=mail.pk)


class Down:
    """A mail server that answers every letter in the same bad way."""

    def __init__(self, error):
        self.error = error

    def send(self, message):
        raise self.error


@pytest.mark.parametrize("to", [1, "anna@example.se"])
def test_more_than_enough_in_an_hour_waits_and_is_not_lost(letters, settings, to):
    settings.MAIL_MOST_AN_HOUR = 2
    mails = [hello(to=to, key=f"k{number}") for number in range(3)]
    other = hello(to=2, key="k0")
    code = queue_mail("tests/hello", to=to, key="code", now=NOW, urgency=Urgency.NOW, title="Kod", path="/mitt/")
    drain(now=NOW)
    assert [stored(mail).state for mail in [*mails, other, code]] == ["sent", "sent", "waiting", "sent", "sent"]
    waits = stored(mails[2])
    assert (waits.due_at, waits.attempts, waits.leased_until) == (NOW + timedelta(minutes=10), 0, None)
    drain(now=NOW + timedelta(minutes=59))
    assert stored(mails[2]).state == "waiting"
    drain(now=NOW + timedelta(minutes=70))
    assert stored(mails[2]).state == "sent"
    assert len(letters()) == 5


@pytest.fixture
def server_says(monkeypatch):
    def says(error):
        monkeypatch.setattr(mail_module, "transport", lambda: Down(error))

    return says


def test_a_person_gets_a_letter_in_their_language_with_the_reason_and_whole_links(letters):
    mail = hello()

    assert drain(NOW) == {"mails": 1}

    ((name, letter),) = letters().items()
    assert name == mail.message_id.strip("<>") + ".eml"
    assert letter["Message-ID"] == mail.message_id
    assert letter["To"] == "Åsa Öberg <asa@example.org>"
    assert letter["From"] == "Samskapa <samskapa@example.org>"
    assert letter["Subject"] == "sv: Välkommen"
    assert letter["Date"].datetime == NOW
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content() == (
        "Välkommen & more.\n\nhttps://samskapa.example/mitt/\n\n-- \n"
        "You get this because you are a test. Stop it by passing.\n\nSamskapa, https://samskapa.example\n"
    )
    assert (stored(mail).state, stored(mail).sent_at, stored(mail).attempts) == ("sent", NOW, 1)


def test_the_same_key_to_the_same_recipient_is_one_mail(letters):
    assert hello() == hello()
    hello(to=2)
    hello(to="eva@example.org")
    assert hello(to="eva@example.org") == hello(to=" eva@example.org ")

    assert OutboxMail.objects.count() == 3
    assert drain(NOW) == {"mails": 3}
    assert hello().state == MailState.SENT
    assert drain(NOW) == {}
    assert len(letters()) == 3


def test_an_address_gets_the_language_in_use_when_it_was_queued(letters):
    with translation.override("en"):
        hello(to="eva@example.org")

    drain(NOW)

    (letter,) = letters().values()
    assert (letter["To"], letter["Subject"]) == ("eva@example.org", "en: Välkommen")


def test_nothing_that_a_person_typed_begins_a_new_header(letters):
    hello(to=2, title="Hej\r\nBcc: all@example.org\n\nBody: mine")

    drain(NOW)

    (letter,) = letters().values()
    assert letter["Bcc"] is None
    assert letter["Subject"] == "en: Hej Bcc: all@example.org Body: mine"
    assert [(a.display_name, a.addr_spec) for a in letter["To"].addresses] == [
        ('Bo "Bosse", Ek Bcc: all@example.org', "bo@example.org")
    ]


def test_a_recipient_without_address_stops_the_mail_and_blanks_its_secret():
    mail, secret = hello(to=3), hello(to=4, secret=True)

    drain(NOW)

    assert (stored(mail).state, stored(mail).last_error, stored(mail).params["title"]) == (
        "stopped", "no address", "Välkommen",
    )  # fmt: skip
    assert (stored(secret).state, stored(secret).params) == ("stopped", {})


def test_a_secret_is_blanked_once_sent_and_not_before(server_says, monkeypatch):
    mail = hello(secret=True, title="Your code is 123456")
    server_says(ConnectionRefusedError())
    drain(NOW)
    assert stored(mail).params["title"] == "Your code is 123456"
    monkeypatch.undo()

    drain(NOW + timedelta(minutes=1))

    assert (stored(mail).state, stored(mail).params) == ("sent", {})


def test_a_mail_is_tried_eight_times_at_exact_moments_and_then_fails_for_the_operator_to_see(server_says):
    server_says(smtplib.SMTPServerDisconnected("to asa@example.org"))
    mail, at, tried_after = hello(), NOW, []

    while stored(mail).state == MailState.WAITING:
        assert drain(at - timedelta(microseconds=1)) == {}
        assert drain(at) == {"mails": 1}
        tried_after.append(at - NOW)
        at = stored(mail).due_at

    minutes = [0, 1, 6, 21, 81, 261, 741, 2181]
    assert tried_after == [timedelta(minutes=each) for each in minutes]
    assert stored(mail).attempts == MAIL_ATTEMPTS == 8
    assert stored(mail).last_error == "SMTPServerDisconnected"
    assert list(failed_mails()) == [mail]


def test_mail_waits_are_eight_attempts():
    assert [mail_wait(n) for n in (1, 7, 8, 9)] == [timedelta(minutes=1), timedelta(hours=24), None, None]


@pytest.mark.parametrize(
    ("code", "state"), [(550, MailState.FAILED), (450, MailState.WAITING)], ids=["for ever", "for now"]
)
def test_an_address_that_the_server_refuses_for_ever_is_not_tried_again(server_says, code, state):
    server_says(smtplib.SMTPRecipientsRefused({"asa@example.org": (code, b"No asa@example.org here")}))
    mail = hello()

    drain(NOW)

    assert (stored(mail).state, stored(mail).last_error) == (state, f"SMTPRecipientsRefused {code}")


def test_the_operator_lets_a_failed_mail_start_over(server_says, monkeypatch, letters):
    server_says(smtplib.SMTPRecipientsRefused({"asa@example.org": (550, b"")}))
    mail = hello()
    drain(NOW)
    monkeypatch.undo()

    send_again(mail.pk, by=SYSTEM, now=NOW + timedelta(hours=1))

    assert AuditEntry.objects.get().action == "core.mail_sent_again"
    assert drain(NOW + timedelta(hours=1)) == {"mails": 1}
    assert (stored(mail).state, stored(mail).attempts) == ("sent", 1)


def test_what_has_not_failed_is_not_sent_again():
    mail = hello()

    with pytest.raises(NotFailed):
        send_again(mail.pk, by=SYSTEM, now=NOW)
    with pytest.raises(NotFailed):
        send_again(0, by=SYSTEM, now=NOW)


def test_what_is_more_urgent_goes_first():
    for key, urgency in [("a", Urgency.LATER), ("b", Urgency.SOON), ("c", Urgency.NOW)]:
        hello(key=key, urgency=urgency)

    order = []
    while send_one(worker_id="w", now=NOW):
        order.append(OutboxMail.objects.filter(state="sent").exclude(key__in=order).get().key)

    assert order == ["c", "b"]  # and "a" waits for the digest


def test_a_lease_keeps_others_away_until_it_runs_out(settings, letters):
    mail = hello()
    mail_module._claim("dead", NOW)

    almost = NOW + timedelta(seconds=settings.MAIL_LEASE, microseconds=-1)
    assert drain(almost) == {}
    assert drain(NOW + timedelta(seconds=settings.MAIL_LEASE)) == {"mails": 1}

    assert (stored(mail).state, stored(mail).attempts) == ("sent", 2)
    assert len(letters()) == 1


def test_a_worker_whose_lease_ran_out_does_not_overwrite_the_outcome_of_the_next():
    mail = hello()
    slow = mail_module._claim("slow", NOW)
    drain(NOW + timedelta(hours=1))

    mail_module._mark(slow, "slow", state=MailState.FAILED, last_error="late")

    assert (stored(mail).state, stored(mail).sent_at) == ("sent", NOW + timedelta(hours=1))


def test_a_worker_whose_lease_ran_out_does_not_mark_what_the_next_is_sending(settings):
    mail = hello()
    slow = mail_module._claim("slow", NOW)
    mail_module._claim("next", NOW + timedelta(seconds=settings.MAIL_LEASE))

    mail_module._mark(slow, "slow", state=MailState.FAILED, last_error="late")

    assert (stored(mail).state, stored(mail).leased_by, stored(mail).attempts) == ("waiting", "next", 2)


def test_a_mail_whose_every_attempt_took_the_worker_with_it_fails_visibly(settings):
    mail, at = hello(), NOW
    for _ in range(MAIL_ATTEMPTS):
        assert mail_module._claim("doomed", at) is not None
        at += timedelta(seconds=settings.MAIL_LEASE)

    drain(at)

    assert (stored(mail).state, stored(mail).last_error) == ("failed", "WorkerDied")


def test_a_kind_of_mail_without_template_is_refused_at_once():
    with pytest.raises(NoSuchMail, match="tests/nothing"):
        queue_mail("tests/nothing", to=1, key="k", now=NOW)


def test_a_mail_that_does_not_say_why_it_came_cannot_leave(letters):
    mail = queue_mail("tests/no_reason", to=1, key="k", now=NOW)

    drain(NOW)

    assert letters() == {}
    assert stored(mail).last_error == "MailIsUnfinished"


def test_every_mail_of_the_house_says_why_it_came_and_has_subject_and_body():
    root = Path(__file__).parents[3] / "src" / "samskapa"
    unfinished = [
        f"{path.relative_to(root)}: {block}"
        for path in root.glob("*/*/templates/*/mail/*.txt")
        if path.name != "base.txt"
        for block in ("subject", "body", "why")
        if f"{{% block {block} %}}" not in path.read_text(encoding="utf-8")
    ]

    assert unfinished == []


def test_dates_travel_as_text_and_come_back():
    mail = hello(at=NOW, on=date(2026, 12, 10))

    assert moment(stored(mail).params["at"]) == NOW
    assert date_of(stored(mail).params["on"]) == date(2026, 12, 10)


@pytest.mark.parametrize("path", ["https://evil.example/", "javascript:alert(1)", "mitt/", ""])
def test_a_mail_links_to_nobody_else(path):
    with pytest.raises(LinkLeavesTheSite):
        link(path)


def test_a_whole_address_of_ours_stays_as_it_is():
    assert link("https://samskapa.example/mitt/") == "https://samskapa.example/mitt/"


def test_the_frame_itself_demands_every_part():
    from samskapa.ground.core.templatetags.mail import must_be_said

    with pytest.raises(MailIsUnfinished, match="why"):
        must_be_said("why")
