"""After a restore mail waits for a person's word; what somebody waits for at the screen does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from samskapa.ground.core.domain import SYSTEM, NotHeld, Urgency
from samskapa.ground.core.models import AuditEntry, MailHold, MailState, OutboxMail
from samskapa.ground.core.queries import held_mails, mail_held_since, waiting
from samskapa.ground.core.queries.work import HeldMails
from samskapa.ground.core.services import drain, queue_mail
from samskapa.ground.core.services.holding import drop_held_mail, hold_mail, release_mail

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
pytestmark = pytest.mark.django_db


def write(key: str, *, now: datetime, **more) -> OutboxMail:
    return queue_mail("tests/hello", to=1, key=key, now=now, title=key, path="/", **more)


@pytest.fixture
def held() -> dict[str, OutboxMail]:
    """Mails from before and after the hold began, of each urgency."""
    before = {
        "old": write("old", now=NOW - timedelta(hours=2)),
        "old code": write("old code", now=NOW - timedelta(minutes=1), urgency=Urgency.NOW, secret=True),
    }
    hold_mail(now=NOW)
    return before | {
        "new": write("new", now=LATER),
        "new code": write("new code", now=LATER, urgency=Urgency.NOW, secret=True),
    }


def states() -> dict[str, str]:
    return dict(OutboxMail.objects.values_list("key", "state"))


def test_only_what_somebody_waits_for_now_leaves(held, letters):
    assert drain(LATER)["mails"] == 1

    # What is held waits for a person: it does not count as late.
    assert (waiting(now=LATER).mails, waiting(now=LATER).oldest_at) == (0, None)
    assert sum(each.count for each in held_mails()) == 3
    assert states() == {"old": "waiting", "old code": "waiting", "new": "waiting", "new code": "sent"}
    assert [letter["Subject"] for letter in letters().values()] == ["sv: new code"]


def test_what_is_let_go_leaves_once(held, letters):
    drain(LATER)

    assert release_mail(by=SYSTEM, now=LATER) == 3
    assert drain(LATER)["mails"] == 3
    assert drain(LATER + timedelta(days=1)) == {}

    assert sorted(letter["Subject"] for letter in letters().values()) == [
        "sv: new",
        "sv: new code",
        "sv: old",
        "sv: old code",
    ]
    assert mail_held_since() is None
    told = AuditEntry.objects.get(action="core.mail_released")
    assert (told.role, told.details) == ("system", {"waiting": 3})


def test_what_is_dropped_never_leaves_and_tells_nothing_any_more(held, letters):
    assert drop_held_mail(by=SYSTEM, now=LATER) == 2
    assert release_mail(by=SYSTEM, now=LATER) == 2
    drain(LATER)

    assert states() == {"old": "stopped", "old code": "stopped", "new": "sent", "new code": "sent"}
    assert sorted(letter["Subject"] for letter in letters().values()) == ["sv: new", "sv: new code"]
    old, secret = OutboxMail.objects.get(key="old"), OutboxMail.objects.get(key="old code")
    assert (old.last_error, old.params["title"], secret.params) == ("dropped after restore", "old", {})
    assert AuditEntry.objects.get(action="core.mail_dropped").details == {"mails": 2}


def test_what_waits_is_told_by_kind_and_age(held):
    assert held_mails() == [HeldMails(kind="tests/hello", count=3, since_count=1, oldest_at=NOW - timedelta(hours=2))]
    release_mail(by=SYSTEM, now=LATER)
    assert held_mails() == []


@pytest.mark.parametrize("count", [1, 3, 300])
def test_dropping_and_telling_cost_the_same_whatever_waits(count, django_assert_num_queries):
    """But for what is secret, whose params are closed for each row."""
    for number in range(count):
        write(f"{number}", now=NOW)
    hold_mail(now=NOW)
    with django_assert_num_queries(2):
        assert held_mails()[0].count == count
    with django_assert_num_queries(6):  # savepoints, the hold, what is secret, the rest, the trail
        assert drop_held_mail(by=SYSTEM, now=LATER) == count


def test_a_second_restore_holds_what_the_first_held_and_what_came_between(held):
    hold_mail(now=LATER + timedelta(hours=1))

    assert MailHold.objects.count() == 1
    assert drain(LATER + timedelta(hours=2))["mails"] == 0
    assert drop_held_mail(by=SYSTEM, now=LATER) == 4


def test_the_database_itself_knows_one_hold_at_a_time(held):
    with pytest.raises(IntegrityError), transaction.atomic():
        MailHold.objects.create(since=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        MailHold.objects.update(released_at=NOW - timedelta(seconds=1))
    release_mail(by=SYSTEM, now=LATER)
    MailHold.objects.create(since=LATER)


def test_where_nothing_is_held_there_is_nothing_to_let_go():
    for verb in (release_mail, drop_held_mail):
        with pytest.raises(NotHeld):
            verb(by=SYSTEM, now=NOW)


def test_the_commands(held, capsys):
    def say(*arguments: str) -> list[str]:
        call_command("mail", *arguments)
        return capsys.readouterr().out.splitlines()

    assert say("held") == [
        "Held since 2026-11-25 08:00:00 UTC.",
        "     3  tests/hello, the oldest of 2026-11-25 06:00; 1 of them since the restore",
    ]
    assert say("drop") == ["2 mails will never be sent. What came since waits: `samskapa mail release`."]
    assert say("release") == ["2 mails wait; the worker sends them now."]
    assert say("held") == ["Mail is not held."]
    with pytest.raises(CommandError, match="mail is not held"):
        say("drop")
    assert MailState.WAITING in states().values()
