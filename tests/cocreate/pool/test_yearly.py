"""A silence counts from when the member got the yearly question; until then it waits on the coordinators' list."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samskapa.cocreate.pool.domain import ASKED_EACH, Answer, Status
from samskapa.cocreate.pool.jobs import ask_yearly
from samskapa.cocreate.pool.models import Member, Yearly
from samskapa.cocreate.pool.queries.waiting import Waiting
from samskapa.cocreate.pool.services import yearly
from samskapa.ground.core.domain import SYSTEM, Actor, Pace
from samskapa.ground.core.models import MailState, OutboxMail
from samskapa.ground.helping.queries import mail_to_pass_on
from samskapa.ground.helping.services import pass_on
from samskapa.ground.language.templatetags.reader import day
from samskapa.ground.notices.services import choose, gather_due
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from tests.factories.helping import make_registered
from tests.factories.mail import send_due
from tests.factories.organisations import NOW, log_in
from tests.factories.pool import make_group, make_member

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
REACH = {"phone": "070-123 45 67", "letter": "Backen 1, 123 45 Ekliden"}


def on(number: int) -> datetime:
    return NOW + number * DAY


def run(number: int) -> None:
    """What the worker does on that day."""
    ask_yearly.call(now=on(number))
    send_due(on(number))


def quiet(group, coordinator: Actor, by: str, *, has_address: bool = True) -> Member:
    """Somebody of whom nothing has been heard for a year."""
    reach = {"reach_by": by, "reach_at": REACH.get(by, "")}
    person = None if has_address else make_registered(by=coordinator)
    member = make_member(group, person, coordinator=coordinator, reach=reach)
    Member.objects.filter(pk=member.pk).update(heard_at=NOW - ASKED_EACH)
    return member


def waits(group) -> list[tuple[str, str, str]]:
    rows = Waiting(group, NOW.date())[0:100]
    return [(row.todo, row.url, row.day) for row in rows if row.who == "Den årliga frågan har inte nått en medlem."]


def told(coordinator: Actor, kind: str, number: int) -> OutboxMail:
    """The coordinator passes on the mail of that kind, on that day."""
    mail = mail_to_pass_on(coordinator).get(kind=kind)
    pass_on(mail, how="phoned", by=coordinator, now=on(number))
    return mail


@pytest.mark.parametrize(
    ("by", "has_address"), [("phone", True), ("letter", True), ("phone", False), ("letter", False)]
)
def test_nobody_rests_for_a_question_that_was_not_passed_on(by, has_address):
    group, coordinator = make_group()
    member = quiet(group, coordinator, by, has_address=has_address)
    for number in (0, 1, 21, 42, 100):
        run(number)
    asked = Yearly.objects.get()
    assert (asked.reminded_at, asked.answered_at, Member.objects.get(pk=member.pk).status) == (None, None, "active")
    mail = OutboxMail.objects.get(kind="pool/still")
    page = reverse("helping:mail", args=[mail.pk])
    assert waits(group) == [("Ring eller skriv", page, f"sedan {day(NOW)}")]
    told(coordinator, "pool/still", 100)
    assert waits(group) == []
    for number in (100, 120):
        run(number)
    assert Yearly.objects.get().reminded_at is None
    run(121)
    assert Yearly.objects.get().reminded_at == on(121)
    assert [row[2] for row in waits(group)] == [f"sedan {day(on(121))}"]
    for number in (142, 163, 200):
        run(number)
    assert Member.objects.get(pk=member.pk).status == Status.ACTIVE
    told(coordinator, "pool/still", 200)
    run(220)
    assert Member.objects.get(pk=member.pk).status == Status.ACTIVE
    run(221)
    asked = Yearly.objects.get()
    assert (asked.answer, asked.answered_at, Member.objects.get(pk=member.pk).status) == (
        "no_answer", on(221), Status.RESTING,
    )  # fmt: skip
    assert OutboxMail.objects.get(kind="pool/rests").state == MailState.STOPPED  # that they rest is passed on too
    assert waits(group) == []


def test_an_answer_ends_the_wait():
    group, coordinator = make_group()
    member = quiet(group, coordinator, "phone")
    run(0)
    asked = Yearly.objects.get()
    yearly.answer(asked, Answer.YES, by=Actor(person_id=member.person_id), now=on(3))
    assert waits(group) == []
    yearly.remind_or_rest(asked, by=SYSTEM, now=on(90))
    assert Yearly.objects.get().answer == "yes"


def test_in_a_digest_it_counts_from_the_digest():
    group, coordinator = make_group()
    member = quiet(group, coordinator, "email")
    own = Actor(person_id=member.person_id)
    choose(member.person, paces={"group": Pace.WEEKLY}, hour=7, weekday=0, by=own, now=NOW)
    run(0)
    assert OutboxMail.objects.get(kind="pool/still").state == MailState.WAITING
    run(30)  # nothing was gathered: the worker was away
    assert Yearly.objects.get().reminded_at is None
    gather_due(by=SYSTEM, now=on(30))
    send_due(on(30))
    run(50)
    assert Yearly.objects.get().reminded_at is None
    run(51)
    assert Yearly.objects.get().reminded_at == on(51)


def test_a_digest_on_paper_counts_from_when_it_was_passed_on():
    group, coordinator = make_group()
    member = quiet(group, coordinator, "letter", has_address=False)
    own = Actor(person_id=member.person_id)
    choose(member.person, paces={"group": Pace.WEEKLY}, hour=7, weekday=0, by=own, now=NOW)
    run(0)
    gather_due(by=SYSTEM, now=on(8))
    send_due(on(8))
    digest = OutboxMail.objects.get(pk=OutboxMail.objects.get(kind="pool/still").gathered_in_id)
    assert [row[1] for row in waits(group)] == [reverse("helping:mail", args=[digest.pk])]
    run(60)
    assert Yearly.objects.get().reminded_at is None
    pass_on(digest, how="posted", by=coordinator, now=on(60))
    assert waits(group) == []
    run(81)
    assert Yearly.objects.get().reminded_at == on(81)


def test_what_an_address_did_not_take_is_called_about():
    group, coordinator = make_group()
    member = quiet(group, coordinator, "email")
    run(0)
    OutboxMail.objects.filter(kind="pool/still").update(state=MailState.FAILED, sent_at=None)
    for number in (21, 42, 63):
        run(number)
    page = reverse("pool:member", args=[member.pk])
    assert [row[:2] for row in waits(group)] == [("Ring och fråga", page)]
    assert Member.objects.get(pk=member.pk).status == Status.ACTIVE


def test_the_list_of_what_waits_leads_to_the_mail_and_says_how_much_else_is_to_be_told(client):
    group, coordinator = make_group()
    for by in ("phone", "letter"):
        quiet(group, coordinator, by)
    run(0)
    grant = RoleGrant.objects.get(person_id=coordinator.person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)
    page = reverse("pool:waiting", args=[group.node_id])
    text = client.get(page, {"kind": "yearly"}).content.decode()
    assert text.count("Den årliga frågan har inte nått en medlem.") == 3  # the next step, and a row for each
    for _todo, path, _day in waits(group):
        assert path in text
        assert "Vill du fortfarande bli tillfrågad?" in client.get(path).content.decode()
    else_waits = mail_to_pass_on(coordinator).exclude(kind="pool/still").count()
    said = f"{else_waits} meddelanden ska framföras till medlemmar, på telefon eller i brev."
    assert said in client.get(page, {"kind": "to_pass_on"}).content.decode()
    for mail in mail_to_pass_on(coordinator):
        pass_on(mail, how="phoned", by=coordinator, now=NOW)
    assert Waiting(group, NOW.date()).counts == {}


def test_it_costs_the_same_however_many_wait():
    group, coordinator = make_group()
    counts = []
    for _round in range(2):
        for by in ("phone", "letter", "phone"):
            quiet(group, coordinator, by)
        run(0)
        with CaptureQueriesContext(connection) as asked:
            rows = Waiting(group, NOW.date(), "yearly")[0:100]
        counts.append((len(rows), len(asked)))
    assert (counts[0][0], counts[1][0]) == (3, 6)
    assert counts[0][1] == counts[1][1]
